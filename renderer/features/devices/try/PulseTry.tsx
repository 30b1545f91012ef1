import { Button } from 'antd';
import { useState } from 'react';
import type { DeviceState } from '../../../../shared/contract/devices.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { may, useSession } from '../../../lib/station/session.ts';
import { PulseDialog } from '../PulseDialog.tsx';

/** 开闸测试. */
export function PulseTry({ device, onDone }: { device: DeviceState; onDone: () => void }) {
  const { t } = useWords();
  const mayPulse = useSession(({ user }) => may(user, 'device.pulse'));
  const [asking, setAsking] = useState(false);
  return (
    <section className="dev-try">
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
    </section>
  );
}
