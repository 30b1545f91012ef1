import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Delivery, Platform } from '../platforms/platform.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Entropy, Log } from '../runtime/ports.ts';
import type { KeptAttempt } from '../store/outbox-attempt-store.ts';
import type { OutboxRow } from '../store/outbox-store.ts';
import type { Store } from '../store/store.ts';
import { Acknowledger } from './acknowledger.ts';
import { AttemptKeeper } from './attempts.ts';
import { pauseAfter } from './backoff.ts';
import { Link } from './link.ts';
import { Pauses } from './pauses.ts';
import { Projector } from './projector.ts';

const PAGE = 64;
const PHOTOS_AT_ONCE = 2;

export interface DispatcherDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly platform: Platform;
  /** Messages up to this id may have been on their way when the program last died. */
  readonly perhapsSentUpTo: number;
  /** Something that a person may see has changed. */
  readonly changed: () => void;
  /** A message was refused and waits for a person. */
  readonly refused: () => void;
  readonly linkChanged: (up: boolean, reason: string) => void;
  /** The journal cannot be turned into messages, and why; `null` when it can again. */
  readonly stuck: (reason: string | null) => void;
}

/**
 * The one sender of one platform. Order is per stay and by row id; different stays leave in parallel; photos go only when no
 * record can. Pauses live in memory and on the monotonic clock, so no change of the wall clock can hide a message: after a
 * restart everything waiting is simply due.
 */
