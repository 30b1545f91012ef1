import type { Figures } from '../../../shared/domain/events.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

export interface Alarm {
  readonly code: string;
  readonly subject: string;
  /** A sentence for people, in Chinese. */
  readonly detail: string;
  /** Its figures, so that it can be said in other languages. */
  readonly figures?: Figures;
  readonly severity: 'info' | 'warning' | 'alarm';
}

/** An alarm that stands, since when. */
export type StandingAlarm = Alarm & { readonly since: EpochMs };

/**
 * What is wrong right now, one line per fault: raising what already stands, or clearing what does not, changes nothing and is
 * told to nobody.
 */
export class Alarms {
  readonly #standing = new Map<string, StandingAlarm>();
  readonly #now: () => EpochMs;
  readonly #changed: (alarm: Alarm, cleared: boolean) => void;

  constructor(now: () => EpochMs, changed: (alarm: Alarm, cleared: boolean) => void) {
    this.#now = now;
    this.#changed = changed;
  }

  raise(alarm: Alarm): void {
    const key = `${alarm.code}\n${alarm.subject}`;
    if (this.#standing.has(key)) return;
    this.#standing.set(key, { ...alarm, since: this.#now() });
    this.#changed(alarm, false);
  }

  clear(code: string, subject: string): void {
    const key = `${code}\n${subject}`;
    const alarm = this.#standing.get(key);
    if (!alarm) return;
    this.#standing.delete(key);
    this.#changed(alarm, true);
  }

  list(): readonly StandingAlarm[] {
    return [...this.#standing.values()];
  }
}
