import { createHash } from 'node:crypto';
import type { Clock } from '../../runtime/ports.ts';
import { HttpClient } from '../http-client.ts';
import type { Trace } from '../outbound.ts';
import { type Answer, readAnswer } from './answer.ts';
import type { Cipher } from './cipher.ts';
import { seal, vectorOf } from './codec.ts';
import type { KeytopSettings } from './config.ts';
import type { KeytopWire } from './context.ts';

export interface Exchange {
  readonly answer: Answer;
  readonly trace: Trace;
}

/**
 * Each has connections of its own. What decides a passage waits for nothing else and is waited for less long; so is an entry, whose answer
 * says whether the car is signed; nobody waits for bulk.
 */
export type Purpose = 'passage' | 'entry' | 'record' | 'bulk';

/** The outbox sends no more bulk at once. */
const BULK_CONNECTIONS = 2;

/** A longer text is a picture: it is told by its size. */
const BULKY = 2000;

/** Calls to the third party: encrypted at the moment of sending, because the day is part of the cipher. */
export class Uplink {
  readonly #settings: KeytopSettings;
  readonly #clock: Clock;
  readonly #cipher: Cipher;
  readonly #clients: Readonly<Record<Purpose, HttpClient>>;

  constructor(settings: KeytopSettings, clock: Clock, cipher: Cipher, ca: string | undefined) {
    this.#settings = settings;
    this.#clock = clock;
    this.#cipher = cipher;
    const { baseUrl, timeouts, concurrency } = settings;
    const common = { baseUrl, clock, ...(ca === undefined ? {} : { ca }) };
    const { passageMs } = timeouts;
    const short = {
      connectMs: Math.min(timeouts.connectMs, passageMs),
      headersMs: passageMs,
      bodyMs: passageMs,
      totalMs: passageMs,
    };
    this.#clients = {
      passage: new HttpClient({ ...common, timeouts: short, connections: 16 }),
      entry: new HttpClient({ ...common, timeouts: short, connections: concurrency }),
      record: new HttpClient({ ...common, timeouts, connections: concurrency }),
      bulk: new HttpClient({ ...common, timeouts, connections: BULK_CONNECTIONS }),
    };
  }

  /**
   * Never rejects. Sent once; a report once more where it was refused and the day had changed meanwhile, so that it could not be read. What
   * moves money is never sent again by itself.
   */
  async post(name: string, wire: KeytopWire, signal: AbortSignal, as: Purpose = 'record'): Promise<Exchange> {
    const before = vectorOf(this.#clock.now());
    const first = await this.#once(name, wire, signal, as);
    const stale =
      as !== 'passage' &&
      first.answer.kind === 'answered' &&
      first.answer.code !== 0 &&
      vectorOf(this.#clock.now()) !== before;
    return stale ? this.#once(name, wire, signal, as) : first;
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#clients).map((client) => client.close()));
  }

  async #once(name: string, wire: KeytopWire, signal: AbortSignal, as: Purpose): Promise<Exchange> {
    const { user, password, key, parkCode } = this.#settings;
    const body = { parkCode, ...wire };
    const client = this.#clients[as];
    const path = `/${name}`;
    const result = await client.post(
      {
        path,
        headers: {
          'content-type': 'application/json;charset=utf-8',
          accept: 'application/json, */*;q=0.8',
          user,
          pwd: password,
        },
        body: JSON.stringify({ data: seal(JSON.stringify(body), key, this.#clock.now(), this.#cipher) }),
      },
      signal,
    );
    return {
      answer: readAnswer(result),
      trace: {
        request: `POST ${client.pathOf(path)}`,
        ...toldOf(body),
        answer: result.kind === 'answered' ? { status: `HTTP ${result.status}`, text: result.text } : null,
      },
    };
  }
}

/** The parameters before they were encrypted; a picture by its size and digest. */
function toldOf(body: KeytopWire): Pick<Trace, 'plain' | 'attached'> {
  const attached: { name: string; bytes: number; sha256: string }[] = [];
  const plain = JSON.stringify(body, (name, value: unknown) => {
    if (typeof value !== 'string' || value.length <= BULKY) return value;
    attached.push({ name, bytes: value.length, sha256: createHash('sha256').update(value).digest('hex') });
    return `（${value.length} 字符）`;
  });
  return attached.length === 0 ? { plain } : { plain, attached };
}
