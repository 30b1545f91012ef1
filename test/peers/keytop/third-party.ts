import { HooksOf } from '../http/hooks.ts';
import { type After, Timers } from '../timers.ts';
import { Watch } from '../watch.ts';
import { App } from './app.ts';
import { Books } from './books.ts';
import { Calls } from './calls.ts';
import { ChangePage } from './change.ts';
import { Charges } from './charges.ts';
import { Conversations, type Telling } from './conversations.ts';
import { Customers } from './customers.ts';
import { Desk, type Logged } from './desk.ts';
import { type Call, Downlink } from './downlink.ts';
import { FaultBoard } from './faults.ts';
import type { Hooks } from './hooks.ts';
import type { Access } from './intake.ts';
import { UP } from './interfaces/index.ts';
import { learn } from './learn.ts';
import type { Visit } from './pages.ts';
import { ThirdPartyServer } from './server.ts';
import { type Pace, State } from './state.ts';
import type { AnswerStyle } from './style.ts';
import type { CarWill, Customer } from './wills.ts';

export interface ThirdPartyOptions {
  /** What the car park lets itself in by: the third party gave it. */
  readonly up?: Access;
  /** What the third party lets itself in by: the car park gave it. */
  readonly down?: Access;
  readonly parkCode?: string;
  /** Where the car park listens, e.g. `http://127.0.0.1:8080`; may be set later. */
  readonly address?: string;
  /** Before the names of the interfaces, e.g. `/park/v1`. */
  readonly prefix?: string;
  /** 0 picks a free one; going away and coming back keeps it. */
  readonly port?: number;
  readonly now?: () => number;
  /** For gaps between sends; `now` if that is given, the real one otherwise. */
  readonly monotonic?: () => number;
  /** Timers of wills and callbacks; real ones otherwise. Faults of the network wait in real time. */
  readonly after?: After;
  /** For faults by chance. */
  readonly random?: () => number;
}

const UP_ACCESS: Access = { user: 'park-up', pwd: 'kP3xw9', key: '8C41D0A7E25B936F1047CADE' };
const DOWN_ACCESS: Access = { user: 'ktapi', pwd: 'uR7mq2', key: '5F90B3C1D7E8426A9B3C4D1E' };

/** 第三方 of the ktapi on 127.0.0.1: what a mall's park works with. Everything it saw and holds is public, for assertions. */
export class ThirdParty extends Calls {
  readonly up: Access;
  readonly down: Access;
  readonly parkCode: string;
  readonly state: State;
  readonly books: Books;
  readonly app: App;
  readonly change: ChangePage;
  override readonly downlink: Downlink;
  override readonly desk: Desk;
  readonly #conversations: Conversations;
  readonly #timers: Timers;
  readonly #server: ThirdPartyServer;

