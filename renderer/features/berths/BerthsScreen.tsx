import { Button } from 'antd';
import { useCallback, useState } from 'react';
import type { BerthView } from '../../../shared/contract/berths.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { FilterChoice } from '../../office/choices.tsx';
import { DataTable } from '../../office/DataTable.tsx';
import { PlateSearch } from '../../office/inputs.tsx';
import { Filter, Page } from '../../office/Page.tsx';
import { TableFiles } from '../../office/Registry.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { BerthDialog } from './BerthDialog.tsx';
import { onlyArea } from './berth-values.ts';
import { RemoveDialog } from './RemoveDialog.tsx';
import { useBerthColumns } from './use-columns.tsx';
import { useRegister } from './use-register.ts';

const USES = ['in-use', 'out'] as const;
type Use = (typeof USES)[number];

/** 泊位登记: the marked places at the kerb, what they are called and what tells of them. */
export function BerthsScreen() {
  const { t } = useWords();
  const edits = useSession((state) => may(state.user, 'berth.edit'));
  const [query, setQuery] = useQuery();
  const [form, setForm] = useState<{ readonly berth: BerthView | null } | null>(null);
  const [leaving, setLeaving] = useState<BerthView | null>(null);
  const { area, road, text = '' } = query;
  const use = USES.find((each) => each === query['use']);
  const { all, rows } = useRegister({ area, road, use, text });
  const areas = useAsk((client, signal) => client.spaces.get(undefined, { signal }), []).data?.areas;
  const areaName = useCallback((id: string): string => areas?.find(({ areaId }) => areaId === id)?.name ?? id, [areas]);
  const columns = useBerthColumns(areaName);
  const roads = [...new Set(all.map((berth) => berth.road))].filter((name) => name !== '');
  const inUse = all.filter((berth) => berth.inUse).length;
  const narrowed = area !== undefined || road !== undefined || use !== undefined || text !== '';
  const done = (): void => {
    setForm(null);
    setLeaving(null);
    rows.again();
  };
  const add = (
    <Button type="primary" onClick={() => setForm({ berth: null })}>
      {t('berths.add')}
    </Button>
  );
  return (
    <Page
      title={t('nav.berths')}
      note={all.length > 0 ? t('berths.count', { inUse, out: all.length - inUse }) : undefined}
      fill
      actions={
        <>
          <TableFiles what="berths" filter={{ type: area, road, state: use, text: text === '' ? undefined : text }} />
          {edits && add}
        </>
      }
      filters={
        <>
          <Filter label={t('berths.area')} htmlFor="berths-area">
            <FilterChoice
              id="berths-area"
              width={180}
              value={area}
              onChange={(value) => setQuery({ area: value })}
              all={t('berths.allAreas')}
              options={(areas ?? []).map(({ areaId, name }) => ({ value: areaId, label: name }))}
            />
          </Filter>
          <Filter label={t('berths.road')} htmlFor="berths-road">
            <FilterChoice
              id="berths-road"
              width={160}
              value={road}
              onChange={(value) => setQuery({ road: value })}
              all={t('berths.allRoads')}
              options={roads.map((name) => ({ value: name, label: name }))}
            />
          </Filter>
          <Filter label={t('berths.use')} htmlFor="berths-use">
            <FilterChoice<Use>
              id="berths-use"
              value={use}
              onChange={(value) => setQuery({ use: value })}
              all={t('berths.allUse')}
              options={[
                { value: 'in-use', label: t('berths.inUse') },
                { value: 'out', label: t('berths.outOfUse') },
              ]}
            />
          </Filter>
          <Filter label={t('berths.search')} htmlFor="berths-text">
            <PlateSearch id="berths-text" value={text} onChange={(part) => setQuery({ text: part })} />
          </Filter>
        </>
      }
    >
      <DataTable
        name="berths"
        label={t('berths.gridLabel')}
        columns={columns}
        rows={rows}
        rowId={(berth) => berth.id}
        tone={(berth) => (berth.inUse && berth.device === 'offline' ? 'stop' : undefined)}
        {...(edits ? { onOpen: (berth: BerthView) => setForm({ berth }) } : {})}
        empty={
          narrowed
            ? { title: t('berths.noneFound'), text: t('berths.noneFoundText') }
            : { title: t('berths.empty'), ...(edits ? { text: t('berths.emptyText'), action: add } : {}) }
        }
      />
      {form && areas && (
        <BerthDialog
          berth={form.berth}
          beside={all.findLast((berth) => area === undefined || berth.areaId === area) ?? onlyArea(areas)}
          areas={areas}
          onClose={() => setForm(null)}
          onRemove={(berth) => {
            setForm(null);
            setLeaving(berth);
          }}
          onDone={done}
        />
      )}
      {leaving && <RemoveDialog berth={leaving} onClose={() => setLeaving(null)} onDone={done} />}
    </Page>
  );
}
