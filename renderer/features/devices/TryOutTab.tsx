import { Button, Input } from 'antd';
import { useState } from 'react';
import type { DeviceState } from '../../../shared/contract/devices.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Empty, Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import { DisplayPreview } from './DisplayPreview.tsx';
import { PulseDialog } from './PulseDialog.tsx';

/** What really does something: each with what it does written beside it. */
export function TryOutTab({ device, onDone }: { device: DeviceState; onDone: () => void }) {
  const { t } = useWords();
  const { pulse, show } = device.can;
  if (!pulse && !show) return <Empty title={t('devices.test.none')} />;
  return (
    <div className="dev-tab">
      {pulse && <Pulse device={device} onDone={onDone} />}
      {show && <Show device={device} onDone={onDone} />}
    </div>
  );
}

function Pulse({ device, onDone }: { device: DeviceState; onDone: () => void }) {
  const { t } = useWords();
  const mayPulse = useSession(({ user }) => may(user, 'device.pulse'));
  const [asking, setAsking] = useState(false);
  return (
    <>
      <h4>{t('devices.test.pulse')}</h4>
      <p className="dev-note">{t('devices.test.pulseText')}</p>
      <div className="dev-acts">
        <Button danger disabled={!mayPulse} onClick={() => setAsking(true)}>
          {t('devices.test.pulse')}
        </Button>
      </div>
      {asking && (
        <PulseDialog
          device={device}
          onClose={() => {
            setAsking(false);
            onDone();
          }}
        />
      )}
    </>
  );
}

const LINES = [1, 2, 3, 4] as const;

function Show({ device, onDone }: { device: DeviceState; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const [lines, setLines] = useState<readonly string[]>(['', '', '', '']);
  const [refused, setRefused] = useState<string | null>(null);
  const text = lines.map((line) => line.trim());
  const last = text.findLastIndex((line) => line !== '');
  const show = async (): Promise<void> => {
    const answer = await act.run((client) => client.devices.show({ id: device.id, lines: text.slice(0, last + 1) }));
    setRefused(answer && answer.outcome !== 'done' ? answer.detail : null);
    onDone();
  };
  return (
    <>
      <h4>{t('devices.test.show')}</h4>
      <p className="dev-note">{t('devices.test.showText')}</p>
      <form
        className="dev-show"
        onSubmit={(event) => {
          event.preventDefault();
          if (last >= 0) void show();
        }}
      >
        {LINES.map((n) => (
          <Input
            key={n}
            aria-label={t('devices.test.line', { n })}
            placeholder={t('devices.test.line', { n })}
            maxLength={40}
            value={lines[n - 1] ?? ''}
            onChange={(event) => setLines(lines.map((line, at) => (at === n - 1 ? event.target.value : line)))}
          />
        ))}
        <Button type="primary" htmlType="submit" disabled={last < 0} loading={act.busy}>
          {t('devices.test.show')}
        </Button>
      </form>
      <Problem text={act.problem ?? (refused === null ? null : t('devices.test.notShown', { detail: refused }))} />
      {device.showing && <DisplayPreview lines={device.showing} caption={t('devices.fact.showing')} />}
    </>
  );
}
