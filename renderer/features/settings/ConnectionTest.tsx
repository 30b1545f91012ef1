import { Button } from 'antd';
import { useState } from 'react';
import type { TestStep } from '../../../shared/domain/connection-test.ts';
import type { PlatformId } from '../../../shared/domain/site.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { State, type Tone } from '../../office/Values.tsx';
import type { Settings } from './schema.ts';

const tones: Readonly<Record<TestStep['outcome'], Tone>> = { ok: 'go', failed: 'stop', skipped: 'plain' };

/** Tries the settings as they are typed, and shows how far it came. */
export function ConnectionTest({ platform, settings }: { platform: PlatformId; settings: Settings }) {
  const { t } = useWords();
  const act = useAct();
  const mayTest = useSession(({ user }) => may(user, 'settings.change'));
  const [steps, setSteps] = useState<readonly TestStep[] | null>(null);
  const run = async (): Promise<void> => {
    setSteps(null);
    const answer = await act.run((client) => client.platforms.test({ platform, settings: { ...settings } }));
    if (answer) setSteps(answer.steps);
  };
  const failed = steps?.find(({ outcome }) => outcome === 'failed');
  return (
    <section className="set-test" aria-label={t('settings.platform.test')}>
      <div className="set-row">
        <Button loading={act.busy} disabled={!mayTest} onClick={() => void run()}>
          {t('settings.platform.test')}
        </Button>
        <span className="set-note" role="status">
          {act.busy
            ? t('settings.platform.testing')
            : steps === null
              ? t('settings.platform.testHelp')
              : failed
                ? t('settings.platform.failedAt', { step: t(`settings.platform.step.${failed.step}`) })
                : t('settings.platform.allOk')}
        </span>
      </div>
      <Problem text={act.problem} />
      {steps && (
        <ol className="set-steps">
          {steps.map((step) => (
            <li key={`${step.line} ${step.step}`} data-outcome={step.outcome}>
              <span className="set-step-line">{t(`settings.platform.line.${step.line}`)}</span>
              <span className="set-step-name">{t(`settings.platform.step.${step.step}`)}</span>
              <State tone={tones[step.outcome]}>{t(`settings.platform.outcome.${step.outcome}`)}</State>
              <span className="set-step-detail">{step.detail}</span>
              <span className="set-step-ms">{step.outcome === 'skipped' ? '' : `${step.ms} ms`}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
