import { createPrivateKey, createPublicKey } from 'node:crypto';
import { Watch } from '../watch.ts';
import type { Books, Entered } from './books.ts';
import { City } from './city.ts';
import { Conversations } from './conversations.ts';
import type { QingdaoKeys } from './crypto.ts';
import { type DayFigures, type Delayed, delayedIn, figuresOf } from './days.ts';
import { Desk } from './desk.ts';
import { type Dialect, standardDialect } from './dialect.ts';
import { Downlink } from './downlink.ts';
import type { Fault, FaultHandle, FaultScope } from './faults.ts';
import type { BookName } from './field.ts';
import type { WireObject } from './lossless-json.ts';
import { Owner } from './owner.ts';
import type { After, BrokerLogin } from './post.ts';
import { Publishing } from './publishing.ts';
import { CityServer, type Served } from './server.ts';
import type { AnswerStyle } from './style.ts';

export interface QingdaoOptions {
  readonly keys: QingdaoKeys;
  readonly accessId: string;
  readonly parkingCode: string;
  /** 0 picks a free one; `stop` and `start` keep it. */
  readonly port?: number;
  readonly mqtt?: BrokerLogin;
  readonly now?: () => number;
  /** Timers of payments and publications that come later; real ones otherwise. */
  readonly after?: After;
  /** Readings other than the standard ones. */
  readonly dialect?: Partial<Dialect>;
}

const realTimer: After = (ms, task) => {
  const timer = setTimeout(task, ms);
  return () => clearTimeout(timer);
};

/** The city's side of the Qingdao protocol, on 127.0.0.1. Everything it saw is public, for assertions. */
export class QingdaoPlatform extends Publishing {
  readonly city: City;
  readonly downlink: Downlink;
  /** What this platform holds for the right reading of the source; may be changed at any time. */
  readonly dialect: Dialect;
  /** Notices of its own accord that could not be sent. */
  readonly failures: readonly unknown[];
  readonly #desk: Desk;
  readonly #server: CityServer;
  readonly #watch = new Watch();
  readonly #conversations: Conversations;

