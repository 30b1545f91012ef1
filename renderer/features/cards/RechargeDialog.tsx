import { useState } from 'react';
import type { CardView, RechargePlanView } from '../../../shared/contract/cards.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import type { PaymentMethod } from '../../../shared/domain/money-flow.ts';
import type { RechargeUnit } from '../../../shared/domain/registry.ts';
import { shanghaiCompact } from '../../../shared/domain/time.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, stationNow, useSession } from '../../lib/station/session.ts';
import { Choice, CountInput, countOf } from '../../office/choices.tsx';
import { daysUntil } from '../../office/days.ts';
import { Field, FormDialog } from '../../office/Form.tsx';
import { MoneyInput } from '../../office/inputs.tsx';
import { DaysLeft, Validity } from '../../office/Registry.tsx';
import { Answer } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { useForm } from '../../office/use-form.ts';
import { givesText, unitsOf } from './gives.ts';
import { heldText } from './held.ts';
import { SOON } from './use-columns.tsx';

interface Props {
  readonly card: CardView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** 续费 and 充值: by a plan, or as a manager freely. */
export function RechargeDialog(props: Props) {
  const { type } = props.card;
  const plans = useAsk((client, signal) => client.rechargePlans.list(undefined, { signal }), []);
  return plans.data ? (
    <RechargeForm {...props} plans={plans.data.filter((plan) => plan.type === type)} />
  ) : (
    <Answer of={plans}>{() => null}</Answer>
  );
}

const FREE = 'free';
/** Whoever is no manager can only say what is in the hand. */
const AT_HAND: readonly PaymentMethod[] = ['cash', 'pos'];
const ALL: readonly PaymentMethod[] = ['cash', 'pos', 'wechat', 'alipay', 'unionpay', 'platform'];

interface Values {
  readonly planId: string;
  readonly quantity: string;
  readonly unit: RechargeUnit;
  readonly amount: string;
  readonly amountFen: Fen | null;
  readonly gift: string;
  readonly giftFen: Fen | null;
  readonly paidFen: Fen | null;
  readonly from: 'now' | 'old-end';
  readonly method: PaymentMethod;
}

/** Under this number the station knows the order: sent once more after a broken line it is not carried out twice. */
function newOrder(): string {
  const [chance = 0] = crypto.getRandomValues(new Uint16Array(1));
  return `${shanghaiCompact(stationNow())}-${chance.toString(36).toUpperCase().padStart(4, '0')}`;
}

function RechargeForm(props: Props & { readonly plans: readonly RechargePlanView[] }) {
  const { t } = useWords();
  const act = useAct();
  const { card, plans } = props;
  const free = useSession((state) => may(state.user, 'card.recharge-free'));
  const units = unitsOf(card.type);
  const [order] = useState(newOrder);
  const form = useForm<Values>(
    {
      ...{ planId: plans[0]?.id ?? (free ? FREE : ''), quantity: '1', unit: units[0] ?? 'months', amount: '1' },
      ...{ amountFen: null, gift: '', giftFen: null, paidFen: null, from: 'now', method: 'cash' },
    },
    {
      act,
      check: (values) => {
        if (values.planId !== FREE)
          return (countOf(values.quantity) ?? 0) > 0 ? {} : { quantity: t('registry.badInteger') };
        return {
          ...(freeAmount(values) === undefined
            ? values.unit === 'money'
              ? { amountFen: t('registry.needAmount') }
              : { amount: t('registry.badInteger') }
            : {}),
          ...(values.paidFen === null ? { paidFen: t('registry.needAmount') } : {}),
        };
      },
      places: {
        'method-missing': 'method',
        'wrong-method': 'method',
        'shift-required': 'method',
        'till-paused': 'method',
      },
    },
  );
  const { values, set, fault } = form;
  const plan = plans.find(({ id }) => id === values.planId);
  const byPlan = values.planId !== FREE;
  const paidFen = byPlan ? (plan?.priceFen ?? 0) * (countOf(values.quantity) ?? 0) : (values.paidFen ?? 0);
  const expired = daysUntil(card.validTo, stationNow()) < 0;
  const save = async (given: Values): Promise<void> => {
    const amount = freeAmount(given);
    const what =
      given.planId === FREE
        ? amount && { unit: given.unit, ...amount, paidFen: given.paidFen ?? 0 }
        : { planId: given.planId, quantity: countOf(given.quantity) ?? 1, paidFen };
    if (!what) return;
    const paying = paidFen > 0 ? { method: given.method } : {};
    const done = await act.run(
      (client) => client.cards.recharge({ id: card.id, what, orderNo: order, from: given.from, ...paying }),
      { done: t('cards.pay.done', { order }) },
    );
    if (done) props.onDone();
  };
  const held = heldText(card, t);
  const methods = free ? ALL : AT_HAND;
  return (
    <FormDialog
      title={t(held === '' ? 'cards.pay.renewTitle' : 'cards.pay.rechargeTitle', { number: card.number })}
      verb={paidFen > 0 ? t('cards.pay.take', { amount: formatMoney(paidFen) }) : t('cards.pay.takeNothing')}
      ready={values.planId !== ''}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((given) => void save(given))}
    >
      <p className="form-told card-gives">
        {t('cards.pay.before')}：<Validity from={card.validFrom} to={card.validTo} />{' '}
        <DaysLeft to={card.validTo} soon={SOON} /> {held !== '' && <strong>{held}</strong>}
      </p>
      {values.planId === '' ? (
        <p className="form-told">{t('cards.pay.noPlan')}</p>
      ) : (
        <Field id="pay-plan" label={t('cards.pay.plan')} {...(byPlan ? {} : { hint: t('cards.pay.freeHint') })} wide>
          <Choice<string>
            id="pay-plan"
            value={values.planId}
            onChange={(planId) => set({ planId })}
            options={[
              ...plans.map((each) => ({
                value: each.id,
                label: t('cards.pay.planOption', {
                  ...{ name: each.name, price: formatMoney(each.priceFen), gives: givesText(each, t) },
                }),
              })),
              ...(free ? [{ value: FREE, label: t('cards.pay.free') }] : []),
            ]}
          />
        </Field>
      )}
      {byPlan ? (
        <Field id="pay-quantity" label={t('cards.pay.quantity')} fault={fault('quantity')}>
          <CountInput id="pay-quantity" value={values.quantity} onChange={(quantity) => set({ quantity })} />
        </Field>
      ) : (
        <FreeFields form={form} units={units} />
      )}
      {paidFen > 0 && (
        <Field
          id="pay-method"
          label={t('cards.pay.method')}
          fault={fault('method')}
          {...(values.method === 'cash' ? { hint: t('cards.pay.cashHint') } : {})}
        >
          <Choice<PaymentMethod>
            id="pay-method"
            value={values.method}
            onChange={(method) => set({ method })}
            options={methods.map((value) => ({ value, label: t(`event.method.${value}`) }))}
          />
        </Field>
      )}
      {expired && (
        <Field id="pay-from" label={t('cards.pay.from')} hint={t('cards.pay.fromHint')}>
          <Choice<Values['from']>
            id="pay-from"
            value={values.from}
            onChange={(from) => set({ from })}
            options={[
              { value: 'now', label: t('cards.pay.fromNow') },
              { value: 'old-end', label: t('cards.pay.fromOldEnd') },
            ]}
          />
        </Field>
      )}
      {plan && byPlan && (
        <p className="form-told card-gives">
          {t('cards.plans.gives')}：
          {givesText(
            {
              unit: plan.unit,
              amount: plan.amount * (countOf(values.quantity) ?? 0),
              gift: plan.gift * (countOf(values.quantity) ?? 0),
            },
            t,
          )}
        </p>
      )}
    </FormDialog>
  );
}

