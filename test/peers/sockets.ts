import { createServer, type Server, type Socket } from 'node:net';

/** Listens on 127.0.0.1 and resolves with the port; rejects when it is taken. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      if (typeof address === 'object' && address) resolve(address.port);
      else reject(new Error('no TCP address'));
    });
  });
}

/** A port that was free a moment ago: for programs that cannot pick one themselves, and for addresses where nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Remembers a server's open connections, so that they can be cut. */
export class OpenSockets {
  readonly #sockets = new Set<Socket>();

  add(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  get count(): number {
    return this.#sockets.size;
  }

  /** With RST: the other side learns at once. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }
}

/** Closes the server after cutting what hangs on it. */
export async function shut(server: Server, sockets: OpenSockets): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise((resolve) => server.close(resolve));
  sockets.cut();
  await closed;
}
