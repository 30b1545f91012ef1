import { Input } from 'antd';
import type { MerchantView } from '../../../shared/contract/coupons.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Choice, CountInput, countOf } from '../../office/choices.tsx';
import { Field, FormDialog } from '../../office/Form.tsx';
import { MoneyInput } from '../../office/inputs.tsx';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';

interface Values {
  readonly name: string;
  /** As typed; empty: no limit. */
  readonly coupons: string;
  readonly amountLeftFen: Fen | null;
  readonly state: MerchantView['state'];
}

/** A merchant and what it may give. */
export function MerchantDialog(props: { merchant: MerchantView | null; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const { merchant } = props;
  const form = useForm<Values>(
    {
      name: merchant?.name ?? '',
      coupons: merchant?.couponsLeft === null || merchant === null ? '' : String(merchant.couponsLeft),
      amountLeftFen: merchant?.amountLeftFen ?? null,
      state: merchant?.state ?? 'active',
    },
    {
      act,
      check: (values) => ({
        ...(values.name.trim() === '' ? { name: t('registry.needText') } : {}),
        ...(countOf(values.coupons) === undefined ? { coupons: t('registry.badInteger') } : {}),
      }),
      places: { 'name-taken': 'name' },
    },
  );
  const { values, set, fault } = form;
  const save = async ({ name, coupons, amountLeftFen, state }: Values): Promise<void> => {
    const couponsLeft = countOf(coupons);
    if (couponsLeft === undefined) return;
    const fields = {
      name: name.trim(),
      state,
      // What was given meanwhile counted down here: only what somebody changed is sent.
      ...(merchant?.couponsLeft === couponsLeft ? {} : { couponsLeft }),
      ...(merchant?.amountLeftFen === amountLeftFen ? {} : { amountLeftFen }),
    };
    const done = await act.run(
      (client) =>
        merchant ? client.merchants.change({ id: merchant.id, ...fields }) : client.merchants.create(fields),
      { done: t('coupons.merchantSaved') },
    );
    if (done) props.onDone();
  };
  return (
    <FormDialog
      title={merchant ? t('coupons.changeMerchant', { name: merchant.name }) : t('coupons.addMerchant')}
      verb={t(merchant ? 'kit.save' : 'coupons.addMerchant')}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((given) => void save(given))}
    >
      <Field id="merchant-name" label={t('coupons.merchantName')} fault={fault('name')} needed wide>
        <Input id="merchant-name" maxLength={60} value={values.name} onChange={(e) => set({ name: e.target.value })} />
      </Field>
      <Field
        id="merchant-coupons"
        label={t('coupons.couponsLeft')}
        hint={t('coupons.quotaHint')}
        fault={fault('coupons')}
      >
        <CountInput id="merchant-coupons" value={values.coupons} onChange={(coupons) => set({ coupons })} />
      </Field>
      <Field id="merchant-amount" label={t('coupons.amountLeft')} hint={t('coupons.amountHint')}>
        <MoneyInput
          id="merchant-amount"
          value={values.amountLeftFen}
          onChange={(amountLeftFen) => set({ amountLeftFen })}
        />
      </Field>
      <Field id="merchant-state" label={t('registry.state')} hint={t(`coupons.merchantStateHint.${values.state}`)}>
        <Choice<Values['state']>
          id="merchant-state"
          value={values.state}
          onChange={(state) => set({ state })}
          options={(['active', 'suspended'] as const).map((value) => ({
            value,
            label: t(`coupons.merchantState.${value}`),
          }))}
        />
      </Field>
    </FormDialog>
  );
}
