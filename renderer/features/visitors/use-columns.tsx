import { useMemo } from 'react';
import type { VisitorView } from '../../../shared/contract/visitors.ts';
import { useWords } from '../../lib/i18n/index.ts';
import type { Column } from '../../office/DataTable.tsx';
import { PlateText, Source, SpanTag, Validity } from '../../office/Registry.tsx';
import { State, When } from '../../office/Values.tsx';

function VisitsLeft({ left }: { left: number | null }) {
  const { t } = useWords();
  if (left === null) return t('registry.noLimit');
  return left === 0 ? <State tone="plain">{t('visitors.visitsUsedUp')}</State> : t('visitors.visitsLeft', { n: left });
}

export function useVisitorColumns(): readonly Column<VisitorView>[] {
  const { t } = useWords();
  return useMemo(
    () => [
      { key: 'plate', title: t('kit.plate'), width: 130, render: (visitor) => <PlateText plate={visitor.plate} /> },
      { key: 'name', title: t('visitors.name'), width: 110, render: (visitor) => visitor.name },
      { key: 'host', title: t('visitors.host'), width: 130, render: (visitor) => visitor.host },
      {
        key: 'period',
        title: t('visitors.period'),
        width: 310,
        render: (visitor) => <Validity from={visitor.from} to={visitor.to} />,
      },
      {
        key: 'state',
        title: t('registry.state'),
        width: 110,
        render: (visitor) =>
          visitor.state === 'cancelled' ? (
            <State tone="plain">{t('visitors.cancelledTag')}</State>
          ) : (
            <SpanTag from={visitor.from} to={visitor.to} />
          ),
      },
      { key: 'visits', title: t('visitors.visits'), width: 120, render: (v) => <VisitsLeft left={v.visitsLeft} /> },
      {
        key: 'free',
        title: t('visitors.way'),
        width: 140,
        render: ({ freeMinutes }) =>
          freeMinutes === null ? t('visitors.ways.whole') : t('visitors.freeMinutesOf', { n: freeMinutes }),
      },
      { key: 'remark', title: t('registry.remark'), width: 110, grow: true, render: (visitor) => visitor.remark },
      { key: 'source', title: t('registry.source'), width: 130, render: (visitor) => <Source name={visitor.source} /> },
      {
        key: 'updated',
        title: t('registry.updatedAt'),
        width: 190,
        optional: true,
        render: (visitor) => <When at={visitor.updatedAt} />,
      },
    ],
    [t],
  );
}
