import type { Server } from 'node:net';
import { listen, OpenSockets, shut } from '../sockets.ts';

/** A port on 127.0.0.1 that may be closed and opened again. */
export class Listener<S extends Server> {
  readonly #open: () => S;
  #server: S | null = null;
  #sockets = new OpenSockets();
  #port: number;

  /** `open` makes the server, anew for each {@link start}; port 0 picks a free one and keeps it. */
  constructor(port: number, open: () => S) {
    this.#port = port;
    this.#open = open;
  }

  get port(): number {
    return this.#port;
  }

  /** Null while nothing listens. */
  get server(): S | null {
    return this.#server;
  }

  /** Resets what is open; the port stays. */
  cut(): void {
    this.#sockets.cut();
  }

  async start(): Promise<void> {
    if (this.#server) return;
    this.#sockets = new OpenSockets();
    const server = this.#open();
    server.on('connection', (socket) => this.#sockets.add(socket));
    this.#port = await listen(server, this.#port);
    this.#server = server;
  }

  /** Refuses connections and cuts the open ones. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server) await shut(server, this.#sockets);
  }
}
