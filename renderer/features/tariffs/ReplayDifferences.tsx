import type { ReplayView } from '../../../shared/contract/tariff-views.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { DataTable } from '../../office/DataTable.tsx';
import { useRows } from '../../office/use-rows.ts';
import { Money, When } from '../../office/Values.tsx';

type Row = ReplayView['biggest'][number];

/** All differences of a replay, as many as there are. */
export function ReplayDifferences({ replayId }: { replayId: string }) {
  const { t } = useWords();
  const rows = useRows<Row>((client, page) => client.tariffs.replays.differences({ replayId, ...page }), [replayId]);
  return (
    <div className="tf-all">
      <DataTable<Row>
        name="tariff-replay"
        label={t('tariffs.replay.differences')}
        rows={rows}
        rowId={(row) => row.uid}
        onOpen={(row) => go('stays', { id: row.uid })}
        empty={{ title: t('tariffs.replay.noDifference') }}
        columns={[
          { key: 'plate', title: t('kit.plate'), width: 110, render: (row) => row.plate },
          { key: 'class', title: t('tariffs.trial.car'), width: 80, render: (row) => t(`vehicle.${row.vehicleClass}`) },
          { key: 'in', title: t('tariffs.trial.in'), width: 165, render: (row) => <When at={row.enteredAt} /> },
          { key: 'out', title: t('tariffs.trial.out'), width: 165, render: (row) => <When at={row.exitedAt} /> },
          {
            key: 'before',
            title: t('tariffs.diff.before'),
            width: 85,
            align: 'end',
            render: (row) => <Money fen={row.beforeFen} />,
          },
          {
            key: 'after',
            title: t('tariffs.diff.after'),
            width: 85,
            align: 'end',
            render: (row) => <Money fen={row.afterFen} />,
          },
          {
            key: 'change',
            title: t('tariffs.replay.change'),
            width: 85,
            align: 'end',
            render: (row) => formatMoney(row.changeFen),
          },
        ]}
      />
    </div>
  );
}
