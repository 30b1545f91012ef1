import { useMemo } from 'react';
import type { BookingView } from '../../../shared/contract/bookings.ts';
import { useWords } from '../../lib/i18n/index.ts';
import type { Column } from '../../office/DataTable.tsx';
import { PlateText, Source, SpanTag, Validity } from '../../office/Registry.tsx';
import { Money, State, When } from '../../office/Values.tsx';

export function useBookingColumns(): readonly Column<BookingView>[] {
  const { t } = useWords();
  return useMemo(
    () => [
      { key: 'plate', title: t('kit.plate'), width: 130, render: (booking) => <PlateText plate={booking.plate} /> },
      {
        key: 'period',
        title: t('bookings.period'),
        width: 310,
        render: (booking) => <Validity from={booking.from} to={booking.to} />,
      },
      {
        key: 'state',
        title: t('registry.state'),
        width: 110,
        render: (booking) =>
          booking.state === 'cancelled' ? (
            <State tone="plain">{t('bookings.cancelledTag')}</State>
          ) : (
            <SpanTag from={booking.from} to={booking.to} />
          ),
      },
      {
        key: 'passes',
        title: t('bookings.passesLabel'),
        width: 110,
        render: (booking) => t(`bookings.passes.${booking.passes}`),
      },
      {
        key: 'used',
        title: t('bookings.used'),
        width: 90,
        align: 'end',
        render: (booking) => t('bookings.usedTimes', { n: booking.used }),
      },
      {
        key: 'prepaid',
        title: t('bookings.prepaid'),
        width: 110,
        align: 'end',
        render: (booking) => <Money fen={booking.prepaidFen} />,
      },
      { key: 'owner', title: t('registry.owner'), width: 110, render: (booking) => booking.owner },
      { key: 'remark', title: t('registry.remark'), width: 130, grow: true, render: (booking) => booking.remark },
      { key: 'source', title: t('registry.source'), width: 130, render: (booking) => <Source name={booking.source} /> },
      { key: 'phone', title: t('registry.phone'), width: 130, optional: true, render: (booking) => booking.phone },
      {
        key: 'updated',
        title: t('registry.updatedAt'),
        width: 190,
        optional: true,
        render: (booking) => <When at={booking.updatedAt} />,
      },
    ],
    [t],
  );
}