/** What is given without a plan; undefined while it is no amount. */
function freeAmount(values: Values): { readonly amount: number; readonly gift: number } | undefined {
  const money = values.unit === 'money';
  const amount = money ? values.amountFen : countOf(values.amount);
  const gift = money ? (values.giftFen ?? 0) : (countOf(values.gift) ?? 0);
  return amount === null || amount === undefined || amount === 0 ? undefined : { amount, gift };
}

function FreeFields({ form, units }: { form: ReturnType<typeof useForm<Values>>; units: readonly RechargeUnit[] }) {
  const { t } = useWords();
  const { values, set, fault } = form;
  const money = values.unit === 'money';
  return (
    <>
      <Field id="pay-unit" label={t('cards.pay.unit')}>
        <Choice<RechargeUnit>
          id="pay-unit"
          value={values.unit}
          onChange={(unit) => set({ unit })}
          options={units.map((value) => ({ value, label: t(`cards.pay.units.${value}`) }))}
        />
      </Field>
      <Field id="pay-amount" label={t('cards.pay.amount')} fault={fault(money ? 'amountFen' : 'amount')} needed>
        {money ? (
          <MoneyInput id="pay-amount" value={values.amountFen} onChange={(amountFen) => set({ amountFen })} />
        ) : (
          <CountInput id="pay-amount" value={values.amount} onChange={(amount) => set({ amount })} />
        )}
      </Field>
      <Field id="pay-gift" label={t('cards.pay.gift')}>
        {money ? (
          <MoneyInput id="pay-gift" value={values.giftFen} onChange={(giftFen) => set({ giftFen })} />
        ) : (
          <CountInput id="pay-gift" value={values.gift} onChange={(gift) => set({ gift })} />
        )}
      </Field>
      <Field id="pay-paid" label={t('cards.pay.paid')} fault={fault('paidFen')} needed>
        <MoneyInput id="pay-paid" value={values.paidFen} onChange={(paidFen) => set({ paidFen })} />
      </Field>
    </>
  );
}
