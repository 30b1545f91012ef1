import type { MerchantView } from '../../../shared/contract/coupons.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import type { DiscountKind } from '../../../shared/domain/registry.ts';
import { shanghaiDate } from '../../../shared/domain/time.ts';
import { PlateInput } from '../../components/PlateInput.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { Choice, CountInput, countOf } from '../../office/choices.tsx';
import { dayBegins, dayEnds } from '../../office/days.ts';
import { Field, FormDialog } from '../../office/Form.tsx';
import { DateInput, MoneyInput } from '../../office/inputs.tsx';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';

const kinds = ['minutes', 'amount', 'rate', 'free'] as const;

interface Values {
  readonly merchantId: string;
  readonly plate: string;
  readonly kind: DiscountKind;
  readonly amountFen: Fen | null;
  readonly count: string;
  readonly maxFen: Fen | null;
  readonly minimumFen: Fen | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** The value of a coupon as it is sent; undefined while it is not one. */
function worthIn({ kind, amountFen, count }: Values): number | undefined {
  if (kind === 'free') return 0;
  if (kind === 'amount') return amountFen === null || amountFen === 0 ? undefined : amountFen;
  const value = countOf(count);
  if (value === null || value === undefined || value === 0) return undefined;
  return kind === 'rate' && value > 100 ? undefined : value;
}

/** Gives a coupon of a merchant to a plate. */
export function GiveDialog(props: { merchants: readonly MerchantView[]; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const able = props.merchants.filter(({ state }) => state === 'active');
  const today = shanghaiDate(stationNow());
  const form = useForm<Values>(
    {
      ...{ merchantId: able.length === 1 ? (able[0]?.id ?? '') : '', plate: '', kind: 'minutes', amountFen: null },
      ...{ count: '60', maxFen: null, minimumFen: null, from: today, to: today },
    },
    {
      act,
      check: (values) => ({
        ...(values.merchantId === '' ? { merchantId: t('registry.needChoice') } : {}),
        ...(values.plate === '' ? { plate: t('registry.needPlate') } : {}),
        ...(worthIn(values) === undefined
          ? values.kind === 'amount'
            ? { amountFen: t('registry.needAmount') }
            : {
                count: values.kind === 'rate' ? t('registry.within', { from: 1, to: 100 }) : t('registry.badInteger'),
              }
          : {}),
        ...(values.to === null
          ? { to: t('registry.needDate') }
          : values.from !== null && values.to < values.from
            ? { to: t('registry.badSpan') }
            : {}),
      }),
      places: { 'plate-empty': 'plate', 'plate-odd': 'plate', 'quota-used-up': 'merchantId', 'bad-value': 'count' },
    },
  );
  const { values, set, fault } = form;
  const save = async (given: Values): Promise<void> => {
    const value = worthIn(given);
    const { merchantId, plate, kind, maxFen, from, to } = given;
    if (value === undefined || to === null) return;
    const coupon = {
      ...{ merchantId, plate, kind, value, maxFen, minimumFen: given.minimumFen ?? 0, validTo: dayEnds(to) },
      ...(from === null ? {} : { validFrom: dayBegins(from) }),
    };
    if (await act.run((client) => client.coupons.give(coupon), { done: t('coupons.given') })) props.onDone();
  };
  const merchant = props.merchants.find(({ id }) => id === values.merchantId);
  const left = merchant?.couponsLeft ?? null;
  const { kind } = values;
  return (
    <FormDialog
      title={t('coupons.giveTitle')}
      verb={t('coupons.give')}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((given) => void save(given))}
    >
      <Field id="coupon-plate" label={t('kit.plate')} fault={fault('plate')} hint={t('registry.plateHint')} needed wide>
        <PlateInput
          id="coupon-plate"
          label={t('kit.plate')}
          value={values.plate}
          onChange={(plate) => set({ plate })}
        />
      </Field>
      <Field
        id="coupon-merchant"
        label={t('coupons.merchant')}
        fault={fault('merchantId')}
        {...(left === null ? {} : { hint: left > 0 ? t('coupons.quotaLeft', { n: left }) : t('coupons.quotaNone') })}
        needed
      >
        <Choice<string>
          id="coupon-merchant"
          value={values.merchantId}
          onChange={(merchantId) => set({ merchantId })}
          options={able.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <Field id="coupon-kind" label={t('coupons.kindLabel')}>
        <Choice<DiscountKind>
          id="coupon-kind"
          value={kind}
          onChange={(next) => set({ kind: next })}
          options={kinds.map((value) => ({ value, label: t(`coupons.kind.${value}`) }))}
        />
      </Field>
      {kind === 'amount' && (
        <Field
          id="coupon-amount"
          label={t('coupons.value.amount')}
          hint={t('coupons.valueHint.amount')}
          fault={fault('amountFen')}
          needed
        >
          <MoneyInput id="coupon-amount" value={values.amountFen} onChange={(amountFen) => set({ amountFen })} />
        </Field>
      )}
      {(kind === 'minutes' || kind === 'rate') && (
        <Field
          id="coupon-count"
          label={t(`coupons.value.${kind}`)}
          hint={t(`coupons.valueHint.${kind}`)}
          fault={fault('count')}
          needed
        >
          <CountInput id="coupon-count" value={values.count} onChange={(count) => set({ count })} />
        </Field>
      )}
      {kind === 'free' && <span />}
      <Field id="coupon-max" label={t('coupons.maxFen')} hint={t('coupons.maxHint')}>
        <MoneyInput id="coupon-max" value={values.maxFen} onChange={(maxFen) => set({ maxFen })} />
      </Field>
      <Field id="coupon-minimum" label={t('coupons.minimumFen')} hint={t('coupons.minimumHint')}>
        <MoneyInput id="coupon-minimum" value={values.minimumFen} onChange={(minimumFen) => set({ minimumFen })} />
      </Field>
      <span />
      <Field id="coupon-from" label={t('registry.validFrom')} fault={fault('from')}>
        <DateInput id="coupon-from" value={values.from} onChange={(from) => set({ from })} />
      </Field>
      <Field id="coupon-to" label={t('registry.validTo')} fault={fault('to')} needed>
        <DateInput id="coupon-to" value={values.to} onChange={(to) => set({ to })} />
      </Field>
    </FormDialog>
  );
}
