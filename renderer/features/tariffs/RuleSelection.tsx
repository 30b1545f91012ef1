import { Checkbox } from 'antd';
import { useContext } from 'react';
import { plateColorSchema, plateKindSchema } from '../../../shared/domain/plate.ts';
import { cardTypeSchema, termsKindSchema } from '../../../shared/domain/terms.ts';
import { vehicleClassSchema } from '../../../shared/domain/vehicle.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { EditorContext, fieldId } from './editor-context.ts';
import { FeeField, ManyField, Notes } from './fields.tsx';
import type { Path, RuleForm } from './form.ts';

const plainTerms = termsKindSchema.exclude(['card']).options;

/** For whom a rule counts. What is left empty does not matter to it. */
export function RuleSelection<R extends RuleForm>(props: { rule: R; path: Path; onChange: (rule: R) => void }) {
  const { t } = useWords();
  const { areas } = useContext(EditorContext);
  const { rule, path, onChange } = props;
  const everyone = t('tariffs.field.anyone');
  /** An empty condition is no condition. */
  const put = (key: 'cardTypes' | 'plateKinds' | 'plateColors' | 'areas', values: readonly string[] | null): void =>
    onChange({ ...rule, [key]: values ?? undefined });
  return (
    <>
      <fieldset className="tf-classes" data-path={[...path, 'vehicleClasses'].join('.')}>
        <legend>{t('tariffs.field.vehicleClasses')}</legend>
        <Checkbox.Group
          value={[...rule.vehicleClasses]}
          options={vehicleClassSchema.options.map((value, index) => ({
            value,
            label: t(`vehicle.${value}`),
            ...(index === 0 ? { id: fieldId([...path, 'vehicleClasses']) } : {}),
          }))}
          onChange={(values) => onChange({ ...rule, vehicleClasses: values })}
        />
        <Notes path={[...path, 'vehicleClasses']} />
      </fieldset>
      <div className="tf-grid">
        <ManyField
          label={t('tariffs.field.cardTypes')}
          path={[...path, 'cardTypes']}
          value={rule.cardTypes}
          everything={everyone}
          options={[
            ...plainTerms.map((value) => ({ value: String(value), label: t(`terms.${value}`) })),
            ...cardTypeSchema.options.map((value) => ({ value: String(value), label: t(`card.${value}`) })),
          ]}
          onChange={(values) => put('cardTypes', values)}
        />
        <ManyField
          label={t('tariffs.field.plateKinds')}
          path={[...path, 'plateKinds']}
          value={rule.plateKinds}
          everything={everyone}
          options={plateKindSchema.options.map((value) => ({ value, label: t(`tariffs.plateKind.${value}`) }))}
          onChange={(values) => put('plateKinds', values)}
        />
        <ManyField
          label={t('tariffs.field.plateColors')}
          path={[...path, 'plateColors']}
          value={rule.plateColors}
          everything={everyone}
          options={plateColorSchema.options.map((value) => ({ value, label: t(`plate.color.${value}`) }))}
          onChange={(values) => put('plateColors', values)}
        />
        <ManyField
          label={t('tariffs.field.ruleAreas')}
          path={[...path, 'areas']}
          value={rule.areas}
          everything={t('tariffs.field.everywhere')}
          options={areas.map(({ areaId, name }) => ({ value: areaId, label: name }))}
          onChange={(values) => put('areas', values)}
        />
        <FeeField
          label={t('tariffs.field.lostTicketFen')}
          path={[...path, 'lostTicketFen']}
          value={rule.lostTicketFen}
          hint={t('tariffs.field.lostTicketHint')}
          onChange={(fen) => onChange({ ...rule, lostTicketFen: fen ?? undefined })}
        />
      </div>
    </>
  );
}
