import type { JournalEvent } from '../../../../shared/domain/events.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { Refused } from '../define-message.ts';
import type { Answer } from './answer.ts';
import { Complaints } from './complaints.ts';
import { isUpName } from './config-wire.ts';
import type { ShenzhenWire } from './context.ts';
import { FIRST_WORD_MS } from './devices.ts';
import { isTaken, pauseMs, refusal } from './judge.ts';
import type { LineState } from './line-state.ts';
import { type BoardContext, Held, type NewestMessage } from './newest.ts';
import type { Uplink } from './uplink.ts';

/** One subject of one message, and how far the city knows it. Times are monotonic. */
interface Notice {
  readonly message: NewestMessage;
  readonly key: string;
  dueAt: number;
  /** What the city was told last, and took. */
  told: string | undefined;
  /** Something that was sent since may have arrived. */
  isDoubtful: boolean;
  /** In a row, of the same news. */
  failures: number;
  failedNews: string | undefined;
  isSending: boolean;
  /** When something of it was sent last. */
  endedAt: number;
}

const NEVER = Number.POSITIVE_INFINITY;

interface BoardDeps {
  readonly messages: readonly NewestMessage[];
  readonly context: BoardContext;
  readonly uplink: Uplink;
  readonly line: LineState;
}

/**
 * Tells the city how things are now: every subject at the start, then whatever changes, and by the clock what is to be heard of. Only the
 * newest of each leaves, few at once, the car park before its devices and these before what they tell. Nothing of it is stored: after a
 * restart everything is told again.
 */
export class Board {
  readonly #deps: BoardDeps;
  readonly #complaints: Complaints;
  readonly #notices = new Map<string, Notice>();
  readonly #stop = new AbortController();
  /** What is to be looked at once whoever committed is done. */
  readonly #unseen = new Map<NewestMessage, Set<string> | 'all'>();
  #cancels: Cancel[] = [];
  #wake: Cancel | undefined;
  #wakeAt = NEVER;
  #sending = 0;

  constructor(deps: BoardDeps) {
    this.#deps = deps;
    this.#complaints = new Complaints(deps.context);
  }

  start(): void {
    const { messages, context } = this.#deps;
    for (const message of messages) this.#unseen.set(message, 'all');
    this.#cancels = [
      context.station().onCommitted((events) => this.#heard(events)),
      // What no device said a word of by now is told as silent.
      context.clock.after(FIRST_WORD_MS, () => {
        for (const message of messages) this.#unseen.set(message, 'all');
        this.#wakeIn(0);
      }),
    ];
    this.#wakeIn(0);
  }

  stop(): void {
    for (const cancel of this.#cancels) cancel();
    this.#wake?.();
    this.#stop.abort(new Error('the station is stopping'));
  }

  /** Something else got through, or a pause of the line is over. */
  nudge(): void {
    if (this.#notices.size > 0) this.#wakeIn(0);
  }

  #heard(events: readonly JournalEvent[]): void {
    const { messages, context } = this.#deps;
    for (const event of events)
      for (const message of messages) {
        const keys = message.concerns(event, context);
        const known = this.#unseen.get(message);
        if (keys === 'all') this.#unseen.set(message, 'all');
        else if (keys.length > 0 && known !== 'all') this.#unseen.set(message, new Set([...(known ?? []), ...keys]));
      }
    if (this.#unseen.size > 0) this.#wakeIn(0);
  }

  /** The earliest of all wishes counts. */
  #wakeIn(ms: number): void {
    const { clock } = this.#deps.context;
    const at = clock.monotonic() + Math.max(0, ms);
    if (this.#stop.signal.aborted || at >= this.#wakeAt) return;
    this.#wake?.();
    this.#wakeAt = at;
    this.#wake = clock.after(Math.max(0, ms), () => {
      this.#wakeAt = NEVER;
      try {
        this.#look();
        this.#fill();
      } catch (error) {
        this.#deps.context.log.error('the city could not be told of the car park', { error: errorText(error) });
        this.#wakeIn(1000);
      }
    });
  }

  #look(): void {
    for (const [message, keys] of this.#unseen) {
      const all = keys === 'all' ? message.keys(this.#deps.context) : [...keys];
      for (const key of all) this.#see(this.#notice(message, key));
      if (keys === 'all') this.#forget(message, new Set(all));
      this.#unseen.delete(message);
    }
  }

