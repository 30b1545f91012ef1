import { Button } from 'antd';
import { useState } from 'react';
import type { ListEntryView } from '../../../shared/contract/lists.ts';
import { type ListKind, listKindSchema } from '../../../shared/domain/list.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { FilterChoice } from '../../office/choices.tsx';
import { DataTable } from '../../office/DataTable.tsx';
import { PlateSearch } from '../../office/inputs.tsx';
import { Filter, Page } from '../../office/Page.tsx';
import { TableFiles } from '../../office/Registry.tsx';
import { useRows } from '../../office/use-rows.ts';
import { EntryDialog } from './EntryDialog.tsx';
import { TakeDialog } from './TakeDialog.tsx';
import { useListColumns } from './use-columns.tsx';

/** 黑白名单: who is stopped or passes free, whoever says so. */
export function ListsScreen() {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const [query, setQuery] = useQuery();
  const list = listKindSchema.safeParse(query['list']).data;
  const plate = query['plate'] ?? '';
  const [form, setForm] = useState<{ readonly entry: ListEntryView | null } | null>(null);
  const [taken, setTaken] = useState<ListEntryView | null>(null);
  const rows = useRows(
    (client, page, signal) => client.lists.list({ ...page, list, ...(plate === '' ? {} : { plate }) }, { signal }),
    [list, plate],
  );
  const columns = useListColumns();
  const edits = may(user, 'list.edit');
  const narrowed = list !== undefined || plate !== '';
  const add = (
    <Button type="primary" onClick={() => setForm({ entry: null })}>
      {t('lists.add')}
    </Button>
  );
  return (
    <Page
      title={t('nav.lists')}
      note={edits ? undefined : t('registry.readOnly')}
      fill
      actions={
        <>
          <TableFiles what="lists" filter={{ plate, type: list }} />
          {edits && add}
        </>
      }
      filters={
        <>
          <Filter label={t('lists.listLabel')} htmlFor="lists-list">
            <FilterChoice<ListKind>
              id="lists-list"
              value={list}
              onChange={(value) => setQuery({ list: value })}
              all={t('lists.both')}
              options={listKindSchema.options.map((value) => ({ value, label: t(`lists.list.${value}`) }))}
            />
          </Filter>
          <Filter label={t('kit.plate')} htmlFor="lists-plate">
            <PlateSearch id="lists-plate" value={plate} onChange={(part) => setQuery({ plate: part })} />
          </Filter>
        </>
      }
    >
      <DataTable
        name="lists"
        label={t('lists.gridLabel')}
        columns={columns}
        rows={rows}
        rowId={(entry) => entry.id}
        tone={(entry) => (entry.list === 'black' && entry.strategy !== 'warn' ? 'stop' : undefined)}
        {...(edits ? { onOpen: (entry: ListEntryView) => setForm({ entry }) } : {})}
        empty={
          narrowed
            ? { title: t('lists.noneFound'), text: t('lists.noneFoundText') }
            : { title: t('lists.empty'), ...(edits ? { text: t('lists.emptyText'), action: add } : {}) }
        }
      />
      {form && (
        <EntryDialog
          entry={form.entry}
          list={list ?? 'black'}
          onClose={() => setForm(null)}
          onTake={(entry) => {
            setForm(null);
            setTaken(entry);
          }}
          onDone={() => {
            setForm(null);
            rows.again();
          }}
        />
      )}
      {taken && (
        <TakeDialog
          entry={taken}
          onClose={() => setTaken(null)}
          onDone={() => {
            setTaken(null);
            rows.again();
          }}
        />
      )}
    </Page>
  );
}
