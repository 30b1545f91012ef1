import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Answer, answerOf, reset, write } from './answer.ts';
import { Books, type Repeat } from './books.ts';
import type { QingdaoKeys } from './crypto.ts';
import {
  type BrokerLogin,
  type Confirm,
  Downlink,
  type Notice,
  type PublishOptions,
  type SpecialCar,
} from './downlink.ts';
import { type Fault, FaultBoard, type FaultHandle, type FaultScope } from './faults.ts';
import type { UplinkInterface } from './field.ts';
import { type Examined, examine, type IntakeKeys } from './intake.ts';
import { INTERFACES } from './interfaces/index.ts';
import type { WireObject } from './lossless-json.ts';
import { type Finding, finding } from './validate.ts';
import { wallClock } from './wall-clock.ts';

export interface QingdaoOptions {
  readonly keys: QingdaoKeys;
  readonly accessId: string;
  readonly parkingCode: string;
  /** 0 picks a free one; `stop` and `start` keep it. */
  readonly port?: number;
  readonly mqtt?: BrokerLogin;
  readonly now?: () => number;
}

/** A rule that a request broke. */
export interface Violation extends Finding {
  readonly at: number;
  readonly interface: string;
}

/** One request, in order of arrival. */
export interface Logged {
  readonly at: number;
  readonly interface: string;
  /** The content of `data`, when it could be read. */
  readonly body: WireObject | null;
  /** The decrypted text as it was. */
  readonly text: string | null;
  readonly outcome: 'accepted' | 'repeat' | 'refused' | Fault['kind'];
  readonly findings: readonly Finding[];
}

