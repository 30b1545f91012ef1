import { Button } from 'antd';
import { useState } from 'react';
import type { BookingView } from '../../../shared/contract/bookings.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { FilterChoice } from '../../office/choices.tsx';
import { DataTable } from '../../office/DataTable.tsx';
import { PlateSearch } from '../../office/inputs.tsx';
import { Filter, Page } from '../../office/Page.tsx';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { TableFiles } from '../../office/Registry.tsx';
import { useAct } from '../../office/use-act.ts';
import { useRows } from '../../office/use-rows.ts';
import { BookingDialog } from './BookingDialog.tsx';
import { useBookingColumns } from './use-columns.tsx';

const spans = ['false', 'true'] as const;
type Over = (typeof spans)[number];

/** 预约: cars that were told to come, and may come on their own terms. */
export function BookingsScreen() {
  const { t } = useWords();
  const edits = useSession((state) => may(state.user, 'booking.edit'));
  const [query, setQuery] = useQuery();
  const plate = query['plate'] ?? '';
  const over = spans.find((each) => each === query['over']);
  const [form, setForm] = useState<{ readonly booking: BookingView | null } | null>(null);
  const [leaving, setLeaving] = useState<BookingView | null>(null);
  const act = useAct();
  const rows = useRows(
    (client, page, signal) => client.bookings.list({ ...page, plate, over }, { signal }),
    [plate, over],
  );
  const columns = useBookingColumns();
  const done = (): void => {
    setForm(null);
    setLeaving(null);
    rows.again();
  };
  const add = (
    <Button type="primary" onClick={() => setForm({ booking: null })}>
      {t('bookings.add')}
    </Button>
  );
  return (
    <Page
      title={t('nav.bookings')}
      note={edits ? undefined : t('registry.readOnly')}
      fill
      actions={
        <>
          <TableFiles what="bookings" filter={{ plate }} />
          {edits && add}
        </>
      }
      filters={
        <>
          <Filter label={t('bookings.overLabel')} htmlFor="bookings-over">
            <FilterChoice<Over>
              id="bookings-over"
              value={over}
              all={t('bookings.over.all')}
              onChange={(value) => setQuery({ over: value })}
              options={spans.map((value) => ({ value, label: t(`bookings.over.${value}`) }))}
            />
          </Filter>
          <Filter label={t('kit.plate')} htmlFor="bookings-plate">
            <PlateSearch id="bookings-plate" value={plate} onChange={(part) => setQuery({ plate: part })} />
          </Filter>
        </>
      }
    >
      <DataTable
        name="bookings"
        label={t('bookings.gridLabel')}
        columns={columns}
        rows={rows}
        rowId={(booking) => booking.id}
        {...(edits
          ? { onOpen: (booking: BookingView) => (booking.state === 'active' ? setForm({ booking }) : undefined) }
          : {})}
        empty={
          plate !== '' || over !== undefined
            ? { title: t('bookings.noneFound'), text: t('bookings.noneFoundText') }
            : { title: t('bookings.empty'), ...(edits ? { text: t('bookings.emptyText'), action: add } : {}) }
        }
      />
      {form && (
        <BookingDialog
          booking={form.booking}
          onClose={() => setForm(null)}
          onCancel={(booking) => {
            setForm(null);
            setLeaving(booking);
          }}
          onDone={done}
        />
      )}
      {leaving && (
        <ReasonDialog
          title={t('bookings.cancelTitle', { plate: leaving.plate })}
          consequence={t('bookings.cancelText')}
          verb={t('bookings.cancel')}
          danger
          act={act}
          onClose={() => setLeaving(null)}
          onConfirm={async (reason) => {
            const { id } = leaving;
            if (await act.run((client) => client.bookings.cancel({ id, reason }), { done: t('bookings.cancelled') }))
              done();
          }}
        />
      )}
    </Page>
  );
}
