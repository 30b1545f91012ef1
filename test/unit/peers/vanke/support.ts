import { createServer as createPlain, request, type Server } from 'node:http';
import { createServer as createSecure, request as requestSecure } from 'node:https';
import { onTestFinished } from 'vitest';
import { listen, OpenSockets, shut } from '../../../peers/sockets.ts';
import {
  type Cloud,
  type CloudOptions,
  type JsonObject,
  type ServerCertificate,
  startCloud,
  tokenOf,
  wireTime,
} from '../../../peers/vanke/index.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

/** 2026-03-02 10:00:00 in China. */
export const NOW = Date.UTC(2026, 2, 2, 2, 0, 0);

export interface Answered {
  readonly http: number;
  readonly text: string;
  readonly json: JsonObject | null;
}

export interface Written {
  readonly method?: string;
  readonly contentType?: string;
  readonly query?: string;
  readonly body?: string | Buffer;
  /** Token of another secret. */
  readonly secret?: string;
  readonly omit?: readonly string[];
  readonly timeoutMs?: number;
  /** The car park's clock is so far behind. */
  readonly behindMs?: number;
  readonly ca?: string;
}

type Reply = JsonObject | ((body: JsonObject) => JsonObject);

function parsed(text: string): JsonObject | null {
  try {
    return JSON.parse(text);
  } catch {
    // Noise is one of the things that a cloud may say.
    return null;
  }
}

/** A car park of few words: it says what a test gives it to say, and keeps what it heard. */
export class CarPark {
  readonly heard: {
    readonly path: string;
    readonly method: string;
    readonly contentType: string;
    readonly body: string;
    readonly json: JsonObject | null;
  }[] = [];
  /** What is answered to a down interface; "0" otherwise. */
  answers: Record<string, Reply> = {};
  /** Instead of `answers`, the whole answer. */
  raw: { readonly status: number; readonly headers?: Record<string, string>; readonly body: string | Buffer } | null =
    null;
  silent = false;
  address = '';
  readonly #cloud: Cloud;
  readonly #clock: FakeClock;
  readonly #sockets = new OpenSockets();
  readonly #server: Server;

