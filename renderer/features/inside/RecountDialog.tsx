import { Input } from 'antd';
import type { Occupancy } from '../../../shared/domain/occupancy.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Choice, CountInput, countOf } from '../../office/choices.tsx';
import { Field, FormDialog } from '../../office/Form.tsx';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';

const WHOLE = 'whole';

/** 车位盘点: somebody counted the cars. */
export function RecountDialog(props: { occupancy: Occupancy; onClose: () => void; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const { occupancy } = props;
  const form = useForm(
    { areaId: WHOLE, actual: '', reason: '' },
    {
      act,
      check: ({ actual, reason }) => ({
        ...(typeof countOf(actual) === 'number' ? {} : { actual: t('inside.needActual') }),
        ...(reason.trim() === '' ? { reason: t('inside.needReason') } : {}),
      }),
    },
  );
  const { values, set } = form;
  const area = occupancy.areas.find((each) => each.areaId === values.areaId);
  return (
    <FormDialog
      title={t('inside.recountTitle')}
      verb={t('inside.recountVerb')}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      width={520}
      onClose={props.onClose}
      onSubmit={() =>
        form.submit(({ areaId, actual, reason }) => {
          void act
            .run(
              (client) =>
                client.spaces.recount({
                  ...(areaId === WHOLE ? {} : { areaId }),
                  actualInside: countOf(actual) ?? 0,
                  reason: reason.trim(),
                }),
              { done: t('inside.recountDone') },
            )
            .then((done) => done && props.onDone());
        })
      }
    >
      <p className="form-told">{t('inside.recountText')}</p>
      <Field id="recount-where" label={t('inside.where')}>
        <Choice
          id="recount-where"
          value={values.areaId}
          onChange={(areaId) => set({ areaId })}
          options={[
            { value: WHOLE, label: t('inside.whole') },
            ...occupancy.areas.map(({ areaId, name }) => ({ value: areaId, label: name })),
          ]}
        />
      </Field>
      <Field
        id="recount-actual"
        label={t('inside.actual')}
        hint={t('inside.actualHint', { n: area?.inside ?? occupancy.whole.inside })}
        fault={form.fault('actual')}
        needed
      >
        <CountInput id="recount-actual" value={values.actual} onChange={(actual) => set({ actual })} />
      </Field>
      <Field id="recount-reason" label={t('inside.reason')} fault={form.fault('reason')} needed wide>
        <Input
          id="recount-reason"
          maxLength={200}
          value={values.reason}
          onChange={(event) => set({ reason: event.target.value })}
        />
      </Field>
    </FormDialog>
  );
}
