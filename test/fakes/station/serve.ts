import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { FakeStation } from './fake-station.ts';
import type { FakeConnection } from './implementer.ts';
import { fakeRouter } from './router.ts';
import { scenarios } from './scenarios.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export interface ServedFake {
  readonly station: FakeStation;
  readonly url: string;
  /** Cuts every connection; new ones are refused until `restore`. */
  cut(): void;
  restore(): void;
  stop(): Promise<void>;
}

/** Serves the built renderer from `root` and a fake station on `/rpc`, both on one loopback port. */
export async function serveFake(root: string, scenario: string, port = 0): Promise<ServedFake> {
  const scene = scenarios[scenario];
  if (!scene) throw new Error(`no such scenario: ${scenario}; there are ${Object.keys(scenarios).join(', ')}`);
  const station = new FakeStation(scene);
  const handler = new RPCHandler(fakeRouter(station));
  const sockets = new WebSocketServer({ noServer: true });
  let refusing = false;
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname).replace(/^[/\\]+/, '') || 'index.html';
    readFile(join(root, path)).then(
      (body) =>
        response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  server.on('upgrade', (request, socket, head) => {
    if (refusing || request.url !== '/rpc') {
      socket.destroy();
      return;
    }
    sockets.handleUpgrade(request, socket, head, (websocket) => {
      const context: FakeConnection = { user: null };
      void handler.upgrade(websocket, { context });
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  const cut = (): void => {
    refusing = true;
    for (const client of sockets.clients) client.terminate();
  };
  return {
    station,
    url: `http://127.0.0.1:${address.port}`,
    cut,
    restore: () => {
      refusing = false;
    },
    stop: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

if (import.meta.main) {
  const [scenario = 'charging', root = 'dist/renderer', port = '8799'] = process.argv.slice(2);
  const served = await serveFake(root, scenario, Number(port));
  served.station.now = Date.now;
  process.stdout.write(`${JSON.stringify({ event: 'ready', url: served.url, scenario })}\n`);
}
