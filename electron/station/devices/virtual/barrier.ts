import { z } from 'zod';
import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import { setting } from '../../../../shared/domain/setting.ts';
import { idSchema } from '../../../../shared/domain/site.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { Cancel } from '../../runtime/ports.ts';
import type { Barrier, CommandOutcome, DeviceDeps, DeviceFacts, DriverDefinition, GateAction } from '../device.ts';
import { VirtualCamera } from './camera.ts';

const ms = z.int().min(0).max(600_000);
const settingsSchema = z.strictObject({
  camera: idSchema
    .optional()
    .describe('The virtual camera whose cars pass under this arm')
    .meta(setting('虚拟相机', '哪台虚拟相机的车从这道闸下通过', 'Virtual camera')),
  travelMs: ms
    .default(1500)
    .describe('Time from closed to open and back')
    .meta(setting('升降时间（毫秒）', '从落杆到抬杆、从抬杆到落杆各需多久', 'Travel time (ms)')),
  passMs: ms
    .default(2500)
    .describe('Time a car needs to pass under the open arm')
    .meta(setting('过车时间（毫秒）', '一辆车通过抬起的闸杆需多久', 'Passing time (ms)')),
  autoCloseMs: ms
    .default(10_000)
    .describe('The arm closes by itself when no car passes for this long')
    .meta(setting('自动落杆（毫秒）', '多久没有车通过就自己落杆', 'Closes after (ms)')),
});
type Settings = z.output<typeof settingsSchema>;

const ARM_WORDS = { closed: '已落杆', moving: '动作中', open: '已抬杆' } as const;
const RELAY_MS = 50;
const DONE: CommandOutcome = { outcome: 'done', detail: 'virtual' };

/** An arm with travel time and two loops: it closes after a car has passed, and never onto one. */
export class VirtualBarrier implements Barrier {
  readonly id: string;
  readonly kind = 'barrier';
  readonly driver = 'virtual';
  readonly #settings: Settings;
  readonly #deps: DeviceDeps;
  #arm: 'closed' | 'moving' | 'open' = 'closed';
  #held = false;
  #broken = false;
  #stopped = true;
  /** Cars before the arm: one on the trigger loop, and whether one is under the arm. */
  #waiting = false;
  #under = false;
  /** The car on the trigger loop is the one that rolls under the arm. */
  #rolling = false;
  /** The arm was told to open while a car was under it: it stays up for the next one. */
  #again = false;
  /** The arm's next movement of its own: the end of a travel, or closing by itself. */
  #cancelMove: Cancel = () => undefined;
  #cancelCar: Cancel = () => undefined;

  constructor(id: string, settings: Settings, deps: DeviceDeps) {
    this.id = id;
    this.#settings = settings;
    this.#deps = deps;
  }

  async start(): Promise<void> {
    const camera = this.#settings.camera === undefined ? undefined : this.#deps.find(this.#settings.camera);
    if (camera instanceof VirtualCamera) camera.onCar(() => this.carStands());
    this.#stopped = false;
    this.#deps.events.state(this.id, 'online', 'virtual');
    this.#deps.events.arm(this.id, this.#arm);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelMove();
    this.#cancelCar();
  }

  lastSeenAt(): EpochMs | null {
    return this.#deps.clock.now();
  }

  facts(): DeviceFacts {
    return { inputs: ['trigger-loop', 'safety-loop'] };
  }

