import { z } from 'zod';
import { setting } from '../../../shared/domain/setting.ts';
import type { DeviceEvents, GateAction } from './device.ts';

const relay = z.int().min(0).max(3);
const pulse = z.int().min(500).max(5000);

/** How long the closing relay stays on; `ms`: as the protocol has it. */
export const closePulseMs = (ms: number) =>
  pulse
    .default(ms)
    .describe('How long the closing relay stays on')
    .meta(setting('关闸脉冲（毫秒）', '关闸继电器吸合多久', 'Closing pulse (ms)'));

/** How long the opening relay stays on, where the command says so; `ms`: as the protocol has it. */
export const openPulseMs = (ms: number) =>
  pulse
    .default(ms)
    .describe('How long the opening relay stays on')
    .meta(setting('开闸脉冲（毫秒）', '开闸继电器吸合多久', 'Opening pulse (ms)'));

/** Which relays of a camera of 臻识 move the arm: the settings that its drivers have in common. */
export const relaySettings = {
  openChannel: relay
    .default(0)
    .describe('Relay that raises the arm (channelNum)')
    .meta(setting('开闸继电器', '抬杆用的继电器编号', 'Opening relay')),
  closeIo: relay
    .default(1)
    .describe('Relay that lowers the arm')
    .meta(setting('关闸继电器', '落杆用的继电器编号', 'Closing relay')),
  closePulseMs: closePulseMs(500),
  holdIo: relay
    .default(0)
    .describe('Relay that is kept on to hold the arm up')
    .meta(setting('常抬继电器', '保持抬杆时一直吸合的继电器', 'Holding relay')),
};

/** What hangs on the inputs of the camera. */
export const inputSettings = z
  .array(
    z.strictObject({
      source: z
        .int()
        .min(0)
        .max(4)
        .describe('0-3: inputs 1-4 of the camera, 4: over TCP')
        .meta(setting('输入口', '0 至 3：相机的第 1 至 4 路输入；4：经 TCP', 'Input')),
      role: z
        .string()
        .min(1)
        .max(40)
        .describe('e.g. trigger-loop, safety-loop')
        .meta(setting('用途', 'trigger-loop 触发地感；safety-loop 防砸地感', 'Role')),
      inverted: z
        .boolean()
        .default(false)
        .describe('The contact is closed while nothing is there')
        .meta(setting('常闭', '没有车时触点闭合的，选是', 'Normally closed')),
    }),
  )
  .max(5)
  .default([])
  .describe('What hangs on the inputs of the camera; others are ignored')
  .meta(setting('输入口接线', '相机输入口上接了什么；没有列出的不理会', 'Inputs'));
type InputWire = z.output<typeof inputSettings>[number];

interface Relays {
  readonly openChannel: number;
  readonly openPulseMs: number;
  readonly closeIo: number;
  readonly closePulseMs: number;
  readonly holdIo: number;
}

/** A relay put on (1), off (0), or on for `delay` ms (2). */
type RelayMove = { readonly io: number; readonly value: 0 | 1 | 2; readonly delay: number };

/** What the relays do for an action. */
export function relayMove(action: GateAction, relays: Relays): RelayMove {
  switch (action) {
    case 'open':
      return { io: relays.openChannel, value: 2, delay: relays.openPulseMs };
    case 'close':
      return { io: relays.closeIo, value: 2, delay: relays.closePulseMs };
    case 'hold':
      return { io: relays.holdIo, value: 1, delay: 0 };
    case 'release-hold':
      return { io: relays.holdIo, value: 0, delay: 0 };
  }
}

/** The inputs of one camera, and what they said last. */
export class CameraInputs {
  readonly #wires: readonly InputWire[];
  readonly #told: (role: string, on: boolean) => void;
  readonly #known = new Map<InputWire, boolean>();
  /** Those of which it is not known whether they are yet as they were told last. */
  readonly #doubted = new Set<InputWire>();

  constructor(deviceId: string, wires: readonly InputWire[], events: Pick<DeviceEvents, 'input'>) {
    this.#wires = wires;
    this.#told = (role, on) => events.input(deviceId, role, on);
  }

  get roles(): readonly string[] {
    return this.#wires.map(({ role }) => role);
  }

  /** The numbers of those that hang on the camera itself. */
  get own(): readonly number[] {
    return this.#wires.map(({ source }) => source).filter((source) => source < 4);
  }

  /** A car is under the arm, by what a safety loop said last. */
  get isUnderArm(): boolean {
    return [...this.#known].some(([{ role }, on]) => role === 'safety-loop' && on);
  }

  /** The safety loops on the camera itself that must be read before they count. */
  get doubtedSafetyLoops(): readonly number[] {
    return [...this.#doubted].filter(({ role }) => role === 'safety-loop').map(({ source }) => source);
  }

  /** What changed while the camera was away it does not tell: until they are read, or change, its inputs are not known. */
  doubt(): void {
    for (const wire of this.#wires) if (wire.source < 4) this.#doubted.add(wire);
  }

  /** The camera told that an input changed. */
  changed(source: number, closed: boolean): void {
    const wire = this.#wires.find((candidate) => candidate.source === source);
    if (!wire) return;
    const on = closed !== wire.inverted;
    this.#doubted.delete(wire);
    this.#known.set(wire, on);
    this.#told(wire.role, on);
  }

  /** The camera was asked how an input is: told only where that is news. */
  found(source: number, closed: boolean): void {
    const wire = this.#wires.find((candidate) => candidate.source === source);
    if (!wire) return;
    this.#doubted.delete(wire);
    if (this.#known.get(wire) !== (closed !== wire.inverted)) this.changed(source, closed);
  }
}
