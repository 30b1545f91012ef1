import { Checkbox, Input, Select } from 'antd';
import { useContext } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { EditorContext, fieldId } from './editor-context.ts';
import { Field, ManyField } from './fields.tsx';
import type { TariffForm } from './form.ts';
import { Question } from './Question.tsx';

const steps = [10, 50, 100] as const;
const modes = ['up', 'down', 'nearest'] as const;

/** What counts for the whole tariff: name, areas, rounding, cars inside, late leavers. */
export function HeadFields({ form, onChange }: { form: TariffForm; onChange: (form: TariffForm) => void }) {
  const { t } = useWords();
  const { areas } = useContext(EditorContext);
  const { rounding } = form;
  const to = rounding !== null && rounding !== undefined && rounding !== 'none' ? rounding : null;
  return (
    <>
      <div className="tf-grid">
        <Field label={t('tariffs.field.name')} path={['name']}>
          <Input
            id={fieldId(['name'])}
            value={form.name}
            maxLength={60}
            onChange={(event) => onChange({ ...form, name: event.target.value })}
          />
        </Field>
        <Field label={t('tariffs.field.id')} path={['id']} hint={t('tariffs.field.idHint')}>
          <Input
            id={fieldId(['id'])}
            value={form.id}
            maxLength={40}
            onChange={(event) => onChange({ ...form, id: event.target.value.trim() })}
          />
        </Field>
        <ManyField
          label={t('tariffs.field.areas')}
          path={['areas']}
          value={form.areas}
          everything={t('tariffs.field.everywhere')}
          options={areas.map(({ areaId, name }) => ({ value: areaId, label: name }))}
          onChange={(values) => onChange({ ...form, areas: values ?? undefined })}
        />
        <Field label={t('tariffs.field.onChange')} path={['onChange']}>
          <Select
            id={fieldId(['onChange'])}
            value={form.onChange ?? 'entry-rule'}
            options={(['entry-rule', 'split'] as const).map((value) => ({
              value,
              label: t(`tariffs.onChange.${value}`),
            }))}
            onChange={(value) => onChange({ ...form, onChange: value })}
          />
        </Field>
      </div>
      <div data-path="onlyNamed">
        <Checkbox
          checked={form.onlyNamed ?? false}
          onChange={(event) => onChange({ ...form, onlyNamed: event.target.checked || undefined })}
        >
          {t('tariffs.field.onlyNamed')}
        </Checkbox>
      </div>
      <Question
        id="rounding"
        path={['rounding']}
        values={['none', 'to']}
        value={rounding === null ? null : to ? 'to' : rounding === undefined ? null : 'none'}
        onChange={(value) =>
          onChange({ ...form, rounding: value === 'none' ? 'none' : { toFen: 50, mode: 'nearest' } })
        }
        extra={(value) =>
          value === 'to' && to ? (
            <span className="tf-inline">
              <Select
                aria-label={t('tariffs.field.roundTo')}
                value={to.toFen}
                options={steps.map((fen) => ({ value: fen, label: t(`tariffs.roundTo.fen${fen}`) }))}
                onChange={(toFen) => onChange({ ...form, rounding: { ...to, toFen } })}
              />
              <Select
                aria-label={t('tariffs.field.roundMode')}
                value={to.mode}
                options={modes.map((mode) => ({ value: mode, label: t(`tariffs.roundMode.${mode}`) }))}
                onChange={(mode) => onChange({ ...form, rounding: { ...to, mode } })}
              />
            </span>
          ) : null
        }
      />
      <Question
        id="afterGrace"
        path={['afterGrace']}
        values={['recalculate', 'from-payment']}
        value={form.afterGrace === undefined ? 'recalculate' : form.afterGrace}
        onChange={(afterGrace) =>
          onChange(
            afterGrace === 'from-payment'
              ? { ...form, afterGrace }
              : { ...form, afterGrace, freeAfterPayment: undefined },
          )
        }
        extra={(value) =>
          value === 'from-payment' && form.afterGrace === 'from-payment' ? (
            <span className="tf-inline" data-path="freeAfterPayment">
              <Checkbox
                checked={form.freeAfterPayment ?? false}
                onChange={(event) => onChange({ ...form, freeAfterPayment: event.target.checked || undefined })}
              >
                {t('tariffs.field.freeAfterPayment')}
              </Checkbox>
            </span>
          ) : null
        }
      />
    </>
  );
}
