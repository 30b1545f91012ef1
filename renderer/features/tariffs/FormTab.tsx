import { Button } from 'antd';
import { useContext } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { Box } from '../../office/Page.tsx';
import { EditorContext } from './editor-context.ts';
import { removeAt, replaceAt, type TariffForm } from './form.ts';
import { HeadFields } from './HeadFields.tsx';
import { newPeriodRule } from './new-parts.ts';
import { RuleEditor } from './RuleEditor.tsx';

/** Every field of a tariff without a line of JSON; of its rules one at a time. */
export function FormTab(props: {
  form: TariffForm;
  onChange: (form: TariffForm) => void;
  rule: number;
  onRule: (index: number) => void;
}) {
  const { t } = useWords();
  const { notes } = useContext(EditorContext);
  const { form, onChange } = props;
  const { rules } = form;
  const at = Math.min(props.rule, rules.length - 1);
  const rule = rules[at];
  const put = (next: TariffForm['rules'], show: number): void => {
    onChange({ ...form, rules: next });
    props.onRule(Math.max(0, show));
  };
  const faulty = (index: number): boolean =>
    [...notes].some(
      ([path, all]) =>
        (path === `rules.${index}` || path.startsWith(`rules.${index}.`)) &&
        all.some(({ severity }) => severity === 'error'),
    );
  return (
    <div className="tf-stack tf-body">
      <Box title={t('tariffs.part.basics')}>
        <div className="tf-stack">
          <HeadFields form={form} onChange={onChange} />
        </div>
      </Box>
      <nav className="tf-rules" aria-label={t('tariffs.rules')}>
        {rules.map((each, index) => (
          <Button
            // biome-ignore lint/suspicious/noArrayIndexKey: rules have no name of their own
            key={index}
            type={index === at ? 'primary' : 'default'}
            aria-current={index === at}
            danger={faulty(index)}
            onClick={() => props.onRule(index)}
          >
            {t('tariffs.ruleTab', {
              n: index + 1,
              classes: each.vehicleClasses.map((name) => t(`vehicle.${name}`)).join('、'),
            })}
          </Button>
        ))}
        <Button type="dashed" onClick={() => put([...rules, newPeriodRule()], rules.length)}>
          {t('tariffs.addRule')}
        </Button>
      </nav>
      {rule && (
        <RuleEditor
          key={at}
          rule={rule}
          path={['rules', at]}
          onChange={(next) => onChange({ ...form, rules: replaceAt(rules, at, next) })}
          onCopy={() => put([...rules, rule], rules.length)}
          onRemove={rules.length > 1 ? () => put(removeAt(rules, at), at - 1) : null}
        />
      )}
    </div>
  );
}
