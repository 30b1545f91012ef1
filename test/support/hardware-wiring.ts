import { jpegOfSize } from '../peers/jpeg.ts';
import { Lane, type LoopName, wireInputs, wireRelays } from '../peers/lane/index.ts';
import { RelayBoard } from '../peers/modbus/index.ts';
import type { OlmBoard } from '../peers/olm/index.ts';
import { MangledWire, type Wire, type WireFault } from '../peers/wire.ts';

export const photo = jpegOfSize(2_000);
/** What its display and its arm are called. */
export const led = (id: string): string => `led-${id}`;
export const arm = (id: string): string => `bar-${id}`;
export const cam = (id: string): string => `cam-${id}`;

/** Wires whose bytes can be torn at any moment, whichever connection they belong to. */
export class TornWires {
  readonly #wires: MangledWire[] = [];
  #fault: WireFault = {};

  readonly through = (wire: Wire): Wire => {
    const mangled = new MangledWire(wire);
    mangled.fault('out', this.#fault);
    this.#wires.push(mangled);
    return mangled;
  };

  set(fault: WireFault): void {
    this.#fault = fault;
    for (const wire of this.#wires) wire.fault('out', fault);
  }
}

export const HOST = '127.0.0.1';
export const PASSWORD = 'Abc12345';
export const OUTAGE_MS = 150;
/** A station looks for what it lost after a tenth of a second, then after one, then after two. */
export const FOUND_MS = 10_000;
/** How far apart frames come is here a matter of how busy the machine is. */
export const ANY_PACE = { pacingMs: 0 } as const;
export const LOOPS = ['trigger-loop', 'safety-loop'] as const;
export const cameraInputs = LOOPS.map((role, source) => ({ source, role }));

export const onCamera = (id: string): object[] => [
  { id: arm(id), kind: 'barrier', driver: 'camera', settings: { camera: cam(id) } },
  { id: led(id), kind: 'display', driver: 'olm-camera', settings: { camera: cam(id), channel: 0 } },
];
export const camera = (id: string, driver: string, settings: object): object => ({
  ...{ id: cam(id), kind: 'camera', driver, settings },
});
export const serialOf =
  (board: OlmBoard) =>
  (channel: number, bytes: Buffer): readonly Buffer[] =>
    channel === 0 ? board.receive(bytes) : [];

/** Counts how often somebody asked how its loops are. */
export class AskedLane extends Lane {
  asked = 0;

  override loop(name: LoopName): boolean {
    this.asked += 1;
    return super.loop(name);
  }
}

/** The relays, loops and limit switches of a lane on a board of its own. */
export function boardOn(iron: Lane, through?: TornWires['through']): RelayBoard {
  const inputs = { 0: 'trigger', 1: 'safety', 2: 'arm-up', 3: 'arm-down' } as const;
  return new RelayBoard({
    relays: wireRelays(iron, { 0: 'open', 1: 'close' }),
    inputs: wireInputs(iron, inputs, { count: 8 }),
    ...(through && { through }),
  });
}
export const boardSettings = {
  ...{ closeCoil: 1, pollMs: 50, debounceMs: 20, replyMs: 1_000 },
  inputs: [...LOOPS, 'arm-up', 'arm-down'].map((role, input) => ({ input, role })),
};
