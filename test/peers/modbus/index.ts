export { type BoardOptions, type FrameLog, RelayBoard } from './board.ts';
export type { BoardFault, FaultScope } from './faults.ts';
export { type BoardProfile, PROFILES } from './profiles.ts';
