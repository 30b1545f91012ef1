import type { LaneInput, Step } from '../../../electron/station/lanes/step.ts';
import type { FeeAnswer } from '../../../electron/station/payments/fee-source.ts';
import { IN, LaneWorld, OUT } from '../../support/lane-world.ts';
import { A, MINUTE, user } from './given.ts';

/** An exit whose price somebody else tells (第三方计费). */

/** A car stands inside for so long. */
export const outside = (minutes = 90, world = new LaneWorld()): LaneWorld => {
  world.pricedBy = 'keytop';
  world.car(IN, A);
  world.now += minutes * MINUTE;
  return world;
};

export const fee = (toPayFen: number): FeeAnswer => ({ kind: 'fee', toPayFen });
export const FAILED: FeeAnswer = { kind: 'failed', reason: '没有应答' };

/** The question that is open there is answered. */
export const says = (world: LaneWorld, answer: FeeAnswer, lane = OUT): Step => {
  const { passage } = world.state(lane);
  const named = { passageId: passage?.id ?? '', question: passage?.price?.question ?? 0 };
  return world.must(lane, { type: 'priced', ...named, answer });
};

export const asks = (world: LaneWorld, lane = OUT): boolean => world.state(lane).phase === 'pricing';

export const refresh: LaneInput = { type: 'refresh', actor: user };
export const amount = (amountFen: number): LaneInput => ({
  ...{ type: 'fixed-fee', amountFen, reason: '第三方系统故障', actor: user },
});
