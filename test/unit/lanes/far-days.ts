import fc from 'fast-check';
import type { Lane } from '../../../shared/domain/site.ts';
import { FAR_BOTH, FAR_IN, FAR_OUT } from '../../support/lane-world.ts';
import type { Action, Step } from './any-day.ts';
import { alone } from './platform-lane.ts';

/** What may happen at lanes that a platform decides alone. */

/** A platform alone: it collects, it leaves the bill to us, it leaves the car to our rules when it is silent. */
export const FAR = [
  alone(FAR_IN, { giveUpAfter: 2 }),
  alone(FAR_OUT, { giveUpAfter: 2 }),
  alone(FAR_BOTH, { giveUpAfter: 1, fees: 'local', onGiveUp: 'local' }),
] as const;

/** A car at a lane that a platform decides alone: it comes onto the loop, is asked about, leaves, comes back, goes through. */
export const visitFar = (text: fc.Arbitrary<Extract<Step, { readonly type: 'car' }>['text']>): fc.Arbitrary<Action[]> =>
  fc
    .record({
      text,
      lane: fc.constantFrom<Lane[]>(...FAR),
      afterMs: fc.constantFrom(300, 1900, 2100, 16_000),
      ends: fc.subarray<Step>(
        [
          { type: 'trigger', on: true },
          { type: 'car', text: '鲁B11111', kind: 'unread' },
          { type: 'told', answer: 'refuse', stale: false },
          { type: 'trigger', on: false },
          { type: 'ask-again' },
          { type: 'told', answer: 'open', stale: false },
          { type: 'gate', action: 'open' },
          { type: 'trigger', on: true },
          { type: 'far', plate: null },
          { type: 'collect', how: 'whole', method: 'cash' },
          { type: 'loop', on: true },
          { type: 'trigger', on: false },
          { type: 'loop', on: false },
          { type: 'not-there' },
        ],
        { minLength: 5 },
      ),
    })
    .map(({ text: of, lane, afterMs, ends }): Action[] =>
      [{ type: 'car', text: of, kind: 'unread' } as const, ...ends].map((each) => ({ lane, afterMs, what: each })),
    );
