import { request } from 'node:http';
import { pause } from '../timers.ts';

/** How a push leaves. Everything absent: at once and whole. */
export interface PushManner {
  readonly timeoutMs?: number;
  /** The body leaves in pieces that end at these bytes, a pause between them. */
  readonly splitAt?: readonly number[];
  /** Only so many bytes of the body leave, then the connection is cut. */
  readonly cutAt?: number;
  /** The whole request leaves, and the camera does not hear the answer. */
  readonly deaf?: boolean;
}

export interface Pushed {
  /** Null when there was no whole answer. */
  readonly status: number | null;
  readonly body: string;
  readonly error: string | null;
}

const TIMEOUT_MS = 5_000;
const PIECE_PAUSE_MS = 2;

/** One POST on a connection of its own. Never rejects. */
export function push(
  url: string,
  type: string,
  body: Buffer,
  manner: PushManner,
  signal: AbortSignal,
): Promise<Pushed> {
  return new Promise((resolve) => {
    const headers = { 'content-type': type, 'content-length': body.length, connection: 'close' };
    const sending = request(url, { method: 'POST', agent: false, headers, signal });
    const finish = (status: number | null, text: string, error: string | null): void => {
      clearTimeout(timer);
      resolve({ status, body: text, error });
      sending.destroy();
    };
    const timer = setTimeout(() => finish(null, '', 'timeout'), manner.timeoutMs ?? TIMEOUT_MS);
    sending.on('error', (error) => finish(null, '', error.message));
    sending.on('response', (response) => {
      if (manner.deaf === true) {
        finish(null, '', 'deaf');
        return;
      }
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (error) => finish(null, '', error.message));
      response.on('end', () => finish(response.statusCode ?? null, Buffer.concat(chunks).toString('utf8'), null));
    });
    const cut = manner.cutAt;
    if (cut !== undefined) sending.write(body.subarray(0, cut), () => finish(null, '', 'cut'));
    else
      inPieces(body, manner.splitAt ?? [], (piece) => sending.write(piece)).then(
        () => sending.end(),
        () => undefined,
      );
  });
}

async function inPieces(body: Buffer, ends: readonly number[], write: (piece: Buffer) => void): Promise<void> {
  let from = 0;
  for (const end of [...ends, body.length]) {
    if (end <= from || end > body.length) continue;
    write(body.subarray(from, end));
    from = end;
    if (from < body.length) await pause(PIECE_PAUSE_MS);
  }
}
