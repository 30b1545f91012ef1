import { lazy, Suspense } from 'react';
import type { BillView } from '../../../../shared/contract/lanes.ts';
import { KeyButton } from '../../../components/KeyButton.tsx';
import { Shape, type ShapeName } from '../../../components/Shape.tsx';
import { formatMoney } from '../../../lib/format.ts';
import { Elapsed } from '../Elapsed.tsx';
import { keyLabel, useBoothWords } from '../keymap/key-names.ts';
import { perform } from '../keys.ts';
import { isOpen, isRisky, useTries } from './attempts.ts';
import { chooseCode } from './charge.ts';
import { usePay } from './pay-store.ts';
import type { Try } from './try.ts';
import './pay.css';

/** The code is drawn by a library that the booth can do without until a code is wanted. */
const QrImage = lazy(async () => ({ default: (await import('./QrImage.tsx')).QrImage }));

const tones: Record<
  Try['state'],
  { readonly tone: 'info' | 'go' | 'call' | 'stop' | 'off'; readonly shape: ShapeName }
> = {
  created: { tone: 'info', shape: 'asking' },
  sent: { tone: 'info', shape: 'asking' },
  paid: { tone: 'go', shape: 'cleared' },
  declined: { tone: 'stop', shape: 'alarm' },
  unknown: { tone: 'call', shape: 'attention' },
  reversing: { tone: 'call', shape: 'asking' },
  reversed: { tone: 'off', shape: 'ok' },
  abandoned: { tone: 'off', shape: 'ok' },
};

/** 扫码收款: the code to show or the invitation to scan, and how the latest try stands. Nothing of it blocks cash. */
export function PayBox({ bill }: { bill: BillView }) {
  const { t, keys } = useBoothWords();
  const { channels, shown: open, asking: busy } = usePay();
  const tries = useTries(bill.id);
  const shown = open?.billId === bill.id ? open : null;
  const asking = busy[bill.id] ?? null;
  const latest = tries.find(isOpen) ?? tries[0];
  const telling =
    latest !== undefined && (latest.state !== 'reversed' || shown !== null) && latest.state !== 'abandoned';
  if (!shown && !asking && !telling) return null;
  const named = (id: string): string => channels.find((channel) => channel.id === id)?.title ?? id;
  const codes = channels.filter(({ kind }) => kind === 'qr');
  const scans = channels.some(({ kind }) => kind === 'scan');
  const code = shown?.text ?? null;
  const risky = latest !== undefined && isRisky(latest);
  return (
    <section className="pay" data-code={code !== null} aria-label={t('boothMore.pay.title')}>
      {code !== null && (
        <Suspense fallback={<div className="pay-code" />}>
          <QrImage text={code} label={t('boothMore.pay.codeOf', { channel: named(shown?.channel ?? '') })} />
        </Suspense>
      )}
      <div className="pay-told">
        {shown && !latest && (
          <p className="pay-head">
            <strong>{shown.channel === null ? t('boothMore.pay.title') : named(shown.channel)}</strong>
            <span>{formatMoney(bill.toPayFen)}</span>
          </p>
        )}
        {asking && !latest ? (
          <p className="pay-state" data-tone="info" role="status">
            <Shape name="asking" size={24} /> <strong>{t('boothMore.pay.asking', { channel: named(asking) })}</strong>
          </p>
        ) : (
          telling && <TryLine latest={latest} channel={named(latest.channel)} asking={asking !== null} />
        )}
        {shown && !risky && (
          <>
            {codes.length > 0 && (
              <div className="pay-channels">
                {codes.map((channel) => (
                  <KeyButton
                    key={channel.id}
                    tone={channel.id === shown.channel ? 'info' : 'plain'}
                    pressed={channel.id === shown.channel}
                    disabled={asking !== null}
                    onPress={() => chooseCode(channel)}
                  >
                    {channel.title}
                  </KeyButton>
                ))}
              </div>
            )}
            <p className="pay-more">
              {codes.length > 0 && (
                <span>
                  <kbd>{keyLabel(keys.pay)}</kbd>{' '}
                  {t(isLast(codes, shown.channel) ? 'boothMore.pay.close' : 'boothMore.pay.nextCode')}
                </span>
              )}
              {scans && <span>{t('boothMore.pay.scan')}</span>}
              <span>{t('boothMore.pay.cashToo')}</span>
            </p>
          </>
        )}
      </div>
    </section>
  );
}

const isLast = (codes: readonly { readonly id: string }[], channel: string | null): boolean =>
  codes.length === 0 || codes.at(-1)?.id === channel;

/** What a platform that is asked for the money does about it by itself: the driver has nothing to do, and the cashier may go on. */
function cityOf({ kind, state }: Try): 'deducting' | 'declined' | 'unknown' | null {
  if (kind !== 'agreement') return null;
  if (state === 'created' || state === 'sent') return 'deducting';
  return state === 'declined' || state === 'unknown' ? state : null;
}

function saidOf(latest: Try) {
  const city = cityOf(latest);
  if (city !== null)
    return { state: `boothMore.pay.city.${city}.state`, todo: `boothMore.pay.city.${city}.todo` } as const;
  const waiting = latest.state === 'sent' && latest.kind !== 'qr' ? 'confirming' : latest.state;
  return { state: `boothMore.pay.state.${waiting}`, todo: `boothMore.pay.todo.${waiting}` } as const;
}

/** How a try stands, for how long, and what to do about it. */
function TryLine({ latest, channel, asking }: { latest: Try; channel: string; asking: boolean }) {
  const { t, keys } = useBoothWords();
  const { tone, shape } = cityOf(latest) === 'declined' ? tones.abandoned : tones[latest.state];
  const said = saidOf(latest);
  return (
    <div className="pay-state" data-tone={tone} data-state={latest.state} role={tone === 'call' ? 'alert' : 'status'}>
      <p>
        <Shape name={shape} size={24} />
        <strong>{t(said.state)}</strong>
        <span>
          {channel} {formatMoney(latest.amountFen)}
        </span>
        {isOpen(latest) && <Elapsed since={latest.createdAt} />}
      </p>
      {latest.detail !== '' && latest.state !== 'sent' && cityOf(latest) === null && (
        <p className="pay-detail">{latest.detail}</p>
      )}
      <p className="pay-todo">{t(said.todo)}</p>
      {latest.state === 'unknown' && (
        <KeyButton keyHint={keyLabel(keys.refresh)} tone="call" disabled={asking} onPress={() => perform('refresh')}>
          {t('boothMore.pay.query')}
        </KeyButton>
      )}
    </div>
  );
}
