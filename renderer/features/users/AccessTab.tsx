import { Button, InputNumber, Select, Switch } from 'antd';
import { useEffect, useState } from 'react';
import type { AccessRules } from '../../../shared/domain/people.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Box } from '../../office/Page.tsx';
import { Answer, Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';

const WAYS = ['any', 'newest', 'refuse'] as const;

/** How people come and go at the screens of this car park. */
export function AccessTab() {
  const rules = useAsk((station) => station.access.get(), []);
  return (
    <Answer of={rules} rows={4}>
      {(kept) => <AccessForm kept={kept} onSaved={rules.again} />}
    </Answer>
  );
}

function AccessForm({ kept, onSaved }: { kept: AccessRules; onSaved: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const manages = useSession((state) => may(state.user, 'user.manage'));
  const [rules, setRules] = useState(kept);
  useEffect(() => setRules(kept), [kept]);
  const changed =
    rules.oneSignIn !== kept.oneSignIn ||
    rules.idleLockMinutes !== kept.idleLockMinutes ||
    rules.blindCount !== kept.blindCount;
  const { oneSignIn, idleLockMinutes, blindCount } = rules;
  const save = async (): Promise<void> => {
    const answer = await act.run((station) => station.access.change({ oneSignIn, idleLockMinutes, blindCount }), {
      done: t('users.access.saved'),
    });
    if (answer) onSaved();
  };
  return (
    <div className="users-rules">
      <Problem text={act.problem} />
      <Box
        extra={
          <Button type="primary" loading={act.busy} disabled={!manages || !changed} onClick={() => void save()}>
            {t('users.access.save')}
          </Button>
        }
        title={t('users.tab.access')}
      >
        <label className="users-field" htmlFor="access-one">
          <span>{t('users.access.oneSignIn')}</span>
          <Select
            id="access-one"
            disabled={!manages}
            value={oneSignIn}
            onChange={(value) => setRules({ ...rules, oneSignIn: value })}
            options={WAYS.map((value) => ({ value, label: t(`users.access.${value}`) }))}
          />
        </label>
        <label className="users-field" htmlFor="access-idle">
          <span>{t('users.access.idle')}</span>
          <InputNumber
            controls={false}
            id="access-idle"
            min={0}
            max={240}
            precision={0}
            disabled={!manages}
            value={idleLockMinutes}
            onChange={(value) => setRules({ ...rules, idleLockMinutes: value ?? 0 })}
          />
          <small>{t('users.access.idleHint')}</small>
        </label>
        <label className="users-field" htmlFor="access-blind">
          <span>{t('users.access.blind')}</span>
          <Switch
            id="access-blind"
            disabled={!manages}
            checked={blindCount}
            onChange={(checked) => setRules({ ...rules, blindCount: checked })}
          />
          <small>{t('users.access.blindHint')}</small>
        </label>
      </Box>
    </div>
  );
}
