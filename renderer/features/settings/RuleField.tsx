import { Checkbox, Input, InputNumber, Select, Switch } from 'antd';
import { type ReactNode, useId } from 'react';
import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import { discountKindSchema } from '../../../shared/domain/registry.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Field } from '../../office/Form.tsx';
import { MoneyInput } from '../../office/inputs.tsx';
import { PrintingField } from './PrintingField.tsx';
import { type RuleName, ruleKinds } from './rule-fields.ts';

const CLASSES = ['small', 'medium', 'large'] as const;
const FULL = ['admit', 'wait', 'refuse'] as const;
const KERBSIDE = { settleSeconds: 600, leaveSeconds: 600, backdateMinutes: 1440, lateHours: 720 } as const;
const CONFIRM = ['temporaryEntry', 'cardEntry', 'cardExit', 'freeExit'] as const;

interface Props {
  readonly name: RuleName;
  readonly rules: PassageRules;
  readonly fault: string | undefined;
  readonly onChange: (part: Readonly<Record<string, unknown>>) => void;
}

/** One passage rule with what it means. */
export function RuleField(props: Props) {
  const { t } = useWords();
  const id = useId();
  const { name } = props;
  const kind = ruleKinds[name].kind;
  return (
    <Field
      id={id}
      label={t(`settings.rule.title.${name}`)}
      hint={t(`settings.rule.help.${name}`)}
      fault={props.fault}
      wide={['reasons', 'full', 'confirm', 'class-spaces', 'kerbside', 'printing'].includes(kind)}
    >
      <RuleControl {...props} id={id} />
    </Field>
  );
}

function RuleControl({ id, name, rules, onChange }: Props & { id: string }): ReactNode {
  const { t } = useWords();
  const kind = ruleKinds[name];
  const value = rules[name];
  const put = (next: unknown): void => onChange({ [name]: next });
  switch (kind.kind) {
    case 'number':
      return (
        <InputNumber
          controls={false}
          {...{ id, min: kind.min, max: kind.max, precision: 0 }}
          value={typeof value === 'number' ? value : null}
          onChange={(n) => put(n)}
        />
      );
    case 'money':
      return (
        <MoneyInput
          id={id}
          value={typeof value === 'number' ? value : null}
          onChange={(fen) => put(fen ?? (kind.empty ? null : 0))}
        />
      );
    case 'flag':
      return (
        <span>
          <Switch id={id} checked={value === true} onChange={put} />
        </span>
      );
    case 'choice':
      return (
        <Select
          id={id}
          value={typeof value === 'string' ? value : null}
          options={kind.options.map((option) => ({
            value: option as string,
            label: t(`settings.rule.option.${option}`),
          }))}
          onChange={(chosen) => put(chosen)}
        />
      );
    case 'time':
      return (
        <Input
          {...{ id, maxLength: 5, placeholder: 'HH:mm', style: { width: 120 } }}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => put(event.target.value)}
        />
      );
    case 'reasons':
      return (
        <Select
          {...{ id, mode: 'tags' as const, open: false, suffixIcon: null }}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={put}
        />
      );
    case 'order':
      return (
        <Select
          {...{ id, mode: 'multiple' as const }}
          value={rules.discountOrder}
          options={discountKindSchema.options.map((each) => ({
            value: each,
            label: t(`settings.rule.discount.${each}`),
          }))}
          onChange={put}
        />
      );
    case 'full':
      return (
        <div className="set-three">
          {CLASSES.map((each) => (
            <label key={each} htmlFor={`${id}-${each}`}>
              <span>{t(`settings.vehicle.${each}`)}</span>
              <Select
                id={`${id}-${each}`}
                value={rules.full[each]}
                options={FULL.map((option) => ({ value: option, label: t(`settings.rule.option.${option}`) }))}
                onChange={(chosen) => put({ ...rules.full, [each]: chosen })}
              />
            </label>
          ))}
        </div>
      );
    case 'class-spaces':
      return (
        <div className="set-three">
          {CLASSES.map((each) => (
            <label key={each} htmlFor={`${id}-${each}`}>
              <span>{t(`settings.vehicle.${each}`)}</span>
              <InputNumber
                controls={false}
                {...{ id: `${id}-${each}`, min: 0, precision: 0 }}
                value={rules.classSpaces[each] ?? null}
                onChange={(n) => {
                  const { [each]: _old, ...others } = rules.classSpaces;
                  put(n === null ? others : { ...others, [each]: n });
                }}
              />
            </label>
          ))}
        </div>
      );
    case 'kerbside':
      return (
        <div className="set-three">
          {(['settleSeconds', 'leaveSeconds', 'backdateMinutes', 'lateHours'] as const).map((each) => (
            <label key={each} htmlFor={`${id}-${each}`}>
              <span>{t(`settings.rule.kerbside.${each}`)}</span>
              <InputNumber
                controls={false}
                {...{ id: `${id}-${each}`, min: each === 'lateHours' ? 1 : 0, max: KERBSIDE[each], precision: 0 }}
                value={rules.kerbside[each]}
                onChange={(n) => n !== null && put({ ...rules.kerbside, [each]: n })}
              />
            </label>
          ))}
        </div>
      );
    case 'printing':
      return <PrintingField id={id} printing={rules.printing} onChange={put} />;
    case 'confirm':
      return (
        <div className="set-three">
          {CONFIRM.map((each) => (
            <Checkbox
              key={each}
              checked={rules.confirm[each]}
              onChange={(event) => put({ ...rules.confirm, [each]: event.target.checked })}
            >
              {t(`settings.rule.confirm.${each}`)}
            </Checkbox>
          ))}
        </div>
      );
  }
}
