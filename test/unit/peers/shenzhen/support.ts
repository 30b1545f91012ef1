import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import { type CloudOptions, type JsonObject, type ParkingCloud, startCloud } from '../../../peers/shenzhen/index.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { Caller } from './caller.ts';
import { KEYS, NOW, parsed, sign, textOf } from './wire.ts';

export interface Written {
  readonly method?: string;
  readonly contentType?: string;
  readonly accept?: string;
  readonly query?: string;
  /** What is signed instead of what is sent. */
  readonly signed?: JsonObject;
  readonly signature?: string;
  /** The whole body instead. */
  readonly body?: string | Buffer;
  readonly chunked?: boolean;
  readonly timeoutMs?: number;
}

interface Got {
  readonly http: number;
  readonly text: string;
  readonly json: JsonObject | null;
}

const formOf = (fields: JsonObject): string =>
  Object.entries(fields)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(textOf(value))}`)
    .join('&');

/** A car park of few words: it says what a test gives it to say. */
export class CarPark {
  readonly #cloud: ParkingCloud;
  readonly #clock: FakeClock;

  constructor(cloud: ParkingCloud, clock: FakeClock) {
    this.#cloud = cloud;
    this.#clock = clock;
  }

  /** The fields with what every message has. */
  whole(fields: JsonObject, how: Written = {}, unsigned: readonly string[] = []): JsonObject {
    const stamp = 'timestamp' in fields && fields['timestamp'] === 0 ? { timestamp: this.#clock.now() } : {};
    const all = { accessKey: KEYS.accessKey, ...fields, ...stamp };
    return { ...all, signature: how.signature ?? sign({ ...all, ...how.signed }, unsigned) };
  }

  send(name: string, fields: JsonObject, how: Written = {}): Promise<Got> {
    const { method = 'POST', accept = 'application/json', query = '', timeoutMs = 5_000 } = how;
    const { contentType = 'application/x-www-form-urlencoded;charset=utf-8' } = how;
    const body = Buffer.from(how.body ?? formOf(this.whole(fields, how, name === 'berthInfo' ? ['image'] : [])));
    const length = how.chunked ? {} : { 'content-length': body.length };
    const headers = { accept, 'content-type': contentType, ...length };
    return new Promise((resolve, reject) => {
      const url = `${this.#cloud.baseUrl}/${name}${query}`;
      const sending = request(url, { method, agent: false, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('error', reject);
        response.on('aborted', () => reject(new Error('cut')));
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ http: response.statusCode ?? 0, text, json: parsed(text) });
        });
      });
      sending.on('error', reject);
      sending.setTimeout(timeoutMs, () => sending.destroy(new Error('no answer')));
      // Alone, an end would count it.
      if (how.chunked) sending.write(body.subarray(0, 1), () => sending.end(body.subarray(1)));
      else sending.end(body);
    });
  }

  async says(name: string, fields: JsonObject, how: Written = {}): Promise<unknown> {
    const { json } = await this.send(name, fields, how);
    return json?.['code'] ?? json?.['resultCode'];
  }

  /** What became of it, also when nothing came back. */
  async tries(name: string, fields: JsonObject, timeoutMs = 300): Promise<string> {
    const got = await this.send(name, fields, { timeoutMs }).catch(() => null);
    return got ? `${got.http} ${got.text}` : 'no answer';
  }
}

export interface World {
  readonly clock: FakeClock;
  readonly cloud: ParkingCloud;
  readonly park: CarPark;
}

/** A cloud on a clock of its own, and a car park that it knows. */
export async function world(options: CloudOptions = {}): Promise<World> {
  const clock = new FakeClock(NOW);
  const cloud = await startCloud({
    ...{ now: () => clock.now(), after: (ms: number, task: () => void) => clock.after(ms, task) },
    ...options,
  });
  onTestFinished(() => cloud.close());
  return { clock, cloud, park: new CarPark(cloud, clock) };
}

/** The same with the TCP side, logged in. */
export async function onlineWorld(options: CloudOptions = {}): Promise<World & { readonly caller: Caller }> {
  const w = await world(options);
  const caller = new Caller(w.cloud, w.clock, options.tcp?.framing);
  onTestFinished(() => void caller.socket.destroy());
  caller.login();
  await w.cloud.whenOnline();
  return { ...w, caller };
}

export const rules = (list: readonly { readonly rule: string }[]): string[] => list.map(({ rule }) => rule);

/** What the cloud has against the car park, in order. */
export const broken = ({ cloud }: World): string[] => rules(cloud.violations);
