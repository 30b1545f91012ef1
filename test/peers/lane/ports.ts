/** Contacts of a barrier's controller, as a relay reaches them. */
export type Contact = 'open' | 'close' | 'stop';

/** `trigger`: before the arm · `safety`: under it (防砸). */
export type LoopName = 'trigger' | 'safety';

/** `stopped`: between shut and upright, by the stop contact or by what it fell on. */
export type ArmState = 'closed' | 'opening' | 'open' | 'closing' | 'stopped' | 'jammed';

/** A contact that was closed: for how long (`ms`), or still (`null`). `cause`: which message of which device moved the relay. */
export interface ContactMove {
  /** Epoch ms. */
  readonly at: number;
  readonly contact: Contact;
  readonly ms: number | null;
  readonly cause: string;
  /** The wire is cut: the relay moved, the controller noticed nothing. */
  readonly lost?: true;
}

/** Two things in the lane's world touched: a test fails when there is one that it did not ask for. */
export interface Collision {
  readonly at: number;
  readonly plate: string;
  readonly what: 'arm-onto-car' | 'car-into-arm';
}

/**
 * One lane of iron: an arm with travel time, its controller's contacts, two loops, cars with positions. Simulators of
 * devices are wired to it: their relays close its contacts, its loops close their inputs, its arm tells them where it stands.
 * Assertions look here, never at a driver's own state.
 */
export interface LaneIron {
  readonly arm: ArmState;
  /** 0 shut … 1 upright. */
  readonly height: number;
  readonly moves: readonly ContactMove[];
  readonly collisions: readonly Collision[];
  /** How often the arm began to rise from being shut. */
  readonly risings: number;
  /** Plates of the cars that drove through, in order. */
  readonly through: readonly string[];
  /** A relay wired to the contact switches. */
  contact(contact: Contact, on: boolean, cause: string): void;
  /** As a relay that closes for `ms`. */
  pulse(contact: Contact, ms: number, cause: string): void;
  /** What the detector of the loop says, which a broken loop says wrongly. */
  loop(name: LoopName): boolean;
  /** Calls at each change of what a detector says. @returns ends it */
  onLoop(listener: (name: LoopName, on: boolean) => void): () => void;
  /** Calls at each change of the arm's state. @returns ends it */
  onArm(listener: (arm: ArmState) => void): () => void;
}