  async selfTest(): Promise<readonly SelfTestStep[]> {
    return [
      {
        step: 'connection',
        result: this.#stopped ? 'failed' : 'ok',
        detail: '虚拟道闸',
        said: { code: 'virtual', figures: {} },
        tookMs: null,
      },
      {
        step: 'relay',
        result: 'ok',
        detail: `有到位信号，当前${ARM_WORDS[this.#arm]}`,
        said: { code: 'arm', figures: { arm: this.#arm } },
        tookMs: null,
      },
    ];
  }

  /** From now on commands are taken and nothing moves, as with a broken wire; until it is mended. */
  break(broken: boolean): void {
    this.#broken = broken;
  }

  arm(): 'closed' | 'moving' | 'open' {
    return this.#arm;
  }

  async gate(action: GateAction): Promise<CommandOutcome> {
    if (this.#stopped) return { outcome: 'refused', detail: '道闸未投入使用' };
    this.#deps.link.exchanged('out', '虚拟指令', action);
    if (this.#broken) return { outcome: 'unknown', detail: '道闸没有应答' };
    if (action === 'close' && this.#held) return { outcome: 'refused', detail: 'the arm is held open' };
    if (action === 'hold' || action === 'release-hold') this.#held = action === 'hold';
    // Like a relay, it moves a moment later: whoever gives the command has done with it by then.
    this.#deps.clock.after(RELAY_MS, () => {
      if (this.#stopped) return;
      if (action === 'open' || action === 'hold') this.#raise();
      else this.#lower();
    });
    this.#deps.link.took(RELAY_MS);
    return DONE;
  }

  /** A car rolls onto the trigger loop. It passes when the arm is raised for it, or soon when the arm is held open. */
  carStands(): void {
    if (this.#stopped || this.#waiting) return;
    this.#waiting = true;
    this.#deps.events.input(this.id, 'trigger-loop', true);
    if (this.#held && this.#arm === 'open' && !this.#under)
      this.#cancelCar = this.#deps.clock.after(this.#settings.passMs, () => this.#pass());
  }

  /** The car before the arm drives off again without passing. One that is under the arm already does not. */
  carBacksOff(): void {
    if (this.#stopped || !this.#waiting || this.#rolling) return;
    if (!this.#under) this.#cancelCar();
    this.#waiting = false;
    this.#deps.events.input(this.id, 'trigger-loop', false);
  }

  #raise(): void {
    if (this.#arm === 'open') {
      this.#opened();
      return;
    }
    this.#move('open', () => this.#opened());
  }

  #opened(): void {
    this.#cancelMove();
    if (this.#waiting) this.#pass();
    else if (!this.#held && !this.#under)
      this.#cancelMove = this.#deps.clock.after(this.#settings.autoCloseMs, () => this.#lower());
  }

  #lower(): void {
    // A car under the arm: it closes when that car has left the safety loop.
    if (this.#arm === 'closed' || this.#under) return;
    this.#move('closed', () => undefined);
  }

  #move(to: 'closed' | 'open', then: () => void): void {
    this.#cancelMove();
    this.#report('moving');
    this.#cancelMove = this.#deps.clock.after(this.#settings.travelMs, () => {
      this.#report(to);
      then();
    });
  }

  #pass(): void {
    if (!this.#waiting) return;
    if (this.#under) {
      this.#again = true;
      return;
    }
    this.#cancelMove();
    const { clock, events } = this.#deps;
    this.#under = true;
    this.#rolling = true;
    const third = this.#settings.passMs / 3;
    events.input(this.id, 'safety-loop', true);
    this.#cancelCar = clock.after(third, () => {
      this.#waiting = false;
      this.#rolling = false;
      events.input(this.id, 'trigger-loop', false);
      this.#cancelCar = clock.after(2 * third, () => {
        this.#under = false;
        events.input(this.id, 'safety-loop', false);
        const stays = this.#held || this.#again;
        this.#again = false;
        if (stays && this.#waiting) this.#pass();
        else if (!stays) this.#lower();
        else this.#opened();
      });
    });
  }

  #report(arm: 'closed' | 'moving' | 'open'): void {
    if (this.#arm === arm) return;
    this.#arm = arm;
    this.#deps.events.arm(this.id, arm);
  }
}

export const virtualBarrier: DriverDefinition<typeof settingsSchema> = {
  driver: 'virtual',
  kind: 'barrier',
  settings: settingsSchema,
  create: (id, settings, deps) => new VirtualBarrier(id, settings, deps),
};
