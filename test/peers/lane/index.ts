export { Lane, type LaneOptions } from './lane.ts';
export type { ArmState, Collision, Contact, ContactMove, LaneIron, LoopName } from './ports.ts';
export { type Inputs, type Relays, wireInputs, wireRelays } from './wiring.ts';
