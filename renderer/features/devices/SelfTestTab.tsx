import { Button } from 'antd';
import { useState } from 'react';
import type { DeviceState } from '../../../shared/contract/devices.ts';
import type { SelfTestStep } from '../../../shared/domain/device-test.ts';
import { Shape, type ShapeName } from '../../components/Shape.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { Empty, Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { When } from '../../office/Values.tsx';
import { foundText, span } from './words.ts';

const shapes: Readonly<Record<SelfTestStep['result'], ShapeName>> = {
  ok: 'ok',
  warning: 'attention',
  failed: 'alarm',
  skipped: 'unknown',
};

/** Step by step with plain results. Nothing moves. */
export function SelfTestTab({ device, onDone }: { device: DeviceState; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const [told, setTold] = useState<{ readonly at: string; readonly steps: readonly SelfTestStep[] } | null>(null);
  if (!device.can.selfTest) return <Empty title={t('devices.noCheck')} />;
  const test = async (): Promise<void> => {
    const answer = await act.run((client) => client.devices.selfTest({ id: device.id }));
    if (answer) setTold(answer);
    onDone();
  };
  return (
    <div className="dev-tab">
      <div className="dev-acts">
        <Button type="primary" loading={act.busy} onClick={() => void test()}>
          {t(told ? 'devices.checkAgain' : 'devices.check')}
        </Button>
        <span className="dev-note" role="status">
          {act.busy ? t('devices.checking') : told ? <When at={told.at} /> : t('devices.checkText')}
        </span>
      </div>
      <Problem text={act.problem} />
      {told && (
        <ol className="dev-steps" data-busy={act.busy}>
          {told.steps.map((step) => (
            <li key={step.step} data-result={step.result}>
              <Shape name={shapes[step.result]} size={22} />
              <strong>{t(`devices.step.${step.step}`)}</strong>
              <em>{t(`devices.result.${step.result}`)}</em>
              <span>
                {foundText(step, t)}
                {step.tookMs !== null && ` · ${t('devices.took', { text: span(step.tookMs, t) })}`}
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
