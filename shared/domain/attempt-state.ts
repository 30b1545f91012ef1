import type { Attempt, AttemptState } from './money-flow.ts';

const open = new Set<AttemptState>(['created', 'sent', 'unknown', 'reversing']);

/** It has not ended. */
export const isOpenTry = ({ state }: Pick<Attempt, 'state'>): boolean => open.has(state);

/**
 * Money may be moving for it: taking money in another way besides needs a second look. A code that is merely shown is no such try, and
 * neither is one that was set aside.
 */
export const isRiskyTry = (each: Pick<Attempt, 'state' | 'kind' | 'setAside'>): boolean =>
  !each.setAside &&
  (each.state === 'unknown' || each.state === 'reversing' || (each.state === 'sent' && each.kind !== 'qr'));
