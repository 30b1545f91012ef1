import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../lib/i18n/index.ts';
import { problemText } from './problem-text.ts';
import type { Asked } from './use-ask.ts';

/** Nothing is there: says what to do about it. */
export function Empty({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <div className="state">
      <strong>{title}</strong>
      {text !== undefined && <span>{text}</span>}
      {children}
    </div>
  );
}

/** A question got no answer: says why, and asks again. */
export function Failed({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const { t, language } = useWords();
  return (
    <div className="state" role="alert">
      <strong>{t('kit.failed')}</strong>
      <span>{problemText(error, t, language)}</span>
      <Button onClick={onAgain}>{t('kit.again')}</Button>
    </div>
  );
}

/** Grey bars in the shape of what comes; a reader hears that it is being fetched. */
export function Fetching({ rows = 4 }: { rows?: number }) {
  const { t } = useWords();
  return (
    <div className="fetching" role="status" aria-label={t('kit.loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <span key={`bar-${String(index)}`} style={{ width: `${92 - ((index * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

/** Draws an answer, or what stands in its place while there is none. An old answer stays, with a note when the new one failed. */
export function Answer<T>({ of, rows, children }: { of: Asked<T>; rows?: number; children: (data: T) => ReactNode }) {
  if (of.data === null)
    return of.failed ? (
      <Failed error={of.failed.error} onAgain={of.again} />
    ) : (
      <Fetching {...(rows === undefined ? {} : { rows })} />
    );
  return (
    <>
      {of.failed && <Problem text={null} error={of.failed.error} onAgain={of.again} />}
      {children(of.data)}
    </>
  );
}

/** A line in red over a form or a list: what was not carried out, or is not fresh. */
export function Problem(props: { text: string | null; error?: unknown; onAgain?: () => void }) {
  const { t, language } = useWords();
  const text = props.text ?? (props.error === undefined ? null : problemText(props.error, t, language));
  if (text === null) return null;
  return (
    <div className="problem-line" role="alert">
      <span>{text}</span>
      {props.onAgain && (
        <Button size="small" onClick={props.onAgain}>
          {t('kit.again')}
        </Button>
      )}
    </div>
  );
}
