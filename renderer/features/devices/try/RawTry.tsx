import { Button, Input } from 'antd';
import { useState } from 'react';
import type { DeviceState } from '../../../../shared/contract/devices.ts';
import { type Translate, useWords } from '../../../lib/i18n/index.ts';
import { Problem } from '../../../office/States.tsx';
import { useAct } from '../../../office/use-act.ts';
import { Ended, type EndedView } from './Ended.tsx';
import { readHex } from './hex.ts';

/** 发送原始字节: for installers, with the reason written down. Nowhere near an arm. */
export function RawTry({ device, onDone }: { device: DeviceState; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct();
  const [hex, setHex] = useState('');
  const [reason, setReason] = useState('');
  const [ended, setEnded] = useState<EndedView | null>(null);
  const read = readHex(hex);
  const count = 'bytes' in read ? read.bytes : 0;
  const fault = 'fault' in read ? faultText(read, t) : null;
  const ready = count > 0 && reason.trim() !== '';
  const send = async (): Promise<void> => {
    setEnded(null);
    const answer = await act.run((client) =>
      client.devices.sendRaw({ id: device.id, hex: hex.replace(/[\s,]/g, ''), reason: reason.trim() }),
    );
    setEnded(answer ?? null);
    onDone();
  };
  return (
    <details className="dev-try">
      <summary>{t('devices.test.raw')}</summary>
      <p className="dev-note">{t('devices.test.rawText')}</p>
      <form
        className="dev-raw"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void send();
        }}
      >
        <label htmlFor="raw-hex">
          <span>{t('devices.test.rawHex')}</span>
          <Input.TextArea
            id="raw-hex"
            rows={2}
            value={hex}
            spellCheck={false}
            status={fault === null ? '' : 'error'}
            placeholder={t('devices.test.rawHexHint')}
            onChange={(event) => setHex(event.target.value)}
          />
        </label>
        <span role="status">
          {fault === null ? count > 0 && t('devices.test.rawCount', { n: count }) : <em>{fault}</em>}
        </span>
        <label htmlFor="raw-reason">
          <span>{t('devices.test.rawReason')}</span>
          <Input id="raw-reason" maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
        <div className="dev-acts">
          <Button danger htmlType="submit" disabled={!ready} loading={act.busy}>
            {t('devices.test.rawSend')}
          </Button>
          <Ended of={ended} />
        </div>
      </form>
      <Problem text={act.problem} />
    </details>
  );
}

type Fault = Extract<ReturnType<typeof readHex>, { fault: string }>;

const faultText = (fault: Fault, t: Translate): string =>
  fault.fault === 'digit'
    ? t('devices.test.rawFault.digit', { at: fault.at, char: fault.char })
    : t(`devices.test.rawFault.${fault.fault}`);