const PREFIX = '/api/v1/cp/';
const BODY_LIMIT = 4_000_000;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > BODY_LIMIT) throw new Error('body too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** The city's side of the Qingdao protocol, on 127.0.0.1. Everything it saw is public, for assertions. */
export class QingdaoPlatform {
  readonly log: Logged[] = [];
  readonly violations: Violation[] = [];
  readonly repeats: Repeat[] = [];
  readonly books = new Books();
  readonly downlink: Downlink;
  /** How a repeat is answered: as done, or with 204 and a sentence in Chinese. */
  repeatAnswer: 'success' | 'duplicate-204' = 'success';
  /** Both occur in the source's examples (D22). */
  resultCodeAs: 'string' | 'number' = 'string';
  /** What the heartbeat tells about the platform's clock: its field name, how wrong it is, and whether it is there at all. */
  serverClock: { field: string; skewMs: number; absent: boolean } = { field: 'serverTime', skewMs: 0, absent: false };
  readonly #faults = new FaultBoard();
  readonly #watchers = new Set<() => void>();
  readonly #intake: IntakeKeys;
  readonly #now: () => number;
  readonly #server: Server;
  #port: number;

  constructor(options: QingdaoOptions) {
    this.#now = options.now ?? Date.now;
    this.#port = options.port ?? 0;
    this.#intake = {
      accessId: options.accessId,
      parkingCode: options.parkingCode,
      userPublicKey: createPublicKey(options.keys.userPublicKey),
      platformPrivateKey: createPrivateKey(options.keys.platformPrivateKey),
    };
    this.downlink = new Downlink(options.keys, options.accessId, options.parkingCode, this.#now);
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => reset(response));
    });
  }

  /** E.g. `http://127.0.0.1:41234/api/v1/cp`. */
  get baseUrl(): string {
    return `http://127.0.0.1:${this.#port}${PREFIX.slice(0, -1)}`;
  }

  /** Listens again on the same port after {@link stop}; nothing that was stored is forgotten. */
  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const address = this.#server.address();
    if (typeof address === 'object' && address) this.#port = address.port;
  }

  /** Refuses connections and cuts the open ones. The MQTT side stays as it is. */
  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Ends both sides for good. */
  async close(): Promise<void> {
    await this.downlink.disconnect();
    await this.stop();
  }

  fault(fault: Fault, scope: FaultScope = {}): FaultHandle {
    return this.#faults.set(fault, scope);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  publishSpecialCar(car: SpecialCar, options: PublishOptions = {}): Promise<Notice> {
    return this.downlink.specialCar(car, options);
  }

  /** The confirmation with exactly these digits, be it here already or still to come. */
  async waitForConfirm(requestId: string | bigint | number, timeoutMs = 5_000): Promise<Confirm> {
    const find = (): Confirm | undefined =>
      this.downlink.confirms.find((confirm) => confirm.requestId === String(requestId));
    return this.waitFor(find, `a confirmation of ${requestId}`, timeoutMs);
  }

  /** Resolves with the first truthy value of `probe`, tried now and after each request; rejects with a summary of the log. */
  waitFor<T>(probe: () => T | undefined | null | false, what: string, timeoutMs = 5_000): Promise<T> {
    return new Promise((resolve, reject) => {
      const done = (settle: () => void): void => {
        clearTimeout(timer);
        this.#watchers.delete(check);
        settle();
      };
      const check = (): void => {
        const value = probe();
        if (value !== undefined && value !== null && value !== false) done(() => resolve(value));
      };
      const timer = setTimeout(
        () => done(() => reject(new Error(`no ${what} within ${timeoutMs} ms; received: ${this.summary()}`))),
        timeoutMs,
      );
      this.#watchers.add(check);
      check();
    });
  }

  /** The received requests in short, for the message of a failed test. */
  summary(): string {
    return this.log.map((line) => `${line.interface}=${line.outcome}`).join(' ') || 'nothing';
  }

  /** The log of one interface. */
  received(name: string): Logged[] {
    return this.log.filter((line) => line.interface === name);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = this.#now();
    const url = new URL(request.url ?? '/', 'http://localhost');
    const name = url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : url.pathname;
    const { delayMs, fault } = this.#faults.take(name);
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (fault?.kind === 'down') {
      this.#note({ at, interface: name, body: null, text: null, outcome: 'down', findings: [] });
      reset(response);
      return;
    }
    const raw = {
      method: request.method ?? '',
      query: url.search,
      contentType: request.headers['content-type'] ?? '',
      body: await readBody(request),
    };
    const definition = INTERFACES.get(name);
    const examined: Examined = definition
      ? examine(definition, raw, this.#intake)
      : { findings: [finding('unknown-interface', `no interface ${name}`)], text: null, opened: null, file: undefined };
    const { outcome, findings, answer } = this.#judge(definition, examined, fault, at);
    for (const item of findings) this.violations.push({ ...item, at, interface: name });
    this.#note({ at, interface: name, body: examined.opened?.data ?? null, text: examined.text, outcome, findings });
    write(response, answer, fault, this.resultCodeAs);
  }

  #judge(
    definition: UplinkInterface | undefined,
    examined: Examined,
    fault: Fault | undefined,
    at: number,
  ): { outcome: Logged['outcome']; findings: readonly Finding[]; answer: Answer } {
    const processed = !fault || fault.kind === 'answer-lost' || fault.kind === 'content-type';
    const { findings, opened } = examined;
    if (!processed) return { outcome: fault.kind, findings, answer: answerOf(findings) };
    if (!definition || !opened || findings.length > 0)
      return { outcome: 'refused', findings, answer: answerOf(findings) };

    const repeat = this.books.repeatOf(definition, opened.data, at);
    if (repeat) {
      this.repeats.push(repeat);
      const duplicate = this.repeatAnswer === 'duplicate-204';
      const answer = duplicate ? { code: 204, msg: '流水号重复，该记录已存在' } : answerOf([]);
      return { outcome: 'repeat', findings: [], answer };
    }
    const objections = this.books.objections(definition, opened.data);
    if (definition.answers !== undefined)
      objections.push(...this.downlink.confirmed(definition.name, definition.answers, opened));
    if (objections.length > 0) return { outcome: 'refused', findings: objections, answer: answerOf(objections) };
    this.books.enter(definition, opened.data, at, examined.file);
    return { outcome: 'accepted', findings: [], answer: { ...answerOf([]), ...this.#extra(definition) } };
  }

  #extra(definition: UplinkInterface): Pick<Answer, 'extra'> {
    const { field, skewMs, absent } = this.serverClock;
    if (definition.name !== 'uploadHeartbeat' || absent) return {};
    return { extra: { [field]: wallClock(this.#now() + skewMs) } };
  }

  #note(line: Logged): void {
    this.log.push(line);
    for (const check of [...this.#watchers]) check();
  }
}

/** A platform that listens, and is connected to the broker when one is given. */
export async function startQingdaoPlatform(options: QingdaoOptions): Promise<QingdaoPlatform> {
  const platform = new QingdaoPlatform(options);
  await platform.start();
  if (options.mqtt) await platform.downlink.connect(options.mqtt);
  return platform;
}
