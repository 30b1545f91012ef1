import type { Books } from './books.ts';
import { Calls, type Wiring } from './calls.ts';
import type { Desk, Logged } from './desk.ts';
import type { Call, Downlink } from './downlink.ts';
import type { Pace, State } from './state.ts';
import type { AnswerStyle } from './style.ts';
import type { CarWill, Customer } from './wills.ts';

interface Parts {
  readonly wiring: Wiring;
  readonly state: State;
  readonly desk: Desk;
  readonly downlink: Downlink;
  readonly books: Books;
}

/** What a test sees of the third party, and what it wants of it. */
export abstract class View extends Calls {
  override readonly desk: Desk;
  override readonly downlink: Downlink;
  readonly state: State;
  readonly books: Books;

  constructor({ wiring, state, desk, downlink, books }: Parts) {
    super(wiring);
    this.state = state;
    this.desk = desk;
    this.downlink = downlink;
    this.books = books;
  }

  get pace(): Pace {
    return this.state.pace;
  }

  get style(): AnswerStyle {
    return this.state.style;
  }

  /** Up requests in order of arrival. */
  get log(): readonly Logged[] {
    return this.desk.log;
  }

  /** Calls to the car park, in order. */
  get calls(): readonly Call[] {
    return this.downlink.calls;
  }

  /** What it will have with a car: `thirdParty.plate('粤B12345').set({ signed: true, limitFen: 500 })`; also by cardNo. */
  plate(plate: string): { set: (will: Partial<CarWill>) => void; clear: () => void } {
    const { wills } = this.state;
    return { set: (will) => wills.set(plate, will), clear: () => wills.clear(plate) };
  }

  /** What it will have with cars of which nothing was said. */
  set usual(will: Partial<CarWill>) {
    this.state.wills.usual = { ...this.state.wills.usual, ...will };
  }

  /** What 上行5.3 is answered; undefined asks the usual price of a minute. */
  set fee(fee: State['fee']) {
    this.state.fee = fee;
  }

  /** Somebody with a wallet: change what is returned, e.g. `customer('王').scan = { kind: 'refuse' }`. */
  customer(name: string): Customer {
    return this.state.customers.of(name);
  }

  /** What the customer's phone shows to the scan gun; another one each time. */
  authCode(name: string): string {
    return this.state.customers.authCode(name);
  }

  /** The program of the car park was started (anew): what is reported at start comes again. */
  carParkStarted(): void {
    this.state.starts.push(this.state.now());
  }

  /** A test killed the car park: answers of the last moments it may never have kept. Implies {@link carParkStarted}. */
  carParkDied(withinMs = 1_000): void {
    this.state.carParkDied(withinMs);
  }

  /** Whether the car park may have said what the third party cannot know of, e.g. over a line of the test's own. */
  set missed(missed: boolean) {
    this.state.missed = missed;
  }

  received(name: string): readonly Logged[] {
    return this.log.filter((line) => line.interface === name);
  }

  called(name: string): readonly Call[] {
    return this.calls.filter((call) => call.interface === name);
  }

  /** Reports that the car park still has to say. */
  waiting(): string[] {
    return this.state.waiting();
  }

  /** Everything in short, for the message of a failed test. */
  override summary(): string {
    const up = this.log.map((line) => `${line.interface}=${line.outcome}`);
    const down = this.calls.map((call) => `${call.interface}→${call.answer?.resCode ?? call.error ?? call.http}`);
    return `up: ${up.join(' ') || 'nothing'}; down: ${down.join(' ') || 'nothing'}`;
  }
}