export class Dispatcher {
  readonly #deps: DispatcherDeps;
  readonly #projector: Projector;
  readonly #link: Link;
  readonly #acks: Acknowledger;
  readonly #keeper: AttemptKeeper;
  readonly #inFlight = new Map<number, { readonly row: OutboxRow; readonly since: EpochMs }>();
  readonly #pauses: Pauses;
  readonly #stop = new AbortController();
  readonly #idle = new Set<() => void>();
  #wake: Cancel | undefined;
  #wakeAt = Number.POSITIVE_INFINITY;
  /** The message that the link last failed with: the next probe is another, where there is one. */
  #lastProbe = 0;
  #pumping = false;
  #stopping = false;
  #stopped = false;

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
    this.#projector = new Projector(deps.store, deps.platform);
    this.#pauses = new Pauses(deps.clock);
    this.#link = new Link(deps.clock, deps.entropy, deps.platform.retry);
    this.#keeper = new AttemptKeeper(deps.platform.secrets);
    this.#acks = new Acknowledger({ ...deps, flushed: () => this.pump() });
  }

  get link(): Link {
    return this.#link;
  }

  /** Projects what is new and sends what may go. Cheap to call; runs later, never inside the caller's transaction. */
  pump(): void {
    if (this.#stop.signal.aborted || this.#pumping) return;
    this.#pumping = true;
    setImmediate(() => {
      this.#pumping = false;
      if (this.#stop.signal.aborted) return;
      // An event that cannot be turned into messages must not keep those back that are messages already.
      this.#guarded(() => this.#project());
      this.#guarded(() => this.#fill());
    });
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#deps.log.error('outbox stumbled', { platform: this.#deps.platform.id, error: errorText(error) });
      this.#wakeIn(1000);
    }
  }

  #project(): void {
    try {
      if (this.#projector.run()) this.pump();
    } catch (error) {
      this.#deps.stuck(errorText(error));
      throw error;
    }
    this.#deps.stuck(null);
  }

  /** Lets a message go now, whatever pause it was given. */
  hurry(id: number): void {
    this.#pauses.release(id);
    this.pump();
  }

  /** A person gave the message up. */
  givenUp(id: number): void {
    this.#pauses.forget(id);
    this.pump();
  }

  nextAttemptIn(id: number): number | null {
    const at = this.#pauses.until(id);
    return at === 0 ? null : Math.max(0, at - this.#deps.clock.monotonic());
  }

  /** How it stands with a message at this moment. */
  look(id: number) {
    const sending = this.#inFlight.get(id);
    return {
      sending: sending !== undefined || this.#acks.has(id),
      since: sending?.since ?? null,
      pauseMs: this.nextAttemptIn(id),
      underWay: this.#inFlight.size,
      most: this.#deps.platform.concurrency,
    };
  }

  /** A duty of the platform (heartbeat, free spaces) tells how the link is, too. */
  observe(delivery: Delivery): void {
    if (delivery.kind === 'retry' && delivery.scope === 'link') {
      this.#linkFailed(delivery.reason);
      return;
    }
    if (delivery.kind === 'delivered') this.#recovered();
    this.#linkSucceeded();
  }

  /** Lets what is on its way end within `graceMs`, then cuts it off; afterwards nothing is sent and everything is written down. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    this.#wake?.();
    const graceOver = new Promise<void>((resolve) => {
      const cancel = this.#deps.clock.after(graceMs, resolve);
      this.#stop.signal.addEventListener('abort', cancel, { once: true });
    });
    await Promise.race([this.#allDone(), graceOver]);
    this.#stop.abort(new Error('the station is stopping'));
    // Whoever heeds the signal ends now; whoever does not is left behind and sent again after the next start.
    await Promise.race([this.#allDone(), new Promise((resolve) => setImmediate(resolve))]);
    this.#wake?.();
    this.#stopped = true;
    this.#acks.close();
    this.#leaveBehind();
  }

  /** What was cut off may have arrived: the next start must know, or it takes "there already" for a refusal. */
  #leaveBehind(): void {
    if (this.#inFlight.size === 0) return;
    const failure = { error: 'cut off by the end of the program', refused: false, maybeDelivered: true };
    this.#guarded(() =>
      this.#deps.store.write((tx) => {
        for (const id of this.#inFlight.keys()) tx.outbox.markFailed(id, failure);
      }),
    );
  }

  async #allDone(): Promise<void> {
    while (this.#inFlight.size > 0) await new Promise<void>((resolve) => this.#idle.add(resolve));
  }

  #fill(): void {
    if (this.#stopping) return;
    const { platform } = this.#deps;
    const down = this.#link.state === 'offline';
    const room = (down ? 1 : platform.concurrency) - this.#inFlight.size;
    if (room <= 0) return;
    const quiet = this.#link.wait();
    if (quiet > 0) {
      this.#wakeIn(quiet);
      return;
    }
    if (down) {
      this.#probe();
      return;
    }
    const answers = this.#pick('answer', room);
    const records = this.#pick('record', room - answers.length);
    const sending = [...answers, ...records];
    const photosUnderWay = this.#underWay('photo');
    if (sending.length === 0 && photosUnderWay === this.#inFlight.size)
      sending.push(...this.#pick('photo', Math.min(room, PHOTOS_AT_ONCE - photosUnderWay)));
    for (const row of sending) this.#send(row);
  }

  /** One message, to see whether the link is back; not the same again while there is another, for it may be that one's fault. */
  #probe(): void {
    const rows = [...this.#pick('answer', 2), ...this.#pick('record', 2)];
    if (rows.length < 2) rows.push(...this.#pick('photo', 2));
    const row = rows.find(({ id }) => id !== this.#lastProbe) ?? rows[0];
    if (row) this.#send(row);
  }

  #underWay(kind: OutboxRow['kind']): number {
    let count = 0;
    for (const { row } of this.#inFlight.values()) if (row.kind === kind) count += 1;
    return count;
  }

  /** Up to `count` messages that may leave now, oldest first, at most one of each stay. */
  #pick(kind: OutboxRow['kind'], count: number): OutboxRow[] {
    const { outbox } = this.#deps.store.read;
    return this.#choose(kind, count).flatMap((id) => outbox.get(id) ?? []);
  }

  #choose(kind: OutboxRow['kind'], count: number): number[] {
    const { store, clock, platform } = this.#deps;
    const now = clock.monotonic();
    const busy = new Set<string>();
    for (const { row } of this.#inFlight.values()) if (row.key !== null && row.kind === kind) busy.add(row.key);
    const picked: number[] = [];
    let soonest = Number.POSITIVE_INFINITY;
    for (let after = 0; picked.length < count; ) {
      const page = store.read.outbox.ready(platform.id, kind, after, PAGE);
      for (const row of page) {
        if (picked.length >= count) break;
        if (this.#inFlight.has(row.id) || this.#acks.has(row.id) || (row.key !== null && busy.has(row.key))) continue;
        const notBefore = this.#pauses.until(row.id);
        if (notBefore > now) {
          soonest = Math.min(soonest, notBefore);
          continue;
        }
        if (row.key !== null) busy.add(row.key);
        picked.push(row.id);
      }
      const last = page.at(-1);
      if (!last || page.length < PAGE) break;
      after = last.id;
    }
    if (soonest < Number.POSITIVE_INFINITY) this.#wakeIn(soonest - now);
    return picked;
  }

  #send(row: OutboxRow): void {
    const { platform, clock } = this.#deps;
    const at = clock.now();
    this.#inFlight.set(row.id, { row, since: at });
    const began = clock.monotonic();
    const attempt = async (): Promise<Delivery> => {
      const body: unknown = JSON.parse(row.body);
      const maybeDelivered = row.maybe_delivered === 1 || row.id <= this.#deps.perhapsSentUpTo;
      return await platform.send(
        { message: row.message, body, attempt: row.attempts + 1, maybeDelivered },
        this.#stop.signal,
      );
    };
    attempt()
      .catch((error: unknown): Delivery => {
        // A defect of ours, not of the platform: kept, shown, tried again, and never in the way of other stays.
        this.#deps.log.error('a message could not be built', {
          platform: platform.id,
          message: row.message,
          id: row.id,
          error: errorText(error),
        });
        return { kind: 'retry', scope: 'message', reason: errorText(error), answered: true };
      })
      .then((delivery) =>
        this.#settled(row, delivery, this.#keeper.keep(row.attempts + 1, at, clock.monotonic() - began, delivery)),
      )
      .catch((error: unknown) => {
        this.#deps.log.error('the outcome of a message could not be stored', { id: row.id, error: errorText(error) });
        this.#pauses.rest(row.id, platform.retry.firstMs);
      })
      .finally(() => {
        this.#inFlight.delete(row.id);
        if (this.#inFlight.size === 0) {
          for (const resolve of this.#idle) resolve();
          this.#idle.clear();
        }
        this.#deps.changed();
        this.pump();
      });
  }

  #settled(row: OutboxRow, delivery: Delivery, attempt: KeptAttempt): void {
    if (this.#stopped) return;
    const { store, platform, entropy, log } = this.#deps;
    if (delivery.kind === 'delivered') {
      this.#pauses.forget(row.id);
      this.#acks.add(row.id, attempt, this.#inFlight.size === 1);
      this.#recovered();
      this.#linkSucceeded();
      return;
    }
    const refused = delivery.kind === 'refused';
    const maybeDelivered = delivery.kind === 'retry' && !delivery.answered;
    store.write((tx) => {
      tx.outbox.markFailed(row.id, { error: attempt.reason, refused, maybeDelivered });
      tx.outboxAttempts.put(row.id, attempt);
    });
    if (refused) {
      log.warn('a message was refused and waits for a person', {
        platform: platform.id,
        message: row.message,
        id: row.id,
        reason: delivery.reason,
      });
      this.#pauses.forget(row.id);
      this.#deps.refused();
      this.#linkSucceeded();
      return;
    }
    const pause = pauseAfter(row.attempts + 1, platform.retry, entropy);
    if (delivery.scope === 'message') {
      if (this.#pauses.trouble(row.id, pause)) this.#linkFailed(delivery.reason);
      else this.#linkSucceeded();
    } else if (this.#pauses.failedAlone(row.id)) {
      // The platform stumbles over this message and takes others: it must not stand in their way for ever.
      this.#pauses.trouble(row.id, pause);
    } else {
      this.#lastProbe = row.id;
      this.#linkFailed(delivery.reason);
    }
  }

  #recovered(): void {
    if (this.#pauses.succeeded()) this.pump();
  }

  #linkSucceeded(): void {
    if (!this.#link.succeeded()) return;
    this.#deps.linkChanged(true, '');
    this.pump();
  }

  #linkFailed(reason: string): void {
    if (this.#stop.signal.aborted) return;
    if (this.#link.failed(reason)) this.#deps.linkChanged(false, reason);
    this.#wakeIn(this.#link.wait());
  }

  /** The earliest of all wishes counts: a long pause of one message must not outlast a short one of another. */
  #wakeIn(ms: number): void {
    const { clock } = this.#deps;
    const wait = Math.max(1, ms);
    if (clock.monotonic() + wait >= this.#wakeAt) return;
    this.#wake?.();
    this.#wakeAt = clock.monotonic() + wait;
    this.#wake = clock.after(wait, () => {
      this.#wakeAt = Number.POSITIVE_INFINITY;
      this.pump();
    });
  }
}
