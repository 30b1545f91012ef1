import type { AnnouncementRules } from '../../../shared/domain/announcement.ts';
import type { DisplayColor } from '../../../shared/domain/display.ts';
import type { Sign } from '../devices/device.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../runtime/ports.ts';
import { Newest, within } from './newest.ts';

/** Cars that come in a row change the number each time; nobody reads it faster than this. */
const AT_MOST_EVERY_MS = 1_000;
/** A sign that lost its power forgot its number. */
const AT_LEAST_EVERY_MS = 60_000;

export const signColor = (free: number, { yellowAtMost, redAtMost }: AnnouncementRules['sign']): DisplayColor =>
  free <= redAtMost ? 'red' : free <= yellowAtMost ? 'yellow' : 'green';

interface SignsDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly signs: readonly Sign[];
  readonly rules: () => AnnouncementRules;
  /** Free spaces of the car park (null), and of each area. */
  readonly free: () => ReadonlyMap<string | null, number>;
}

/** 余位屏: told the number of free spaces when it changes, and every minute. */
export class Signs {
  readonly #deps: SignsDeps;
  readonly #told = new Map<Sign, string>();
  readonly #senders: ReadonlyMap<Sign, Newest<{ readonly free: number; readonly color: DisplayColor }>>;
  #toldAt = Number.NEGATIVE_INFINITY;
  /** When all of them were told, changed or not. */
  #allToldAt = Number.NEGATIVE_INFINITY;
  #cancel: Cancel = () => undefined;
  #soon = false;

  constructor(deps: SignsDeps) {
    this.#deps = deps;
    this.#senders = new Map(
      deps.signs.map((sign) => [
        sign,
        new Newest(async ({ free, color }) => {
          await within(deps.clock, () => sign.show(free, color));
        }),
      ]),
    );
  }

  start(): void {
    if (this.#senders.size > 0) this.#tell();
  }

  stop(): void {
    this.#cancel();
  }

  /** The count may have changed. Costs nothing until it is looked at. */
  changed(): void {
    if (this.#senders.size === 0 || this.#soon) return;
    this.#soon = true;
    this.#wake(this.#toldAt + AT_MOST_EVERY_MS);
  }

  #wake(at: number): void {
    const { clock, log } = this.#deps;
    this.#cancel();
    this.#cancel = clock.after(Math.max(0, at - clock.monotonic()), () => {
      try {
        this.#tell();
      } catch (error) {
        // Nobody above a timer catches.
        log.error('the signs could not be told', { error: errorText(error) });
        this.#wake(clock.monotonic() + AT_LEAST_EVERY_MS);
      }
    });
  }

  #tell(): void {
    const { clock, rules, free } = this.#deps;
    const now = clock.monotonic();
    const all = now - this.#allToldAt >= AT_LEAST_EVERY_MS;
    this.#soon = false;
    this.#toldAt = now;
    if (all) this.#allToldAt = now;
    const counts = free();
    for (const [sign, sender] of this.#senders) {
      const count = counts.get(sign.area);
      if (count === undefined) continue;
      const color = signColor(count, rules().sign);
      const text = `${count} ${color}`;
      if (!all && this.#told.get(sign) === text) continue;
      this.#told.set(sign, text);
      sender.put({ free: count, color });
    }
    this.#wake(this.#allToldAt + AT_LEAST_EVERY_MS);
  }
}
