import { Input } from 'antd';
import type { StayView } from '../../../shared/contract/stays.ts';
import { type DiscountKind, discountKindSchema } from '../../../shared/domain/registry.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Choice, CountInput, countOf } from '../choices.tsx';
import { Field, FormDialog } from '../Form.tsx';
import { MoneyInput } from '../inputs.tsx';
import { useAct } from '../use-act.ts';
import { useAsk } from '../use-ask.ts';
import { useForm } from '../use-form.ts';
import { carName } from './StayWords.tsx';

interface Values {
  readonly kind: DiscountKind;
  readonly amountFen: number | null;
  readonly count: string;
  readonly maxFen: number | null;
  readonly reason: string;
}

/** 优惠: a discount for a car inside. */
export function GrantDialog(props: { stay: StayView; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const user = useSession((state) => state.user);
  const act = useAct();
  const limit = useAsk((client) => client.lanes.rules(), []).data?.attendantDiscountFen ?? null;
  const form = useForm<Values>(
    { kind: 'amount', amountFen: null, count: '', maxFen: null, reason: '' },
    {
      act,
      check: ({ kind, amountFen, count, reason }) => ({
        ...(kind === 'amount' && !amountFen ? { amountFen: t('stays.grant.needValue') } : {}),
        ...((kind === 'minutes' || kind === 'rate') && !countOf(count) ? { count: t('stays.grant.needValue') } : {}),
        ...(reason.trim() === '' ? { reason: t('stays.grant.needReason') } : {}),
      }),
      places: { 'discount-too-much': 'amountFen' },
    },
  );
  const { values, set } = form;
  const send = async ({ kind, amountFen, count, maxFen, reason }: Values): Promise<void> => {
    const value = kind === 'amount' ? (amountFen ?? 0) : kind === 'free' ? 0 : (countOf(count) ?? 0);
    const limited = kind === 'amount' ? null : maxFen;
    const done = await act.run(
      (client) => client.payments.grant({ uid: props.stay.uid, kind, value, maxFen: limited, reason: reason.trim() }),
      { done: t('stays.grant.done') },
    );
    if (done) props.onDone();
  };
  return (
    <FormDialog
      title={t('stays.grant.title', { plate: carName(props.stay, t) })}
      verb={t('stays.grant.verb')}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((wanted) => void send(wanted))}
    >
      <p className="form-told">
        {t('stays.grant.consequence')}
        {limit !== null &&
          !may(user, 'discount.unlimited') &&
          ` ${t('stays.grant.limit', { amount: formatMoney(limit) })}`}
      </p>
      <Field id="grant-kind" label={t('stays.grant.kind')}>
        <Choice
          id="grant-kind"
          value={values.kind}
          onChange={(kind) => set({ kind })}
          options={discountKindSchema.options.map((value) => ({ value, label: t(`stays.grant.kinds.${value}`) }))}
        />
      </Field>
      {values.kind === 'amount' && (
        <Field id="grant-amount" label={t('stays.grant.amount')} fault={form.fault('amountFen')} needed>
          <MoneyInput id="grant-amount" value={values.amountFen} onChange={(amountFen) => set({ amountFen })} />
        </Field>
      )}
      {(values.kind === 'minutes' || values.kind === 'rate') && (
        <Field
          id="grant-count"
          label={t(`stays.grant.${values.kind}`)}
          fault={form.fault('count')}
          hint={values.kind === 'rate' ? t('stays.grant.rateHint') : undefined}
          needed
        >
          <CountInput id="grant-count" value={values.count} onChange={(count) => set({ count })} />
        </Field>
      )}
      {values.kind !== 'amount' && (
        <Field id="grant-max" label={t('stays.grant.max')} hint={t('stays.grant.maxHint')}>
          <MoneyInput id="grant-max" value={values.maxFen} onChange={(maxFen) => set({ maxFen })} />
        </Field>
      )}
      <Field id="grant-reason" label={t('stays.grant.reason')} fault={form.fault('reason')} needed wide>
        <Input
          id="grant-reason"
          maxLength={40}
          value={values.reason}
          onChange={(event) => set({ reason: event.target.value })}
        />
      </Field>
    </FormDialog>
  );
}
