import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/**
 * A city that takes everything and looks at nothing: what a bench measures is our side. It runs in a process of its own, and can be told
 * to keep its answers to itself.
 */

const ANSWER = JSON.stringify({ resultCode: '200', msg: '操作成功' });
const toldSchema = z.object({ holding: z.boolean() });
const addressSchema = z.tuple([z.object({ port: z.int() })]).rest(z.unknown());

if (process.argv[1] === fileURLToPath(import.meta.url) && process.send) await serve();

async function serve(): Promise<void> {
  let holding = false;
  const held: ServerResponse[] = [];
  const answer = (response: ServerResponse): void => {
    response.setHeader('content-type', 'application/json;charset=UTF-8');
    response.end(ANSWER);
  };
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (holding) held.push(response);
      else answer(response);
    });
  }).listen(0, '127.0.0.1');
  // Whoever asks for more than the outbox does (a heartbeat beside it) must not be cut off between two requests.
  server.keepAliveTimeout = 60_000;
  await once(server, 'listening');
  process.on('message', (message) => {
    ({ holding } = toldSchema.parse(message));
    if (!holding) for (const response of held.splice(0)) answer(response);
  });
  process.once('disconnect', () => process.exit(0));
  process.send?.({ port: (server.address() as AddressInfo).port });
}

export class BenchCity {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  static async start(): Promise<BenchCity> {
    const child = fork(fileURLToPath(import.meta.url), { execArgv: [] });
    const [{ port }] = addressSchema.parse(await once(child, 'message'));
    return new BenchCity(`http://127.0.0.1:${port}`, child);
  }

  /** While it holds, requests arrive and no answer leaves; then all of them at once. */
  hold(holding: boolean): void {
    this.#child.send({ holding });
  }

  close(): void {
    this.#child.disconnect();
  }
}
