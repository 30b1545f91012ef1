import { Checkbox } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { FeeField, MinutesField } from './fields.tsx';
import type { Path, PeriodRuleForm } from './form.ts';
import { Question } from './Question.tsx';

/** Free minutes, a first period, following periods, a cap. */
export function PlainRule(props: { rule: PeriodRuleForm; path: Path; onChange: (rule: PeriodRuleForm) => void }) {
  const { t } = useWords();
  const { rule, path, onChange } = props;
  const { firstPeriod, followingPeriod } = rule;
  return (
    <>
      <div className="tf-grid">
        <MinutesField
          label={t('tariffs.field.freeMinutes')}
          path={[...path, 'freeMinutes']}
          value={rule.freeMinutes}
          min={0}
          hint={t('tariffs.field.freeHint')}
          onChange={(freeMinutes) => onChange({ ...rule, freeMinutes })}
        />
        <div className="tf-field" data-path={[...path, 'firstPeriod'].join('.')}>
          <Checkbox
            checked={firstPeriod !== undefined}
            onChange={(event) =>
              onChange({ ...rule, firstPeriod: event.target.checked ? { minutes: 60, feeFen: null } : undefined })
            }
          >
            {t('tariffs.field.firstPeriod')}
          </Checkbox>
        </div>
        {firstPeriod && (
          <>
            <MinutesField
              label={t('tariffs.field.firstMinutes')}
              path={[...path, 'firstPeriod', 'minutes']}
              value={firstPeriod.minutes}
              onChange={(minutes) => onChange({ ...rule, firstPeriod: { ...firstPeriod, minutes } })}
            />
            <FeeField
              label={t('tariffs.field.firstFee')}
              path={[...path, 'firstPeriod', 'feeFen']}
              value={firstPeriod.feeFen}
              onChange={(feeFen) => onChange({ ...rule, firstPeriod: { ...firstPeriod, feeFen } })}
            />
          </>
        )}
        <MinutesField
          label={t('tariffs.field.unitMinutes')}
          path={[...path, 'followingPeriod', 'minutes']}
          value={followingPeriod.minutes}
          onChange={(minutes) => onChange({ ...rule, followingPeriod: { ...followingPeriod, minutes } })}
        />
        <FeeField
          label={t('tariffs.field.unitFee')}
          path={[...path, 'followingPeriod', 'feeFen']}
          value={followingPeriod.feeFen}
          onChange={(feeFen) => onChange({ ...rule, followingPeriod: { ...followingPeriod, feeFen } })}
        />
        <FeeField
          label={t('tariffs.field.cap24h')}
          path={[...path, 'capPer24hFen']}
          value={rule.capPer24hFen}
          hint={t('tariffs.field.noCap')}
          onChange={(fen) => onChange({ ...rule, capPer24hFen: fen ?? undefined })}
        />
      </div>
      {rule.freeMinutes !== 0 && (
        <Question
          id="freeMode"
          path={[...path, 'freeMinutesMode']}
          values={['threshold', 'deducted']}
          value={rule.freeMinutesMode}
          choice="freeMinutesMode"
          onChange={(freeMinutesMode) => onChange({ ...rule, freeMinutesMode })}
        />
      )}
      <Question
        id="eachDay"
        path={[...path, 'eachDay']}
        values={['restart', 'continue']}
        value={rule.eachDay}
        choice="eachDay"
        onChange={(eachDay) => onChange({ ...rule, eachDay })}
      />
    </>
  );
}
