import type { Delivery, Platform } from '../platforms/platform.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Entropy, Log } from '../runtime/ports.ts';
import type { OutboxRow } from '../store/outbox-store.ts';
import type { Store } from '../store/store.ts';
import { Acknowledger } from './acknowledger.ts';
import { pauseAfter } from './backoff.ts';
import { Link } from './link.ts';
import { Projector } from './projector.ts';

const PAGE = 64;
const PHOTOS_AT_ONCE = 2;
/** So many messages failed one after another that the platform as a whole was in trouble, not they. */
const MANY_TROUBLES = 3;

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
  readonly #inFlight = new Map<number, OutboxRow>();
  /** When a message that failed may be tried again, on the monotonic clock. */
  readonly #notBefore = new Map<number, number>();
  readonly #stop = new AbortController();
  readonly #idle = new Set<() => void>();
  #wake: Cancel | undefined;
  #pumping = false;
  #stopping = false;
  #stopped = false;
  /** Messages in a row that the platform answered with a failure of its own. */
  #troubles = 0;

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
    this.#projector = new Projector(deps.store, deps.platform);
    this.#link = new Link(deps.clock, deps.entropy, deps.platform.retry);
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
      try {
        if (this.#projector.run()) this.pump();
        this.#fill();
      } catch (error) {
        this.#deps.log.error('outbox stumbled', { platform: this.#deps.platform.id, error: errorText(error) });
        this.#wakeIn(1000);
      }
    });
  }

  /** Lets a message go now, whatever pause it was given. */
  hurry(id: number): void {
    this.#notBefore.delete(id);
    this.pump();
  }

  nextAttemptIn(id: number): number | null {
    const at = this.#notBefore.get(id);
    return at === undefined ? null : Math.max(0, at - this.#deps.clock.monotonic());
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
    this.#acks.flush();
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
    const answers = this.#pick('answer', room);
    const records = this.#pick('record', room - answers.length);
    const sending = [...answers, ...records];
    const photosUnderWay = this.#underWay('photo');
    if (sending.length === 0 && photosUnderWay === this.#inFlight.size)
      sending.push(...this.#pick('photo', Math.min(room, PHOTOS_AT_ONCE - photosUnderWay)));
    for (const row of sending) this.#send(row);
  }

  #underWay(kind: OutboxRow['kind']): number {
    let count = 0;
    for (const row of this.#inFlight.values()) if (row.kind === kind) count += 1;
    return count;
  }

  /** Up to `count` messages that may leave now, oldest first, at most one of each stay. */
  #pick(kind: OutboxRow['kind'], count: number): OutboxRow[] {
    const { store, clock, platform } = this.#deps;
    const now = clock.monotonic();
    const busy = new Set<string>();
    for (const row of this.#inFlight.values()) if (row.key !== null && row.kind === kind) busy.add(row.key);
    const picked: OutboxRow[] = [];
    let soonest = Number.POSITIVE_INFINITY;
    for (let after = 0; picked.length < count; ) {
      const page = store.read.outbox.ready(platform.id, kind, after, PAGE);
      for (const row of page) {
        if (picked.length >= count) break;
        if (this.#inFlight.has(row.id) || this.#acks.has(row.id) || (row.key !== null && busy.has(row.key))) continue;
        const notBefore = this.#notBefore.get(row.id) ?? 0;
        if (notBefore > now) {
          soonest = Math.min(soonest, notBefore);
          continue;
        }
        if (row.key !== null) busy.add(row.key);
        picked.push(row);
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
    this.#inFlight.set(row.id, row);
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
      .then((delivery) => this.#settled(row, delivery))
      .catch((error: unknown) => {
        this.#deps.log.error('the outcome of a message could not be stored', { id: row.id, error: errorText(error) });
        this.#notBefore.set(row.id, clock.monotonic() + platform.retry.firstMs);
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

  #settled(row: OutboxRow, delivery: Delivery): void {
    if (this.#stopped) return;
    const { store, platform, clock, entropy, log } = this.#deps;
    if (delivery.kind === 'delivered') {
      this.#notBefore.delete(row.id);
      this.#acks.add(row.id, this.#inFlight.size === 1);
      this.#recovered();
      this.#linkSucceeded();
      return;
    }
    const refused = delivery.kind === 'refused';
    const maybeDelivered = delivery.kind === 'retry' && !delivery.answered;
    store.write((tx) => tx.outbox.markFailed(row.id, { error: delivery.reason, refused, maybeDelivered }));
    if (refused) {
      log.warn('a message was refused and waits for a person', {
        platform: platform.id,
        message: row.message,
        id: row.id,
        reason: delivery.reason,
      });
      this.#notBefore.delete(row.id);
      this.#deps.refused();
      this.#linkSucceeded();
    } else if (delivery.scope === 'link') {
      this.#linkFailed(delivery.reason);
    } else {
      this.#troubles += 1;
      this.#notBefore.set(row.id, clock.monotonic() + pauseAfter(row.attempts + 1, platform.retry, entropy));
      this.#linkSucceeded();
    }
  }

  /** The platform took something again after failing on one thing after another: their pauses have lost their reason. */
  #recovered(): void {
    const released = this.#troubles >= MANY_TROUBLES;
    this.#troubles = 0;
    if (!released) return;
    this.#notBefore.clear();
    this.pump();
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

  #wakeIn(ms: number): void {
    this.#wake?.();
    this.#wake = this.#deps.clock.after(Math.max(1, ms), () => this.pump());
  }
}
