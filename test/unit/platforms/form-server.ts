import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A posted form as it came. */
export interface Received<Form> {
  readonly path: string;
  readonly contentType: string;
  /** The body. */
  readonly text: string;
  readonly form: Form;
}

export type Answers<Form> = (request: Received<Form>, response: ServerResponse, raw: IncomingMessage) => void;

/** The other side of a platform that takes forms: answers as told, on a port of its own. */
export async function serveForms<Form>(read: (text: string) => Form, answer: Answers<Form>) {
  const received: Received<Form>[] = [];
  const server = createServer((raw, response) => {
    const parts: Buffer[] = [];
    raw.on('data', (part: Buffer) => parts.push(part));
    raw.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8');
      const contentType = raw.headers['content-type'] ?? '';
      const request = { path: raw.url ?? '', contentType, text, form: read(text) };
      received.push(request);
      answer(request, response, raw);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    received,
    baseUrl: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
