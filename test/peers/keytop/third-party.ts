import { HooksOf } from '../http/hooks.ts';
import { type After, Timers } from '../timers.ts';
import { Watch } from '../watch.ts';
import { App } from './app.ts';
import { Books } from './books.ts';
import { ChangePage } from './change.ts';
import { Charges } from './charges.ts';
import { Conversations, type Telling } from './conversations.ts';
import { Customers } from './customers.ts';
import { Desk } from './desk.ts';
import { type Call, Downlink } from './downlink.ts';
import { FaultBoard } from './faults.ts';
import { Guard } from './guard.ts';
import type { Hooks } from './hooks.ts';
import type { Access } from './intake.ts';
import { UP } from './interfaces/index.ts';
import { learn } from './learn.ts';
import { Members } from './members.ts';
import type { Visit } from './pages.ts';
import { ThirdPartyServer } from './server.ts';
import { State } from './state.ts';
import { View } from './view.ts';

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
export class ThirdParty extends View {
  readonly up: Access;
  readonly down: Access;
  readonly parkCode: string;
  readonly app: App;
  readonly change: ChangePage;
  readonly members: Members;
  readonly guard: Guard;
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
    const look = (): void => watch.look();
    const ordered = new Set([...UP.values()].filter((one) => one.ordered).map(({ name }) => name));
    const state = new State({ now, monotonic, charges: new Charges(), customers: new Customers(), ordered });
    const desk = new Desk(state, { ...up, parkCode });
    const downlink = new Downlink({
      ...{ ...down, ...line, parkCode, now, look },
      report: (...args) => desk.report(...args),
      answered: (call) => learn(call, state),
    });
    downlink.address = address;
    super({ wiring: { ...line, watch }, state, desk, downlink, books: new Books(state) });
    this.up = up;
    this.down = down;
    this.parkCode = parkCode;
    this.#timers = new Timers(options.after);
    this.#conversations = new Conversations(state, downlink, this.#timers);
    this.app = new App(state, downlink, this.#conversations);
    this.change = new ChangePage(downlink);
    this.members = new Members(downlink);
    this.guard = new Guard(downlink);
    const missed = (): void => {
      state.missed = true;
    };
    const service = { desk, style: state.style, parkCode, now, monotonic, look, missed };
    this.#server = new ThirdPartyServer(
      { ...line, ...service, wait: (ms) => this.#conversations.pause(ms) },
      { port, prefix },
    );
    state.baseUrl = () => this.baseUrl;
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

  /** How PayParkingFee is told. */
  get telling(): Telling {
    return this.#conversations.telling;
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

  /** A phone opens what is printed on paper. */
  async openPage(url: string): Promise<number> {
    return (await this.downlink.fetch(new URL(url))).status;
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
}

/** A third party that listens. */
export async function startThirdParty(options: ThirdPartyOptions = {}): Promise<ThirdParty> {
  const thirdParty = new ThirdParty(options);
  await thirdParty.comeBack();
  return thirdParty;
}
