import { station } from '../../lib/station/client.ts';
import { problem, run } from './run.ts';
import { shownLane, useBooth } from './store.ts';

/** The camera is given up on after this long. */
const PATIENCE_MS = 10_000;

/** 重拍: a new picture of the car on show. It takes the place of the old one as soon as it comes. */
export async function retake(): Promise<void> {
  const lane = shownLane();
  const { passage } = lane ?? {};
  if (!lane || !passage) return problem({ key: 'noCar', params: {} }, 'snapshot');
  const retaking = { passageId: passage.id, photoId: passage.photoId, since: performance.now() };
  useBooth.setState({ retaking });
  const asked = await run(
    { act: 'snapshot', laneId: lane.id, passageId: passage.id },
    () => station().lanes.snapshot({ id: lane.id, passageId: passage.id }),
    'retaking',
    {},
  );
  if (!asked) useBooth.setState({ retaking: null });
  else setTimeout(() => giveUp(retaking), PATIENCE_MS);
}

function giveUp(wanted: NonNullable<ReturnType<typeof useBooth.getState>['retaking']>): void {
  if (useBooth.getState().retaking !== wanted) return;
  useBooth.setState({ retaking: null });
  const { passage } = shownLane() ?? {};
  if (passage?.id === wanted.passageId && passage.photoId === wanted.photoId)
    problem({ key: 'noPicture', params: {} }, 'snapshot');
}
