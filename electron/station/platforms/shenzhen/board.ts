import type { JournalEvent } from '../../../../shared/domain/events.ts';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel } from '../../runtime/ports.ts';
import { Refused } from '../define-message.ts';
import type { Answer } from './answer.ts';
import { Complaints } from './complaints.ts';
import { isUpName } from './config-wire.ts';
import type { ShenzhenWire } from './context.ts';
import { FIRST_WORD_MS } from './devices.ts';
import type { FirstWord } from './first-word.ts';
import { isTaken, pauseMs, refusedWith } from './judge.ts';
import type { LineState } from './line-state.ts';
import { type BoardContext, Held, type NewestMessage } from './newest.ts';
import { type Notice, newNotice, nextOf, note, plan } from './notice.ts';
import { RANKS } from './ranks.ts';
import type { Uplink } from './uplink.ts';

const OVERSLEPT_MS = 1000;
const NEVER = Number.POSITIVE_INFINITY;

interface BoardDeps {
  readonly messages: readonly NewestMessage[];
  readonly context: BoardContext;
  readonly uplink: Uplink;
  readonly line: LineState;
  readonly firstWord: Pick<FirstWord, 'said'>;
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
    const now = clock.monotonic();
    const at = now + Math.max(0, ms);
    // A timer that is long overdue was set before the computer slept, and may take as long again.
    const isAsleep = now - this.#wakeAt > OVERSLEPT_MS;
    if (this.#stop.signal.aborted || (at >= this.#wakeAt && !isAsleep)) return;
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
    const notice = newNotice(message, key);
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
    if (sight instanceof Held) this.#said(message);
    plan(notice, sight instanceof Held ? undefined : sight, context);
  }

  #fill(): void {
    const { context, line } = this.#deps;
    const now = context.clock.monotonic();
    const quiet = line.quietUntil - now;
    if (quiet > 0) {
      this.#wakeIn(quiet);
      return;
    }
    const { concurrency, wire } = context.settings;
    const most = line.isFailing ? 1 : concurrency;
    const together = wire.body === 'envelope' ? wire.batch : 1;
    while (this.#sending < most) {
      const next = nextOf(this.#notices.values(), now, together);
      if (next === undefined) break;
      this.#send(next);
    }
    // What is due and had to wait goes when the next answer is there.
    let soonest = NEVER;
    for (const { dueAt } of this.#notices.values()) if (dueAt > now) soonest = Math.min(soonest, dueAt);
    this.#wakeIn(soonest - now);
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
    note(notice, news, { isDone, maybeArrived: answer.kind === 'failed' && answer.maybeArrived });
    if (answer.kind !== 'answered') return;
    this.#complaints.refused(notice.message, isDone ? undefined : refusedWith(answer));
    this.#said(notice.message);
  }

  #said({ rank }: NewestMessage): void {
    if (rank === RANKS.carPark) this.#deps.firstWord.said();
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
