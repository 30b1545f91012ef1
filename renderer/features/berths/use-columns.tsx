import { useMemo } from 'react';
import type { BerthView } from '../../../shared/contract/berths.ts';
import { useWords } from '../../lib/i18n/index.ts';
import type { Column } from '../../office/DataTable.tsx';
import { State, When } from '../../office/Values.tsx';
import { Devices } from './Devices.tsx';

export function useBerthColumns(areaName: (id: string) => string): readonly Column<BerthView>[] {
  const { t } = useWords();
  return useMemo(
    () => [
      {
        key: 'code',
        title: t('berths.code'),
        width: 150,
        render: (berth) => <strong className="value-money">{berth.code}</strong>,
      },
      { key: 'number', title: t('berths.number'), width: 70, align: 'end', render: (berth) => berth.number },
      { key: 'area', title: t('berths.area'), width: 140, render: (berth) => areaName(berth.areaId) },
      { key: 'road', title: t('berths.road'), width: 140, render: (berth) => berth.road },
      { key: 'side', title: t('berths.side'), width: 70, render: (berth) => t(`berths.sides.${berth.side}`) },
      { key: 'position', title: t('berths.position'), width: 80, align: 'end', render: (berth) => berth.position },
      {
        key: 'devices',
        title: t('berths.devices'),
        width: 260,
        grow: true,
        render: (berth) => <Devices berth={berth} />,
      },
      {
        key: 'use',
        title: t('berths.use'),
        width: 110,
        render: (berth) => (
          <State tone={berth.inUse ? 'go' : 'plain'}>{t(berth.inUse ? 'berths.inUse' : 'berths.outOfUse')}</State>
        ),
      },
      {
        key: 'now',
        title: t('berths.now'),
        width: 90,
        optional: true,
        render: ({ occupied }) => t(occupied === null ? 'berths.unknown' : occupied ? 'berths.taken' : 'berths.free'),
      },
      {
        key: 'updated',
        title: t('berths.updatedAt'),
        width: 190,
        optional: true,
        render: (berth) => <When at={berth.updatedAt} />,
      },
    ],
    [t, areaName],
  );
}