  constructor(cloud: Cloud, clock: FakeClock, tls?: ServerCertificate) {
    this.#cloud = cloud;
    this.#clock = clock;
    const listener: Parameters<typeof createPlain>[1] = (incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('error', () => undefined);
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const { url: path = '', method = '', headers } = incoming;
        const name = path.slice(path.lastIndexOf('/') + 1);
        const body = Buffer.concat(chunks).toString('utf8');
        const json = parsed(body);
        this.heard.push({ path, method, contentType: headers['content-type'] ?? '', body, json });
        if (this.silent) return;
        const given = this.answers[name] ?? { respCode: '0', respDesc: '' };
        const said = typeof given === 'function' ? given(json ?? {}) : given;
        const usual = { status: 200, headers: {}, body: JSON.stringify(said) };
        const answer = this.raw ?? usual;
        response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(answer.body);
      });
    };
    this.#server = tls ? createSecure({ ...tls }, listener) : createPlain(listener);
    this.#server.on('connection', (socket) => this.#sockets.add(socket));
  }

  async start(scheme = 'http'): Promise<void> {
    const port = await listen(this.#server, 0);
    this.address = `${scheme}://127.0.0.1:${port}/any/prefix`;
  }

  stop(): Promise<void> {
    return shut(this.#server, this.#sockets);
  }

  /** The fields as they would be sent: with version, keys, time and token. */
  signed(fields: JsonObject, { secret, omit = [], behindMs = 0 }: Written = {}): JsonObject {
    const { appId, appSecret, parkingLotId } = this.#cloud.keys;
    const time = wireTime(this.#clock.now() - behindMs);
    const token = tokenOf(typeof fields['time'] === 'string' ? fields['time'] : time, appId, secret ?? appSecret);
    const all = { version: '1.0', token, appId, parkingLotId, time, ...fields };
    return Object.fromEntries(Object.entries(all).filter(([name]) => !omit.includes(name)));
  }

  send(name: string, fields: JsonObject, how: Written = {}): Promise<Answered> {
    return this.post(`/${name}`, how.body ?? JSON.stringify(this.signed(fields, how)), how);
  }

  /** respCode of the answer. */
  async says(name: string, fields: JsonObject, how: Written = {}): Promise<unknown> {
    return (await this.send(name, fields, how)).json?.['respCode'];
  }

  /** What became of it, also when nothing came back. */
  async tries(name: string, fields: JsonObject, timeoutMs = 5_000): Promise<string> {
    const got = await this.send(name, fields, { timeoutMs }).catch(() => null);
    return got ? `${got.http} ${got.text}` : 'no answer';
  }

  post(path: string, body: string | Buffer, how: Written = {}): Promise<Answered> {
    const { method = 'POST', contentType = 'application/json', query = '', timeoutMs = 5_000, ca } = how;
    const url = `${this.#cloud.baseUrl}${path}${query}`;
    return new Promise((resolve, reject) => {
      const options = {
        method,
        headers: { 'content-type': contentType },
        agent: false,
        ...(ca ? { ca } : {}),
      } as const;
      const sending = (url.startsWith('https') ? requestSecure : request)(url, options, (response) => {
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
      sending.end(body);
    });
  }
}

export interface World {
  readonly clock: FakeClock;
  readonly cloud: Cloud;
  readonly park: CarPark;
}

/** A cloud on a clock of its own, and a car park that it knows. */
export async function world(options: CloudOptions = {}, parkTls?: ServerCertificate): Promise<World> {
  const clock = new FakeClock(NOW);
  const cloud = await startCloud({
    ...{ now: () => clock.now(), after: (ms: number, task: () => void) => clock.after(ms, task) },
    ...options,
  });
  const park = new CarPark(cloud, clock, parkTls);
  await park.start(parkTls ? 'https' : 'http');
  cloud.address = park.address;
  onTestFinished(async () => {
    await cloud.close();
    await park.stop();
  });
  return { clock, cloud, park };
}

export const UUID = '6f1c2d3e4b5a69788796a5b4c3d2e1f0';

/** A reading of a second ago. */
export const READ: JsonObject = {
  ...{ deviceNo: 'LPR-E01', uuid: UUID, recognitionTime: '20260302 09:59:59' },
  ...{ image: 'https://park.example.com/img/6f1c2d3e.jpg', plateNumber: '粤B12345', color: 'blue', reliability: 98 },
};

export const CROSS: JsonObject = {
  ...{ deviceNo: 'LPR-E01', uuid: UUID, plateNumber: '粤B12345', color: 'blue' },
  crossTime: '20260302 10:00:00',
};

export const ALARM: JsonObject = {
  ...{ abnormalCode: '1101', deviceNo: 'DWWE10232' },
  msg: '东二门01道的显示屏【DWWE10232】连接异常！',
};

/** What the cloud has against the car park, in order. */
export const broken = ({ cloud }: World): string[] => cloud.violations.map(({ rule }) => rule);

/** Sent so many times in a row, a second apart, and lost each time. */
export async function lost(name: string, fields: object, times: number, { cloud, park, clock }: World): Promise<void> {
  const fault = cloud.fault({ kind: 'request-lost' }, { interface: name });
  for (let n = 0; n < times; n += 1) {
    await park.tries(name, { ...fields });
    await clock.advance(1_000);
  }
  fault.clear();
}

export const GATE = { deviceNo: 'LPR-E01', plateNumber: '粤B12345', openMode: '2' };

export const DAY = { beginTime: '20260302 00:00:00' };

export const page = (data: readonly JsonObject[], change: JsonObject = {}): JsonObject => ({
  ...{ respCode: '0', respDesc: '', total: data.length, pageSize: 10, currentPage: 1, data },
  ...change,
});
export const crossing = (n: number, change: JsonObject = {}): JsonObject => ({
  ...{ uuid: `c${n}`, deviceNo: 'LPR-E01', plateNumber: '粤B12345', color: 'blue' },
  ...{ crossTime: `20260302 09:${String(n).padStart(2, '0')}:00`, ...change },
});
export const reading = (n: number, change: JsonObject = {}): JsonObject => {
  const { crossTime, ...rest } = crossing(n);
  return { ...rest, recognitionTime: crossTime, image: `http://127.0.0.1/p${n}.jpg`, ...change };
};
