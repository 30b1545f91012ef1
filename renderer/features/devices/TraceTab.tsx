import { App, Button, Segmented } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Exchange } from '../../../shared/contract/devices.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Empty, Failed, Fetching, Problem } from '../../office/States.tsx';
import { useTrace } from './use-trace.ts';
import { bytesOf, hexOf, isBinary, plainHex, textOf } from './wire-view.ts';

const KEPT = 200;
/** As close to the end as this is at the end. */
const NEAR_END_PX = 40;

/** The raw talk with a device. New messages come at the end, and the view only follows them while it stands there. */
export function TraceTab({ id }: { id: string }) {
  const { t } = useWords();
  const [paused, setPaused] = useState(false);
  const [chosen, setChosen] = useState<number | null>(null);
  const { exchanges, failed } = useTrace(id, paused);
  const list = useRef<HTMLUListElement>(null);
  const following = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (element && exchanges && following.current) element.scrollTop = element.scrollHeight;
  }, [exchanges]);
  if (!exchanges) return failed ? <Failed error={failed.error} onAgain={() => setPaused(false)} /> : <Fetching />;
  const shown = exchanges.find(({ seq }) => seq === chosen);
  return (
    <div className="dev-tab dev-trace">
      <div className="dev-acts">
        <Button onClick={() => setPaused(!paused)} aria-pressed={paused}>
          {t(paused ? 'devices.trace.resume' : 'devices.trace.pause')}
        </Button>
        <span className="dev-note">{paused ? t('devices.trace.paused') : t('devices.trace.hint', { n: KEPT })}</span>
      </div>
      {failed && <Problem text={null} error={failed.error} />}
      {exchanges.length === 0 ? (
        <Empty title={t('devices.trace.empty')} text={t('devices.trace.emptyText')} />
      ) : (
        <>
          <ul
            className="dev-exchanges"
            ref={list}
            aria-label={t('devices.trace.list')}
            onScroll={({ currentTarget: at }) => {
              following.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR_END_PX;
            }}
          >
            {exchanges.map((exchange) => (
              <li key={exchange.seq}>
                <button type="button" aria-pressed={exchange.seq === chosen} onClick={() => setChosen(exchange.seq)}>
                  <time dateTime={exchange.at}>{formatDateTime(exchange.at).slice(11)}</time>
                  <b data-direction={exchange.direction} title={t(`devices.trace.${exchange.direction}Long`)}>
                    {t(`devices.trace.${exchange.direction}`)}
                  </b>
                  <span className="dev-exchange-head">{exchange.head}</span>
                  <em>{t('devices.trace.bytes', { n: exchange.bytes })}</em>
                </button>
              </li>
            ))}
          </ul>
          <Body of={shown} />
        </>
      )}
    </div>
  );
}

function Body({ of }: { of: Exchange | undefined }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const [wanted, setWanted] = useState<'text' | 'hex' | null>(null);
  if (!of) return <p className="dev-note">{t('devices.trace.choose')}</p>;
  const bytes = bytesOf(of.base64);
  // Until somebody chooses, each message is shown as it can be read.
  const as = wanted ?? (isBinary(bytes) ? 'hex' : 'text');
  const copy = async (): Promise<void> => {
    const copied = await navigator.clipboard.writeText(plainHex(bytes)).then(
      () => true,
      () => false,
    );
    if (copied) void message.success(t('devices.trace.copied'));
    else void message.warning(t('devices.trace.notCopied'));
  };
  const shown = bytes.length === 0 ? t('devices.trace.noBody') : as === 'text' ? textOf(bytes) : hexOf(bytes);
  return (
    <section className="dev-body" aria-label={t('devices.trace.body')}>
      <div className="dev-acts">
        <Segmented
          value={as}
          onChange={setWanted}
          options={[
            { value: 'text', label: t('devices.trace.text') },
            { value: 'hex', label: t('devices.trace.hex') },
          ]}
        />
        <Button disabled={bytes.length === 0} onClick={() => void copy()}>
          {t('devices.trace.copy')}
        </Button>
        <span className="dev-note">
          {t(`devices.trace.${of.direction}Long`)} · {formatDateTime(of.at)} ·{' '}
          {t('devices.trace.bytes', { n: of.bytes })}
          {of.cut && ` · ${t('devices.trace.cut')}`}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must be able to scroll it */}
      <pre tabIndex={0} data-wrap={as === 'text'}>
        {shown}
      </pre>
    </section>
  );
}
