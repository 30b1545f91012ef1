import { once } from 'node:events';
import { type ClientRequest, request } from 'node:http';
import { alarmInfoPlate } from './alarm-plate.ts';
import { type Posted, post } from './post.ts';

const CAMERA = { serialno: 'a1b2c3d4-e5f60718', deviceName: 'IN1', ipaddr: '192.168.1.100' };
const PLATE = { plateId: 1, license: '鲁B12345', options: {}, capturedAt: 0 };
const JSON_TYPE = 'application/json; charset=utf-8';

const whole = (serialno: string): string => JSON.stringify(alarmInfoPlate({ ...CAMERA, serialno }, PLATE, false));

/** Bodies that are no plate push, though each nearly is. */
export const BROKEN_BODIES = {
  empty: () => Buffer.alloc(0),
  truncated: (serialno: string) => Buffer.from(whole(serialno).slice(0, -20)),
  array: (serialno: string) => Buffer.from(`[${whole(serialno)}]`),
  null: () => Buffer.from('null'),
  'not-utf8': (serialno: string) => Buffer.from(whole(serialno).replace('鲁', '\u00ff'), 'latin1'),
  'no-result': (serialno: string) => Buffer.from(JSON.stringify({ AlarmInfoPlate: { ...CAMERA, serialno } })),
  'number-as-plate': (serialno: string) => Buffer.from(whole(serialno).replaceAll('"鲁B12345"', '12345')),
  deep: () => Buffer.from(`${'{"AlarmInfoPlate":'.repeat(5_000)}1${'}'.repeat(5_000)}`),
  prototype: (serialno: string) => Buffer.from(`{"__proto__":{"admin":true},"constructor":${whole(serialno)}}`),
} as const satisfies Record<string, (serialno: string) => Buffer>;
export type BrokenKind = keyof typeof BROKEN_BODIES;

export function sendBroken(url: string, kind: BrokenKind, serialno = CAMERA.serialno): Promise<Posted> {
  return post(url, JSON_TYPE, BROKEN_BODIES[kind](serialno), { timeoutMs: 5_000 });
}

export interface Streamed {
  readonly status: number | null;
  readonly error: string | null;
  /** Bytes handed to the socket before the other side answered or cut. */
  readonly sentBytes: number;
  readonly ms: number;
}

/** Resolves when there is room for more, or when nothing will ever be sent again. */
async function room(outgoing: ClientRequest): Promise<void> {
  const waiting = new AbortController();
  const { signal } = waiting;
  await Promise.race([once(outgoing, 'drain', { signal }), once(outgoing, 'close', { signal })]).finally(() =>
    waiting.abort(),
  );
}

/** Sends a body piece by piece until it is complete, answered or cut. */
function stream(
  url: string,
  headers: Readonly<Record<string, string | number>>,
  pieces: Iterable<Buffer>,
  pauseMs: number,
  timeoutMs: number,
): Promise<Streamed> {
  const started = Date.now();
  let sentBytes = 0;
  return new Promise((resolve) => {
    let settled = false;
    const finish = (status: number | null, error: string | null): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      resolve({ status, error, sentBytes, ms: Date.now() - started });
      outgoing.destroy();
    };
    const outgoing = request(url, { method: 'POST', agent: false, headers: { 'content-type': JSON_TYPE, ...headers } });
    const timer = setTimeout(() => finish(null, 'timeout'), timeoutMs);
    outgoing.on('error', (error) => finish(null, error.message));
    outgoing.on('response', (response) => finish(response.statusCode ?? null, null));
    const feed = async (): Promise<void> => {
      for (const piece of pieces) {
        if (settled) return;
        if (!outgoing.write(piece)) await room(outgoing);
        sentBytes += piece.length;
        if (pauseMs > 0) await new Promise((go) => setTimeout(go, pauseMs));
      }
      if (!settled) outgoing.end();
    };
    feed().catch((error: unknown) => finish(null, String(error)));
  });
}

/** A plate push whose picture makes the body so large. `declared: false` leaves the length out (chunked). */
export function sendHuge(
  url: string,
  bytes = 30_000_000,
  declared = true,
  serialno = CAMERA.serialno,
): Promise<Streamed> {
  const [head = '', tail = ''] = whole(serialno).split(/(?<="imageFile":")/);
  const filler = Buffer.alloc(64 * 1024, 'A');
  const filling = bytes - Buffer.byteLength(head) - Buffer.byteLength(tail);
  function* pieces(): Generator<Buffer> {
    yield Buffer.from(head);
    for (let left = filling; left > 0; left -= filler.length) yield filler.subarray(0, left);
    yield Buffer.from(tail);
  }
  return stream(url, declared ? { 'content-length': bytes } : {}, pieces(), 0, 60_000);
}

export interface SlowOptions {
  readonly bytesPerPiece?: number;
  readonly pauseMs?: number;
  /** Gives up after so long. */
  readonly timeoutMs?: number;
  readonly serialno?: string;
}

/** A good plate push in tiny pieces with pauses, to hold a connection. */
export function sendSlow(url: string, options: SlowOptions = {}): Promise<Streamed> {
  const body = Buffer.from(whole(options.serialno ?? CAMERA.serialno));
  const size = options.bytesPerPiece ?? 1;
  function* pieces(): Generator<Buffer> {
    for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
  }
  return stream(url, { 'content-length': body.length }, pieces(), options.pauseMs ?? 100, options.timeoutMs ?? 60_000);
}
