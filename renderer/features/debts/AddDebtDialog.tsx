import { Input } from 'antd';
import type { DebtView } from '../../../shared/contract/debts.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import { PlateInput } from '../../components/PlateInput.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { Choice } from '../../office/choices.tsx';
import { Field, FormDialog } from '../../office/Form.tsx';
import { MomentInput, MoneyInput } from '../../office/inputs.tsx';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';

const intercepts = ['none', 'entry', 'exit', 'both'] as const;

interface Values {
  readonly plate: string;
  readonly amountFen: Fen | null;
  readonly since: string | null;
  readonly reason: string;
  readonly intercept: DebtView['intercept'];
}

/** A debt that no stay of ours stands for. */
export function AddDebtDialog(props: { onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const form = useForm<Values>(
    { plate: '', amountFen: null, since: null, reason: '', intercept: 'none' },
    {
      act,
      check: (values) => ({
        ...(values.plate === '' ? { plate: t('registry.needPlate') } : {}),
        ...(values.amountFen === null || values.amountFen === 0 ? { amountFen: t('registry.needAmount') } : {}),
        ...(values.reason.trim() === '' ? { reason: t('registry.needText') } : {}),
      }),
      places: { 'plate-empty': 'plate', 'plate-odd': 'plate', 'plate-too-long': 'plate' },
    },
  );
  const { values, set, fault } = form;
  const save = async ({ plate, amountFen, since, reason, intercept }: Values): Promise<void> => {
    if (amountFen === null) return;
    const given = { plate, amountFen, intercept, reason: reason.trim(), ...(since === null ? {} : { since }) };
    if (await act.run((client) => client.debts.add(given), { done: t('debts.added') })) props.onDone();
  };
  return (
    <FormDialog
      title={t('debts.addTitle')}
      verb={t('debts.add')}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((given) => void save(given))}
    >
      <p className="form-told">{t('debts.addHint')}</p>
      <Field id="debt-plate" label={t('kit.plate')} fault={fault('plate')} hint={t('registry.plateHint')} needed wide>
        <PlateInput id="debt-plate" label={t('kit.plate')} value={values.plate} onChange={(plate) => set({ plate })} />
      </Field>
      <Field id="debt-amount" label={t('debts.amount')} fault={fault('amountFen')} needed>
        <MoneyInput id="debt-amount" value={values.amountFen} onChange={(amountFen) => set({ amountFen })} />
      </Field>
      <Field id="debt-since" label={t('debts.since')} fault={fault('since')}>
        <MomentInput id="debt-since" value={values.since} onChange={(since) => set({ since })} />
      </Field>
      <Field
        id="debt-intercept"
        label={t('debts.interceptLabel')}
        hint={t(`debts.interceptHint.${values.intercept}`)}
        wide
      >
        <Choice<Values['intercept']>
          id="debt-intercept"
          value={values.intercept}
          onChange={(intercept) => set({ intercept })}
          options={intercepts.map((value) => ({ value, label: t(`debts.intercept.${value}`) }))}
        />
      </Field>
      <Field id="debt-reason" label={t('debts.reason')} fault={fault('reason')} needed wide>
        <Input
          id="debt-reason"
          maxLength={200}
          value={values.reason}
          onChange={(event) => set({ reason: event.target.value })}
        />
      </Field>
    </FormDialog>
  );
}
