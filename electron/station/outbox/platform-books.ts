import type { JournalEvent } from '../../../shared/domain/events.ts';
import { parseShanghaiDateTime, shanghaiDate } from '../../../shared/domain/time.ts';
import type { DayCheck, OutboxDraft, Platform, PlatformAccount } from '../platforms/platform.ts';
import { sleep } from '../runtime/clock.ts';
import { errorText, NotTold } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import type { OutboxRun, Theirs } from '../store/outbox-run-store.ts';
import type { PhotoVault } from '../store/photo-vault.ts';
import type { Reader } from '../store/reader/reader.ts';
import type { Store } from '../store/store.ts';
import type { Finding, Findings } from './findings.ts';
import { stillThere } from './pictures.ts';
import { STATES, statusOf } from './states.ts';

export const DAY_MS = 24 * 3_600_000;
/** Rows of the journal read at once: a few milliseconds, after which the lanes come first again. */
const AT_ONCE = 25;
/** A clock that was corrected by less leaves no event of the day out. */
const BEFORE_MS = 3_600_000;
/** Entries by hand and corrections of a day that come later than this are found by people. */
const AFTER_MS = 8 * DAY_MS;
/** Several questions, with lists of a whole day; a platform that takes longer tells them another time. */
const ANSWERS_MS = 180_000;

export interface ComparisonDeps {
  readonly store: Store;
  readonly reader: Pick<Reader, 'outboxSpan'>;
  readonly clock: Clock;
  readonly photos: Pick<PhotoVault, 'has'>;
}

/** The calendar day that a time is, where it is one whole day. */
export function dayOf({ from, to }: { readonly from: number; readonly to: number }): string | null {
  const day = shanghaiDate(from);
  return parseShanghaiDateTime(`${day} 00:00:00`) === from && to - from === DAY_MS ? day : null;
}

/**
 * Lays a day beside the books of the platform itself: tells it all that ought to have arrived, asks, and finds what it lost and what
 * it alone has.
 */
export class PlatformBooks {
  readonly #deps: ComparisonDeps;
  readonly #platform: Platform;
  readonly #run: OutboxRun;
  readonly #findings: Findings;
  /** The row of the journal that each draft comes from. */
  readonly #origins = new Map<string, number>();

  constructor(deps: ComparisonDeps, platform: Platform, run: OutboxRun, findings: Findings) {
    this.#deps = deps;
    this.#platform = platform;
    this.#run = run;
    this.#findings = findings;
  }

  /** Rejects only when the station stops. */
  async compare(check: DayCheck, signal: AbortSignal): Promise<Theirs> {
    let account: PlatformAccount;
    try {
      await this.#tell(check, signal);
      account = await this.#ask(check, signal);
    } catch (error) {
      signal.throwIfAborted();
      const reason = errorText(error).slice(0, 300);
      return { kind: 'failed', reason, ...(error instanceof NotTold ? { answered: true } : {}) };
    }
    await this.#takeMissing(account.missing, signal);
    await this.#takeExtra(account.extra, signal);
    const figures = account.figures.map(({ message, ours, theirs, agrees }) => ({
      ...{ message, agrees, ours: { ...ours } },
      theirs: theirs && { ...theirs },
    }));
    return { kind: 'told', figures, note: account.note };
  }

  async #tell(check: DayCheck, signal: AbortSignal): Promise<void> {
    const { store, reader, clock } = this.#deps;
    const { from } = this.#run;
    const until = Math.min(clock.now() + 1, from + DAY_MS + AFTER_MS);
    const { lowest, highest } = await reader.outboxSpan(from - BEFORE_MS, until, signal);
    if (lowest === null || highest === null) return;
    const last = Math.min(highest, store.read.outbox.cursor(this.#platform.id) ?? 0);
    for (let seq = lowest - 1; seq < last; ) {
      const rows = store.read.journal.rowsAfter(seq, Math.min(AT_ONCE, last - seq));
      const newest = rows.at(-1);
      if (!newest) break;
      for (const { event, seq: origin } of rows)
        for (const draft of event === null ? [] : this.#project(event)) {
          check.add(draft);
          if (!this.#origins.has(draft.id)) this.#origins.set(draft.id, origin);
        }
      seq = newest.seq;
      await sleep(clock, 0, signal);
    }
  }

  async #ask(check: DayCheck, signal: AbortSignal): Promise<PlatformAccount> {
    const patience = new AbortController();
    const cancel = this.#deps.clock.after(ANSWERS_MS, () => patience.abort(new Error('no answer in time')));
    try {
      return await check.ask(AbortSignal.any([signal, patience.signal]));
    } finally {
      cancel();
    }
  }

  /** In the order of the journal, so that what is sent again keeps the order of its stay. */
  async #takeMissing(ids: readonly string[], signal: AbortSignal): Promise<void> {
    const missing = [...new Set(ids)]
      .flatMap((id) => {
        // What a correction moved into this day may have been written down long before it.
        const seq = this.#origins.get(id) ?? this.#deps.store.read.outbox.ofDraft(this.#platform.id, id)?.journal_seq;
        return seq === undefined ? [] : [{ id, seq }];
      })
      .sort((a, b) => a.seq - b.seq);
    for (let index = 0; index < missing.length; index += AT_ONCE) {
      for (const { id, seq } of missing.slice(index, index + AT_ONCE)) await this.#take(id, seq);
      await sleep(this.#deps.clock, 0, signal);
    }
  }

  async #takeExtra(all: PlatformAccount['extra'], signal: AbortSignal): Promise<void> {
    for (let index = 0; index < all.length; index += AT_ONCE) {
      const some = all.slice(index, index + AT_ONCE).map(
        ({ message, key, recordId }): Finding => ({
          ...{ found: 'extra', message, kind: 'record', key: key === '' ? null : key, draft_id: '' },
          ...{ journal_seq: null, at_ms: null, reason: recordId },
        }),
      );
      this.#findings.add(some);
      await sleep(this.#deps.clock, 0, signal);
    }
  }

  async #take(id: string, seq: number): Promise<void> {
    const { store, photos } = this.#deps;
    const [event] = store.read.journal.after(seq - 1, 1);
    const draft = event && this.#project(event).find((each) => each.id === id);
    if (!event || !draft) return;
    const { from, to, startedAt } = this.#run;
    const row = store.read.outbox.ofDraft(this.#platform.id, id);
    // It arrived while the day was being compared: whatever was found then, it is no difference any more.
    if (row?.state === STATES.delivered && (row.done_at_ms ?? 0) >= startedAt) return;
    const covered = store.read.outboxReceipts.covers(this.#platform.id, seq);
    const status = row ? statusOf(row.state) : covered ? 'delivered' : 'missing';
    const found = status === 'delivered' ? 'lost' : status;
    const finding: Finding = {
      ...{ found, message: draft.message, kind: draft.kind, key: draft.key, draft_id: id },
      ...{ journal_seq: seq, at_ms: event.at, reason: row?.last_error ?? null },
    };
    const there = await stillThere(finding, event, photos);
    // What the journal wrote down that day is found already, unless it counted as delivered.
    if (event.at < from || event.at >= to) this.#findings.add([there]);
    else if (found === 'lost') this.#findings.replaceDelivered(there);
  }

  /** What cannot be read stands in the run by itself. */
  #project(event: JournalEvent): readonly OutboxDraft[] {
    try {
      return this.#platform.project(event);
    } catch {
      return [];
    }
  }
}
