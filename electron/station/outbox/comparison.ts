import type { JournalEvent } from '../../../shared/domain/events.ts';
import type { OutboxDraft, Platform } from '../platforms/platform.ts';
import { sleep } from '../runtime/clock.ts';
import { errorText } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Difference, Found, OutboxRun, RunFigure } from '../store/outbox-run-store.ts';
import type { PhotoVault } from '../store/photo-vault.ts';
import type { Reader } from '../store/reader/reader.ts';
import type { Store } from '../store/store.ts';
import { bySpecification } from './order.ts';
import { statusOf } from './states.ts';

/** Rows of the journal read at once: a few milliseconds, after which the lanes come first again. */
const AT_ONCE = 25;
/** A run that found more keeps the first of them; once these are made good, the next run finds the rest. */
const MOST_DIFFERENCES = 200_000;

export interface ComparisonDeps {
  readonly store: Store;
  readonly reader: Pick<Reader, 'outboxSpan'>;
  readonly clock: Clock;
  readonly photos: Pick<PhotoVault, 'has'>;
}

const NOTHING = { delivered: 0, waiting: 0, refused: 0, discarded: 0, missing: 0, gone: 0, unreadable: 0 } as const;

/**
 * Lays the journal of a time beside the outbox of one platform. What ought to have been sent is projected again, which gives
 * the same drafts for ever, under the same identities; so nothing needs to have been noted when it happened, and a platform that
 * was connected late is the same case as a row that got lost.
 */
export class Comparison {
  readonly #deps: ComparisonDeps;
  readonly #platform: Platform;
  readonly #figures = new Map<string, { expected: number; readonly found: Record<Found, number> }>();
  #kept = 0;
  run: OutboxRun;

  constructor(deps: ComparisonDeps, platform: Platform, run: OutboxRun) {
    this.#deps = deps;
    this.#platform = platform;
    this.run = run;
  }

  async go(signal: AbortSignal): Promise<void> {
    const { store, reader, clock } = this.#deps;
    const { from, to } = this.run;
    const { lowest, highest, begins } = await reader.outboxSpan(from, to, signal);
    const knownFrom = begins !== null && begins > from ? begins : null;
    if (lowest === null || highest === null) {
      this.run = { ...this.run, knownFrom };
      return;
    }
    // What the projector has not come to is no difference: it will.
    const last = Math.min(highest, store.read.outbox.cursor(this.#platform.id) ?? 0);
    this.run = { ...this.run, knownFrom, events: Math.max(0, last - lowest + 1), ahead: highest - last };
    for (let seq = lowest - 1; seq < last; ) {
      signal.throwIfAborted();
      const events = store.read.journal.after(seq, Math.min(AT_ONCE, last - seq));
      const newest = events.at(-1);
      if (!newest) break;
      const found = events.filter(({ at }) => at >= from && at < to).flatMap((event) => this.#look(event));
      this.#keep(await this.#pictures(found));
      seq = newest.seq;
      this.run = { ...this.run, done: seq - lowest + 1, figures: this.#counted(), differences: this.#kept };
      await sleep(clock, 0, signal);
    }
  }

  #look(event: JournalEvent): Omit<Difference, 'number'>[] {
    const base = { journal_seq: event.seq, at_ms: event.at };
    let drafts: readonly OutboxDraft[];
    try {
      drafts = this.#platform.project(event);
    } catch (error) {
      const reason = errorText(error).slice(0, 300);
      return [
        { ...base, found: 'unreadable', message: event.kind, kind: 'record', key: event.key, draft_id: '', reason },
      ];
    }
    return drafts.map((draft) => {
      const row = this.#deps.store.read.outbox.ofDraft(this.#platform.id, draft.id);
      return {
        ...base,
        found: row ? statusOf(row.state) : 'missing',
        message: draft.message,
        kind: draft.kind,
        key: draft.key,
        draft_id: draft.id,
        reason: row?.last_error ?? null,
      };
    });
  }

  /** A picture that is no longer on the disk cannot be sent any more. */
  async #pictures(found: readonly Omit<Difference, 'number'>[]): Promise<Omit<Difference, 'number'>[]> {
    return await Promise.all(
      found.map(async (each) => {
        if (each.found !== 'missing' || each.kind !== 'photo') return each;
        const [event] = this.#deps.store.read.journal.after(each.journal_seq - 1, 1);
        if (event?.kind !== 'photo-taken' || (await this.#deps.photos.has(event.body.photoId))) return each;
        return { ...each, found: 'gone' } as const;
      }),
    );
  }

  #keep(all: readonly Omit<Difference, 'number'>[]): void {
    for (const { message, found } of all) {
      const figure = this.#figures.get(message) ?? { expected: 0, found: { ...NOTHING } };
      figure.expected += 1;
      figure.found[found] += 1;
      this.#figures.set(message, figure);
    }
    const differing = all.filter(({ found }) => found !== 'delivered').slice(0, MOST_DIFFERENCES - this.#kept);
    if (differing.length === 0) return;
    this.#deps.store.write((tx) => {
      for (const [index, each] of differing.entries())
        tx.outboxDifferences.add(this.run.id, { ...each, number: this.#kept + index + 1 });
    });
    this.#kept += differing.length;
  }

  #counted(): RunFigure[] {
    return [...this.#figures]
      .map(([message, { expected, found }]) => ({ message, expected, found: { ...found } }))
      .sort(bySpecification(this.#platform));
  }
}
