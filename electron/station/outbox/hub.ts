import type { Why } from '../../../shared/contract/outbox.ts';
import type { Actor, JournalEvent } from '../../../shared/domain/events.ts';
import { type PlatformId, platformIdSchema } from '../../../shared/domain/site.ts';
import { type EpochMs, parseShanghaiDateTime, shanghaiDate } from '../../../shared/domain/time.ts';
import type { MessageWords, OutboxDraft, OutboxPlace, Platform } from '../platforms/platform.ts';
import type { Alarms } from '../runtime/alarms.ts';
import { errorText, NotFoundError } from '../runtime/errors.ts';
import type { Cancel, Clock, Entropy, Log } from '../runtime/ports.ts';
import type { OutboxCounts, OutboxRow, OutboxState } from '../store/outbox-store.ts';
import type { Store } from '../store/store.ts';
import { ageMessages } from './ageing.ts';
import { Dispatcher } from './dispatcher.ts';
import { keepDuty } from './duty-rounds.ts';
import { forgetAttempts } from './forget.ts';
import { about, demandOpen, demandUnsent, isOpen, maySend, STATES } from './states.ts';
import { watchUplinks } from './uplinks.ts';
import { whyWaiting } from './why.ts';

/** What is on its way at the end may take this long to arrive; then it is cut off and sent again after the next start. */
const GRACE_MS = 2000;
/** Under this name stands the newest message that existed when the last crash was found. */
const PERHAPS_SENT = 'outbox-perhaps-sent';
/** Duties begin this long after the start: first the lanes, then the news. */
const FIRST_DUTY_MS = 1000;
const CHANGES_EVERY_MS = 200;
const COUNTS_FOR_MS = 1000;

export interface HubDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly alarms: Alarms;
  readonly platforms: readonly Platform[];
  /** The last run ended in a crash: what waits may have been sent already. */
  readonly afterCrash: boolean;
}

export interface LinkStatus {
  readonly platform: Platform;
  readonly state: 'unknown' | 'online' | 'offline';
  readonly detail: string;
  readonly lastSuccessAt: EpochMs | null;
  readonly lastFailureAt: EpochMs | null;
  /** Why the journal cannot be turned into messages at present; null when it can. */
  readonly stuck: string | null;
  readonly counts: OutboxCounts;
}

/** All platforms' senders and their periodic duties. One platform's trouble never touches another's, nor the lanes. */
export class OutboxHub {
  readonly #deps: HubDeps;
  readonly #dispatchers = new Map<PlatformId, Dispatcher>();
  readonly #cancels: Cancel[] = [];
  readonly #abort = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #counts = new Map<PlatformId, { readonly at: number; readonly counts: LinkStatus['counts'] }>();
  readonly #stuckOver = new Map<PlatformId, string>();
  #pending: Cancel | undefined;

