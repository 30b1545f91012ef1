import type { Found, OutboxRun } from '../store/outbox-run-store.ts';

/** What the comparison of a finished day came to. */
export type DayVerdict =
  | { readonly kind: 'agrees' }
  /** The platform did not tell its figures; `answered`: it said so. */
  | { readonly kind: 'unasked'; readonly reason: string; readonly answered: boolean }
  /** Nothing of ours is missing over there; the platform has more. */
  | { readonly kind: 'extra'; readonly differences: number }
  | { readonly kind: 'differs'; readonly differences: number };

export const countOf = ({ figures }: Pick<OutboxRun, 'figures'>, found: Found): number =>
  figures.reduce((sum, figure) => sum + figure.found[found], 0);

/** A day agrees when the platform's figures do, and nobody lacks a record: not the platform, not our outbox. */
export function verdictOf(run: OutboxRun): DayVerdict {
  if (run.state !== 'done') return { kind: 'unasked', reason: run.detail, answered: false };
  if (run.theirs.kind === 'failed')
    return { kind: 'unasked', reason: run.theirs.reason, answered: run.theirs.answered === true };
  const off = run.theirs.kind === 'told' ? run.theirs.figures.filter(({ agrees }) => !agrees) : [];
  const [missing, lost, extra] = [countOf(run, 'missing'), countOf(run, 'lost'), countOf(run, 'extra')];
  if (off.length + missing + lost + extra === 0) return { kind: 'agrees' };
  const differences = Math.max(run.differences, off.length);
  const ours = run.differences - extra;
  const explained = off.every(({ ours: our, theirs }) => theirs !== null && theirs.count > our.count);
  return { kind: ours === 0 && extra > 0 && explained ? 'extra' : 'differs', differences };
}
