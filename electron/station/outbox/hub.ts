import type { MessageStatus } from '../../../shared/contract/outbox.ts';
import type { Actor } from '../../../shared/domain/events.ts';
import { type PlatformId, platformIdSchema } from '../../../shared/domain/site.ts';
import { type EpochMs, parseShanghaiDateTime, shanghaiDate } from '../../../shared/domain/time.ts';
import type { OutboxDraft, Platform } from '../platforms/platform.ts';
import type { Alarms } from '../runtime/alarms.ts';
import { every } from '../runtime/clock.ts';
import { ConflictError, errorText, NotFoundError } from '../runtime/errors.ts';
import type { Cancel, Clock, Entropy, Log } from '../runtime/ports.ts';
import type { OutboxRow, OutboxState } from '../store/outbox-store.ts';
import type { Store } from '../store/store.ts';
import { Dispatcher } from './dispatcher.ts';

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
  readonly counts: {
    readonly waiting: number;
    readonly refused: number;
    readonly delivered: number;
    readonly oldest: EpochMs | null;
  };
}

/** All platforms' senders and their periodic duties. One platform's trouble never touches another's, nor the lanes. */
export class OutboxHub {
  readonly #deps: HubDeps;
  readonly #dispatchers = new Map<PlatformId, Dispatcher>();
  readonly #cancels: Cancel[] = [];
  readonly #abort = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #counts = new Map<PlatformId, { readonly at: number; readonly counts: LinkStatus['counts'] }>();
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
          linkChanged: (up, reason) => this.#linkChanged(platform, up, reason),
          stuck: (reason) => this.#stuck(platform, reason),
        }),
      );
  }

  async start(): Promise<void> {
    this.#cancels.push(this.#deps.store.onCommitted(() => this.#pump()));
    for (const platform of this.#deps.platforms) {
      await platform.start();
      // Alarms live in memory: what was refused before the start still waits for a person.
      if (this.#deps.store.read.outbox.counts(platform.id, 0).refused > 0) this.#refused(platform);
      for (const duty of platform.duties)
        this.#cancels.push(
          every(
            this.#deps.clock,
            duty.everyMs,
            async () => this.#dispatchers.get(platform.id)?.observe(await duty.run(this.#abort.signal)),
            (error) =>
              this.#deps.log.error('a duty failed', {
                platform: platform.id,
                duty: duty.name,
                error: errorText(error),
              }),
            FIRST_DUTY_MS,
          ),
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

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stores a message that no event of ours caused, e.g. the confirmation of a notice. It goes before records. */
  enqueue(platform: PlatformId, draft: OutboxDraft): void {
    const { store, clock } = this.#deps;
    store.write((tx) => tx.outbox.insert(platform, { ...draft, kind: 'answer' }, tx.journal.last().seq, clock.now()));
    this.#dispatchers.get(platform)?.pump();
  }

  links(): LinkStatus[] {
    const now = this.#deps.clock.now();
    const startOfDay = parseShanghaiDateTime(`${shanghaiDate(now)} 00:00:00`) ?? now;
    return this.#deps.platforms.map((platform) => {
      const link = this.#dispatchers.get(platform.id)?.link;
      return {
        platform,
        state: link?.state ?? 'unknown',
        detail: link?.detail ?? '',
        lastSuccessAt: link?.lastSuccessAt ?? null,
        lastFailureAt: link?.lastFailureAt ?? null,
        counts: this.#countsOf(platform.id, startOfDay),
      };
    });
  }

  /** When a waiting message is tried again; `null` when nothing holds it back. */
  nextAttemptAt(row: OutboxRow): EpochMs | null {
    const wait = this.#dispatcherOf(row)?.nextAttemptIn(row.id) ?? null;
    return wait === null ? null : this.#deps.clock.now() + wait;
  }

  /** Sends a waiting or refused message now. What was discarded or delivered stays as it is. */
  retry(id: number, actor: Actor): OutboxRow {
    const row = this.#row(id);
    if (row.state !== STATES.waiting && row.state !== STATES.refused)
      throw new ConflictError('already-done', '该消息已送达或已放弃');
    this.#deps.store.write((tx) => {
      tx.outbox.setState(id, STATES.waiting, null);
      tx.record(about(row, actor, 'message-retried'));
    });
    this.#dispatcherOf(row)?.hurry(id);
    this.#clearRefusedAlarm(row.platform);
    return this.#row(id);
  }

  /** Gives a message up, with a reason. The rest of its stay moves on. */
  discard(id: number, reason: string, actor: Actor): OutboxRow {
    const row = this.#row(id);
    if (row.state !== STATES.waiting && row.state !== STATES.refused)
      throw new ConflictError('already-done', '该消息已送达或已放弃');
    this.#deps.store.write((tx) => {
      tx.outbox.setState(id, STATES.discarded, this.#deps.clock.now());
      tx.record(about(row, actor, 'message-discarded', reason));
    });
    this.#dispatcherOf(row)?.givenUp(id);
    this.#clearRefusedAlarm(row.platform);
    return this.#row(id);
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

const STATES = { waiting: 0, delivered: 1, refused: 2, discarded: 3 } as const satisfies Record<
  MessageStatus,
  OutboxState
>;

/** The word for a stored state, and back. */
export const statusOf = (state: OutboxState): MessageStatus =>
  (['waiting', 'delivered', 'refused', 'discarded'] as const)[state];
export const stateOf = (status: MessageStatus): OutboxState => STATES[status];

function about(row: OutboxRow, actor: Actor, kind: 'message-retried' | 'message-discarded', reason = '') {
  const base = { key: row.key, laneId: null, passageId: null, actor };
  const message = { platform: row.platform, outboxId: row.id, message: row.message };
  return kind === 'message-retried'
    ? ({ ...base, kind, body: message } as const)
    : ({ ...base, kind, body: { ...message, reason } } as const);
}
