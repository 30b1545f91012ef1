import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { onTestFinished, vi } from 'vitest';
import {
  type CloudOptions,
  FrameReader,
  type Framing,
  frameOf,
  type JsonObject,
  type ParkingCloud,
  signatureOf,
  startCloud,
} from '../../../peers/shenzhen/index.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

/** 2026-03-02 10:00:00 in China. */
export const NOW = Date.UTC(2026, 2, 2, 2, 0, 0);
export const MINUTE = 60_000;
export const KEYS = { accessKey: '0667bb1c1aa7fb1f', accessSecret: 'adfdcdfdfdfdf', parkCode: '80010001' };

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

function parsed(text: string): JsonObject | null {
  try {
    return JSON.parse(text);
  } catch {
    // Noise is one of the things that a cloud may say.
    return null;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const sign = (fields: JsonObject, unsigned: readonly string[] = []): string =>
  signatureOf(
    Object.entries(fields).map(([name, value]): [string, string] => [name, textOf(value)]),
    KEYS.accessSecret,
    unsigned,
  );

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

type Said = JsonObject | null | ((data: JsonObject, frame: JsonObject) => JsonObject | null);

/** The TCP side of such a car park: it logs in, and answers what a test gives it to say. */
export class Caller {
  /** By method; members of the answer, or null for silence. */
  answers: Record<string, Said> = {};
  readonly heard: JsonObject[] = [];
  readonly socket: Socket;
  closed = false;
  readonly #clock: FakeClock;
  readonly #framing: Framing;

  constructor(cloud: ParkingCloud, clock: FakeClock, framing: Framing = 'len4be', socket?: Socket) {
    this.#clock = clock;
    this.#framing = framing;
    this.socket = socket ?? connect({ host: '127.0.0.1', port: cloud.tcpPort });
    const reader = new FrameReader(framing);
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => {
      this.closed = true;
    });
    this.socket.on('data', (chunk) => {
      for (const bytes of reader.push(chunk)) this.#frame(bytes);
    });
  }

  write(frame: JsonObject | Buffer): void {
    const bytes = Buffer.isBuffer(frame) ? frame : Buffer.from(JSON.stringify(frame), 'utf8');
    this.socket.write(Buffer.isBuffer(frame) ? bytes : frameOf(this.#framing, bytes));
  }

  request(method: string, data: JsonObject, more: JsonObject = {}): void {
    this.write({ type: 'request', method, requestId: `${method}-1`, parkCode: KEYS.parkCode, data, ...more });
  }

  login(more: JsonObject = {}): void {
    const fields = {
      accessKey: KEYS.accessKey,
      timestamp: this.#clock.now(),
      parkCode: KEYS.parkCode,
      noncestr: 'a1b2c3d4e5',
    };
    const data = { ...fields, ...more };
    this.request('login', { ...data, signature: more['signature'] ?? sign(data) });
  }

  /** The last answer of the cloud to such a request. */
  said(method: string): Promise<JsonObject> {
    return vi.waitFor(() => {
      const frame = this.heard.findLast((one) => one['type'] === 'response' && one['method'] === method);
      if (!frame) throw new Error(`no answer to ${method}`);
      return frame;
    });
  }

  #frame(bytes: Buffer): void {
    const frame = parsed(bytes.toString('utf8'));
    if (!frame) {
      this.answer({ method: '', requestId: '' }, { code: 400, msg: '不是JSON', data: {} });
      return;
    }
    this.heard.push(frame);
    if (frame['type'] !== 'request') return;
    const given = this.answers[String(frame['method'])];
    const data = frame['data'];
    const said = typeof given === 'function' ? given(isRecord(data) ? data : {}, frame) : given;
    if (said !== null) this.answer(frame, said ?? { code: 405, msg: '未知方法', data: {} });
  }

  answer({ method, requestId }: JsonObject, said: JsonObject): void {
    this.write({ type: 'response', method, requestId, timestamp: this.#clock.now(), code: 0, msg: 'success', ...said });
  }
}

const isRecord = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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

export const RECORD = '80010001260302000001';
const CAR = { plateNumber: '粤B12345', plateColor: 0, parkCode: KEYS.parkCode, berthCode: '', carType: 0 };
const TIMES = { entryTime: NOW - 120 * MINUTE, exitTime: NOW - MINUTE };
/** A timestamp of 0 is that of the moment of sending. */
const NOWADAYS = { timestamp: 0 };

export const PARK: JsonObject = {
  ...{ ...NOWADAYS, parkCode: KEYS.parkCode, parkName: '科技园停车场', parkType: 2, cityCode: '440300' },
  ...{ address: '深圳市南山区', image: '', lng: 114057868, lat: 22543099, totalSpace: 700, free: 0, rsType: 1 },
  ...{ description: '', innerPayable: 1, payMode: 0, scope: 1 },
};
export const ENTRY: JsonObject = {
  ...{ ...NOWADAYS, ...CAR, entryTime: TIMES.entryTime, recordCode: RECORD },
  ...{ inFeaturePic: '', inPlatePic: '', dataSouce: 1 },
};
export const EXIT: JsonObject = {
  ...{ ...NOWADAYS, ...CAR, ...TIMES, recordCode: RECORD, outFeaturePic: '', outPlatePic: '', dataSouce: 1 },
  ...{ shouldPay: 1000, actualPay: 800, agioMoney: 200 },
};
export const UPDATE: JsonObject = {
  ...{ ...NOWADAYS, ...CAR, plateNumber: '粤B12346', entryTime: TIMES.entryTime, recordCode: RECORD },
};
export const BERTH: JsonObject = {
  ...{ ...NOWADAYS, berthCode: 'NS000100010001', positionType: 0, reportTime: NOW - 1_000, state: 1, sequence: 17 },
};
export const DEVICE: JsonObject = {
  ...{
    equipmentCode: 'CAM-0007',
    state: 1,
    parkCode: KEYS.parkCode,
    equipmentType: '3000',
    createTime: '20260302100000',
  },
};
export const STATUS: JsonObject = {
  ...{ parkCode: KEYS.parkCode, barCode: 'CAM-0007', createTime: '20260302100000' },
  berthState: '[{"berthCode":"NS000100010001","state":1}]',
};
export const ENTRANCE: JsonObject = {
  ...{ entranceNum: 1, name: '东二门', parkCode: KEYS.parkCode, garageCode: '', roadName: '深南大道', type: 3 },
  ...{ longitude: '114.057868', latitude: '22.543099', equipments: '[]' },
};
export const LIST: JsonObject = {
  ...{ blackWhiteCode: 'BW0001', parkCode: KEYS.parkCode, plateNumber: '粤B12345', plateColor: 0, carType: 0 },
  ...{ strategyType: 1, beginDate: NOW, endDate: NOW + MINUTE },
};
export const FREE: JsonObject = { ...NOWADAYS, parkCode: KEYS.parkCode, freeNum: 123, dataSouce: 1 };
