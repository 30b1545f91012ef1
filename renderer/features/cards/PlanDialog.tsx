import { Input } from 'antd';
import type { RechargePlanView } from '../../../shared/contract/cards.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import type { RechargeUnit } from '../../../shared/domain/registry.ts';
import { type CardType, cardTypeSchema } from '../../../shared/domain/terms.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Choice, CountInput, countOf } from '../../office/choices.tsx';
import { Field, FormDialog } from '../../office/Form.tsx';
import { MoneyInput } from '../../office/inputs.tsx';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';
import { unitsOf } from './gives.ts';

interface Values {
  readonly name: string;
  readonly type: CardType;
  readonly priceFen: Fen | null;
  readonly unit: RechargeUnit;
  readonly amount: string;
  readonly amountFen: Fen | null;
  readonly gift: string;
  readonly giftFen: Fen | null;
}

const amountOf = ({ unit, amount, amountFen }: Values): number => (unit === 'money' ? amountFen : countOf(amount)) ?? 0;
const giftOf = ({ unit, gift, giftFen }: Values): number => (unit === 'money' ? giftFen : countOf(gift)) ?? 0;

/** A plan: so much for so much. */
export function PlanDialog(props: { plan: RechargePlanView | null; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const { plan } = props;
  const money = plan?.unit === 'money';
  const form = useForm<Values>(
    {
      name: plan?.name ?? '',
      type: plan?.type ?? 'monthly',
      priceFen: plan?.priceFen ?? null,
      unit: plan?.unit ?? 'months',
      amount: plan && !money ? String(plan.amount) : '1',
      amountFen: plan && money ? plan.amount : null,
      gift: plan && !money && plan.gift > 0 ? String(plan.gift) : '',
      giftFen: plan && money ? plan.gift : null,
    },
    {
      act,
      check: (values) => ({
        ...(values.name.trim() === '' ? { name: t('registry.needText') } : {}),
        ...(values.priceFen === null ? { priceFen: t('registry.needAmount') } : {}),
        ...(amountOf(values) > 0 ? {} : { amount: t('cards.pay.checkAmount') }),
      }),
      places: { 'wrong-unit': 'unit' },
    },
  );
  const { values, set, fault } = form;
  const save = async (given: Values): Promise<void> => {
    const { type, unit, priceFen } = given;
    if (priceFen === null) return;
    const fields = { name: given.name.trim(), type, priceFen, unit, amount: amountOf(given), gift: giftOf(given) };
    const done = await act.run(
      (client) =>
        plan ? client.rechargePlans.update({ id: plan.id, ...fields }) : client.rechargePlans.create(fields),
      { done: t('cards.plans.saved') },
    );
    if (done) props.onDone();
  };
  return (
    <FormDialog
      title={plan ? t('cards.plans.change', { name: plan.name }) : t('cards.plans.add')}
      verb={t(plan ? 'kit.save' : 'cards.plans.add')}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((given) => void save(given))}
    >
      <Field
        id="plan-name"
        label={t('cards.plans.name')}
        hint={t('cards.plans.nameHint')}
        fault={fault('name')}
        needed
        wide
      >
        <Input id="plan-name" maxLength={60} value={values.name} onChange={(e) => set({ name: e.target.value })} />
      </Field>
      <Field id="plan-type" label={t('cards.plans.type')}>
        <Choice<CardType>
          id="plan-type"
          value={values.type}
          onChange={(type) =>
            set({ type, ...(unitsOf(type).includes(values.unit) ? {} : { unit: unitsOf(type)[0] ?? 'months' }) })
          }
          options={cardTypeSchema.options.map((value) => ({ value, label: t(`card.${value}`) }))}
        />
      </Field>
      <Field id="plan-price" label={t('cards.plans.price')} fault={fault('priceFen')} needed>
        <MoneyInput id="plan-price" value={values.priceFen} onChange={(priceFen) => set({ priceFen })} />
      </Field>
      <Field id="plan-unit" label={t('cards.pay.unit')} fault={fault('unit')}>
        <Choice<RechargeUnit>
          id="plan-unit"
          value={values.unit}
          onChange={(unit) => set({ unit })}
          options={unitsOf(values.type).map((value) => ({ value, label: t(`cards.pay.units.${value}`) }))}
        />
      </Field>
      <Field id="plan-amount" label={t('cards.pay.amount')} fault={fault('amount')} needed>
        {values.unit === 'money' ? (
          <MoneyInput id="plan-amount" value={values.amountFen} onChange={(amountFen) => set({ amountFen })} />
        ) : (
          <CountInput id="plan-amount" value={values.amount} onChange={(amount) => set({ amount })} />
        )}
      </Field>
      <Field id="plan-gift" label={t('cards.pay.gift')}>
        {values.unit === 'money' ? (
          <MoneyInput id="plan-gift" value={values.giftFen} onChange={(giftFen) => set({ giftFen })} />
        ) : (
          <CountInput id="plan-gift" value={values.gift} onChange={(gift) => set({ gift })} />
        )}
      </Field>
    </FormDialog>
  );
}
