import type { Contact, LaneIron, LoopName } from './ports.ts';

/** What an input can be wired to: a loop's detector, or a limit switch of the arm (开到位, 关到位). */
export type InputSource = LoopName | 'arm-up' | 'arm-down';

/** Relays of a device by their number, as the device counts them; a number that is not named is wired to nothing. */
export type RelayWires = Readonly<Record<number, Contact>>;

/** Inputs of a device by their number; a number that is not named has no wire. */
export type InputWires = Readonly<Record<number, InputSource>>;

export interface Relays {
  /** The relay closes for `ms`. */
  pulse(relay: number, ms: number, cause: string): void;
  /** The relay is switched, and stays. */
  set(relay: number, on: boolean, cause: string): void;
}

export interface InputOptions {
  /** Detectors whose contact opens when a car comes (NC): all of them, or the inputs named. */
  readonly inverted?: boolean | readonly number[];
  /** How many inputs the device has. Default: as many as the highest wired number asks for. */
  readonly count?: number;
}

export interface Inputs {
  /** Every input of the device from 0 on, `true` is closed. */
  read(): boolean[];
  /** Calls at each change of one of them. @returns ends it */
  onChange(listener: (input: number, on: boolean) => void): () => void;
}

/** Wires a device's relays to the contacts of the lane's barrier. */
export function wireRelays(lane: LaneIron, wires: RelayWires): Relays {
  return {
    pulse: (relay, ms, cause) => {
      const contact = wires[relay];
      if (contact) lane.pulse(contact, ms, cause);
    },
    set: (relay, on, cause) => {
      const contact = wires[relay];
      if (contact) lane.contact(contact, on, cause);
    },
  };
}

/** Wires the lane's loops and limit switches to a device's inputs. */
export function wireInputs(lane: LaneIron, wires: InputWires, options: InputOptions = {}): Inputs {
  const { inverted = false } = options;
  const sources = Object.entries(wires).map(([input, source]) => ({ input: Number(input), source }));
  const count = options.count ?? Math.max(0, ...sources.map(({ input }) => input + 1));
  const turned = (input: number): boolean => (typeof inverted === 'boolean' ? inverted : inverted.includes(input));
  const closed = ({ input, source }: { readonly input: number; readonly source: InputSource }): boolean =>
    senses(lane, source) !== turned(input);
  const read = (): boolean[] => {
    const inputs = Array.from({ length: count }, () => false);
    for (const wire of sources) if (wire.input < count) inputs[wire.input] = closed(wire);
    return inputs;
  };
  return {
    read,
    onChange: (listener) => {
      let last = read();
      const look = (): void => {
        const before = last;
        const now = read();
        last = now;
        for (const [input, on] of now.entries()) if (on !== before[input]) listener(input, on);
      };
      const ends = [lane.onLoop(look), lane.onArm(look)];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

function senses(lane: LaneIron, source: InputSource): boolean {
  if (source === 'arm-up') return lane.arm === 'open';
  if (source === 'arm-down') return lane.arm === 'closed';
  return lane.loop(source);
}
