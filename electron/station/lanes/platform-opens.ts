import { stopsAsking } from './authority.ts';
import { releaseNow } from './charging.ts';
import { standingCar } from './gate.ts';
import { order } from './opening.ts';
import { presence } from './presence.ts';
import { type Refusal, refusalText } from './refusals.ts';
import { isHeldUp, type LaneState, type Passage } from './state.ts';
import { chain, type LaneInput, nothing, type StepResult, type World } from './step.ts';

/** A platform opens an arm from afar (远程开闸). Pure. */

/**
 * A car that stands there and was not let through yet enters or leaves with it, whatever our own rules say; without one only the arm
 * moves. A held arm stays held: an order to open might end that.
 */
export function platformOpens(
  state: LaneState,
  input: Extract<LaneInput, { type: 'platform-opens' }>,
  world: World,
): StepResult {
  const { passage } = state;
  const left = presence(state) === 'left';
  if (input.plate !== null) {
    if (!passage) return { refused: 'no-car' };
    if (!hasPlate(passage, input.plate)) return { refused: 'other-car' };
    if (presence(state) !== 'there') return { refused: 'no-car' };
  }
  if (passage && state.phase !== 'cleared' && !left) {
    const evidence: World = { ...world, freshPhotoId: input.photoId };
    return releaseNow(state, passage, input.actor, evidence, input.reason, 'platform');
  }
  if (isHeldUp(state)) return nothing(state);
  const { reason, photoId, actor } = input;
  // Who left the loop is not the one that it opens for.
  const car = left ? null : standingCar(state, world.now);
  const opened = order(state, { action: 'open', origin: 'platform', reason, photoId, actor }, world, car);
  // Whose gate was opened is asked about no more, also in the moment in which it seems to have left.
  return chain(opened, (up) => stopsAsking(up, world));
}

/** As it was asked about, as it was read, or as it is known by now. */
const hasPlate = ({ plate, readPlate, asked }: Passage, text: string): boolean =>
  [plate.text, readPlate?.text, asked?.plate?.text].includes(text);

/** What a platform hears that opens for a car which is not there. */
export function whyNotOpened(refusal: Refusal, state: LaneState): string {
  if (refusal === 'other-car') return '车道上的车与指定的车牌不符';
  if (refusal !== 'no-car') return refusalText(refusal);
  return presence(state) === 'coming' ? '车还没有压到地感' : '车道上没有这辆车，或车辆已离开地感';
}
