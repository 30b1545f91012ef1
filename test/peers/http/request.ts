import type { IncomingMessage } from 'node:http';

/** An HTTP request as it arrived, body complete. */
export interface RawRequest {
  readonly method: string;
  readonly query: string;
  readonly contentType: string;
  readonly body: Buffer;
}

/** Where a request goes: the name after `start`, or the whole path if that is not there, and what stands behind it. */
export function destination({ url: path = '/' }: IncomingMessage, start: string): { name: string; query: string } {
  const { pathname, search } = new URL(path, 'http://localhost');
  return { name: pathname.startsWith(start) ? pathname.slice(start.length) : pathname, query: search };
}

/** Reads a body to its end; throws when it has none within `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) throw new Error('body too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
