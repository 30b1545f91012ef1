export type { LoopFault } from './detectors.ts';
export { Lane, type LaneOptions } from './lane.ts';
export type { ArmState, Collision, Contact, ContactMove, LaneIron, LoopName } from './ports.ts';
export type { DriveOptions, FollowOptions } from './traffic.ts';
export {
  type InputOptions,
  type InputSource,
  type Inputs,
  type InputWires,
  type Relays,
  type RelayWires,
  wireInputs,
  wireRelays,
} from './wiring.ts';
