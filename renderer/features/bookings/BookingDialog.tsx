import { Button, Checkbox, Input } from 'antd';
import type { BookingView } from '../../../shared/contract/bookings.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import { PlateInput } from '../../components/PlateInput.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { Choice } from '../../office/choices.tsx';
import { Field, FormDialog } from '../../office/Form.tsx';
import { MomentInput, MoneyInput } from '../../office/inputs.tsx';
import { spanFaults } from '../../office/span-faults.ts';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';

/** Books for a car, or changes a booking that stands. */
export function BookingDialog(props: {
  booking: BookingView | null;
  onClose: () => void;
  onCancel: (booking: BookingView) => void;
  onDone: () => void;
}) {
  const { t } = useWords();
  const act = useAct();
  const { booking } = props;
  const form = useForm<Values>(
    {
      plate: booking?.plate ?? '',
      from: booking?.from ?? null,
      to: booking?.to ?? null,
      passes: booking?.passes ?? 'once',
      prepaidFen: booking?.prepaidFen ?? 0,
      owner: booking?.owner ?? '',
      phone: booking?.phone ?? '',
      remark: booking?.remark ?? '',
      immediate: true,
    },
    {
      act,
      check: (values) => ({
        ...(values.plate === '' ? { plate: t('registry.needPlate') } : {}),
        ...spanFaults(values.from, values.to, t),
        ...(values.prepaidFen === null ? { prepaidFen: t('registry.needAmount') } : {}),
      }),
      places: { 'plate-empty': 'plate', 'plate-odd': 'plate', 'plate-too-long': 'plate', 'validity-reversed': 'to' },
    },
  );
  const { values, set, fault } = form;
  const save = async (given: Values): Promise<void> => {
    const { plate, from, to, passes, prepaidFen, immediate } = given;
    if (from === null || to === null || prepaidFen === null) return;
    const told = { owner: given.owner.trim(), phone: given.phone.trim(), remark: given.remark.trim() };
    const fields = { plate, from, to, passes, prepaidFen, ...told };
    const done = await act.run(
      (client) =>
        booking
          ? client.bookings.change({ id: booking.id, ...fields })
          : client.bookings.create({ ...fields, immediate }),
      { done: t(booking ? 'bookings.changed' : 'bookings.added') },
    );
    if (done) props.onDone();
  };
  return (
    <FormDialog
      title={booking ? t('bookings.changeTitle', { plate: booking.plate }) : t('bookings.addTitle')}
      verb={t(booking ? 'kit.save' : 'bookings.add')}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((given) => void save(given))}
      {...(booking
        ? {
            extra: (
              <Button danger onClick={() => props.onCancel(booking)}>
                {t('bookings.cancel')}
              </Button>
            ),
          }
        : {})}
    >
      <Field
        id="booking-plate"
        label={t('kit.plate')}
        fault={fault('plate')}
        hint={t('registry.plateHint')}
        needed
        wide
      >
        <PlateInput
          id="booking-plate"
          label={t('kit.plate')}
          value={values.plate}
          onChange={(plate) => set({ plate })}
        />
      </Field>
      <Field id="booking-from" label={t('bookings.from')} fault={fault('from')} needed>
        <MomentInput id="booking-from" value={values.from} onChange={(from) => set({ from })} />
      </Field>
      <Field id="booking-to" label={t('bookings.to')} fault={fault('to')} needed>
        <MomentInput id="booking-to" value={values.to} onChange={(to) => set({ to })} />
      </Field>
      <Field id="booking-passes" label={t('bookings.passesLabel')}>
        <Choice<BookingView['passes']>
          id="booking-passes"
          value={values.passes}
          onChange={(passes) => set({ passes })}
          options={(['once', 'many'] as const).map((value) => ({ value, label: t(`bookings.passes.${value}`) }))}
        />
      </Field>
      <Field
        id="booking-prepaid"
        label={t('bookings.prepaid')}
        fault={fault('prepaidFen')}
        hint={t('bookings.prepaidHint')}
      >
        <MoneyInput id="booking-prepaid" value={values.prepaidFen} onChange={(prepaidFen) => set({ prepaidFen })} />
      </Field>
      <Field id="booking-owner" label={t('registry.owner')} fault={fault('owner')}>
        <Input
          id="booking-owner"
          maxLength={60}
          value={values.owner}
          onChange={(e) => set({ owner: e.target.value })}
        />
      </Field>
      <Field id="booking-phone" label={t('registry.phone')} fault={fault('phone')}>
        <Input
          id="booking-phone"
          maxLength={40}
          value={values.phone}
          onChange={(e) => set({ phone: e.target.value })}
        />
      </Field>
      <Field id="booking-remark" label={t('registry.remark')} fault={fault('remark')} wide>
        <Input
          id="booking-remark"
          maxLength={200}
          value={values.remark}
          onChange={(e) => set({ remark: e.target.value })}
        />
      </Field>
      {!booking && (
        <p className="form-told">
          <Checkbox checked={values.immediate} onChange={(e) => set({ immediate: e.target.checked })}>
            {t('bookings.immediate')}
          </Checkbox>
          <br />
          {t('bookings.addHint')}
        </p>
      )}
    </FormDialog>
  );
}

interface Values {
  readonly plate: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly passes: BookingView['passes'];
  readonly prepaidFen: Fen | null;
  readonly owner: string;
  readonly phone: string;
  readonly remark: string;
  readonly immediate: boolean;
}
