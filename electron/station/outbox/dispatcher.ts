import type { Delivery, Platform } from '../platforms/platform.ts';
import { errorText } from '../runtime/errors.ts';
import type { Cancel, Clock, Entropy, Log } from '../runtime/ports.ts';
import type { KeptAttempt } from '../store/outbox-attempt-store.ts';
import type { OutgoingRow } from '../store/outbox-store.ts';
import type { Store } from '../store/store.ts';
import { Acknowledger } from './acknowledger.ts';
import { Ahead } from './ahead.ts';
import { AttemptKeeper } from './attempts.ts';
import { pauseAfter } from './backoff.ts';
import { Link } from './link.ts';
import { Pauses } from './pauses.ts';
import { Picker } from './picker.ts';
import { Projector } from './projector.ts';
import { STATES, whatIsLeft } from './states.ts';
import { UnderWay } from './under-way.ts';

const PHOTOS_AT_ONCE = 2;
const BULK_AT_ONCE = 2;
/** From the first byte of a camera's push, with a picture over a slow line, to the arm's command. */
const MAKE_WAY_MS = 60;

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
 * record can, and bulk beside records, in places of its own. Pauses live in memory and on the monotonic clock, so no change of the wall clock can hide a message: after a
 * restart everything waiting is simply due.
 */
export class Dispatcher {
  readonly #deps: DispatcherDeps;
  readonly #projector: Projector;
  readonly #link: Link;
  readonly #acks: Acknowledger;
  readonly #keeper: AttemptKeeper;
  readonly #inFlight = new UnderWay();
  readonly #ahead: Ahead;
  readonly #pauses: Pauses;
  readonly #picker: Picker;
  readonly #stop = new AbortController();
  #wake: Cancel | undefined;
  #wakeAt = Number.POSITIVE_INFINITY;
  /** The message that the link last failed with: the next probe is another, where there is one. */
  #lastProbe = 0;
  #wayUntil = 0;
  #turning = false;
  /** The journal may have grown since it was last read. */
  #news = false;
  #stopping = false;
  #stopped = false;