  constructor(deps: HubDeps) {
    this.#deps = deps;
    // Kept on disk: a message can wait through any number of clean starts after the crash that cut it off.
    if (deps.afterCrash) deps.store.write((tx) => tx.meta.put(PERHAPS_SENT, String(tx.outbox.maxId())));
    const perhapsSentUpTo = Number(deps.store.read.meta.get(PERHAPS_SENT) ?? 0);
    for (const platform of deps.platforms)
      this.#dispatchers.set(
        platform.id,
        new Dispatcher({
          ...deps,
          platform,
          perhapsSentUpTo,
          changed: () => this.#changed(),
          refused: () => this.#refused(platform),
          linkChanged: (up, reason) => {
            if (platform.status().uplink === undefined) this.#linkChanged(platform, up, reason);
          },
          stuck: (reason) => this.#stuck(platform, reason),
        }),
      );
  }

  async start(): Promise<void> {
    this.#cancels.push(this.#deps.store.onCommitted(() => this.#pump()));
    this.#cancels.push(forgetAttempts(this.#deps));
    this.#cancels.push(ageMessages(this.#deps));
    const told = this.#linkChanged.bind(this);
    this.#cancels.push(watchUplinks({ ...this.#deps, changed: told }));
    for (const platform of this.#deps.platforms) {
      await platform.start();
      // Alarms live in memory: what was refused before the start still waits for a person.
      if (this.#deps.store.read.outbox.counts(platform.id, 0).refused > 0) this.#refused(platform);
      for (const duty of platform.duties)
        this.#cancels.push(
          keepDuty(duty, {
            clock: this.#deps.clock,
            firstMs: FIRST_DUTY_MS,
            run: async () => this.#dispatchers.get(platform.id)?.observe(await duty.run(this.#abort.signal)),
            onError: (error) =>
              this.#deps.log.error('a duty failed', {
                platform: platform.id,
                duty: duty.name,
                error: errorText(error),
              }),
          }),
        );
    }
    this.#pump();
  }

  async stop(): Promise<void> {
    for (const cancel of this.#cancels) cancel();
    this.#pending?.();
    this.#abort.abort(new Error('the station is stopping'));
    await Promise.all([...this.#dispatchers.values()].map((dispatcher) => dispatcher.stop(GRACE_MS)));
    for (const platform of this.#deps.platforms)
      await platform
        .stop()
        .catch((error: unknown) =>
          this.#deps.log.warn('a platform did not stop cleanly', { platform: platform.id, error: errorText(error) }),
        );
  }

  /** A car may be coming: for a moment hardly anything is sent. Cheap, however often it is called. */
  makeWay(): void {
    for (const dispatcher of this.#dispatchers.values()) dispatcher.makeWay();
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Stores messages that no event of ours caused, e.g. the confirmation of a notice, all or none. They stand behind the newest row of the journal,
   * and a receipt over that one says nothing about it.
   */
  enqueue(platform: PlatformId, drafts: OutboxDraft | readonly OutboxDraft[], place: OutboxPlace = {}): void {
    const { store, clock } = this.#deps;
    const { before, instead } = place;
    const actor: Actor = { kind: 'platform', name: platform };
    const replaced = store.write((tx) => {
      const behind = before === undefined ? undefined : tx.outbox.get(before);
      const seq = behind === undefined ? tx.journal.last().seq : behind.journal_seq - 1;
      for (const draft of [drafts].flat()) tx.outbox.insert(platform, draft, seq, clock.now(), true);
      const rows = (instead?.ids ?? [])
        .flatMap((id) => tx.outbox.get(id) ?? [])
        .filter((row) => row.platform === platform && row.state === STATES.refused);
      for (const row of rows) {
        tx.outbox.setState(row.id, STATES.discarded, clock.now());
        tx.record(about(row, actor, instead?.reason ?? ''));
      }
      return rows;
    });
    const sender = this.#dispatchers.get(platform);
    for (const { id } of replaced) sender?.discarded(id);
    if (replaced.length > 0) this.#clearRefusedAlarm(platform);
    sender?.pump();
  }

  /** The platform can be reached again, or wants these at last: what rests of its messages of this name goes now. */
  hurry(platform: PlatformId, message: string): void {
    this.#dispatchers.get(platform)?.hurryAll(message);
  }

  links(): LinkStatus[] {
    const now = this.#deps.clock.now();
    const startOfDay = parseShanghaiDateTime(`${shanghaiDate(now)} 00:00:00`) ?? now;
    return this.#deps.platforms.map((platform) => {
      const link = this.#dispatchers.get(platform.id)?.link;
      return {
        platform,
        ...(platform.status().uplink ?? { state: link?.state ?? 'unknown', detail: link?.detail ?? '' }),
        lastSuccessAt: link?.lastSuccessAt ?? null,
        lastFailureAt: link?.lastFailureAt ?? null,
        stuck: this.#stuckOver.get(platform.id) ?? null,
        counts: this.#countsOf(platform.id, startOfDay),
      };
    });
  }

  /** When a waiting message is tried again; `null` when nothing holds it back. */
  nextAttemptAt(row: OutboxRow): EpochMs | null {
    const wait = this.#dispatcherOf(row)?.nextAttemptIn(row.id) ?? null;
    return wait === null ? null : this.#deps.clock.now() + wait;
  }

  /** Why it has not left; null when it has, or was given up. */
  why(row: OutboxRow): Why | null {
    return whyWaiting(row, this.#dispatcherOf(row), this.#deps.store.read.outbox, this.#deps.clock.now());
  }

  /** Sends a message now that waits, was refused or was given up. What was discarded or delivered stays as it is. */
  retry(id: number, actor: Actor): OutboxRow {
    demandUnsent(this.#row(id));
    this.#handle([id], STATES.waiting, actor, null, (sender) => sender.hurry(id), maySend);
    return this.#row(id);
  }

  /** The same for some at once, in one transaction; those that are done with are passed over. @returns how many. */
  retryAll(ids: readonly number[], actor: Actor): number {
    return this.#handle(ids, STATES.waiting, actor, null, (sender, id) => sender.hurry(id));
  }

  /** Gives a message up, with a reason. The rest of its stay moves on, unless it is given up `together` with it. */
  discard(id: number, reason: string, actor: Actor, together = false): OutboxRow {
    const row = this.#row(id);
    demandOpen(row);
    const more = together ? this.#deps.store.read.outbox.dependents(id).map((later) => later.id) : [];
    this.discardAll([id, ...more], reason, actor);
    return this.#row(id);
  }

  discardAll(ids: readonly number[], reason: string, actor: Actor): number {
    return this.#handle(ids, STATES.discarded, actor, reason, (sender, id) => sender.discarded(id));
  }

  /** What a person decided about messages that are not out, each with its own line in the journal. */
  #handle(
    ids: readonly number[],
    state: OutboxState,
    actor: Actor,
    discardedFor: string | null,
    afterwards: (sender: Dispatcher, id: number) => void,
    concerns: (row: OutboxRow) => boolean = isOpen,
  ): number {
    const { store, clock } = this.#deps;
    const done = store.write((tx) => {
      const rows = ids.flatMap((id) => tx.outbox.get(id) ?? []).filter(concerns);
      for (const row of rows) {
        tx.outbox.setState(row.id, state, state === STATES.discarded ? clock.now() : null);
        tx.record(about(row, actor, discardedFor));
      }
      return rows;
    });
    for (const row of done) {
      const sender = this.#dispatcherOf(row);
      if (sender) afterwards(sender, row.id);
    }
    for (const platform of new Set(done.map((row) => row.platform))) this.#clearRefusedAlarm(platform);
    return done.length;
  }

  /** Sends once more what was delivered and the platform does not have any more; nothing that came after it. @returns how many. */
  resend(ids: readonly number[], actor: Actor): number {
    const { store } = this.#deps;
    const done = store.write((tx) => {
      const rows = ids.flatMap((id) => tx.outbox.get(id) ?? []).filter(({ state }) => state === STATES.delivered);
      for (const row of rows) {
        tx.outbox.setState(row.id, STATES.waiting, null);
        tx.record(about(row, actor, null));
      }
      return rows;
    });
    for (const row of done) this.#dispatcherOf(row)?.hurry(row.id);
    this.#counts.clear();
    this.#changed();
    return done.length;
  }

  /** A platform that runs; its projection is pure. */
  platform(id: PlatformId): Platform | undefined {
    return this.#deps.platforms.find((platform) => platform.id === id);
  }

  /** What a platform calls its message and the fields of it. */
  wordsOf({ platform, message }: Pick<OutboxRow, 'platform' | 'message'>): MessageWords | undefined {
    const known = this.#deps.platforms.find(({ id }) => id === platform);
    return known?.words?.find(({ name }) => name === message);
  }

  titleOf(platform: PlatformId, message: string): string {
    return this.wordsOf({ platform, message })?.title ?? '';
  }

  /**
   * Stores messages that ought to have been there; one that is there already stays as it is. `again`: also where it was delivered so long
   * ago that only a receipt tells of it. @returns how many are new.
   */
  insertAll(
    platform: PlatformId,
    missing: readonly { readonly draft: OutboxDraft; readonly event: Pick<JournalEvent, 'seq' | 'at'> }[],
    again = false,
  ): number {
    const inserted = this.#deps.store.write((tx) => {
      let count = 0;
      for (const { draft, event } of missing)
        if (tx.outbox.insert(platform, draft, event.seq, event.at, again)) count += 1;
      return count;
    });
    this.#dispatchers.get(platform)?.pump();
    this.#changed();
    return inserted;
  }

  #row(id: number): OutboxRow {
    const row = this.#deps.store.read.outbox.get(id);
    if (!row) throw new NotFoundError('没有这条消息');
    return row;
  }

  #dispatcherOf(row: OutboxRow): Dispatcher | undefined {
    const id = platformIdSchema.safeParse(row.platform);
    return id.success ? this.#dispatchers.get(id.data) : undefined;
  }

  #pump(): void {
    for (const dispatcher of this.#dispatchers.values()) dispatcher.pump();
  }

  /** At most a few times a second: a backlog that drains changes something with every message. */
  #changed(): void {
    this.#pending ??= this.#deps.clock.after(CHANGES_EVERY_MS, () => {
      this.#pending = undefined;
      for (const listener of this.#listeners) listener();
    });
  }

  #refused(platform: Platform): void {
    const detail = `${platform.title}：有消息被拒，需要人工处理`;
    this.#deps.alarms.raise({ code: 'message-refused', subject: platform.id, detail, severity: 'warning' });
  }

  #stuck(platform: Platform, reason: string | null): void {
    if (reason === null) this.#stuckOver.delete(platform.id);
    else this.#stuckOver.set(platform.id, reason);
    if (reason === null) this.#deps.alarms.clear('outbox-stuck', platform.id);
    else
      this.#deps.alarms.raise({
        code: 'outbox-stuck',
        subject: platform.id,
        detail: `${platform.title}：流水无法转为上传消息，新记录暂不上传：${reason}`,
        severity: 'alarm',
      });
  }

  #clearRefusedAlarm(platform: string): void {
    this.#counts.clear();
    if (!this.links().some((link) => link.platform.id === platform && link.counts.refused > 0))
      this.#deps.alarms.clear('message-refused', platform);
    this.#changed();
  }

  /** Counting a long backlog takes milliseconds, so a count serves for a second. */
  #countsOf(platform: PlatformId, since: EpochMs): LinkStatus['counts'] {
    const now = this.#deps.clock.monotonic();
    const known = this.#counts.get(platform);
    if (known && now - known.at < COUNTS_FOR_MS) return known.counts;
    const counts = this.#deps.store.read.outbox.counts(platform, since);
    this.#counts.set(platform, { at: now, counts });
    return counts;
  }

  #linkChanged(platform: Platform, up: boolean, reason: string): void {
    if (up) this.#deps.alarms.clear('platform-offline', platform.id);
    else
      this.#deps.alarms.raise({
        code: 'platform-offline',
        subject: platform.id,
        detail: `${platform.title}：${reason}`,
        severity: 'warning',
      });
    this.#changed();
  }
}
