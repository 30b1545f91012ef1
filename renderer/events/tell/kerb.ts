import type { Tellers } from './teller.ts';

type KerbKind = 'berth-changed' | 'berth-observed';

/** What happens at the kerb. */
export const kerbTellers: Tellers<KerbKind> = {
  'berth-changed': (b, w) =>
    w.t('event.berthChanged', { change: w.t(`event.change.${b.change}`), berth: b.berth.code }),
  'berth-observed': (b, w) => {
    const berth = b.berth.code;
    if (b.state.occupied === b.before.occupied) return w.t('event.berthKnown', { berth });
    return w.t(b.state.occupied ? 'event.berthTaken' : 'event.berthLeft', { berth });
  },
};
