import { Checkbox, Input } from 'antd';
import type { StayView } from '../../../shared/contract/stays.ts';
import { type PlateColor, plateColorSchema } from '../../../shared/domain/plate.ts';
import { type VehicleClass, vehicleClassSchema } from '../../../shared/domain/vehicle.ts';
import { PlateInput } from '../../components/PlateInput.tsx';
import { formatDateTime, formatMoney } from '../../lib/format.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { Choice } from '../../office/choices.tsx';
import { Field, FormDialog } from '../../office/Form.tsx';
import { MomentInput, MoneyInput } from '../../office/inputs.tsx';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';

interface Values {
  readonly plate: string;
  readonly color: PlateColor;
  readonly enteredAt: string | null;
  readonly vehicleClass: VehicleClass;
  readonly feeFen: number | null;
  readonly void: boolean;
  readonly reason: string;
}

type Change = readonly [label: string, before: string, after: string];

/** What would be put right, line by line: before and after. */
function changesOf(stay: StayView, values: Values, t: Translate): readonly Change[] {
  const { plate, color, enteredAt, vehicleClass, feeFen } = values;
  const plateName = (text: string, of: PlateColor): string => `${text || t('plate.none')} ${t(`plate.color.${of}`)}`;
  return [
    ...(plate !== stay.plate.text || color !== stay.plate.color
      ? [[t('stays.correct.plate'), plateName(stay.plate.text, stay.plate.color), plateName(plate, color)] as const]
      : []),
    ...(enteredAt !== null && enteredAt !== stay.enteredAt
      ? [[t('stays.correct.enteredAt'), formatDateTime(stay.enteredAt), formatDateTime(enteredAt)] as const]
      : []),
    ...(vehicleClass !== stay.vehicleClass
      ? [[t('stays.correct.class'), t(`vehicle.${stay.vehicleClass}`), t(`vehicle.${vehicleClass}`)] as const]
      : []),
    ...(feeFen !== null && stay.status === 'left' && feeFen !== stay.chargeFen
      ? [[t('stays.correct.fee'), formatMoney(stay.chargeFen), formatMoney(feeFen)] as const]
      : []),
  ];
}

/** 更正: plate, entry time, class, fee, or that the stay never was; with the reason, and before and after in sight. */
export function CorrectDialog(props: { stay: StayView; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const { stay } = props;
  const act = useAct();
  const form = useForm<Values>(
    {
      plate: stay.plate.text,
      color: stay.plate.color,
      enteredAt: stay.enteredAt,
      vehicleClass: stay.vehicleClass,
      feeFen: stay.status === 'left' ? stay.chargeFen : null,
      void: false,
      reason: '',
    },
    {
      act,
      check: ({ plate, reason, void: gone }) => ({
        ...(!gone && plate.length < 6 && stay.plate.text !== '' ? { plate: t('stays.correct.needPlate') } : {}),
        ...(reason.trim() === '' ? { reason: t('stays.correct.needReason') } : {}),
      }),
      places: {
        'plate-empty': 'plate',
        'already-inside': 'plate',
        'in-the-future': 'enteredAt',
        'entry-after-exit': 'enteredAt',
        'entry-after-area': 'enteredAt',
        'entry-after-payment': 'enteredAt',
        'still-inside': 'feeFen',
        'paid-more': 'feeFen',
      },
    },
  );
  const { values, set } = form;
  const changes = changesOf(stay, values, t);
  const short = values.void ? stay.paidFen : values.feeFen === null ? 0 : stay.paidFen - values.feeFen;
  const send = async (wanted: Values): Promise<void> => {
    const { plate, color, enteredAt, vehicleClass, feeFen, reason } = wanted;
    const plateChanged = plate !== stay.plate.text || color !== stay.plate.color;
    const done = await act.run(
      (client) =>
        client.corrections.correct({
          uid: stay.uid,
          reason: reason.trim(),
          ...(wanted.void
            ? { void: true }
            : {
                ...(plateChanged ? { plate, plateColor: color } : {}),
                ...(enteredAt !== null && enteredAt !== stay.enteredAt ? { enteredAt } : {}),
                ...(vehicleClass === stay.vehicleClass ? {} : { vehicleClass }),
                ...(feeFen !== null && stay.status === 'left' && feeFen !== stay.chargeFen ? { feeFen } : {}),
              }),
        }),
      { done: t('stays.correct.done') },
    );
    if (done) props.onDone();
  };
  return (
    <FormDialog
      title={t('stays.correct.title')}
      verb={t(values.void ? 'stays.correct.voidVerb' : 'stays.correct.verb')}
      danger={values.void}
      ready={values.void || changes.length > 0}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((wanted) => void send(wanted))}
    >
      <p className="form-told">{t('stays.correct.consequence')}</p>
      {!values.void && (
        <>
          <Field id="correct-plate" label={t('stays.correct.plate')} fault={form.fault('plate')}>
            <PlateInput
              id="correct-plate"
              label={t('stays.correct.plate')}
              value={values.plate}
              onChange={(plate) => set({ plate })}
            />
          </Field>
          <Field id="correct-color" label={t('stays.correct.color')}>
            <Choice
              id="correct-color"
              value={values.color}
              onChange={(color) => set({ color })}
              options={plateColorSchema.options.map((value) => ({ value, label: t(`plate.color.${value}`) }))}
            />
          </Field>
          <Field id="correct-time" label={t('stays.correct.enteredAt')} fault={form.fault('enteredAt')}>
            <MomentInput id="correct-time" value={values.enteredAt} onChange={(enteredAt) => set({ enteredAt })} />
          </Field>
          <Field id="correct-class" label={t('stays.correct.class')}>
            <Choice
              id="correct-class"
              value={values.vehicleClass}
              onChange={(vehicleClass) => set({ vehicleClass })}
              options={vehicleClassSchema.options.map((value) => ({ value, label: t(`vehicle.${value}`) }))}
            />
          </Field>
          <Field
            id="correct-fee"
            label={t('stays.correct.fee')}
            fault={form.fault('feeFen')}
            hint={t(stay.status === 'left' ? 'stays.correct.feeHint' : 'stays.correct.feeInside')}
          >
            <MoneyInput
              id="correct-fee"
              value={values.feeFen}
              disabled={stay.status !== 'left'}
              onChange={(feeFen) => set({ feeFen })}
            />
          </Field>
        </>
      )}
      <Field id="correct-void" label=" " hint={values.void ? t('stays.correct.voidHint') : undefined}>
        <Checkbox id="correct-void" checked={values.void} onChange={(event) => set({ void: event.target.checked })}>
          {t('stays.correct.void')}
        </Checkbox>
      </Field>
      <div className="correct-changes" aria-live="polite">
        {changes.length === 0 && !values.void && <span className="evidence-none">{t('stays.correct.nothing')}</span>}
        {!values.void &&
          changes.map(([label, before, after]) => (
            <p key={label}>
              <span>{label}</span> <del>{before}</del> → <ins>{after}</ins>
            </p>
          ))}
        {short > 0 && (
          <p className="correct-short">
            {t('stays.correct.overpaid', {
              paid: formatMoney(stay.paidFen),
              fee: formatMoney(values.void ? 0 : (values.feeFen ?? 0)),
              back: formatMoney(short),
            })}
          </p>
        )}
      </div>
      <Field id="correct-reason" label={t('stays.correct.reason')} fault={form.fault('reason')} needed wide>
        <Input.TextArea
          id="correct-reason"
          rows={2}
          maxLength={200}
          value={values.reason}
          onChange={(event) => set({ reason: event.target.value })}
        />
      </Field>
    </FormDialog>
  );
}
