import type { AnnouncementRules } from '../../../shared/domain/announcement.ts';
import type { Values } from '../../../shared/domain/announcement-fill.ts';
import type { DisplayLine } from '../../../shared/domain/display.ts';
import type { EventBody, JournalEvent } from '../../../shared/domain/events.ts';
import type { Area, Lane, Site } from '../../../shared/domain/site.ts';
import type { CommandOutcome, Device, Display } from '../devices/device.ts';
import { isDisplay, isSign } from '../devices/narrow.ts';
import type { LaneRuntime } from '../lanes/runtime.ts';
import { freeByArea } from '../registry/spaces.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import { Board, type BoardLane } from './board.ts';
import { untilNextEdge, volumeAt } from './quiet.ts';
import { Signs } from './signs.ts';
import { cardAt, idleEvent, type LaneFacts, placeValues, type Told, tell } from './tell.ts';

/** The clock of the PC may be set: quiet hours are looked at again at least this often. */
const LOOK_AT_LEAST_MS = 30_000;
/** A sentence that is tried out is over by then, and the display speaks as loud as the rules say again. */
const TRY_MS = 15_000;

/** The devices as whoever speaks through them sees them. */
export interface AnnouncingDevices {
  list(): readonly Device[];
  find(id: string): Device | undefined;
  watchOf(id: string): { readonly state: 'online' | 'offline' | 'unknown' } | undefined;
  onChanged(listener: () => void): Cancel;
}

export interface AnnouncerDeps {
  readonly store: Pick<Store, 'read' | 'onCommitted'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly lanes: Pick<LaneRuntime, 'lanes' | 'lane' | 'state' | 'directionOf' | 'spaces' | 'onChanged'>;
  readonly devices: AnnouncingDevices;
  readonly site: Site;
  readonly areas: readonly Area[];
}

/**
 * What drivers see and hear at the lanes. It learns of everything after the commit and after the arm was told, looks in a later turn of
 * the event loop, and waits for no display: a dead one delays neither an arm nor the next car.
 */
export class Announcer {
  readonly #deps: AnnouncerDeps;
  /** Made at the start: before it nobody knows which platform has the word at a lane. */
  #boards: readonly Board[] = [];
  readonly #signs: Signs;
  /** How the last stay that left by a lane ended, by the lane. */
  readonly #exits = new Map<string, { readonly passageId: string; readonly how: EventBody<'vehicle-exited'>['how'] }>();
  readonly #online = new Map<string, boolean>();
  readonly #volumes = new Map<string, number>();
  /** Displays at which somebody tries how loud it is: until when, by the monotonic clock. */
  readonly #tried = new Map<string, { readonly percent: number; readonly until: number }>();
  #cancels: Cancel[] = [];
  #cancelLook: Cancel = () => undefined;
  #soon = false;

