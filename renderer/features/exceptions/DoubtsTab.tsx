import { useState } from 'react';
import type { DoubtfulStay } from '../../../shared/contract/exceptions.ts';
import { termsName } from '../../events/terms-name.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { type Column, DataTable } from '../../office/DataTable.tsx';
import { PlateCell, stayDuration } from '../../office/stay/StayWords.tsx';
import type { Rows } from '../../office/use-rows.ts';
import { When } from '../../office/Values.tsx';
import { DoubtDrawer } from './DoubtDrawer.tsx';

/** 疑问记录: cars inside whose bill waits for a look, why, since when; the look is taken here. */
export function DoubtsTab({ rows }: { rows: Rows<DoubtfulStay> }) {
  const { t, language } = useWords();
  const [open, setOpen] = useState<DoubtfulStay | null>(null);
  const columns: readonly Column<DoubtfulStay>[] = [
    {
      key: 'plate',
      title: t('exceptions.acts.columns.plate'),
      width: 170,
      render: ({ stay }) => <PlateCell plate={stay.plate} identity={stay.identity} />,
    },
    {
      key: 'why',
      title: t('exceptions.doubts.column.why'),
      width: 280,
      grow: true,
      render: ({ doubts }) => {
        const [first] = doubts;
        if (!first) return '—';
        const more = doubts.length > 1 ? ` · ${t('exceptions.doubts.column.more', { n: doubts.length })}` : '';
        return `${t(`doubt.${first.kind}`)}${first.detail === '' ? '' : `（${first.detail}）`}${more}`;
      },
    },
    {
      key: 'since',
      title: t('exceptions.doubts.column.since'),
      width: 164,
      render: ({ since }) => <When at={since} />,
    },
    {
      key: 'entered',
      title: t('stays.column.entered'),
      width: 164,
      render: ({ stay }) => <When at={stay.enteredAt} />,
    },
    {
      key: 'duration',
      title: t('stays.column.duration'),
      width: 130,
      align: 'end',
      render: ({ stay }) => stayDuration(stay, stationNow(), language) ?? '',
    },
    { key: 'terms', title: t('stays.column.terms'), width: 110, render: ({ stay }) => termsName(stay.terms, t) },
  ];
  return (
    <div className="acts">
      <p className="case-none">{t('exceptions.doubts.note')}</p>
      <DataTable
        name="exceptions-doubts"
        label={t('exceptions.tab.doubts')}
        columns={columns}
        rows={rows}
        rowId={({ stay }) => stay.uid}
        onOpen={setOpen}
        tone={() => 'call'}
        empty={{ title: t('exceptions.doubts.empty'), text: t('exceptions.doubts.emptyText') }}
      />
      {open && (
        <DoubtDrawer
          key={open.stay.uid}
          of={open}
          onClose={() => setOpen(null)}
          onReviewed={() => {
            setOpen(null);
            rows.again();
          }}
        />
      )}
    </div>
  );
}
