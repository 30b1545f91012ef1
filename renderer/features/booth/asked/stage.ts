import type { EventView } from '../../../../shared/contract/journal.ts';
import type { LaneView } from '../../../../shared/contract/lanes.ts';
import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import type { ShapeName } from '../../../components/Shape.tsx';

/**
 * How it stands between the car and the platform that has the word: asking 正在询问 · refused 暂不放行 · failing 无应答，再问 · silent 问到头了，等人 ·
 * unsure 已允许，但停机期间车可能走了 ·
 * stopped 手动开过闸，不再问 · allowed 已定放行，等车压地感 · alone 平台无应答，自动放行 · remote 平台远程开闸.
 */
export type AskedStage =
  | 'asking'
  | 'refused'
  | 'failing'
  | 'silent'
  | 'unsure'
  | 'stopped'
  | 'allowed'
  | 'alone'
  | 'remote';

type Command = NonNullable<LaneView['barrier']['lastCommand']>;

/** What the arm did last, while no other car has come since. */
function lastOpening({ barrier, passage }: LaneView): Command | null {
  const last = barrier.lastCommand;
  if (last?.action !== 'open' || (passage !== null && last.passageId !== passage.id)) return null;
  return last;
}

/** Nobody allowed this opening. It stays in sight until the next car, or until somebody moves the arm. */
export function openedAlone(lane: LaneView): Command | null {
  const last = lane.phase === 'cleared' || lane.passage === null ? lastOpening(lane) : null;
  return last?.alone === true ? last : null;
}

/** The platform moved the arm itself. */
export function openedRemotely(lane: LaneView): Command | null {
  const last = lane.phase === 'cleared' || lane.passage === null ? lastOpening(lane) : null;
  return last?.origin === 'platform' ? last : null;
}

export function stageOf(lane: LaneView): AskedStage | null {
  const { phase, passage } = lane;
  if (openedAlone(lane)) return 'alone';
  if (phase === 'cleared') return openedRemotely(lane) ? 'remote' : null;
  if (phase === 'attention' && passage?.attention === 'remote-silent')
    return passage.asked?.answer === 'open' ? 'unsure' : 'silent';
  if (phase === 'attention' && passage?.attention === 'remote-refused')
    return passage.asked?.verdict ? 'allowed' : 'stopped';
  if (phase !== 'asking') return null;
  const asked = passage?.asked;
  if (!asked) return 'asking';
  if (asked.verdict !== null) return 'allowed';
  if (asked.failures > 0) return 'failing';
  return asked.answer === 'refuse' ? 'refused' : 'asking';
}

export const stageShapes: Record<AskedStage, ShapeName> = {
  asking: 'asking',
  refused: 'attention',
  failing: 'cut',
  silent: 'cut',
  unsure: 'attention',
  stopped: 'attention',
  allowed: 'ok',
  alone: 'cut',
  remote: 'remote',
};

/** So long the card tells of a car that drove off while it was asked about. */
const LEFT_MS = 20_000;

/** When the car that a platform was asked about drove off again, where that is the last that happened at the lane. */
export function leftAt(lane: LaneView, events: readonly EventView[], now: number): number | null {
  if (lane.authority === null || lane.passage !== null) return null;
  const last = events.find(
    ({ laneId, kind, passageId }) => laneId === lane.id && passageId !== null && !afterwards.has(kind),
  );
  if (last?.kind !== 'passage-ended' || last.body['how'] !== 'turned-back') return null;
  const at = fromRfc3339(last.at);
  return now - at < LEFT_MS ? at : null;
}

/** What may come after the end of a passage, and is about it all the same. */
const afterwards = new Set(['gate-answered', 'photo-taken', 'case-changed', 'authority-told']);
