import type { ReactNode } from 'react';
import type { Fen } from '../../shared/domain/money.ts';
import { formatDateTime, formatMoney } from '../lib/format.ts';
import { href, type Place } from '../lib/route.ts';

/** An amount, `¥12.50`; right-aligned by the columns it stands in. `null` is not known, and not zero. */
export function Money({ fen, strong = false }: { fen: Fen | null; strong?: boolean }) {
  if (fen === null) return <span className="value-none">—</span>;
  return <span className={strong ? 'value-money value-strong' : 'value-money'}>{formatMoney(fen)}</span>;
}

/** A moment, `2026-03-02 08:05:09`, in Asia/Shanghai. */
export function When({ at }: { at: string | null | undefined }) {
  return at ? (
    <time className="value-time" dateTime={at}>
      {formatDateTime(at)}
    </time>
  ) : (
    <span className="value-none">—</span>
  );
}

/** Pairs of label and value; a value of null is left out. */
export function Facts({ of, columns = 2 }: { of: readonly (readonly [string, ReactNode])[]; columns?: 1 | 2 | 3 | 4 }) {
  return (
    <dl className="facts-grid" data-columns={columns}>
      {of
        .filter(([, value]) => value !== null)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A number or a word that opens its rows on another screen. */
export function Leads({
  to,
  place,
  children,
  label,
}: {
  to: string;
  place?: Place;
  children: ReactNode;
  label?: string;
}) {
  return (
    <a className="leads" href={href(to, place)} aria-label={label}>
      {children}
    </a>
  );
}

export type Tone = 'plain' | 'go' | 'call' | 'stop' | 'info';

/** A state in a word, with a colour beside the word. */
export function State({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="state-tag" data-tone={tone}>
      {children}
    </span>
  );
}

/** A figure with its name under it; with `to` it opens its rows. */
export function Figure(props: { label: string; value: ReactNode; note?: ReactNode; tone?: Tone; to?: string }) {
  const body = (
    <>
      <span className="figure-label">{props.label}</span>
      <strong className="figure-value">{props.value}</strong>
      {props.note !== undefined && <span className="figure-note">{props.note}</span>}
    </>
  );
  return props.to === undefined ? (
    <div className="figure" data-tone={props.tone ?? 'plain'}>
      {body}
    </div>
  ) : (
    <a className="figure" data-tone={props.tone ?? 'plain'} href={props.to}>
      {body}
    </a>
  );
}
