import type { Target } from './faults.ts';

/**
 * Where a test may stop the world, e.g. to kill the car park.
 * Up: `received` (read, not worked on) · `processed` (state changed) · `answering` (about to answer) · `answered`.
 * Down: `pushing` (about to leave, each attempt) · `pushed` (an answer came, or nothing did).
 */
export type Moment = 'received' | 'processed' | 'answering' | 'answered' | 'pushing' | 'pushed';

/** What a hook is told: what the request is about, and its fields. */
export type HappeningOf<A extends Target, F> = A & { readonly moment: Moment; readonly fields: F };

export type HookOf<A extends Target, F> = (happening: HappeningOf<A, F>) => void | Promise<void>;

/** Callbacks that are awaited at their moments, in the order in which they were set. */
export class HooksOf<A extends Target, F> {
  readonly #hooks = new Set<{ readonly moment: Moment; readonly interface: string; readonly hook: HookOf<A, F> }>();

  /** `name` `*` is every interface. Returns what takes the hook away again. */
  on(moment: Moment, name: string, hook: HookOf<A, F>): () => void {
    const entry = { moment, interface: name, hook };
    this.#hooks.add(entry);
    return () => {
      this.#hooks.delete(entry);
    };
  }

  /** The next time only. */
  once(moment: Moment, name: string, hook: HookOf<A, F>): () => void {
    const off = this.on(moment, name, async (happening) => {
      off();
      await hook(happening);
    });
    return off;
  }

  async at(moment: Moment, about: A, fields: F): Promise<void> {
    for (const entry of [...this.#hooks])
      if (entry.moment === moment && (entry.interface === '*' || entry.interface === about.interface))
        await entry.hook({ ...about, moment, fields });
  }
}
