import { Button, Input } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { CardView } from '../../../shared/contract/cards.ts';
import { type CardType, cardTypeSchema } from '../../../shared/domain/terms.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go, useQuery } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { FilterChoice } from '../../office/choices.tsx';
import { DataTable } from '../../office/DataTable.tsx';
import { PlateSearch } from '../../office/inputs.tsx';
import { Filter, Page } from '../../office/Page.tsx';
import { TableFiles } from '../../office/Registry.tsx';
import { useRows } from '../../office/use-rows.ts';
import { CardDialog } from './CardDialog.tsx';
import { useCardColumns } from './use-columns.tsx';

const states = ['active', 'suspended', 'cancelled'] as const;
const soon = ['7', '15', '30', '60'] as const;
type Soon = (typeof soon)[number];

/** All cards that match, and those that run out soon with the next one in front. */
export function CardList({ tabs }: { tabs: ReactNode }) {
  const { t } = useWords();
  const edits = useSession((state) => may(state.user, 'card.edit'));
  const [query, setQuery] = useQuery();
  const [opening, setOpening] = useState(false);
  const plate = query['plate'] ?? '';
  const text = query['text'] ?? '';
  const type = cardTypeSchema.safeParse(query['type']).data;
  const state = states.find((each) => each === query['state']);
  const ending = soon.find((each) => each === query['ending']);
  const filter = { plate, text, type, state, ...(ending === undefined ? {} : { endingWithinDays: Number(ending) }) };
  const rows = useRows(
    (client, page, signal) => client.cards.list({ ...page, ...filter }, { signal }),
    [plate, text, type, state, ending],
  );
  const columns = useCardColumns();
  const add = (
    <Button type="primary" onClick={() => setOpening(true)}>
      {t('cards.open')}
    </Button>
  );
  const narrowed = plate !== '' || text !== '' || type !== undefined || state !== undefined || ending !== undefined;
  return (
    <Page
      title={t('nav.cards')}
      note={tabs}
      fill
      actions={
        <>
          <TableFiles what="cards" filter={filter} />
          {edits && add}
        </>
      }
      filters={
        <>
          <Filter label={t('kit.plate')} htmlFor="cards-plate">
            <PlateSearch id="cards-plate" value={plate} onChange={(part) => setQuery({ plate: part })} />
          </Filter>
          <Filter label={t('cards.text')} htmlFor="cards-text">
            <TextSearch id="cards-text" value={text} onChange={(part) => setQuery({ text: part })} />
          </Filter>
          <Filter label={t('cards.type')} htmlFor="cards-type">
            <FilterChoice<CardType>
              id="cards-type"
              value={type}
              all={t('cards.allTypes')}
              onChange={(value) => setQuery({ type: value })}
              options={cardTypeSchema.options.map((value) => ({ value, label: t(`card.${value}`) }))}
            />
          </Filter>
          <Filter label={t('registry.state')} htmlFor="cards-state">
            <FilterChoice<CardView['state']>
              id="cards-state"
              width={100}
              value={state}
              all={t('kit.all')}
              onChange={(value) => setQuery({ state: value })}
              options={states.map((value) => ({ value, label: t(`cards.state.${value}`) }))}
            />
          </Filter>
          <Filter label={t('cards.ending')} htmlFor="cards-ending">
            <FilterChoice<Soon>
              id="cards-ending"
              width={140}
              value={ending}
              all={t('cards.endingAll')}
              onChange={(value) => setQuery({ ending: value })}
              options={soon.map((value) => ({ value, label: t('cards.endingIn', { n: value }) }))}
            />
          </Filter>
        </>
      }
    >
      <DataTable
        name="cards"
        label={t('cards.gridLabel')}
        columns={columns}
        rows={rows}
        rowId={(card) => card.id}
        onOpen={(card) => go('cards', { id: card.id })}
        empty={
          narrowed
            ? { title: t('cards.noneFound'), text: t('cards.noneFoundText') }
            : { title: t('cards.empty'), ...(edits ? { text: t('cards.emptyText'), action: add } : {}) }
        }
      />
      {opening && (
        <CardDialog
          card={null}
          onClose={() => setOpening(false)}
          onDone={(card) => {
            setOpening(false);
            go('cards', { id: card.id });
          }}
        />
      )}
    </Page>
  );
}

/** Any part of a text; asks after a short pause, so that nothing is asked for between two keys. */
function TextSearch(props: { id: string; value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(props.value);
  const { value, onChange } = props;
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === value) return;
    const timer = setTimeout(() => onChange(wanted), 300);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <Input
      id={props.id}
      allowClear
      maxLength={60}
      style={{ width: 150 }}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={() => onChange(text.trim())}
    />
  );
}
