import type { Abnormal } from './abnormals.ts';
import type { Books } from './books.ts';
import { Calls, type Wiring } from './calls.ts';
import type { Desk, Logged } from './desk.ts';
import { type DownName, tableOf } from './down-tables.ts';
import type { Call, CallOptions, Downlink } from './downlink.ts';
import type { JsonObject } from './json.ts';
import { unansweredInRow } from './sends.ts';
import type { Keys } from './spelling.ts';
import type { Crossing, Recognition, State } from './state.ts';

export interface Parts {
  readonly wiring: Wiring;
  readonly keys: Keys;
  readonly state: State;
  readonly books: Books;
  readonly downlink: Downlink;
  readonly desk: Desk;
}

/** What a test may ask the cloud. */
export class CloudView extends Calls {
  readonly keys: Keys;
  readonly state: State;
  readonly books: Books;
  override readonly downlink: Downlink;
  override readonly desk: Desk;

  constructor({ wiring, keys, state, books, downlink, desk }: Parts) {
    super((name, params, options) => this.call(name, params, options), wiring);
    this.keys = keys;
    this.state = state;
    this.books = books;
    this.downlink = downlink;
    this.desk = desk;
  }

  /** Any of the nine down interfaces, written in any way. */
  async call(name: DownName, params: JsonObject, options: CallOptions = {}): Promise<Call> {
    const call = await this.downlink.call(name, params, options);
    if (call.legal && call.answer) this.books.fetched(name, call.answer);
    if (call.legal && call.answer?.respCode === '0' && name === 'receiveOpenGate') this.state.opened(call.fields);
    if (call.answer) this.state.contactMs = this.state.monotonic();
    return call;
  }

  /** Up requests in order of arrival. */
  get log(): readonly Logged[] {
    return this.desk.log;
  }

  /** Requests of the cloud to the car park, in order of their ends. */
  get calls(): readonly Call[] {
    return this.downlink.calls;
  }

  /** Those that the cloud took in, in order of their first send. `state.recognitions` has the lost ones too. */
  recognitions(): Recognition[] {
    return [...this.state.recognitions.values()].filter(({ received }) => received);
  }

  crossings(): Crossing[] {
    return [...this.state.crossings.values()].filter(({ received }) => received);
  }

  /** In order of their first send; `answeredAs` is the place among those that were answered. */
  abnormals(): Abnormal[] {
    return this.state.abnormals.all.filter(({ received }) => received);
  }

  /** From each send of a recognition to the next, in ms. */
  gaps(uuid: string): number[] {
    const { sends = [] } = this.state.recognitions.get(uuid) ?? {};
    return sends.slice(1).map(({ ms }, index) => ms - (sends[index]?.ms ?? ms));
  }

  /** Crossings of recognitions that the cloud took in, never allowed, gave no reason to release, and opened no gate for. */
  crossedUnallowed(): Crossing[] {
    const { state } = this;
    return this.crossings().filter(({ uuid }) => {
      const recognition = state.recognitions.get(uuid);
      if (!recognition?.received || state.allowed(uuid)) return false;
      return unansweredInRow(recognition) < state.pace.tries && !state.openedFor(recognition);
    });
  }

  received(name: string): readonly Logged[] {
    return this.log.filter((line) => line.interface === name);
  }

  called(name: DownName): readonly Call[] {
    return this.calls.filter((call) => call.interface === name);
  }

  /** Calls that should be acted on and were not answered "0"; the 忽略 ones aside. */
  unanswered(): Call[] {
    return this.calls.filter(
      ({ legal, answer, interface: name }) => legal && answer?.respCode !== '0' && !tableOf(name).ignored,
    );
  }

  /** Calls whose answer took longer than `limitMs`, in real time. */
  slow(limitMs = 3_000): Call[] {
    return this.calls.filter(({ ms }) => ms !== null && ms > limitMs);
  }

  /** Everything in short, for the message of a failed test. */
  override summary(): string {
    const up = this.log.map((line) => `${line.interface}=${line.outcome}${line.answer ? `:${line.answer}` : ''}`);
    const down = this.calls.map((call) => `${call.interface}→${call.answer?.respCode ?? call.http ?? call.error}`);
    return `up: ${up.join(' ') || 'nothing'}; down: ${down.join(' ') || 'nothing'}`;
  }
}
