import type { Attempt } from '../../shared/domain/money-flow.ts';

/** The key of the word for how a try stands: 待核实 and 保付 are told before the bare state. */
export function attemptWord(attempt: Pick<Attempt, 'state' | 'setAside' | 'guarantee'>) {
  const { state, setAside, guarantee } = attempt;
  if (setAside && (state === 'unknown' || state === 'reversing')) return 'event.attemptMark.aside' as const;
  if (state === 'paid' && guarantee !== null) return `event.attemptMark.${guarantee}` as const;
  return `event.attemptState.${state}` as const;
}