  constructor(deps: AnnouncerDeps) {
    this.#deps = deps;
    const { clock, log, lanes, devices, areas, store } = deps;
    const rules = (): AnnouncementRules => this.#rules();
    this.#signs = new Signs({
      ...{ clock, log, rules },
      signs: devices.list().filter(isSign),
      free: () =>
        new Map<string | null, number>([...freeByArea(store.read.stays, areas), [null, lanes.spaces().free] as const]),
    });
  }

  start(): void {
    const { store, lanes, devices } = this.#deps;
    this.#boards = devices
      .list()
      .filter(isDisplay)
      .map((display) => this.#boardOf(display));
    this.#cancels = [
      store.onCommitted((events) => this.#committed(events)),
      lanes.onChanged(() => this.#lookSoon()),
      devices.onChanged(() => this.#devicesChanged()),
    ];
    for (const board of this.#boards) board.resume();
    this.#devicesChanged();
    this.#look();
    this.#signs.start();
  }

  stop(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels = [];
    this.#cancelLook();
    this.#signs.stop();
  }

  /** Every display of the car park, with the lanes at which it stands. */
  boards(): readonly Board[] {
    return this.#boards;
  }

  /** How loud displays speak now. */
  volume(): number {
    return volumeAt(this.#rules(), this.#deps.clock.now());
  }

  /**
   * Somebody else has something to show: a platform, or a person who tries a text out. `percent`: so loud for a moment, whatever the
   * rules say. Never rejects.
   */
  async show(
    display: Display,
    lines: readonly DisplayLine[],
    by: 'platform' | 'test',
    speech = '',
    percent?: number,
  ): Promise<CommandOutcome> {
    const board = this.#boards.find((each) => each.display.id === display.id);
    if (!board) return { outcome: 'refused', detail: '没有这块显示屏' };
    if (percent !== undefined) {
      const until = this.#deps.clock.monotonic() + TRY_MS;
      this.#tried.set(display.id, { percent, until });
      this.#tellVolume(display, percent);
    }
    const ended = board.show(lines, this.#volumeOf(display) > 0 ? speech : '', by);
    this.#lookSoon();
    const outcome = await ended;
    // Refused, it keeps nothing.
    if (outcome.outcome === 'refused') this.#lookSoon();
    return outcome;
  }

  /** What is known at a lane whoever stands there, and of the car that does. */
  valuesAt(laneId: string): { readonly place: Values; readonly told: Told | null } {
    return { place: this.#placeValues(laneId), told: tell(this.#facts(laneId)) };
  }

  #rules(): AnnouncementRules {
    return this.#deps.site.rules.announcements;
  }

  #boardOf(display: Display): Board {
    const { clock, lanes } = this.#deps;
    const here = lanes.lanes().filter((lane) => lane.display === display.id);
    const atLanes = here.map((lane) => this.#boardLane(lane));
    return new Board(display, atLanes, { clock, rules: () => this.#rules(), lookSoon: () => this.#lookSoon() });
  }

  #boardLane(lane: Lane): BoardLane {
    const laneId = lane.id;
    return {
      lane,
      told: () => tell(this.#facts(laneId)),
      values: () => this.#placeValues(laneId),
      idle: () => idleEvent(this.#deps.lanes.state(laneId), this.#deps.lanes.directionOf(this.#lane(laneId))),
    };
  }

  #lane(laneId: string): Lane {
    return this.#deps.lanes.lane(laneId);
  }

  #facts(laneId: string): LaneFacts {
    const { lanes, store, clock } = this.#deps;
    const state = lanes.state(laneId);
    const { passage } = state;
    const stay = passage?.uid ? (store.read.stays.get(passage.uid) ?? null) : null;
    const exit = this.#exits.get(laneId);
    return {
      ...{ state, stay, now: clock.now(), direction: lanes.directionOf(this.#lane(laneId)) },
      how: exit && exit.passageId === passage?.id ? exit.how : null,
      card: cardAt(state, stay, store.read.cards),
    };
  }

  #placeValues(laneId: string): Values {
    const { lanes, clock, site } = this.#deps;
    return placeValues(clock.now(), { park: site.name, lane: this.#lane(laneId).name, free: lanes.spaces().free });
  }

  /** Before the arm is told: nothing but taking note. */
  #committed(events: readonly JournalEvent[]): void {
    this.#signs.changed();
    if (this.#boards.length === 0) return;
    for (const { kind, laneId, passageId, body } of events) {
      if (kind === 'vehicle-exited' && laneId !== null && passageId !== null)
        this.#exits.set(laneId, { passageId, how: body.how });
      if (kind === 'rules-changed') this.#lookSoon();
    }
  }

  /** A display that came back may have forgotten what it showed, and how loud it spoke. */
  #devicesChanged(): void {
    const { devices } = this.#deps;
    for (const { display } of this.#boards) {
      const online = devices.watchOf(display.facts?.().via ?? display.id)?.state === 'online';
      const came = online && this.#online.get(display.id) === false;
      this.#online.set(display.id, online);
      if (!came) continue;
      this.#volumes.delete(display.id);
      this.#boards.find((board) => board.display === display)?.forget();
      this.#lookSoon();
    }
  }

  /** Once for all that happens in this turn of the event loop, and after it. */
  #lookSoon(): void {
    if (this.#soon || this.#cancels.length === 0) return;
    this.#soon = true;
    this.#wake(0);
  }

  #wake(ms: number): void {
    this.#cancelLook();
    this.#cancelLook = this.#deps.clock.after(ms, () => this.#look());
  }

  #look(): void {
    const { clock, log } = this.#deps;
    this.#soon = false;
    if (this.#boards.length === 0) return;
    let wakeMs = Math.min(LOOK_AT_LEAST_MS, untilNextEdge(this.#rules(), clock.now()) ?? LOOK_AT_LEAST_MS);
    for (const board of this.#boards)
      try {
        const volume = this.#volumeOf(board.display);
        this.#tellVolume(board.display, volume);
        board.look(volume);
        const over = this.#tried.get(board.display.id)?.until ?? Number.POSITIVE_INFINITY;
        wakeMs = Math.min(wakeMs, board.wakeAt() - clock.monotonic(), over - clock.monotonic());
      } catch (error) {
        // Nobody above a timer catches, and what a driver reads is no ground to end the station.
        log.error('a display could not be told', { display: board.display.id, error: errorText(error) });
      }
    this.#wake(Math.max(1, wakeMs));
  }

  #volumeOf({ id }: Display): number {
    const tried = this.#tried.get(id);
    if (tried && this.#deps.clock.monotonic() < tried.until) return tried.percent;
    this.#tried.delete(id);
    return this.volume();
  }

  #tellVolume(display: Display, volume: number): void {
    if (!display.speaks || !display.setVolume || this.#volumes.get(display.id) === volume) return;
    this.#volumes.set(display.id, volume);
    display
      .setVolume(volume)
      .catch((error: unknown) =>
        this.#deps.log.warn('a display was not told its volume', { display: display.id, error: errorText(error) }),
      );
  }
}