  #notice(message: NewestMessage, key: string): Notice {
    const id = `${message.name} ${key}`;
    const known = this.#notices.get(id);
    if (known) return known;
    const notice: Notice = {
      ...{ message, key, dueAt: NEVER, told: undefined, isDoubtful: false, failures: 0, failedNews: undefined },
      ...{ isSending: false, endedAt: Number.NEGATIVE_INFINITY },
    };
    this.#notices.set(id, notice);
    return notice;
  }

  /** What is there no more has nothing to tell; should it come back, it is known when it was told last. */
  #forget(message: NewestMessage, keys: ReadonlySet<string>): void {
    for (const notice of this.#notices.values())
      if (notice.message === message && !keys.has(notice.key)) notice.dueAt = NEVER;
  }

  /** When it is told next, by what there is to tell now. */
  #see(notice: Notice): void {
    const { context } = this.#deps;
    const { message, key } = notice;
    const sight = message.look(key, context);
    this.#complaints.held(message, key, sight instanceof Held ? sight.reason : undefined);
    if (sight === undefined || sight instanceof Held) {
      notice.dueAt = NEVER;
      return;
    }
    const every = message.everyMs(context);
    if (sight.news === notice.told && !notice.isDoubtful)
      notice.dueAt = every === null ? NEVER : notice.endedAt + every;
    else if (notice.failures > 0 && sight.news === notice.failedNews)
      notice.dueAt = notice.endedAt + pauseMs(notice.failures, context.settings);
    else {
      notice.failures = 0;
      // By the clock alone what comes back is told no sooner than it would have been.
      const rest = every !== null && sight.news === notice.told ? every : message.quietMs(context);
      notice.dueAt = Math.max(context.clock.monotonic(), notice.endedAt + rest);
    }
  }

  #fill(): void {
    const { context, line } = this.#deps;
    const now = context.clock.monotonic();
    const most = line.isFailing ? 1 : context.settings.concurrency;
    for (let quiet = line.quietUntil - now; this.#sending < most; ) {
      if (quiet > 0) {
        this.#wakeIn(quiet);
        return;
      }
      const next = this.#next(now);
      if (next === undefined) break;
      this.#send(next);
      quiet = 0;
    }
    if (this.#sending === 0 || most > 1) this.#wakeIn(this.#soonest() - now);
  }

  /** The first that is due: none before what ranks below it was tried. In an envelope more of the same message. */
  #next(now: number): Notice[] | undefined {
    const { wire } = this.#deps.context.settings;
    let found: Notice[] = [];
    let barrier = NEVER;
    for (const notice of this.#notices.values()) {
      const { rank } = notice.message;
      const isDue = !notice.isSending && notice.dueAt <= now;
      if (notice.isSending || (isDue && notice.endedAt === Number.NEGATIVE_INFINITY)) barrier = Math.min(barrier, rank);
      if (!isDue) continue;
      const best = found[0]?.message;
      if (best === undefined || rank < best.rank) found = [notice];
      else if (notice.message === best && found.length < (wire.body === 'envelope' ? wire.batch : 1))
        found.push(notice);
    }
    const rank = found[0]?.message.rank;
    return rank === undefined || rank > barrier ? undefined : found;
  }

  #soonest(): number {
    let soonest = NEVER;
    for (const { isSending, dueAt } of this.#notices.values()) if (!isSending) soonest = Math.min(soonest, dueAt);
    return soonest;
  }

  #send(notices: readonly Notice[]): void {
    const { context } = this.#deps;
    const made = notices.flatMap((notice) => {
      const sight = notice.message.look(notice.key, context);
      if (sight === undefined || sight instanceof Held) {
        this.#see(notice);
        return [];
      }
      const wire = notice.message.encode(sight.body, context);
      if (!(wire instanceof Refused)) return [{ notice, news: sight.news, wire }];
      notice.dueAt = NEVER;
      this.#complaints.held(notice.message, notice.key, wire.reason);
      return [];
    });
    const [first, ...more] = made;
    if (first === undefined) return;
    for (const { notice } of made) notice.isSending = true;
    this.#sending += 1;
    void this.#exchange(
      first.notice.message,
      first.wire,
      more.map(({ wire }) => wire),
    )
      .then((answer) => {
        for (const { notice, news } of made) this.#settled(notice, news, answer);
      })
      .catch((error: unknown) => context.log.error('a notice could not be sent', { error: errorText(error) }))
      .finally(() => {
        this.#sending -= 1;
        for (const { notice } of made) {
          notice.isSending = false;
          if (!this.#stop.signal.aborted) this.#again(notice);
        }
        this.#wakeIn(0);
      });
  }

  async #exchange(message: NewestMessage, wire: ShenzhenWire, more: readonly ShenzhenWire[]): Promise<Answer> {
    const { uplink, line } = this.#deps;
    if (!isUpName(message.name)) throw new Error(`no interface ${message.name}`);
    const { answer } = await uplink.send(message.name, wire, this.#stop.signal, more);
    if (this.#stop.signal.aborted) return answer;
    if (answer.kind === 'answered') line.answered();
    else line.failed(answer.reason);
    return answer;
  }

  #settled(notice: Notice, news: string, answer: Answer): void {
    const { context } = this.#deps;
    notice.endedAt = context.clock.monotonic();
    if (this.#stop.signal.aborted) return;
    const isDone = isTaken(answer, context.settings);
    if (isDone) Object.assign(notice, { told: news, isDoubtful: false, failures: 0, failedNews: undefined });
    else {
      notice.failures = notice.failedNews === news ? notice.failures + 1 : 1;
      notice.failedNews = news;
      if (answer.kind === 'failed' && answer.maybeArrived) notice.isDoubtful = true;
    }
    if (answer.kind === 'answered') this.#complaints.refused(notice.message, isDone ? undefined : refusal(answer));
  }

  #again(notice: Notice): void {
    try {
      this.#see(notice);
    } catch (error) {
      notice.dueAt = notice.endedAt + pauseMs(notice.failures, this.#deps.context.settings);
      this.#deps.context.log.error('the city could not be told of the car park', { error: errorText(error) });
    }
  }
}
