import { useMemo } from 'react';
import type { ListEntryView } from '../../../shared/contract/lists.ts';
import { useWords } from '../../lib/i18n/index.ts';
import type { Column } from '../../office/DataTable.tsx';
import { PlateText, Source, SpanTag, Validity } from '../../office/Registry.tsx';
import { State, When } from '../../office/Values.tsx';

export function useListColumns(): readonly Column<ListEntryView>[] {
  const { t } = useWords();
  return useMemo(
    () => [
      { key: 'plate', title: t('kit.plate'), width: 130, render: (entry) => <PlateText plate={entry.plate} /> },
      {
        key: 'color',
        title: t('lists.plateColor'),
        width: 125,
        render: (entry) => t(entry.plateColor === null ? 'lists.anyColor' : `plate.color.${entry.plateColor}`),
      },
      {
        key: 'list',
        title: t('lists.listLabel'),
        width: 120,
        render: (entry) => <State tone={entry.list === 'black' ? 'stop' : 'go'}>{t(`lists.list.${entry.list}`)}</State>,
      },
      {
        key: 'strategy',
        title: t('lists.strategyLabel'),
        width: 120,
        render: (entry) => t(`lists.strategy.${entry.strategy}`),
      },
      {
        key: 'validity',
        title: t('registry.validity'),
        width: 240,
        render: (entry) => <Validity from={entry.validFrom} to={entry.validTo} />,
      },
      {
        key: 'now',
        title: t('registry.state'),
        width: 110,
        render: (entry) => <SpanTag from={entry.validFrom} to={entry.validTo} />,
      },
      { key: 'remark', title: t('registry.remark'), width: 160, grow: true, render: (entry) => entry.remark },
      { key: 'source', title: t('registry.source'), width: 140, render: (entry) => <Source name={entry.source} /> },
      {
        key: 'class',
        title: t('lists.vehicleClass'),
        width: 110,
        optional: true,
        render: (entry) => t(entry.vehicleClass === null ? 'lists.anyClass' : `vehicle.${entry.vehicleClass}`),
      },
      {
        key: 'updated',
        title: t('registry.updatedAt'),
        width: 190,
        optional: true,
        render: (entry) => <When at={entry.updatedAt} />,
      },
    ],
    [t],
  );
}
