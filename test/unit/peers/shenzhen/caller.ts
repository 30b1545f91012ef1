import { connect, type Socket } from 'node:net';
import { vi } from 'vitest';
import {
  FrameReader,
  type Framing,
  frameOf,
  type JsonObject,
  type ParkingCloud,
} from '../../../peers/shenzhen/index.ts';
import type { FakeClock } from '../../../support/fake-clock.ts';
import { KEYS, parsed, sign } from './wire.ts';

const isRecord = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
