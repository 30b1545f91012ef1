import type { AnnouncementRules } from '../../../shared/domain/announcement.ts';
import { textFor } from '../../../shared/domain/announcement-defaults.ts';
import { type FilledText, fillText, type Values } from '../../../shared/domain/announcement-fill.ts';
import type { AnnouncedVehicle, AnnouncementEvent } from '../../../shared/domain/announcement-text.ts';
import type { DisplayLine } from '../../../shared/domain/display.ts';
import type { Lane } from '../../../shared/domain/site.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { CommandOutcome, Display } from '../devices/device.ts';
import type { Clock } from '../runtime/ports.ts';
import { Missed } from './missed.ts';
import { Newest, within } from './newest.ts';
import type { Told } from './tell.ts';
import { LaneVoice, type Telling } from './voice.ts';

/** What lies at a display: one lane, or several that share it. */
export interface BoardLane {
  readonly lane: Lane;
  readonly told: () => Told | null;
  /** What is known there at any time. */
  readonly values: () => Values;
  readonly idle: () => AnnouncementEvent;
}

interface Message {
  readonly lines: readonly DisplayLine[];
  /** Empty: nothing. */
  readonly speech: string;
}

/** What a display was given last, by whom, and how that ended. */
export interface Given extends Message {
  readonly at: EpochMs;
  readonly by: 'lane' | 'platform' | 'test';
  readonly event: AnnouncementEvent | null;
  readonly vehicle: AnnouncedVehicle | null;
  /** null: under way. */
  readonly ended: CommandOutcome | null;
}

/** Somebody else put something up. */
interface Kept {
  readonly lines: readonly DisplayLine[];
  /** By the monotonic clock. */
  readonly until: number;
  /** The car that stood there then: another one is told its own. */
  readonly passageId: string | null;
}

interface BoardDeps {
  readonly clock: Clock;
  readonly rules: () => AnnouncementRules;
  /** It is to be looked at again: something ended otherwise than it was meant to. */
  readonly lookSoon: () => void;
}

/** What a lane has to tell, on its way to the display. */
interface Leaving {
  readonly message: Message;
  readonly about: Pick<Given, 'event' | 'vehicle'>;
  /** The car that it is about; null: the idle picture, or what somebody else put up. */
  readonly car: Pick<Told, 'key' | 'passageId'> | null;
}

/** The lines that a display gets: those in which nothing is missing. */
export const shownLines = ({ lines }: FilledText): DisplayLine[] =>
  lines.filter(({ absent }) => !absent).map(({ text, color }): DisplayLine => ({ text, alignment: 'center', color }));

const linesText = (lines: readonly DisplayLine[]): string =>
  lines.map(({ text, color }) => `${color ?? ''} ${text}`).join('\n');

/** One display: what it is to show now, told to it when that changes and from time to time. */
export class Board {
  readonly display: Display;
  readonly lanes: readonly BoardLane[];
  readonly #deps: BoardDeps;
  readonly #voices: ReadonlyMap<BoardLane, LaneVoice>;
  readonly #newest: Newest<Leaving>;
  readonly #missed = new Missed();
  #given: Given | null = null;
  #putAt: number | null = null;
  #kept: Kept | null = null;

