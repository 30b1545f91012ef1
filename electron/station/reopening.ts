import type { LaneRuntime } from './lanes/runtime.ts';
import { quietMoment } from './quiet.ts';
import type { Clock } from './runtime/ports.ts';
import type { Store } from './store/store.ts';

/** Whoever asked for a new configuration hears the answer before the line to them is cut. */
const ANSWER_MS = 300;
/** So young, a payment may still be on its way to the channel. */
const ASKING_MS = 10_000;

/**
 * What is stored is to replace what runs, at a moment when no arm moves and no money is asked for. Asked for once: the station that
 * comes after takes everything that is there by then.
 */
export function reopening(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly lanes: LaneRuntime;
  readonly reopen: (() => void) | undefined;
}): () => void {
  const { store, clock, lanes, reopen } = deps;
  const isQuiet = (): boolean =>
    lanes.lanes().every(({ id }) => lanes.state(id).lastCommand?.outcome !== 'pending') &&
    store.read.attempts
      .underWay()
      .every(({ state, createdAt }) => state === 'unknown' || clock.now() - createdAt > ASKING_MS);
  let leaving = false;
  return () => {
    if (leaving || reopen === undefined) return;
    leaving = true;
    clock.after(ANSWER_MS, () => {
      void quietMoment(clock, isQuiet).then(reopen);
    });
  };
}