  constructor(options: QingdaoOptions) {
    const { keys, accessId, parkingCode, now = Date.now, after = realTimer } = options;
    const dialect = { ...standardDialect(), ...options.dialect };
    const city = new City(parkingCode, now);
    const downlink = new Downlink({ keys, accessId, parkingCode, dialect, now, after });
    const conversations = new Conversations(city, downlink, after);
    super(city, downlink, conversations);
    this.city = city;
    this.dialect = dialect;
    this.downlink = downlink;
    this.#conversations = conversations;
    this.failures = conversations.failures;
    this.#desk = new Desk(city, downlink, {
      accessId,
      parkingCode,
      userPublicKey: createPublicKey(keys.userPublicKey),
      platformPrivateKey: createPrivateKey(keys.platformPrivateKey),
      dialect,
      echoed: (answers, opened) => downlink.answers.echoes(answers, opened),
    });
    this.#server = new CityServer(
      {
        style: city.style,
        serve: (name, raw, fault) => this.#serve(name, raw, fault),
        unread: (name, outcome) => {
          this.#desk.unread(name, outcome);
          this.#watch.look();
        },
      },
      options.port ?? 0,
    );
  }

  /** Every request, in order of arrival. */
  get log(): Desk['log'] {
    return this.#desk.log;
  }

  /** Rules that were broken. */
  get violations(): Desk['violations'] {
    return this.#desk.violations;
  }

  /** Rules that were broken, of tables that are lost in the source: a deviation there proves nothing. */
  get unproven(): Desk['unproven'] {
    return this.#desk.unproven;
  }

  get repeats(): Desk['repeats'] {
    return this.#desk.repeats;
  }

  get repeatAnswer(): Desk['repeatAnswer'] {
    return this.#desk.repeatAnswer;
  }

  /** How a repeat is answered: as done, or with 204 and a sentence in Chinese. */
  set repeatAnswer(answer: Desk['repeatAnswer']) {
    this.#desk.repeatAnswer = answer;
  }

  get books(): Books {
    return this.city.books;
  }

  /** How answers are written where the source leaves it open. */
  get style(): AnswerStyle {
    return this.city.style;
  }

  get resultCodeAs(): AnswerStyle['resultCodeAs'] {
    return this.style.resultCodeAs;
  }

  set resultCodeAs(form: AnswerStyle['resultCodeAs']) {
    this.style.resultCodeAs = form;
  }

  get serverClock(): City['serverClock'] {
    return this.city.serverClock;
  }

  /** E.g. `http://127.0.0.1:41234/api/v1/cp`. */
  get baseUrl(): string {
    return this.#server.baseUrl;
  }

  /** Listens again on the same port after {@link stop}; nothing that was stored is forgotten. */
  start(): Promise<void> {
    return this.#server.start();
  }

  /** Refuses connections and cuts the open ones. The MQTT side stays as it is. */
  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** Ends both sides for good. */
  async close(): Promise<void> {
    this.#conversations.end();
    await this.downlink.disconnect();
    await this.stop();
  }

  fault(fault: Fault, scope: FaultScope = {}): FaultHandle {
    return this.#server.faults.set(fault, scope);
  }

  clearFaults(): void {
    this.#server.faults.clear();
  }

  /** The owner of a plate: contract, arrears, habits, and a phone. */
  owner(plateNo: string): Owner {
    const account = this.city.accounts.of(plateNo);
    return new Owner(account, this.city, this.downlink, this.#conversations, (...wanted) => this.waitFor(...wanted));
  }

  /** Drops records from a book as if they had been lost. */
  forget(book: BookName, which?: (entered: Entered) => boolean): Entered[] {
    return this.books.forget(book, which);
  }

  /** A record that only the platform has. */
  plant(book: BookName, record: WireObject): Entered {
    return this.books.plant(book, record, this.city.now());
  }

  /** The books of that day are lost, and stay so until {@link findDay}: records are taken and not kept. */
  loseDay(day: string): Entered[] {
    return this.books.loseDay(day);
  }

  findDay(day: string): void {
    this.books.findDay(day);
  }

  /** The platform's own figures of a day, `yyyy-MM-dd`. */
  figures(day: string): DayFigures {
    return figuresOf(this.books, day);
  }

  /** Records that arrived later than `limitMs` after their own time (三(二) allows five seconds). */
  delayed(limitMs?: number): Delayed[] {
    return delayedIn(this.books, limitMs);
  }

  /** Resolves with the first truthy value of `probe`, tried now and after each request; rejects with a summary of the log. */
  waitFor<T>(probe: () => T | undefined | null | false, what: string, timeoutMs = 5_000): Promise<T> {
    return this.#watch.for(probe, what, timeoutMs, () => this.summary());
  }

  /** The received requests in short, for the message of a failed test. */
  summary(): string {
    return this.log.map((line) => `${line.interface}=${line.outcome}`).join(' ') || 'nothing';
  }

  /** The log of one interface. */
  received(name: string): Desk['log'] {
    return this.log.filter((line) => line.interface === name);
  }

  #serve(name: string, raw: Parameters<Desk['receive']>[1], fault: Fault | undefined): Served {
    const { answer, confirm, request } = this.#desk.receive(name, raw, fault, this.city.now());
    this.#watch.look();
    return {
      answer,
      unheard: () => {
        if (confirm) this.downlink.answers.unheard(confirm);
      },
      after: (heard) => {
        if (request) this.#conversations.follow(name, request, heard);
        this.#watch.look();
      },
    };
  }
}

/** A platform that listens, and is connected to the broker when one is given. */
export async function startQingdaoPlatform(options: QingdaoOptions): Promise<QingdaoPlatform> {
  const platform = new QingdaoPlatform(options);
  await platform.start();
  if (options.mqtt) await platform.downlink.connect(options.mqtt);
  return platform;
}
