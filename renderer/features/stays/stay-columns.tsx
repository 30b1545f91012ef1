import type { StayView } from '../../../shared/contract/stays.ts';
import { termsName } from '../../events/terms-name.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { Language } from '../../lib/i18n/language.ts';
import { stationNow } from '../../lib/station/session.ts';
import type { Column } from '../../office/DataTable.tsx';
import { PlateCell, StayStatus, stayDuration } from '../../office/stay/StayWords.tsx';
import { Money, When } from '../../office/Values.tsx';

/** The columns of a list of stays. */
export function stayColumns(t: Translate, language: Language): readonly Column<StayView>[] {
  const money = (key: 'discount' | 'paid' | 'waived' | 'owed' | 'charge', optional: boolean): Column<StayView> => ({
    key,
    title: t(`stays.column.${key}`),
    width: 92,
    align: 'end',
    ...(optional ? { optional: true } : {}),
    // A car inside has no fee yet, which is not the same as none.
    render: (stay) => (
      <Money fen={key === 'charge' && stay.status === 'inside' && stay.chargeFen === 0 ? null : stay[`${key}Fen`]} />
    ),
  });
  return [
    {
      key: 'plate',
      title: t('stays.column.plate'),
      width: 148,
      render: (stay) => <PlateCell plate={stay.plate} identity={stay.identity} />,
    },
    {
      key: 'status',
      title: t('stays.column.status'),
      width: 92,
      render: (stay) => <StayStatus status={stay.status} owing={stay.owedFen > 0} />,
    },
    { key: 'terms', title: t('stays.column.terms'), width: 92, grow: true, render: (stay) => termsName(stay.terms, t) },
    {
      key: 'class',
      title: t('stays.column.class'),
      width: 80,
      optional: true,
      render: (stay) => t(`vehicle.${stay.vehicleClass}`),
    },
    { key: 'entered', title: t('stays.column.entered'), width: 164, render: (stay) => <When at={stay.enteredAt} /> },
    {
      key: 'entryLane',
      title: t('stays.column.entryLane'),
      width: 96,
      grow: true,
      render: (stay) => stay.entryLane.name,
    },
    { key: 'exited', title: t('stays.column.exited'), width: 164, render: (stay) => <When at={stay.exitedAt} /> },
    {
      key: 'exitLane',
      title: t('stays.column.exitLane'),
      width: 96,
      grow: true,
      render: (stay) => stay.exitLane?.name ?? '',
    },
    {
      key: 'duration',
      title: t('stays.column.duration'),
      width: 116,
      align: 'end',
      render: (stay) => stayDuration(stay, stationNow(), language) ?? '',
    },
    money('charge', false),
    money('discount', true),
    money('paid', false),
    money('waived', true),
    money('owed', true),
    { key: 'uid', title: t('stays.column.uid'), width: 240, optional: true, render: (stay) => stay.uid },
  ];
}