  constructor(deps: DispatcherDeps) {
    this.#deps = deps;
    this.#projector = new Projector(deps.store, deps.platform);
    this.#pauses = new Pauses(deps.clock);
    this.#link = new Link(deps.clock, deps.entropy, deps.platform.retry);
    this.#ahead = new Ahead({ ...deps, outbox: deps.store.read.outbox });
    this.#keeper = new AttemptKeeper(deps.platform.secrets);
    this.#acks = new Acknowledger({ ...deps, flushed: () => this.#flushed() });
    this.#picker = new Picker({
      outbox: deps.store.read.outbox,
      platform: deps.platform.id,
      taken: (id) => this.#inFlight.has(id) || this.#acks.has(id),
      busy: (kind, key) => this.#inFlight.isBusy(kind, key),
      notBefore: (id) => this.#pauses.until(id),
    });
  }

  get link(): Link {
    return this.#link;
  }

  /** Projects what is new and sends what may go. Cheap to call; runs later, never inside the caller's transaction. */
  pump(): void {
    this.#news = true;
    this.#picker.appended();
    this.#turn();
  }

  /** One at a time for a moment: sixteen answers in one turn make everybody else's turn late by as much. */
  makeWay(): void {
    this.#wayUntil = this.#deps.clock.monotonic() + MAKE_WAY_MS;
  }

  /** How many more may leave now. Bulk takes no place of a record: a platform that is slow to take it holds no car back. */
  #room(): number {
    const { clock, platform } = this.#deps;
    const wait = this.#wayUntil - clock.monotonic();
    if (this.#link.state !== 'offline' && wait <= 0)
      return platform.concurrency - (this.#inFlight.size - this.#inFlight.count('bulk'));
    if (wait > 0) this.#wakeIn(wait);
    return 1 - this.#inFlight.size;
  }

  /** What was looked at already may have become free. */
  #afresh(): void {
    this.#picker.restart();
    this.#turn();
  }

  #flushed(): void {
    this.#picker.onceMore();
    this.#turn();
  }

  /** One turn at a time, between those of everybody else on this thread. */
  #turn(): void {
    if (this.#stop.signal.aborted || this.#turning) return;
    this.#turning = true;
    setImmediate(() => {
      this.#turning = false;
      if (this.#stop.signal.aborted) return;
      // An event that cannot be turned into messages must not keep those back that are messages already.
      if (this.#news) this.#guarded(() => this.#project());
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
      this.#news = this.#projector.run();
      this.#picker.appended();
      if (this.#news) this.#turn();
    } catch (error) {
      this.#deps.stuck(errorText(error));
      throw error;
    }
    this.#deps.stuck(null);
  }

  /** Lets a message go now, whatever pause it was given. */
  hurry(id: number): void {
    this.#pauses.release(id);
    this.#afresh();
  }

  /** The same for all messages of a name. */
  hurryAll(message: string): void {
    this.#pauses.releaseAll(message);
    this.#afresh();
  }

  /** A person discarded the message. */
  discarded(id: number): void {
    this.#pauses.forget(id);
    this.#afresh();
  }

  nextAttemptIn(id: number): number | null {
    const at = this.#pauses.until(id);
    return at === 0 ? null : Math.max(0, at - this.#deps.clock.monotonic());
  }

  /** How it stands with a message at this moment. */
  look(id: number) {
    const since = this.#inFlight.since(id);
    return {
      sending: since !== undefined || this.#acks.has(id),
      since: since ?? null,
      pauseMs: this.nextAttemptIn(id),
      underWay: this.#inFlight.size,
      most: this.#deps.platform.concurrency,
    };
  }

  /** A duty of the platform (heartbeat, free spaces) tells how the link is, too. */
  observe(delivery: Delivery): void {
    if (delivery.kind === 'given-up' || (delivery.kind === 'retry' && delivery.againInMs !== undefined)) return;
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
    await Promise.race([this.#inFlight.allDone(), graceOver]);
    this.#stop.abort(new Error('the station is stopping'));
    // Whoever heeds the signal ends now; whoever does not is left behind and sent again after the next start.
    await Promise.race([this.#inFlight.allDone(), new Promise((resolve) => setImmediate(resolve))]);
    this.#wake?.();
    this.#stopped = true;
    this.#acks.close();
    this.#leaveBehind();
  }

  /** What was cut off may have arrived: the next start must know, or it takes "there already" for a refusal. */
  #leaveBehind(): void {
    if (this.#inFlight.size === 0) return;
    const { store, clock } = this.#deps;
    const error = 'cut off by the end of the program';
    const failure = { error, state: STATES.waiting, maybeDelivered: true, at: clock.now() };
    this.#guarded(() =>
      store.write((tx) => {
        for (const id of this.#inFlight.ids()) tx.outbox.markFailed(id, failure);
      }),
    );
  }

  #fill(): void {
    if (this.#stopping) return;
    const down = this.#link.state === 'offline';
    const room = this.#room();
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
    const sending = this.#next(room);
    for (const row of sending) this.#send(row);
    this.#lookAhead();
    if (this.#picker.unfinished) this.#turn();
    else if (sending.length < room) this.#onHold();
  }

  #lookAhead(): void {
    const { clock } = this.#deps;
    const wanted = this.#wayUntil > clock.monotonic() ? 0 : this.#ahead.wanted;
    if (wanted > 0) this.#ahead.tell(this.#picker.peek('record', wanted, clock.monotonic()));
  }

  /** Answers first, then records, then bulk; photos only when nothing else is on its way or could be. */
  #next(room: number): OutgoingRow[] {
    const now = this.#deps.clock.monotonic();
    const sending = this.#picker.pick('answer', room, now);
    sending.push(...this.#picker.pick('record', room - sending.length, now));
    const bulk = Math.min(room - sending.length, BULK_AT_ONCE - this.#inFlight.count('bulk'));
    sending.push(...this.#picker.pick('bulk', Math.max(0, bulk), now));
    const photosUnderWay = this.#inFlight.count('photo');
    if (sending.length > 0 || this.#picker.unfinished || photosUnderWay < this.#inFlight.size) return sending;
    return this.#picker.pick('photo', Math.min(room, PHOTOS_AT_ONCE - photosUnderWay), now);
  }

  /** Nothing more can go now. What rests is waited for; whatever waits only for a delivery to be written down need not. */
  #onHold(): void {
    const { clock, store, platform } = this.#deps;
    const waits = (key: string, id: number): boolean => store.read.outbox.waitsBehind(platform.id, key, id);
    if (this.#inFlight.size === 0 || this.#acks.holdsBack(waits)) this.#acks.flush();
    if (this.#picker.soonest < Number.POSITIVE_INFINITY) this.#wakeIn(this.#picker.soonest - clock.monotonic());
  }

  /** One message, to see whether the link is back; not the same again while there is another, for it may be that one's fault. */
  #probe(): void {
    const now = this.#deps.clock.monotonic();
    if (!this.#picker.unfinished) this.#picker.restart();
    const rows: OutgoingRow[] = [];
    for (const kind of ['answer', 'record', 'bulk', 'photo'] as const)
      if (rows.length < 2) rows.push(...this.#picker.pick(kind, 2, now));
    const row = rows.find(({ id }) => id !== this.#lastProbe) ?? rows[0];
    if (row) {
      this.#picker.restart();
      this.#send(row);
    } else if (this.#picker.unfinished) this.#turn();
    else this.#onHold();
  }

  #send(row: OutgoingRow): void {
    const { platform, clock } = this.#deps;
    const at = clock.now();
    this.#inFlight.begin(row, at);
    const began = clock.monotonic();
    const attempt = async (): Promise<Delivery> => await platform.send(this.#ahead.take(row), this.#stop.signal);
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
        this.#pauses.rest(row, platform.retry.firstMs);
        this.#picker.restart();
      })
      .finally(() => {
        this.#inFlight.end(row.id);
        this.#deps.changed();
        this.#turn();
      });
  }

  #settled(row: OutgoingRow, delivery: Delivery, attempt: KeptAttempt): void {
    if (this.#stopped) return;
    const { store, platform, entropy, clock } = this.#deps;
    if (delivery.kind === 'delivered') {
      this.#pauses.forget(row.id);
      this.#acks.add(row.id, { key: row.key, attempt });
      this.#recovered();
      this.#linkSucceeded();
      return;
    }
    const failure = { error: attempt.reason, at: clock.now(), ...whatIsLeft(delivery) };
    store.write((tx) => {
      tx.outbox.markFailed(row.id, failure);
      tx.outboxAttempts.put(row.id, attempt);
    });
    this.#picker.restart();
    if (delivery.kind !== 'retry') {
      this.#ended(row, delivery);
      return;
    }
    const says = this.#pauses.failed(row, delivery, pauseAfter(row.attempts + 1, platform.retry, entropy));
    if (says === 'up') this.#linkSucceeded();
    if (says !== 'down') return;
    if (delivery.scope === 'link') this.#lastProbe = row.id;
    this.#linkFailed(delivery.reason);
  }

  /** It never leaves again by itself. Only a refusal is for a person, and only a refusal was an answer. */
  #ended({ id, message }: OutgoingRow, { kind, reason }: Extract<Delivery, { readonly kind: 'refused' | 'given-up' }>) {
    const { platform, log } = this.#deps;
    this.#pauses.forget(id);
    if (kind === 'given-up') {
      log.info('a message was pushed in vain and is left for the platform to fetch', {
        ...{ platform: platform.id, message, id, reason },
      });
      return;
    }
    log.warn('a message was refused and waits for a person', { platform: platform.id, message, id, reason });
    this.#deps.refused();
    this.#linkSucceeded();
  }

  #recovered(): void {
    if (this.#pauses.succeeded()) this.#afresh();
  }

  #linkSucceeded(): void {
    if (!this.#link.succeeded()) return;
    this.#deps.linkChanged(true, '');
    this.#afresh();
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
      this.#news = true;
      this.#afresh();
    });
  }
}
