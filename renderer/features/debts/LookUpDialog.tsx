import { useState } from 'react';
import type { LookedUpView } from '../../../shared/contract/debts.ts';
import { PlateInput } from '../../components/PlateInput.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { Field, FormDialog } from '../../office/Form.tsx';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';

/** What platforms know of one car: arrears elsewhere, agreements. What they tell is in the list when this closes. */
export function LookUpDialog(props: { plate: string; onClose: () => void; onTold: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const [told, setTold] = useState<readonly LookedUpView[] | null>(null);
  const form = useForm<{ readonly plate: string }>(
    { plate: props.plate },
    {
      act,
      check: ({ plate }): Partial<Record<'plate', string>> => (plate === '' ? { plate: t('registry.needPlate') } : {}),
      places: { 'plate-empty': 'plate', 'plate-odd': 'plate', 'plate-too-long': 'plate' },
    },
  );
  const ask = async ({ plate }: { readonly plate: string }): Promise<void> => {
    setTold(null);
    const answer = await act.run((client) => client.debts.lookUp({ plate }));
    if (answer === undefined) return;
    setTold(answer);
    props.onTold();
  };
  return (
    <FormDialog
      title={t('debts.lookUpTitle')}
      verb={t('debts.lookUpVerb')}
      busy={act.busy}
      dirty={false}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((given) => void ask(given))}
    >
      <p className="form-told">{t('debts.lookUpHint')}</p>
      <Field
        id="look-up-plate"
        label={t('kit.plate')}
        fault={form.fault('plate')}
        hint={t('registry.plateHint')}
        needed
        wide
      >
        <PlateInput
          id="look-up-plate"
          label={t('kit.plate')}
          value={form.values.plate}
          onChange={(plate) => {
            form.set({ plate });
            setTold(null);
          }}
        />
      </Field>
      <ul className="look-up-told" aria-live="polite">
        {told?.length === 0 && <li data-kind="none">{t('debts.lookUpNobody')}</li>}
        {told?.map(({ platform, title, kind, detail }) => (
          <li key={platform} data-kind={kind}>
            <strong>{title}</strong>
            <span>
              {t(`debts.lookUpKind.${kind}`)}
              {detail !== '' && `：${detail}`}
            </span>
          </li>
        ))}
      </ul>
    </FormDialog>
  );
}