  constructor(display: Display, lanes: readonly BoardLane[], deps: BoardDeps) {
    this.display = display;
    this.lanes = lanes;
    this.#deps = deps;
    this.#voices = new Map(lanes.map((lane) => [lane, new LaneVoice()]));
    this.#newest = new Newest(
      (leaving) => this.#leave(leaving),
      // What is still to be said of the same is said with it.
      (waiting, newer) =>
        newer.message.speech === '' && linesText(waiting.message.lines) === linesText(newer.message.lines)
          ? waiting
          : newer,
    );
  }

  get given(): Given | null {
    return this.#given;
  }

  /** What stood at its lanes before the station started was told then. */
  resume(): void {
    for (const [lane, voice] of this.#voices) voice.resume(lane.told(), this.#deps.clock.monotonic());
  }

  /** It may have forgotten what it showed. */
  forget(): void {
    this.#putAt = null;
    this.#missed.isBack();
  }

  /** Looks what is to be told, and tells it where that is another thing than before, or where it was told long ago. */
  look(volume: number): void {
    const [first] = this.lanes;
    const { clock, rules } = this.#deps;
    const now = clock.monotonic();
    const telling = this.#telling(now);
    const kept = this.#keptNow(now, telling?.told.passageId ?? null);
    if (!first || (kept && !telling?.unspoken)) return;
    const { event, vehicle, filled } = this.#words(first, telling);
    const car = kept ? null : (telling?.told ?? null);
    const unsaid = telling?.unspoken === true || this.#missed.saysAgain(car, now);
    const aloud = unsaid && volume > 0 && this.display.speaks ? filled.speech.text : '';
    // What is not said now, because it is a time of silence, is not said later to another car.
    if (telling) this.#voices.get(telling.lane)?.spoke(telling.told);
    const shown = kept ? kept.lines : shownLines(filled);
    const due =
      this.#putAt === null || now - this.#putAt >= rules().idleEverySeconds * 1000 || this.#missed.showsAgain(car, now);
    const same = this.#given !== null && linesText(this.#given.lines) === linesText(shown);
    // Where there is nothing to show, what stands there is left alone.
    if ((shown.length === 0 && aloud === '') || (same && aloud === '' && (!due || kept))) return;
    this.#putAt = now;
    this.#newest.put({ message: { lines: shown, speech: aloud }, about: { event, vehicle }, car });
  }

  /** The text for what is to be told now, filled in. */
  #words(first: BoardLane, telling: (Telling & { readonly lane: BoardLane }) | null) {
    const { lane, told } = telling ?? { lane: first, told: null };
    const { event, vehicle } = told ?? { event: first.idle(), vehicle: 'any' as const };
    const text = textFor(this.#deps.rules().texts, event, vehicle);
    return { event, vehicle, filled: fillText(text, { ...lane.values(), ...told?.values }) };
  }

  /** When it must be looked at again though nothing happens, by the monotonic clock. */
  wakeAt(): number {
    const now = this.#deps.clock.monotonic();
    const ends = [...this.#voices.values()].flatMap(({ until }) => (until === null ? [] : [until]));
    const redraw = (this.#putAt ?? now) + this.#deps.rules().idleEverySeconds * 1000;
    const { wakeAt } = this.#missed;
    const again = wakeAt === null ? [] : [wakeAt];
    const ahead = [...ends, ...(this.#kept ? [this.#kept.until] : []), ...again, redraw].filter((at) => at > now);
    return this.lanes.length === 0 || ahead.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...ahead);
  }

  /** Somebody else puts something up: it stays for a while, unless another car is told something. Never rejects. */
  async show(lines: readonly DisplayLine[], speech: string, by: 'platform' | 'test'): Promise<CommandOutcome> {
    const now = this.#deps.clock.monotonic();
    this.#newest.drop();
    this.#kept = {
      lines,
      until: now + this.#deps.rules().holdSeconds * 1000,
      passageId: this.#telling(now)?.told.passageId ?? null,
    };
    this.#putAt = now;
    const kept = this.#kept;
    const ended = await this.#send({ lines, speech }, { by, event: null, vehicle: null });
    if (ended.outcome === 'refused' && this.#kept === kept) this.#kept = null;
    return ended;
  }

  /** The newest of what its lanes have to tell. */
  #telling(now: number): (Telling & { readonly lane: BoardLane }) | null {
    const { holdSeconds, texts } = this.#deps.rules();
    const holdMs = ({ event, vehicle }: Told): number => (textFor(texts, event, vehicle).seconds ?? holdSeconds) * 1000;
    let newest: (Telling & { readonly lane: BoardLane }) | null = null;
    for (const [lane, voice] of this.#voices) {
      const telling = voice.follow(lane.told(), now, holdMs);
      if (telling && (!newest || telling.since >= newest.since)) newest = { ...telling, lane };
    }
    return newest;
  }

  #keptNow(now: number, passageId: string | null): Kept | null {
    const kept = this.#kept;
    if (kept && (now >= kept.until || (passageId !== null && passageId !== kept.passageId))) this.#kept = null;
    return this.#kept;
  }

  async #leave({ message, about, car }: Leaving): Promise<void> {
    const { clock, lookSoon } = this.#deps;
    const leftAt = clock.monotonic();
    const ended = await this.#send(message, { ...about, by: 'lane' });
    if (car === null) return;
    this.#missed.ended(car, ended, clock.monotonic(), message.speech === '' ? null : leftAt);
    lookSoon();
  }

  async #send(message: Message, about: Pick<Given, 'by' | 'event' | 'vehicle'>): Promise<CommandOutcome> {
    const { lines, speech } = message;
    const given: Given = { ...message, ...about, at: this.#deps.clock.now(), ended: null };
    this.#given = given;
    const ended = await within(this.#deps.clock, () => this.display.show(lines, speech === '' ? undefined : speech));
    if (this.#given === given) this.#given = { ...given, ended };
    return ended;
  }
}
