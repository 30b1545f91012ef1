import { isReadable } from './rules.ts';
import type { Arrival, LaneState, Passage } from './state.ts';
import type { World } from './step.ts';

/** Whether the car that was let through stands here yet, or the next one behind it. Pure. */

/** By then somebody has opened by hand, or the arm had moved after all and nobody heard of it. */
const STILL_SHUT_MS = 10 * 60_000;
/** No car gets through an arm faster: what is read sooner is the one that was just let in. */
const GONE_MS = 2000;

/** The arm is not known to have opened for the car that was let through: it stands there yet, and is no new car when it is read. */
export function stillShut({ passage, lastCommand }: LaneState, world: World): boolean {
  if (lastCommand?.action !== 'open' || lastCommand.passageId !== passage?.id) return false;
  if (world.now - lastCommand.at > STILL_SHUT_MS) return false;
  return lastCommand.outcome === 'refused' || lastCommand.outcome === 'unknown';
}

/**
 * Two cars without a plate look the same to a camera. One that is read after another was let in by what its driver scanned may be the
 * next: who it is tells (see {@link nextCar}).
 */
export function mayBeNext(state: LaneState, present: Passage, arrival: Arrival, world: World): boolean {
  const { lastCommand: opened } = state;
  const scanned = present.identity !== null && present.readPlate !== null;
  if (world.direction !== 'in' || state.phase !== 'cleared' || !scanned || state.underArm) return false;
  if (isReadable(arrival.plate) || opened?.action !== 'open' || opened.passageId !== present.id) return false;
  return !stillShut(state, world) && arrival.at - opened.at >= GONE_MS;
}

/**
 * The car that stands behind one that was let in without a plate, once a driver has scanned: another identity is another driver.
 * Undefined where no camera has seen a car since.
 */
export function nextCar({ passage, phase, underArm }: LaneState, identity: string): Arrival | undefined {
  if (!passage?.again || phase !== 'cleared' || underArm || passage.identity === identity) return undefined;
  return passage.again;
}
