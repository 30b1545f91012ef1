// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
import type { AttemptView, MessageDetail } from '../../../shared/contract/outbox.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { State, type Tone } from '../../office/Values.tsx';
import { saidText } from './said.ts';

const tones: Record<AttemptView['outcome'], Tone> = {
  delivered: 'go',
  refused: 'stop',
  link: 'call',
  message: 'call',
  'given-up': 'call',
};

/** Every try that is kept: what was signed, and what came back. The newest is open. */
export function Tries({ message }: { message: MessageDetail }) {
  const { t } = useWords();
  const { tries, attempts } = message;
  return (
    <section>
      <h3>{t('outbox.tries')}</h3>
      {tries.length === 0 ? (
        <p className="message-note">{t(attempts === 0 ? 'outbox.noTries' : 'outbox.noTriesOld')}</p>
      ) : (
        <>
          {tries.map((each, index) => (
            <details key={each.number} className="try" open={index === 0}>
              <summary>
                <strong>{t('outbox.try', { n: each.number })}</strong>
                <State tone={tones[each.outcome]}>{t(`outbox.outcome.${each.outcome}`)}</State>
                <span>{formatDateTime(each.at)}</span>
                <span>{t('outbox.took', { ms: each.tookMs })}</span>
                {each.reason !== '' && <span className="try-reason">{saidText(each.reason, t)}</span>}
              </summary>
              <Traced of={each} />
            </details>
          ))}
          <p className="message-note">{t('outbox.triesNote')}</p>
        </>
      )}
    </section>
  );
}

function Traced({ of }: { of: AttemptView }) {
  const { t } = useWords();
  const { trace, reason } = of;
  if (!trace) return <p className="message-note">{t('outbox.notSent')}</p>;
  return (
    <div className="try-body">
      <code>{trace.request}</code>
      <h4>{t('outbox.plain')}</h4>
      <pre tabIndex={0}>{trace.plain}</pre>
      {trace.attached.map((file) => (
        <p key={file.name} className="message-note">
          {t('outbox.attached', file)}
        </p>
      ))}
      <h4>
        {t('outbox.answer')} {trace.answer?.status}
      </h4>
      {trace.answer ? (
        <pre tabIndex={0}>{trace.answer.text}</pre>
      ) : (
        <p className="message-note">
          {t('outbox.noAnswer')} {reason}
        </p>
      )}
      {trace.cut > 0 && <p className="message-note">{t('outbox.cut', { n: trace.cut })}</p>}
    </div>
  );
}
