import type { JournalEvent } from '../../../../shared/domain/events.ts';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { reportLoop } from './abnormal.ts';
import type { VankeContext } from './context.ts';
import { recallList, rememberList } from './kept-list.ts';

const KEY = 'loops-reported';
/** A loop that is free for no longer is pressed by the same car still: under a trailer it flickers. */
const FLICKER_MS = 1000;
const ROLES: ReadonlySet<string> = new Set(['trigger-loop', 'safety-loop']);

interface Pressed {
  readonly laneId: string;
  readonly role: string;
  /** Undefined after a restart: the lane knows that its loop is pressed, and not by whose contact. */
  readonly deviceId: string | undefined;
  readonly since: EpochMs;
  /** Ends what is waited for: that it is pressed too long, or, while it flickers, that it stays free. */
  readonly cancel: Cancel;
  readonly free: boolean;
}

type Loop = Pick<Pressed, 'laneId' | 'role' | 'deviceId'>;

/** A loop that a car stands on for too long (车辆压线圈过长), reported once for each time it is pressed. */
export class LoopWatch {
  readonly #context: VankeContext;
  #pressed: readonly Pressed[] = [];
  /** Those that were reported and are pressed still, and since when. */
  #reported = new Map<string, number>();
  #stopListening: Cancel = () => undefined;

  constructor(context: VankeContext) {
    this.#context = context;
  }

  start(): void {
    const { settings, station, commands } = this.#context;
    if (settings.abnormal.codes.loop === '') return;
    this.#reported = recallList(commands, KEY);
    for (const { id } of station().lanes.lanes()) this.#resume(id);
    this.#stopListening = station().onCommitted((events) => {
      for (const event of events) if (event.kind === 'lane-input') this.#changed(event);
    });
  }

  stop(): void {
    this.#stopListening();
    for (const { cancel } of this.#pressed) cancel();
    this.#pressed = [];
  }

  /** What the lane still knows after a restart of its trigger loop. */
  #resume(laneId: string): void {
    const { loop } = this.#context.station().lanes.state(laneId);
    if (loop?.on) this.#watch({ laneId, role: 'trigger-loop', deviceId: undefined }, loop.since);
    else if (loop) this.#reported.delete(keyOf(laneId, 'trigger-loop'));
  }

  #changed({ at, laneId, body: { role, on, deviceId } }: Extract<JournalEvent, { kind: 'lane-input' }>): void {
    if (laneId === null || !ROLES.has(role)) return;
    const pressed = this.#pressed.find(
      (each) => each.laneId === laneId && each.role === role && (each.deviceId ?? deviceId) === deviceId,
    );
    if (on && !pressed) this.#watch({ laneId, role, deviceId }, at);
    else if (on && pressed?.free) this.#watch(pressed, pressed.since, pressed);
    else if (!on && pressed && !pressed.free) this.#flicker(pressed);
    else if (!on && !pressed) this.#forget(laneId, role);
  }

  #watch({ laneId, role, deviceId }: Loop, since: EpochMs, before?: Pressed): void {
    const { clock, settings } = this.#context;
    const loop = { laneId, role, deviceId };
    // Of a presence that was reported, also before a restart, nothing more is said.
    const known = this.#reported.has(keyOf(laneId, role));
    const ms = Math.max(0, since + settings.abnormal.loopSeconds * 1000 - clock.now());
    const cancel = known ? noTimer : clock.after(ms, () => this.#guarded(() => this.#tooLong(loop)));
    this.#put({ ...loop, since, cancel, free: false }, before);
  }

  /** Let go: perhaps for a moment only. */
  #flicker(pressed: Pressed): void {
    const end = (): void => {
      this.#put(undefined, free);
      this.#forget(pressed.laneId, pressed.role);
    };
    const free = { ...pressed, cancel: this.#context.clock.after(FLICKER_MS + 1, end), free: true };
    this.#put(free, pressed);
  }

  #put(loop: Pressed | undefined, before: Pressed | undefined): void {
    before?.cancel();
    this.#pressed = [...this.#pressed.filter((each) => each !== before), ...(loop ? [loop] : [])];
  }

  #tooLong({ laneId, role }: Loop): void {
    const { clock, station } = this.#context;
    const lane = station()
      .lanes.lanes()
      .find(({ id }) => id === laneId);
    if (!lane) return;
    const at = clock.now();
    reportLoop({ lane, role, at }, this.#context);
    this.#reported.set(keyOf(laneId, role), at);
    rememberList(this.#context.commands, KEY, this.#reported);
  }

  #forget(laneId: string, role: string): void {
    if (!this.#reported.delete(keyOf(laneId, role))) return;
    // Not within the turn of whoever wrote the input down.
    this.#context.clock.after(0, () => this.#guarded(() => rememberList(this.#context.commands, KEY, this.#reported)));
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#context.log.error('a loop that is pressed too long could not be reported', { error: errorText(error) });
    }
  }
}

const keyOf = (laneId: string, role: string): string => `${laneId}/${role}`;
const noTimer = (): void => undefined;
