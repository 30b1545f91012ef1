import fc from 'fast-check';
import type { Lane } from '../../../shared/domain/site.ts';
import { FAR_BOTH, FAR_IN, FAR_OUT } from '../../support/lane-world.ts';
import { alone } from './platform-lane.ts';

/** What may happen at lanes that a platform decides alone. */

/** A platform alone: it collects, it leaves the bill to us, it leaves the car to our rules when it is silent. */
export const FAR = [
  alone(FAR_IN, { giveUpAfter: 2 }),
  alone(FAR_OUT, { giveUpAfter: 2 }),
  alone(FAR_BOTH, { giveUpAfter: 1, fees: 'local', onGiveUp: 'local' }),
] as const;

const AT_THE_LANE = [
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
] as const;

/** A car at a lane that a platform decides alone: it comes onto the loop, is asked about, leaves, comes back, goes through. */
export const visitFar = <T extends string>(text: fc.Arbitrary<T>) =>
  fc
    .record({
      text,
      lane: fc.constantFrom<Lane[]>(...FAR),
      afterMs: fc.constantFrom(300, 900, 1100, 2100, 16_000),
      ends: fc.subarray([...AT_THE_LANE], { minLength: 5 }),
    })
    .map(({ text: of, lane, afterMs, ends }) =>
      [{ type: 'car', text: of, kind: 'unread' } as const, ...ends].map((each) => ({ lane, afterMs, what: each })),
    );
