import type { JournalEvent } from '../../../shared/domain/events.ts';
import type { OutboxDraft, Platform } from '../platforms/platform.ts';
import { sleep } from '../runtime/clock.ts';
import { errorText } from '../runtime/errors.ts';
import type { JournalRow } from '../store/journal-store.ts';
import type { OutboxRun } from '../store/outbox-run-store.ts';
import { type Finding, Findings } from './findings.ts';
import { stillThere } from './pictures.ts';
import { type ComparisonDeps, dayOf, PlatformBooks } from './platform-books.ts';
import { statusOf } from './states.ts';

/** Rows of the journal read at once: a few milliseconds, after which the lanes come first again. */
const AT_ONCE = 25;

/**
 * Lays the journal of a time beside the outbox of one platform, and a whole day beside the platform's own books. What ought to have been
 * sent is projected again, which gives the same drafts for ever, under the same identities; so nothing needs to have been noted when
 * it happened, and a platform that was connected late is the same case as a row that got lost.
 */
export class Comparison {
  readonly #deps: ComparisonDeps;
  readonly #platform: Platform;
  readonly #findings: Findings;
  run: OutboxRun;

  constructor(deps: ComparisonDeps, platform: Platform, run: OutboxRun) {
    this.#deps = deps;
    this.#platform = platform;
    this.#findings = new Findings(deps.store, platform, run.id);
    this.run = run;
  }

  /** @param day what was asked for; a day that is not over yet is told as far as it has come */
  async go(day: { readonly from: number; readonly to: number }, signal: AbortSignal): Promise<void> {
    await this.#ours(signal);
    await this.#theirs(day, signal);
  }

  async #ours(signal: AbortSignal): Promise<void> {
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
      const rows = store.read.journal.rowsAfter(seq, Math.min(AT_ONCE, last - seq));
      const newest = rows.at(-1);
      if (!newest) break;
      const looked = rows
        .filter(({ at }) => at >= from && at < to)
        .flatMap(({ event, ...row }): readonly Promise<Finding>[] =>
          event === null
            ? [Promise.resolve(unreadable(row, row.fault))]
            : this.#look(event).map((finding) => stillThere(finding, event, this.#deps.photos)),
        );
      this.#findings.add(await Promise.all(looked));
      seq = newest.seq;
      this.#note({ done: seq - lowest + 1 });
      await sleep(clock, 0, signal);
    }
  }

  async #theirs(wanted: { readonly from: number; readonly to: number }, signal: AbortSignal): Promise<void> {
    if (!this.#platform.checkDay || this.run.purpose !== 'check') return;
    const day = dayOf(wanted);
    if (day === null) {
      this.#note({ theirs: { kind: 'not-a-day' } });
      return;
    }
    const books = new PlatformBooks(this.#deps, this.#platform, this.run, this.#findings);
    this.#note({ theirs: await books.compare(this.#platform.checkDay(day), signal) });
  }

  #look(event: JournalEvent): Finding[] {
    let drafts: readonly OutboxDraft[];
    try {
      drafts = this.#platform.project(event);
    } catch (error) {
      return [unreadable(event, errorText(error))];
    }
    const { outbox, outboxReceipts } = this.#deps.store.read;
    return drafts.map((draft) => {
      const row = outbox.ofDraft(this.#platform.id, draft.id);
      const aged = !row && outboxReceipts.covers(this.#platform.id, event.seq);
      return {
        journal_seq: event.seq,
        at_ms: event.at,
        found: row ? statusOf(row.state) : aged ? 'delivered' : 'missing',
        message: draft.message,
        kind: draft.kind,
        key: draft.key,
        draft_id: draft.id,
        reason: row?.last_error ?? null,
      };
    });
  }

  #note(more: Partial<OutboxRun>): void {
    const { differences } = this.#findings;
    this.run = { ...this.run, figures: this.#findings.figures(), differences, ...more };
  }
}

/** An event of which nobody can say any more which messages it made. */
const unreadable = (row: Pick<JournalRow, 'seq' | 'at' | 'kind' | 'key'>, reason: string): Finding => ({
  ...{ journal_seq: row.seq, at_ms: row.at, found: 'unreadable', message: row.kind, kind: 'record' },
  ...{ key: row.key, draft_id: '', reason: reason.slice(0, 300) },
});
