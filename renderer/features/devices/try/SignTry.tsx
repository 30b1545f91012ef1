import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import type { DeviceState } from '../../../../shared/contract/devices.ts';
import type { DisplayColor } from '../../../../shared/domain/display.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { Problem } from '../../../office/States.tsx';
import { useAct } from '../../../office/use-act.ts';
import { ColorPick } from './ColorPick.tsx';
import { Ended, type EndedView } from './Ended.tsx';

/** A number in a colour, until the sign is told the true one again. */
export function SignTry({ device, onDone }: { device: DeviceState; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const [free, setFree] = useState<number | null>(8);
  const [color, setColor] = useState<DisplayColor>('green');
  const [ended, setEnded] = useState<EndedView | null>(null);
  const show = async (): Promise<void> => {
    if (free === null) return;
    setEnded(null);
    setEnded((await act.run((client) => client.devices.sign({ id: device.id, free, color }))) ?? null);
    onDone();
  };
  return (
    <section className="dev-try">
      <h4>{t('devices.test.sign')}</h4>
      <p className="dev-note">{t('devices.test.signText')}</p>
      <form
        className="dev-acts"
        onSubmit={(event) => {
          event.preventDefault();
          void show();
        }}
      >
        <InputNumber
          {...{ min: 0, max: 9999, precision: 0, value: free }}
          aria-label={t('devices.test.signNumber')}
          onChange={(n) => setFree(n)}
        />
        <ColorPick
          label={t('devices.test.signColor')}
          value={color}
          onChange={(chosen) => setColor(chosen ?? 'green')}
        />
        <Button type="primary" htmlType="submit" disabled={free === null} loading={act.busy}>
          {t('devices.test.sign')}
        </Button>
        <Ended of={ended} />
      </form>
      <Problem text={act.problem} />
    </section>
  );
}
