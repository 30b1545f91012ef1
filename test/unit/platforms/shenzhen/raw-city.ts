import { createHash, randomUUID } from 'node:crypto';
import { connect as connectTcp, createServer, type Server, type Socket } from 'node:net';
import { z } from 'zod';
import { until } from '../../../support/until.ts';

/** The city as bytes on a socket, or somebody who would like to be: signature and frames are written here anew. */

export const KEYS = { accessKey: '0667bb1c1aa7fb1f', accessSecret: 'adfdcdfdfdfdf', parkCode: '80010001' };

type Fields = Readonly<Record<string, unknown>>;

/** 7.4, as its text says it. */
export function sign(fields: Fields, secret: string = KEYS.accessSecret): string {
  const signed = Object.keys(fields)
    .filter((name) => name !== 'signature')
    .sort()
    .map((name) => `${name}=${typeof fields[name] === 'string' ? fields[name] : JSON.stringify(fields[name])}`)
    .join('&');
  return createHash('sha1')
    .update(signed + secret)
    .digest('hex')
    .toUpperCase();
}

export interface Odd {
  readonly requestId?: string;
  readonly secret?: string;
  readonly parkCode?: string | null;
  /** Over everything else of the frame. */
  readonly frame?: Fields;
}

let lastAt = 0;
/** The city's now: no two requests are of the same millisecond, for then they would bear the same signature. */
function stamp(): number {
  lastAt = Math.max(lastAt + 1, Date.now());
  return lastAt;
}

/** A request as the city writes it, signed with its secret unless with another. */
export function request(method: string, data: Fields = {}, odd: Odd = {}): string {
  const fields = { accessKey: KEYS.accessKey, timestamp: stamp(), ...data };
  const { requestId = randomUUID(), parkCode = KEYS.parkCode } = odd;
  return JSON.stringify({
    ...{ type: 'request', method, requestId, parkCode },
    data: { ...fields, signature: sign(fields, odd.secret) },
    ...odd.frame,
  });
}

/** Four bytes of length, the highest first, and the text behind them. */
export function framed(payload: string | Buffer): Buffer {
  const bytes = Buffer.from(payload);
  const head = Buffer.alloc(4);
  head.writeInt32BE(bytes.length);
  return Buffer.concat([head, bytes]);
}

const answerSchema = z.looseObject({
  type: z.string(),
  method: z.string(),
  requestId: z.string(),
  code: z.int().optional(),
  msg: z.string().optional(),
  timestamp: z.int().optional(),
  data: z.record(z.string(), z.unknown()),
});
export type Heard = z.output<typeof answerSchema>;

/** One connection, from the city's end. */
export class RawEnd {
  readonly socket: Socket;
  readonly frames: Heard[] = [];
  closed = false;
  #rest = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
    });
    socket.on('data', (chunk: Buffer) => this.#data(chunk));
  }

  #data(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    while (this.#rest.length >= 4) {
      const end = 4 + this.#rest.readUInt32BE(0);
      if (this.#rest.length < end) return;
      this.frames.push(answerSchema.parse(JSON.parse(this.#rest.subarray(4, end).toString('utf8'))));
      this.#rest = this.#rest.subarray(end);
    }
  }

  write(bytes: Buffer | string): void {
    this.socket.write(bytes);
  }

  get answers(): readonly Heard[] {
    return this.frames.filter(({ type }) => type === 'response');
  }

  /** Until the station asks this itself. */
  async asked(method: string, times = 1): Promise<Heard> {
    const all = (): Heard[] => this.frames.filter((each) => each.type === 'request' && each.method === method);
    await until(`${method} is said`, () => all().length >= times);
    const last = all().at(-1);
    if (!last) throw new Error('not asked');
    return last;
  }

  /** Says yes, or something else, to what the station asks. */
  answer({ method, requestId }: Heard, code: number | string = 0): void {
    this.write(framed(JSON.stringify({ type: 'response', method, requestId, timestamp: 1, code, msg: '', data: {} })));
  }

  async answered(times: number): Promise<readonly Heard[]> {
    await until(`${times} answers, there are ${this.answers.length}`, () => this.answers.length >= times);
    return this.answers;
  }

  /** Sends a request, and waits for what comes of it. */
  async ask(method: string, data: Fields = {}, odd: Odd = {}): Promise<Heard> {
    const before = this.answers.length;
    this.write(framed(request(method, data, odd)));
    const answer = (await this.answered(before + 1)).at(-1);
    if (!answer) throw new Error('no answer');
    return answer;
  }

  async cutOff(): Promise<void> {
    await until('the connection is cut off', () => this.closed);
  }
}

/** Listens for a station that connects. */
export class RawCity {
  readonly ends: RawEnd[] = [];
  readonly #server: Server;
  port = 0;

  private constructor() {
    this.#server = createServer((socket) => this.ends.push(new RawEnd(socket)));
  }

  static async listen(port = 0): Promise<RawCity> {
    const city = new RawCity();
    await new Promise<void>((resolve) => city.#server.listen(port, '127.0.0.1', resolve));
    const address = city.#server.address();
    if (typeof address === 'object' && address) city.port = address.port;
    return city;
  }

  /** The connection that came last, its login answered. */
  async letIn(nth = this.ends.length + 1): Promise<RawEnd> {
    const end = await this.came(nth);
    end.answer(await end.asked('login'));
    return end;
  }

  async came(nth: number): Promise<RawEnd> {
    await until(`connection ${nth}`, () => this.ends.length >= nth);
    const end = this.ends[nth - 1];
    if (!end) throw new Error('no connection');
    return end;
  }

  async close(): Promise<void> {
    for (const { socket } of this.ends) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Connects to a station that listens. */
export function rawEnd(port: number): Promise<RawEnd> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host: '127.0.0.1', port }, () => resolve(new RawEnd(socket)));
    socket.once('error', reject);
  });
}