  constructor(options: ThirdPartyOptions = {}) {
    const { up = UP_ACCESS, down = DOWN_ACCESS, parkCode = '123', address = '', prefix = '', port = 0 } = options;
    const { now = Date.now, random = Math.random } = options;
    const monotonic = options.monotonic ?? options.now ?? (() => performance.now());
    const watch = new Watch();
    const hooks: Hooks = new HooksOf();
    const line = { faults: new FaultBoard(random), hooks };
    super({ ...line, watch });
    this.up = up;
    this.down = down;
    this.parkCode = parkCode;
    const look = (): void => watch.look();
    const ordered = new Set([...UP.values()].filter((one) => one.ordered).map(({ name }) => name));
    this.state = new State({ now, monotonic, charges: new Charges(), customers: new Customers(), ordered });
    this.books = new Books(this.state);
    this.desk = new Desk(this.state, { ...up, parkCode });
    this.downlink = new Downlink({
      ...{ ...down, ...line, parkCode, now, look },
      report: (...args) => this.desk.report(...args),
      answered: (call) => learn(call, this.state),
    });
    this.downlink.address = address;
    this.#timers = new Timers(options.after);
    this.#conversations = new Conversations(this.state, this.downlink, this.#timers);
    this.app = new App(this.state, this.downlink, this.#conversations);
    this.change = new ChangePage(this.downlink);
    const missed = (): void => {
      this.state.missed = true;
    };
    const service = { desk: this.desk, style: this.state.style, parkCode, now, monotonic, look, missed };
    this.#server = new ThirdPartyServer(
      { ...line, ...service, wait: (ms) => this.#conversations.pause(ms) },
      { port, prefix },
    );
    this.state.baseUrl = () => this.baseUrl;
  }

  /** What the car park is configured with, e.g. `http://127.0.0.1:41234/prefix`. */
  get baseUrl(): string {
    return this.#server.baseUrl;
  }

  get port(): number {
    return this.#server.port;
  }

  /** The address of 上行5.1, without its parameters. */
  get entryPageUrl(): string {
    return `${this.baseUrl}/EntryTicketPage`;
  }

  /** The address of 上行5.2, without its parameters. */
  get changePageUrl(): string {
    return `${this.baseUrl}/ChangeTicketPage`;
  }

  get pace(): Pace {
    return this.state.pace;
  }

  get style(): AnswerStyle {
    return this.state.style;
  }

  /** How PayParkingFee is told. */
  get telling(): Telling {
    return this.#conversations.telling;
  }

  /** Up requests in order of arrival. */
  get log(): readonly Logged[] {
    return this.desk.log;
  }

  /** Calls to the car park, in order. */
  get calls(): readonly Call[] {
    return this.downlink.calls;
  }

  get visits(): readonly Visit[] {
    return this.#server.visits;
  }

  /** What went wrong in the third party itself, in the background. */
  get failures(): readonly unknown[] {
    return this.#timers.failures;
  }

  /** Whether it does something in the background just now. */
  get busy(): boolean {
    return this.#timers.busy;
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

  /** A phone opens what is printed on paper. */
  async openPage(url: string): Promise<number> {
    return (await this.downlink.fetch(new URL(url))).status;
  }

  /** The program of the car park was started (anew): what is reported at start comes again. */
  carParkStarted(): void {
    this.state.starts.push(this.state.now());
  }

  /** Listens, at first and again on the same port after {@link goAway}; nothing is forgotten. */
  comeBack(): Promise<void> {
    return this.#server.start();
  }

  /** Closes the port and cuts what is open. From then on it knows that it may have missed something. */
  goAway(): Promise<void> {
    this.state.missed = true;
    return this.#server.stop();
  }

  /** Ends both directions for good. */
  async close(): Promise<void> {
    this.downlink.end();
    await this.#server.stop();
    await this.#timers.end();
  }

  /** The same bytes of an earlier call again. */
  replay(call: Call): Promise<Call> {
    return this.downlink.replay(call);
  }

  received(name: string): readonly Logged[] {
    return this.log.filter((line) => line.interface === name);
  }

  called(name: string): readonly Call[] {
    return this.calls.filter((call) => call.interface === name);
  }

  /** Reports whose newest send was not answered 0. */
  waiting(): string[] {
    return [...this.state.told.values()]
      .filter(({ interface: name, sends }) => name.startsWith('Post') && name !== 'PostCarOutInfo' && sends.length > 0)
      .filter(({ sends }) => !sends.some(({ result, answer }) => result === 'heard' && answer === 0))
      .map(({ interface: name, key }) => `${name} ${key}`);
  }

  /** Everything in short, for the message of a failed test. */
  override summary(): string {
    const up = this.log.map((line) => `${line.interface}=${line.outcome}`);
    const down = this.calls.map((call) => `${call.interface}→${call.answer?.resCode ?? call.error ?? call.http}`);
    return `up: ${up.join(' ') || 'nothing'}; down: ${down.join(' ') || 'nothing'}`;
  }
}

/** A third party that listens. */
export async function startThirdParty(options: ThirdPartyOptions = {}): Promise<ThirdParty> {
  const thirdParty = new ThirdParty(options);
  await thirdParty.comeBack();
  return thirdParty;
}
