import { HooksOf } from '../http/hooks.ts';
import { PlatformPeer } from '../http/platform-peer.ts';
import { type After, Timers } from '../timers.ts';
import { Watch } from '../watch.ts';
import type { Mode } from './accounts.ts';
import { Books } from './books.ts';
import { Conversations } from './conversations.ts';
import { Desk, type Logged } from './desk.ts';
import type { DownName } from './down-tables.ts';
import { Downlink, type PushOptions } from './downlink.ts';
import { type About, type Fault, FaultBoard } from './faults.ts';
import { feeDoubts, feeOf } from './fee.ts';
import type { Rule } from './finding.ts';
import type { Hooks } from './hooks.ts';
import type { AutoOrder } from './orders.ts';
import { Owner } from './owner.ts';
import type { Push } from './push.ts';
import type { BankRecord } from './records.ts';
import { BankServer } from './server.ts';
import type { Fields } from './sign.ts';
import { State } from './state.ts';

export interface BankOptions {
  readonly appid?: string;
  readonly appsecret?: string;
  readonly parkCode?: string;
  /** The address that the car park gave; may be set later. */
  readonly address?: string;
  /** 0 picks a free one; `stop` and `start` keep it. */
  readonly port?: number;
  readonly now?: () => number;
  /** Timers of retries, late payments and echoes; real ones otherwise. Faults of the network wait in real time. */
  readonly after?: After;
  /** For faults by chance. */
  readonly random?: () => number;
}

/** 招商银行停车平台 1.8.2 on 127.0.0.1. Everything it saw and holds is public, for assertions. */
export class Bank extends PlatformPeer<Fault, About, Fields, Rule> {
  readonly appid: string;
  readonly appsecret: string;
  readonly parkCode: string;
  readonly state: State;
  readonly books: Books;
  override readonly downlink: Downlink;
  override readonly desk: Desk;
  readonly #timers: Timers;
  readonly #server: BankServer;
  readonly #conversations: Conversations;
  #drivers = 0;

  constructor(options: BankOptions = {}) {
    const { appid = 'ik45nfuz', appsecret = 'vqhqr9vozoorivkc3lemrbicphgzx', parkCode = '5201020001' } = options;
    const { now = Date.now, random = Math.random, port = 0, address = '' } = options;
    const keys = { appid, appsecret, parkCode };
    const watch = new Watch();
    const hooks: Hooks = new HooksOf();
    const line = { faults: new FaultBoard(random), hooks };
    super({ ...line, watch });
    this.appid = appid;
    this.appsecret = appsecret;
    this.parkCode = parkCode;
    this.state = new State(parkCode, now);
    this.books = new Books(this.state);
    this.#timers = new Timers(options.after);
    const shared = { ...line, look: () => watch.look() };
    this.downlink = new Downlink({
      ...{ ...keys, ...shared, now, timers: this.#timers },
      against: (name, { status, data }) =>
        name === 'calc' && status === 0 && data ? feeDoubts(feeOf(data), this.state.records) : [],
      report: (name, direction, findings) => this.desk.report(name, direction, findings),
    });
    this.downlink.address = address;
    this.#conversations = new Conversations(this.state, this.downlink, this.#timers);
    this.desk = new Desk(this.state, this.#conversations, keys);
    this.#server = new BankServer({ ...shared, desk: this.desk, style: this.state.style }, port);
  }

  /** E.g. `http://127.0.0.1:41234`, without `/api`. */
  get baseUrl(): string {
    return this.#server.baseUrl;
  }

  /** 保付 or 非保付; owners may have their own. */
  set mode(mode: Mode) {
    this.state.mode = mode;
  }

  /** Up requests in order of arrival. */
  get log(): readonly Logged[] {
    return this.desk.log;
  }

  /** Requests of the bank to the car park, in order. */
  get pushes(): readonly Push[] {
    return this.downlink.pushes;
  }

  get repeats(): Desk['repeats'] {
    return this.desk.repeats;
  }

  get records(): ReadonlyMap<string, BankRecord> {
    return this.state.records.all;
  }

  /** Orders of AutoPay by request_order. */
  get orders(): ReadonlyMap<string, AutoOrder> {
    return this.state.orders.auto;
  }

  /** What went wrong in the bank itself, in the background. */
  get failures(): readonly unknown[] {
    return this.#timers.failures;
  }

  /** Whether it pushes just now, or does what follows from a request. */
  get busy(): boolean {
    return this.#timers.busy;
  }

  /** Listens again on the same port after {@link stop}; nothing is forgotten. */
  start(): Promise<void> {
    return this.#server.start();
  }

  /** Refuses connections and cuts the open ones; pushes go on. */
  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** Ends both directions for good. */
  async close(): Promise<void> {
    this.downlink.end();
    await this.#timers.end();
    await this.stop();
  }

  owner(plate: string): Owner {
    return new Owner(this.state.accounts.of(plate), this.state, this.downlink, this.#conversations);
  }

  /** A driver whose car has no plate, with a new virtual one of the platform's. */
  driver(): Owner {
    this.#drivers += 1;
    return this.owner(`无A${this.state.seconds()}${String(this.#drivers).padStart(6, '0')}`);
  }

  /** Any of the five down interfaces, written in any way. */
  push(name: DownName, params: Fields, options: PushOptions = {}): Promise<Push> {
    return this.downlink.send(name, params, options);
  }

  /** The same bytes of an earlier push again. */
  replay(push: Push): Promise<Push> {
    return this.downlink.replay(push);
  }

  /** Completes a charge that is open: an order taken for later, or a guaranteed one. */
  complete(requestOrder: string): Promise<void> {
    const order = this.state.orders.auto.get(requestOrder);
    if (!order) throw new Error(`no order ${requestOrder}`);
    return this.#conversations.complete(order);
  }

  /** Drops records as if the bank had lost them. */
  forget(which?: (record: BankRecord) => boolean): BankRecord[] {
    return this.state.records.forget(which);
  }

  received(name: string): readonly Logged[] {
    return this.log.filter((line) => line.interface === name);
  }

  pushed(name: DownName): readonly Push[] {
    return this.pushes.filter((push) => push.interface === name);
  }

  /** Pushes that should be acted on and were never answered 0. */
  unanswered(): Push[] {
    return this.pushes.filter(
      ({ legal, done, interface: name }) => legal && !done && name !== 'calc' && name !== 'NoVpln',
    );
  }

  /** Pushes whose answer took longer than `limitMs`, in real time. */
  slow(limitMs = 3_000): Push[] {
    return this.pushes.filter(({ attempts }) => attempts.some(({ reply }) => reply !== null && reply.ms > limitMs));
  }

  /** Everything in short, for the message of a failed test. */
  override summary(): string {
    const up = this.log.map((line) => `${line.interface}=${line.outcome}`);
    const down = this.pushes.map(
      (push) => `${push.interface}→${push.answer?.status ?? push.attempts.at(-1)?.error ?? '…'}`,
    );
    return `up: ${up.join(' ') || 'nothing'}; down: ${down.join(' ') || 'nothing'}`;
  }
}

/** A bank that listens. */
export async function startBank(options: BankOptions = {}): Promise<Bank> {
  const bank = new Bank(options);
  await bank.start();
  return bank;
}
