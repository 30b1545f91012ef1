import { Worker } from 'node:worker_threads';
import type { z } from 'zod';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../../runtime/ports.ts';
import { workerUrl } from '../../runtime/worker-url.ts';
import type { Found } from '../outbox-run-store.ts';
import {
  type BalanceRow,
  balanceRowsSchema,
  type ClassRow,
  classRowsSchema,
  type DayRows,
  type DeedRow,
  dayRowsSchema,
  deedRowsSchema,
  type Span,
} from '../report-rows.ts';
import { ReaderError } from './errors.ts';
import { type OccupancyRows, occupancySchema } from './occupancy.ts';
import {
  type DifferencePage,
  differencePageSchema,
  type OutboxFigures,
  type OutboxSpan,
  outboxFiguresSchema,
  outboxSpanSchema,
} from './outbox-figures.ts';
import {
  type ExitFilter,
  type ExitRecords,
  exitRecordsSchema,
  type InsideRecordFilter,
  type InsideRecords,
  insideRecordsSchema,
} from './record-search.ts';
import { type RegistryFilter, type RegistryTable, registryPages } from './registry-search.ts';
import {
  type DetailFilter,
  type DetailPage,
  detailPageSchema,
  type GroupFilter,
  type Groups,
  groupsSchema,
} from './report-detail.ts';
import {
  type ActCounts,
  type ActFilter,
  type ActPage,
  actCountsSchema,
  actPageSchema,
  type DoubtfulFilter,
  type DoubtfulPage,
  doubtfulPageSchema,
  type EndedFilter,
  type InsideFilter,
  type JournalFilter,
  type JournalPage,
  journalPageSchema,
  type OutboxCriteria,
  type OutboxFilter,
  type OutboxIds,
  type OutboxPage,
  outboxIdsSchema,
  outboxPageSchema,
  type ReaderRequest,
  replySchema,
  type StayFilter,
  type StayPage,
  stayPageSchema,
  staysSchema,
} from './requests.ts';

const TIMEOUT_MS = 10_000;
/** A search that was called off ends at its next slice; a thread that does not is given up. */
const LET_GO_MS = 2_000;
const MOST_WAITING = 32;
const RESTART_FIRST_MS = 200;
const RESTART_MOST_MS = 60_000;

export interface ReaderOptions {
  /** The database; it must exist, with the newest schema. */
  readonly file: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeoutMs?: number;
  /** Starts the thread; tests put one of their own here. */
  readonly thread?: (workerData: { readonly file: string; readonly calledOff: SharedArrayBuffer }) => Worker;
}

interface Call {
  readonly id: number;
  readonly request: ReaderRequest;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: ReaderError) => void;
  /** How often a thread was given this call. */
  tries: number;
  /** Whoever asked was already told that there is no answer. */
  over: boolean;
}

const startThread: NonNullable<ReaderOptions['thread']> = (workerData) =>
  new Worker(workerUrl('reader-worker', import.meta.url), { workerData });

/**
 * Searches that do not hold up a lane: they run on a thread of their own, one at a time, over a connection that only reads, and
 * see everything that was committed before they were asked. The thread starts with the first search: until then a start of the
 * station does not wait for it. When it dies it is started again after a growing pause; a search that it died over is asked once
 * more, because reading twice harms nobody.
 *
 * All methods reject with a {@link ReaderError}.
 */
