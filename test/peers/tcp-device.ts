import { createServer, type Server, type Socket } from 'node:net';
import { listen, OpenSockets, shut } from './sockets.ts';
import { socketWire, type Through, type Wire } from './wire.ts';

/** A device with a TCP port of its own: every connection is a wire that is plugged into it. */
export class TcpDevice {
  /** Connections that ever came. */
  connections = 0;
  readonly #plug: (wire: Wire) => () => void;
  readonly #through: (wire: Wire) => Wire;
  readonly #sockets = new OpenSockets();
  #server: Server | undefined;
  #port = 0;

  /** `plug` is called with each connection; what it returns is called when that ends. `through`: see {@link Through}. */
  constructor(plug: (wire: Wire) => () => void, through: Through = (wire) => wire) {
    this.#plug = plug;
    this.#through = through;
  }

  /** Connections that are open. */
  get open(): number {
    return this.#sockets.count;
  }

  /** Listens on 127.0.0.1, on the port of last time where none is given. Resolves with the port. */
  async listen(port = this.#port): Promise<number> {
    const server = createServer({ noDelay: true }, (socket) => this.#take(socket));
    this.#server = server;
    this.#port = await listen(server, port);
    return this.#port;
  }

  /** Resets every open connection. */
  cut(): void {
    this.#sockets.cut();
  }

  /** Refuses connections, and ends those that are open. */
  async stop(): Promise<void> {
    if (this.#server) await shut(this.#server, this.#sockets);
  }

  #take(socket: Socket): void {
    this.connections += 1;
    this.#sockets.add(socket);
    socket.once('close', this.#plug(this.#through(socketWire(socket))));
  }
}
