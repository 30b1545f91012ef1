import { lazy, Suspense } from 'react';
import type { BillView } from '../../../../shared/contract/lanes.ts';
import { KeyButton } from '../../../components/KeyButton.tsx';
import { Shape } from '../../../components/Shape.tsx';
import { channelName } from '../../../lib/channel-name.ts';
import { formatMoney } from '../../../lib/format.ts';
import { keyLabel, useBoothWords } from '../keymap/key-names.ts';
import { isOpen, isRisky, isSetAside, useTries } from './attempts.ts';
import { chooseCode } from './charge.ts';
import { usePay } from './pay-store.ts';
import { AsideLine, TryLine } from './TryLine.tsx';
import './pay.css';

/** The code is drawn by a library that the booth can do without until a code is wanted. */
const QrImage = lazy(async () => ({ default: (await import('./QrImage.tsx')).QrImage }));

/** 扫码收款: the code to show or the invitation to scan, and how the latest try stands. Nothing of it blocks cash. */
export function PayBox({ bill }: { bill: BillView }) {
  const { t, keys } = useBoothWords();
  const { channels, shown: open, asking: busy } = usePay();
  const tries = useTries(bill.id);
  const shown = open?.billId === bill.id ? open : null;
  const asking = busy[bill.id] ?? null;
  // One that was set aside stands beside what was begun after it.
  const latest = tries.find((each) => isOpen(each) && !isSetAside(each)) ?? tries[0];
  const aside = tries.filter((each) => isSetAside(each) && each !== latest);
  const telling =
    latest !== undefined && (latest.state !== 'reversed' || shown !== null) && latest.state !== 'abandoned';
  if (!shown && !asking && !telling && aside.length === 0) return null;
  const named = (id: string): string => {
    const found = channels.find((channel) => channel.id === id);
    return found ? channelName(found, t) : id;
  };
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
          telling && (
            <TryLine latest={latest} channels={channels} channel={named(latest.channel)} asking={asking !== null} />
          )
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
                    {channelName(channel, t)}
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
      {aside.map((each) => (
        <AsideLine key={each.id} aside={each} channel={named(each.channel)} />
      ))}
    </section>
  );
}

const isLast = (codes: readonly { readonly id: string }[], channel: string | null): boolean =>
  codes.length === 0 || codes.at(-1)?.id === channel;
