import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { DeviceState } from '../../../../shared/contract/devices.ts';
import { useWords } from '../../../lib/i18n/index.ts';

const WAIT_SECONDS = 30;

type Wait =
  | { readonly state: 'idle' | 'missed' }
  /** `before`: the newest scan when the waiting began. */
  | { readonly state: 'waiting'; readonly before: string | null; readonly left: number }
  | { readonly state: 'scanned'; readonly characters: number };

/** Waits for the next code of a scan gun, and tells its length alone: it may be money. */
export function ScanTry({ device, onLook }: { device: DeviceState; onLook: () => void }) {
  const { t } = useWords();
  const [wait, setWait] = useState<Wait>({ state: 'idle' });
  const look = useRef(onLook);
  look.current = onLook;
  const waiting = wait.state === 'waiting';
  const { lastScan } = device;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => {
      look.current();
      setWait((now) => {
        if (now.state !== 'waiting') return now;
        return now.left <= 1 ? { state: 'missed' } : { ...now, left: now.left - 1 };
      });
    }, 1000);
    return () => clearInterval(timer);
  }, [waiting]);
  const shown: Wait =
    wait.state === 'waiting' && lastScan !== null && lastScan.at !== wait.before
      ? { state: 'scanned', characters: lastScan.characters }
      : wait;
  // What was seen once stays seen: the next scan is not part of this test.
  useEffect(() => {
    if (shown.state === 'scanned' && waiting) setWait(shown);
  }, [shown, waiting]);
  return (
    <section className="dev-try">
      <h4>{t('devices.test.scan')}</h4>
      <p className="dev-note">{t('devices.test.scanText')}</p>
      <div className="dev-acts">
        {shown.state === 'waiting' ? (
          <Button onClick={() => setWait({ state: 'idle' })}>{t('devices.test.scanStop')}</Button>
        ) : (
          <Button
            type="primary"
            onClick={() => setWait({ state: 'waiting', before: lastScan?.at ?? null, left: WAIT_SECONDS })}
          >
            {t('devices.test.scanStart')}
          </Button>
        )}
        <span role="status" className="dev-scan" data-state={shown.state}>
          {shown.state === 'waiting' && t('devices.test.scanWaiting', { n: shown.left })}
          {shown.state === 'scanned' && t('devices.test.scanned', { n: shown.characters })}
          {shown.state === 'missed' && t('devices.test.notScanned')}
        </span>
      </div>
    </section>
  );
}