export class Reader {
  readonly #options: ReaderOptions;
  readonly #flag = new Int32Array(new SharedArrayBuffer(4));
  readonly #waiting: Call[] = [];
  #thread: Worker | undefined;
  #running: Call | undefined;
  #ended: Promise<void> = Promise.resolve();
  #lastId = 0;
  #deaths = 0;
  /** Between a death and the next start. */
  #pausing = false;
  #stopped = false;
  #cancelRestart: Cancel = () => undefined;
  #cancelGiveUp: Cancel = () => undefined;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  stays(filter: StayFilter, signal?: AbortSignal): Promise<StayPage> {
    return this.#ask({ what: 'stays', filter }, stayPageSchema, signal);
  }

  /** Cars inside since before an instant, the oldest in front. */
  stale(before: number, filter: InsideFilter, signal?: AbortSignal): Promise<StayPage> {
    return this.#ask({ what: 'stale', before, ...filter }, stayPageSchema, signal);
  }

  /** Stays that ended in a time, in the order of their exits; ask again with `after` for more. */
  ended(filter: EndedFilter, signal?: AbortSignal): Promise<Stay[]> {
    return this.#ask({ what: 'ended', filter }, staysSchema, signal);
  }

  /** Cars inside that are in doubt, the oldest in front; doubts name lanes by their ids. */
  doubtful(filter: DoubtfulFilter, signal?: AbortSignal): Promise<DoubtfulPage> {
    return this.#ask({ what: 'doubtful', filter }, doubtfulPageSchema, signal);
  }

  /** Rows of the journal about what somebody may have to answer for, newest first. */
  acts(filter: ActFilter, signal?: AbortSignal): Promise<ActPage> {
    return this.#ask({ what: 'acts', filter }, actPageSchema, signal);
  }

  actCounts(span: Pick<ActFilter, 'from' | 'to'>, signal?: AbortSignal): Promise<ActCounts> {
    return this.#ask({ what: 'act-counts', from: span.from, to: span.to }, actCountsSchema, signal);
  }

  journal(filter: JournalFilter, signal?: AbortSignal): Promise<JournalPage> {
    return this.#ask({ what: 'journal', filter }, journalPageSchema, signal);
  }

  outbox(filter: OutboxFilter, signal?: AbortSignal): Promise<OutboxPage> {
    return this.#ask({ what: 'outbox', filter }, outboxPageSchema, signal);
  }

  /** The oldest messages that match, by their ids alone, and how many match. */
  outboxIds(filter: OutboxCriteria, limit: number, signal?: AbortSignal): Promise<OutboxIds> {
    return this.#ask({ what: 'outbox-ids', filter, limit }, outboxIdsSchema, signal);
  }

  outboxFigures(dayStart: number, now: number, signal?: AbortSignal): Promise<OutboxFigures> {
    return this.#ask({ what: 'outbox-figures', dayStart, now }, outboxFiguresSchema, signal);
  }

  outboxSpan(from: number, to: number, signal?: AbortSignal): Promise<OutboxSpan> {
    return this.#ask({ what: 'outbox-span', from, to }, outboxSpanSchema, signal);
  }

  outboxDifferences(
    runId: string,
    window: { readonly found?: Found | undefined; readonly offset: number; readonly limit: number },
    signal?: AbortSignal,
  ): Promise<DifferencePage> {
    return this.#ask({ what: 'outbox-differences', runId, ...window }, differencePageSchema, signal);
  }

  /** A page of a table of the registry. */
  registry<T extends RegistryTable>(
    table: T,
    filter: RegistryFilter,
    signal?: AbortSignal,
  ): Promise<z.output<(typeof registryPages)[T]>> {
    // Which page belongs to which table stands in the map; the compiler does not follow a key through it.
    const schema: z.ZodType = registryPages[table];
    return this.#ask(
      { what: 'registry', table, filter },
      schema as z.ZodType<z.output<(typeof registryPages)[T]>>,
      signal,
    );
  }

  /** All that a money report needs of a day, or of a shorter time; never ask for more, so that searches come in between. */
  reportDay(span: Span, signal?: AbortSignal): Promise<DayRows> {
    return this.#ask({ what: 'report', read: 'day', from: span.from, to: span.to }, dayRowsSchema, signal);
  }

  /** Cars inside over a day, hour by hour. */
  occupancy(span: Span, signal?: AbortSignal): Promise<OccupancyRows> {
    return this.#ask({ what: 'occupancy', from: span.from, to: span.to }, occupancySchema, signal);
  }

  /** The rows that a figure of a report is the sum of, the newest first. */
  reportRows(filter: DetailFilter, signal?: AbortSignal): Promise<DetailPage> {
    return this.#ask({ what: 'report-rows', filter }, detailPageSchema, signal);
  }

  /** The same rows added up by one of their columns, the largest sum first. */
  reportGroups(filter: GroupFilter, signal?: AbortSignal): Promise<Groups> {
    return this.#ask({ what: 'report-groups', filter }, groupsSchema, signal);
  }

  reportDeeds(span: Span, signal?: AbortSignal): Promise<DeedRow[]> {
    return this.#ask({ what: 'report', read: 'deeds', from: span.from, to: span.to }, deedRowsSchema, signal);
  }

  reportBalance(span: Span, signal?: AbortSignal): Promise<BalanceRow[]> {
    return this.#ask({ what: 'report', read: 'balance', from: span.from, to: span.to }, balanceRowsSchema, signal);
  }

  reportClasses(span: Span, signal?: AbortSignal): Promise<ClassRow[]> {
    return this.#ask({ what: 'report', read: 'classes', from: span.from, to: span.to }, classRowsSchema, signal);
  }

  /** A page of exits, in their order, and how many there are. */
  exitRecords(filter: ExitFilter, signal?: AbortSignal): Promise<ExitRecords> {
    return this.#ask({ what: 'exit-records', filter }, exitRecordsSchema, signal);
  }

  /** Every car inside that matches, the one that came first in front. */
  insideRecords(filter: InsideRecordFilter, signal?: AbortSignal): Promise<InsideRecords> {
    return this.#ask({ what: 'inside-records', filter }, insideRecordsSchema, signal);
  }

  /** Ends what is under way and closes the connection. Safe to call twice. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelRestart();
    const over = new ReaderError('unavailable', 'the station stops');
    for (const call of this.#waiting.splice(0)) call.reject(over);
    const running = this.#running;
    if (running) {
      Atomics.store(this.#flag, 0, running.id);
      running.reject(over);
    }
    // Unreferenced it would not keep the process alive until it has closed its connection.
    this.#thread?.ref();
    this.#thread?.postMessage('stop');
    const cancel = this.#options.clock.after(LET_GO_MS, () => void this.#thread?.terminate());
    await this.#ended;
    cancel();
    this.#cancelGiveUp();
  }

  async #ask<S extends z.ZodType>(request: ReaderRequest, schema: S, signal?: AbortSignal): Promise<z.output<S>> {
    if (this.#stopped) throw new ReaderError('unavailable', 'the station stops');
    if (signal?.aborted) throw new ReaderError('cancelled', 'nobody waits for the answer');
    if (this.#waiting.length >= MOST_WAITING) throw new ReaderError('busy', 'too many searches wait');
    const id = ++this.#lastId;
    let cancelTimeout: Cancel = () => undefined;
    let onAbort = (): void => undefined;
    try {
      const answer = await new Promise<unknown>((resolve, reject) => {
        const call: Call = { id, request, resolve, reject, tries: 0, over: false };
        onAbort = () => this.#callOff(call, new ReaderError('cancelled', 'nobody waits for the answer'));
        signal?.addEventListener('abort', onAbort, { once: true });
        cancelTimeout = this.#options.clock.after(this.#options.timeoutMs ?? TIMEOUT_MS, () =>
          this.#callOff(call, new ReaderError('timeout', 'the search took too long')),
        );
        this.#waiting.push(call);
        this.#next();
      });
      return schema.parse(answer);
    } finally {
      cancelTimeout();
      signal?.removeEventListener('abort', onAbort);
    }
  }

  #callOff(call: Call, reason: ReaderError): void {
    call.over = true;
    call.reject(reason);
    const at = this.#waiting.indexOf(call);
    if (at >= 0) this.#waiting.splice(at, 1);
    if (this.#running !== call) return;
    Atomics.store(this.#flag, 0, call.id);
    const thread = this.#thread;
    this.#cancelGiveUp();
    this.#cancelGiveUp = this.#options.clock.after(LET_GO_MS, () => {
      if (this.#running !== call || this.#thread !== thread) return;
      void thread?.terminate();
    });
  }

  #next(): void {
    if (this.#running || this.#stopped) return;
    if (!this.#thread) {
      if (!this.#pausing && this.#waiting.length > 0) this.#start();
      return;
    }
    const call = this.#waiting.shift();
    if (!call) {
      this.#thread.unref();
      return;
    }
    call.tries += 1;
    this.#running = call;
    this.#thread.ref();
    this.#thread.postMessage({ id: call.id, request: call.request });
  }

  #start(): void {
    this.#pausing = false;
    const { file, log } = this.#options;
    const thread = (this.#options.thread ?? startThread)({ file, calledOff: this.#flag.buffer });
    thread.unref();
    this.#thread = thread;
    let cause: unknown;
    thread.on('message', (message: unknown) => this.#onReply(message));
    thread.once('error', (error) => {
      cause = error;
    });
    this.#ended = new Promise((resolve) => {
      thread.once('exit', () => {
        this.#thread = undefined;
        if (!this.#stopped) {
          log.warn('search thread ended; it is started again', { error: cause === undefined ? '' : errorText(cause) });
          this.#afterDeath();
        }
        resolve();
      });
    });
    this.#next();
  }

  #onReply(message: unknown): void {
    const reply = replySchema.parse(message);
    const call = this.#running;
    if (call?.id !== reply.id) return;
    this.#running = undefined;
    this.#cancelGiveUp();
    this.#deaths = 0;
    if (reply.ok) call.resolve(reply.answer);
    else call.reject(new ReaderError('failed', reply.error));
    this.#next();
  }

  #afterDeath(): void {
    const call = this.#running;
    this.#running = undefined;
    this.#cancelGiveUp();
    if (call && call.tries < 2 && !call.over) this.#waiting.unshift(call);
    else call?.reject(new ReaderError('unavailable', 'the search thread ended twice over this'));
    const pause = Math.min(RESTART_MOST_MS, RESTART_FIRST_MS * 2 ** this.#deaths);
    this.#deaths += 1;
    this.#pausing = true;
    this.#cancelRestart = this.#options.clock.after(pause, () => this.#start());
  }
}
