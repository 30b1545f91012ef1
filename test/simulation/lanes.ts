import type { Database } from 'better-sqlite3';
import { type LaneState, laneStateSchema } from '../../electron/station/lanes/state.ts';
import type { Park } from './park.ts';
import type { Fail } from './watch.ts';

/** A lane's state with its parts in one order. */
export const laneText = (state: unknown): string => JSON.stringify(laneStateSchema.parse(state));

/** What is stored of each lane. */
export function storedLanes(db: Database): ReadonlyMap<string, LaneState> {
  const rows = db.prepare<[], { lane_id: string; state: string }>('SELECT lane_id, state FROM lane_states').all();
  return new Map(rows.map((row) => [row.lane_id, laneStateSchema.parse(JSON.parse(row.state))]));
}

/** A car that was being served is still being served, and an arm that was held is told so again. */
export function compareLanes(before: ReadonlyMap<string, LaneState>, { lanes }: Park, fail: Fail): void {
  for (const [laneId, stood] of before) {
    const now = lanes.state(laneId);
    // Whoever had left the loop is gone by the time of the start: the others are still being served.
    const left = stood.loop !== null && stood.passage?.onLoop?.on !== true;
    const served = stood.phase === 'attention' || stood.phase === 'charging' || stood.phase === 'asking';
    if (
      served &&
      !(left && stood.phase !== 'charging') &&
      (now.passage?.id !== stood.passage?.id ||
        now.phase !== stood.phase ||
        now.passage?.bill?.id !== stood.passage?.bill?.id)
    )
      fail(
        'a-crash-forgets-nobody',
        `${laneId} was ${stood.phase} with ${stood.passage?.id}, is ${now.phase} with ${now.passage?.id}`,
        { laneId },
      );
    if (now.held !== stood.held) fail('held-is-held', `${laneId} was held: ${stood.held}, is: ${now.held}`, { laneId });
    if (stood.held && now.lastCommand?.action !== 'hold')
      fail('held-is-held', `${laneId} was held and its arm was not told again`, { laneId });
  }
}
