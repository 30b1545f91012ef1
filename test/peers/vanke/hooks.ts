import type { About } from './faults.ts';
import type { JsonObject } from './json.ts';

/**
 * Where a test may stop the world, e.g. to kill the car park.
 * Up: `received` (read, not worked on) · `processed` (state changed) · `answering` (about to answer) · `answered`.
 * Down: `pushing` (a call is about to leave) · `pushed` (an answer came, or nothing did).
 */
export type Moment = 'received' | 'processed' | 'answering' | 'answered' | 'pushing' | 'pushed';

export interface Happening extends About {
  readonly moment: Moment;
  readonly fields: JsonObject;
}

export type Hook = (happening: Happening) => void | Promise<void>;

/** Callbacks that are awaited at their moments, in the order in which they were set. */
export class Hooks {
  readonly #hooks = new Set<{ readonly moment: Moment; readonly interface: string; readonly hook: Hook }>();

  /** `name` `*` is every interface. Returns what takes the hook away again. */
  on(moment: Moment, name: string, hook: Hook): () => void {
    const entry = { moment, interface: name, hook };
    this.#hooks.add(entry);
    return () => {
      this.#hooks.delete(entry);
    };
  }

  /** The next time only. */
  once(moment: Moment, name: string, hook: Hook): () => void {
    const off = this.on(moment, name, async (happening) => {
      off();
      await hook(happening);
    });
    return off;
  }

  async at(moment: Moment, about: About, fields: JsonObject): Promise<void> {
    for (const entry of [...this.#hooks])
      if (entry.moment === moment && (entry.interface === '*' || entry.interface === about.interface))
        await entry.hook({ ...about, moment, fields });
  }
}
