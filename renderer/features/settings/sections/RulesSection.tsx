import { Button } from 'antd';
import { useState } from 'react';
import { type PassageRules, passageRulesSchema } from '../../../../shared/domain/passage-rules.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { may, useSession } from '../../../lib/station/session.ts';
import { Box } from '../../../office/Page.tsx';
import { Answer, Problem } from '../../../office/States.tsx';
import { useAct } from '../../../office/use-act.ts';
import { useAsk } from '../../../office/use-ask.ts';
import { RuleField } from '../RuleField.tsx';
import { ruleGroups } from '../rule-fields.ts';

const GROUPS = ['entry', 'exit', 'cards', 'discounts', 'staff', 'printing', 'kerb', 'watch', 'reasons'] as const;

/** 通行规则: they count from the next car on and need no new start, so they are saved by themselves, and only those that differ. */
export function RulesSection() {
  const { t } = useWords();
  const rules = useAsk((client) => client.lanes.rules(), []);
  const act = useAct();
  const mayChange = useSession(({ user }) => may(user, 'settings.rules'));
  const [changed, setChanged] = useState<Readonly<Record<string, unknown>>>({});
  const count = Object.keys(changed).length;
  const save = async (): Promise<void> => {
    const answer = await act.run((client) => client.lanes.changeRules(changed), { done: t('settings.rule.saved') });
    if (!answer) return;
    setChanged({});
    rules.again();
  };
  return (
    <Answer of={rules}>
      {(stored) => {
        const faults = faultsOf({ ...stored, ...changed });
        const shown: PassageRules = { ...stored, ...changed };
        return (
          <>
            <p className="set-note">{t('settings.rule.note')}</p>
            {GROUPS.map((group) => (
              <Box key={group} title={t(`settings.rule.group.${group}`)}>
                <div className="form">
                  {ruleGroups[group].map((name) => (
                    <RuleField
                      key={name}
                      name={name}
                      rules={shown}
                      fault={faults.has(name) ? t('settings.rule.invalid') : undefined}
                      onChange={(part) => setChanged((old) => differing({ ...old, ...part }, stored))}
                    />
                  ))}
                </div>
              </Box>
            ))}
            <Problem text={act.problem} />
            {count > 0 && (
              <div className="set-bar" data-tone="call" role="status">
                <strong>{t('settings.rule.unsaved', { n: count })}</strong>
                <span className="set-bar-acts">
                  <Button onClick={() => setChanged({})}>{t('settings.rule.discard')}</Button>
                  <Button
                    type="primary"
                    loading={act.busy}
                    disabled={!mayChange || faults.size > 0}
                    onClick={() => void save()}
                  >
                    {t('settings.rule.save')}
                  </Button>
                </span>
              </div>
            )}
          </>
        );
      }}
    </Answer>
  );
}

function differing(changed: Readonly<Record<string, unknown>>, stored: PassageRules): Record<string, unknown> {
  const before = new Map<string, unknown>(Object.entries(stored));
  return Object.fromEntries(
    Object.entries(changed).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before.get(name))),
  );
}

/** By rule; the station would refuse the whole for one of them. */
function faultsOf(rules: unknown): ReadonlySet<string> {
  const parsed = passageRulesSchema.safeParse(rules);
  return new Set(parsed.error?.issues.map(({ path }) => String(path[0] ?? '')) ?? []);
}
