import { OutboxHub } from '../../../electron/station/outbox/hub.ts';
import { Reconciliations } from '../../../electron/station/outbox/reconciliations.ts';
import type { DailyCheck, DayCheck, OutboxDraft } from '../../../electron/station/platforms/platform.ts';
import { Alarms } from '../../../electron/station/runtime/alarms.ts';
import { NotTold } from '../../../electron/station/runtime/errors.ts';
import { SystemIds } from '../../../electron/station/runtime/ids.ts';
import type { OutboxRun } from '../../../electron/station/store/outbox-run-store.ts';
import { answerer } from '../../../electron/station/store/reader/answer.ts';
import { differencePageSchema, outboxSpanSchema } from '../../../electron/station/store/reader/outbox-figures.ts';
import type { JournalEvent } from '../../../shared/domain/events.ts';
import type { PlatformId } from '../../../shared/domain/site.ts';
import { parseShanghaiDateTime, shanghaiDate } from '../../../shared/domain/time.ts';
import { entered } from '../../support/events.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { DELIVERED, ScriptedPlatform } from '../../support/scripted-platform.ts';
import { memoryLog } from '../../support/silent-log.ts';
import { tempStore } from '../../support/temp-store.ts';

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const USER = { kind: 'user', name: '老陈' } as const;
export const midnight = (day: string): number => parseShanghaiDateTime(`${day} 00:00:00`) ?? 0;

/** A platform that keeps books of what it was sent, by the day of the event, and can be made to lose and to invent. */
export class BookPlatform extends ScriptedPlatform {
  readonly books = new Map<string, string>();
  daily: DailyCheck = { atMinute: 60, retryMs: 600_000, repair: true };
  /** Why it does not tell its figures; empty: it does. */
  silent = '';
  /** Days whose figures it refuses to tell, and the reason. */
  readonly refuses = new Map<string, string>();
  asked: string[] = [];

  override readonly id: PlatformId;

  constructor(id: PlatformId = 'qingdao') {
    super();
    this.id = id;
    this.answer = ({ id }) => {
      this.books.set(id, 'sent');
      return DELIVERED;
    };
  }

  override project(event: JournalEvent): readonly OutboxDraft[] {
    return super.project(event).map((draft) => ({ ...draft, body: { id: draft.id, at: event.at } }));
  }

  checkDay(day: string): DayCheck {
    const ours: OutboxDraft[] = [];
    return {
      add: (draft) => {
        const { at } = draft.body as { at: number };
        if (shanghaiDate(at) === day) ours.push(draft);
      },
      ask: async () => {
        this.asked.push(day);
        if (this.silent !== '') throw new Error(this.silent);
        const refusal = this.refuses.get(day);
        if (refusal !== undefined) throw new NotTold(refusal);
        const missing = ours.filter(({ id }) => !this.books.has(id)).map(({ id }) => id);
        const extra = [...this.books]
          .filter(([, planted]) => planted === day)
          .map(([key]) => ({ message: 'vehicle-entered', key, recordId: `r-${key}` }));
        const count = ours.length - missing.length + extra.length;
        const figure = { message: 'vehicle-entered', ours: { count: ours.length, amountFen: null } };
        const theirs = { count, amountFen: null };
        return { figures: [{ ...figure, theirs, agrees: count === ours.length }], missing, extra, note: '' };
      },
    };
  }

  forget(prefix = ''): void {
    for (const id of this.books.keys()) if (id.startsWith(prefix)) this.books.delete(id);
  }

  /** A record of a day that nobody here ever sent. */
  plant(key: string, day: string): void {
    this.books.set(key, day);
  }
}

/** A store on the disk, a sender and its comparisons, over a clock that the test owns. */
export class CheckRig {
  readonly clock: FakeClock;
  readonly temp;
  readonly platform = new BookPlatform();
  readonly other = new BookPlatform('shenzhen');
  readonly told: string[] = [];
  readonly alarms: Alarms;
  readonly pictures = new Set<string>();
  readonly log = memoryLog();
  stopping = new AbortController();
  hub: OutboxHub;
  runs: Reconciliations;

  private constructor(wall: number) {
    this.clock = new FakeClock(wall);
    this.temp = tempStore(this.clock);
    this.alarms = new Alarms(
      () => this.clock.now(),
      ({ code, subject }, cleared) => this.told.push(`${cleared ? '-' : '+'}${code} ${subject}`),
    );
    [this.hub, this.runs] = this.#open();
  }

  static async open(wall: number): Promise<CheckRig> {
    const rig = new CheckRig(wall);
    await rig.hub.start();
    return rig;
  }

  #open(): [OutboxHub, Reconciliations] {
    const { clock, alarms, log } = this;
    const { store, db } = this.temp;
    const base = { store, clock, log };
    const hub = new OutboxHub({
      ...{ ...base, alarms, entropy: { random: () => 1 }, platforms: [this.platform, this.other], afterCrash: false },
    });
    const ask = answerer(db);
    const runs = new Reconciliations({
      ...{ ...base, hub, ids: new SystemIds(clock), stopping: this.stopping.signal },
      reader: {
        outboxSpan: async (from, to) => outboxSpanSchema.parse(ask({ what: 'outbox-span', from, to }, () => undefined)),
      },
      photos: { has: async (id) => this.pictures.has(id) },
    });
    return [hub, runs];
  }

  enter(...uids: string[]): void {
    for (const uid of uids) this.temp.store.write((tx) => tx.record(entered(uid)));
  }

  /** From then on as after a new start. */
  async restart(): Promise<void> {
    await this.stop();
    this.stopping = new AbortController();
    [this.hub, this.runs] = this.#open();
    await this.hub.start();
  }

  async compare(day: string): Promise<OutboxRun> {
    const from = midnight(day);
    const { id } = this.runs.start({ platform: 'qingdao', purpose: 'check', from, to: from + DAY }, USER);
    while (this.runs.get(id).state === 'running') await this.clock.advance(50);
    return this.runs.get(id);
  }

  async mend(run: OutboxRun, found: ('missing' | 'lost' | 'refused')[] = ['missing', 'lost']) {
    const done = this.runs.repair(run.id, { found, after: 0 }, USER);
    await this.clock.advance(3000);
    return await done;
  }

  differences(run: OutboxRun) {
    const request = { what: 'outbox-differences', runId: run.id, offset: 0, limit: 100 } as const;
    return differencePageSchema.parse(answerer(this.temp.db)(request, () => undefined)).items;
  }

  rowOf(draftId: string) {
    return this.temp.store.read.outbox.ofDraft('qingdao', draftId);
  }

  async stop(): Promise<void> {
    this.stopping.abort(new Error('the station is stopping'));
    const stopped = this.hub.stop();
    await this.clock.advance(3000);
    await stopped;
  }

  async close(): Promise<void> {
    await this.stop();
    this.temp.dispose();
  }
}
