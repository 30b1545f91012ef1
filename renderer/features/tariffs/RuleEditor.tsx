import { Button, Segmented } from 'antd';
import { useWords } from '../../lib/i18n/index.ts';
import { Box } from '../../office/Page.tsx';
import type { Path, RuleForm } from './form.ts';
import { otherForm } from './new-parts.ts';
import { PlainRule } from './PlainRule.tsx';
import { RuleSelection } from './RuleSelection.tsx';
import { ScheduleRule } from './ScheduleRule.tsx';

/** One rule: for whom it counts, and its prices in one of the two forms. */
export function RuleEditor(props: {
  rule: RuleForm;
  path: Path;
  onChange: (rule: RuleForm) => void;
  onCopy: () => void;
  onRemove: (() => void) | null;
}) {
  const { t } = useWords();
  const { rule, path, onChange } = props;
  return (
    <>
      <Box
        title={t('tariffs.part.whom')}
        extra={
          <span className="tf-inline">
            <Button size="small" onClick={props.onCopy}>
              {t('tariffs.copyRule')}
            </Button>
            {props.onRemove && (
              <Button size="small" onClick={props.onRemove}>
                {t('tariffs.removeRule')}
              </Button>
            )}
          </span>
        }
      >
        <div className="tf-stack">
          <RuleSelection rule={rule} path={path} onChange={onChange} />
        </div>
      </Box>
      <Box
        title={t('tariffs.part.price')}
        extra={
          <Segmented<'periods' | 'schedule'>
            aria-label={t('tariffs.field.ruleKind')}
            value={rule.kind === 'schedule' ? 'schedule' : 'periods'}
            options={[
              { value: 'periods', label: t('tariffs.ruleKind.periods') },
              { value: 'schedule', label: t('tariffs.ruleKind.schedule') },
            ]}
            onChange={() => onChange(otherForm(rule, t('tariffs.segment.allDay')))}
          />
        }
      >
        <div className="tf-stack">
          {rule.kind === 'schedule' ? (
            <ScheduleRule rule={rule} path={path} onChange={onChange} />
          ) : (
            <PlainRule rule={rule} path={path} onChange={onChange} />
          )}
        </div>
      </Box>
    </>
  );
}
