import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect } from 'node:net';
import { expectedResponse, headerFields } from '../../../peers/camera/index.ts';
import { listen } from '../../../peers/sockets.ts';

const LOGIN = { user: 'admin', password: 'Abc12345' };

/** Authorization of a request, for the challenge of an answer. */
export function authorization(challenge: string, method: string, uri: string, nc: string, login = LOGIN): string {
  const fields = headerFields(challenge);
  const [realm = '', nonce = ''] = [fields.get('realm'), fields.get('nonce')];
  const response = expectedResponse({ ...login, realm }, { method, uri }, { nonce, nc, cnonce: '0a4f113b' });
  return `Digest username="${login.user}", realm="${realm}", nonce="${nonce}", uri="${uri}", qop=auth, nc=${nc}, cnonce="0a4f113b", response="${response}"`;
}

/** One request: asked for a login, it is made again with one. */
export async function ask(
  port: number,
  method: string,
  uri: string,
  body?: string,
  options: { readonly type?: string; readonly login?: typeof LOGIN; readonly signal?: AbortSignal } = {},
): Promise<Response> {
  const send = (headers: Record<string, string>): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}${uri}`, {
      ...{
        method,
        headers: { ...(body !== undefined && { 'content-type': options.type ?? 'application/xml' }), ...headers },
      },
      ...(body !== undefined && { body }),
      ...(options.signal && { signal: options.signal }),
    });
  const first = await send({});
  const challenge = first.headers.get('www-authenticate');
  if (first.status !== 401 || challenge === null) return first;
  await first.arrayBuffer();
  return send({ authorization: authorization(challenge.slice(7), method, uri, '00000001', options.login) });
}

/** Bytes to a port, and everything that comes back until the other side ends or `enough`. */
export function raw(port: number, bytes: string, enough: (heard: string) => boolean = () => false): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const done = (): void => {
      socket.destroy();
      resolve(heard);
    };
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      heard += text;
      if (enough(heard)) done();
    });
    socket.on('end', done);
    socket.on('error', reject);
  });
}

export interface Heard {
  readonly url: string;
  readonly type: string;
  readonly body: Buffer;
  /** In how many pieces it came. */
  readonly pieces: number;
}

/** A server that keeps what is posted to it and answers what the test says. */
export class Ear {
  readonly heard: Heard[] = [];
  answer: { status: number; body: string; chunked?: boolean } | 'nothing' = { status: 200, body: '' };
  url = '';
  readonly #server: Server = createServer((request, response) => {
    this.#take(request).then(
      () => {
        if (this.answer === 'nothing') return;
        const { status, body, chunked = false } = this.answer;
        response.writeHead(status, chunked ? {} : { 'content-length': Buffer.byteLength(body) });
        response.write(body);
        response.end();
      },
      () => response.destroy(),
    );
  });

  async start(): Promise<void> {
    this.url = `http://127.0.0.1:${await listen(this.#server, 0)}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const type = request.headers['content-type'] ?? '';
    this.heard.push({ url: request.url ?? '', type, body: Buffer.concat(chunks), pieces: chunks.length });
  }
}
