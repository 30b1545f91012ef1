import type { ActView } from '../../../shared/contract/exceptions.ts';
import { editedSchema } from '../../../shared/domain/acts.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go, useQuery } from '../../lib/route.ts';
import { FilterChoice } from '../../office/choices.tsx';
import { type Column, DataTable } from '../../office/DataTable.tsx';
import { Filter } from '../../office/Page.tsx';
import { State, When } from '../../office/Values.tsx';
import { ActsFilters } from './ActsFilters.tsx';
import type { ActsSpan } from './acts-span.ts';
import type { CaseSummary } from './case-summary.ts';
import { type EditChange, editChange } from './edit-change.ts';
import { useActs } from './use-acts.ts';

/** What takes money or a record away stands out. */
const grave = (what: EditChange['what'] | undefined): boolean =>
  what === 'fee-lowered' || what === 'void' || what === 'reopened';

/** 更正: what people changed about stays, with who, before and after, and why. */
export function EditsTab(props: { span: ActsSpan; people: CaseSummary['people'] }) {
  const { t } = useWords();
  const [query, change] = useQuery();
  const edited = editedSchema.safeParse(query['edited']).data;
  const rows = useActs('edits', props.span, { edited });
  const columns: readonly Column<ActView>[] = [
    { key: 'at', title: t('exceptions.acts.columns.at'), width: 164, render: (row) => <When at={row.at} /> },
    { key: 'who', title: t('exceptions.acts.columns.who'), width: 90, render: (row) => row.actor.name },
    {
      key: 'what',
      title: t('exceptions.edits.column.what'),
      width: 130,
      render: (row) => {
        const what = editChange(row, t)?.what;
        return what && <State tone={grave(what) ? 'stop' : 'info'}>{t(`exceptions.edits.kind.${what}`)}</State>;
      },
    },
    {
      key: 'plate',
      title: t('exceptions.acts.columns.plate'),
      width: 104,
      render: (row) => editChange(row, t)?.plate ?? '—',
    },
    {
      key: 'change',
      title: t('exceptions.edits.column.change'),
      width: 300,
      grow: true,
      render: (row) => {
        const edit = editChange(row, t);
        const told = edit?.what === 'review' ? t('exceptions.edits.reviewed') : t('exceptions.edits.same');
        const text = edit?.changes.join('；') || told;
        return <span title={text}>{text}</span>;
      },
    },
    {
      key: 'reason',
      title: t('exceptions.acts.columns.reason'),
      width: 150,
      grow: true,
      render: (row) => {
        const reason = editChange(row, t)?.reason;
        return reason ? (
          <span title={reason}>{reason}</span>
        ) : (
          <span className="value-none">{t('exceptions.acts.noReason')}</span>
        );
      },
    },
  ];
  return (
    <div className="acts">
      <ActsFilters span={props.span} people={props.people}>
        <Filter label={t('exceptions.edits.what')} htmlFor="acts-edited">
          <FilterChoice
            id="acts-edited"
            value={edited}
            all={t('kit.all')}
            width={150}
            onChange={(next) => change({ edited: next })}
            options={editedSchema.options.map((value) => ({ value, label: t(`exceptions.edits.kind.${value}`) }))}
          />
        </Filter>
      </ActsFilters>
      <p className="case-none">{t('exceptions.edits.note')}</p>
      <DataTable
        name="exceptions-edits"
        label={t('exceptions.tab.edits')}
        columns={columns}
        rows={rows}
        rowId={(row) => String(row.seq)}
        onOpen={(row) => (row.key === null ? undefined : go('stays', { id: row.key }))}
        tone={(row) => (grave(editChange(row, t)?.what) ? 'stop' : undefined)}
        empty={{ title: t('exceptions.edits.empty'), text: t('exceptions.edits.emptyText') }}
      />
    </div>
  );
}
