import { connect, createServer, type Server, type Socket } from 'node:net';
import { listen, OpenSockets, shut } from './sockets.ts';
import { pause } from './timers.ts';

/** `up`: from the client to the target · `down`: back. */
export type Direction = 'up' | 'down';

/** What the line does to its bytes. Everything absent is in order. */
export interface LineFault {
  /** Each chunk waits so long; order is kept. */
  readonly delayMs?: number;
  /** At most so many bytes a second in each direction. */
  readonly bytesPerSecond?: number;
  /** The connection is reset once so many bytes went that way; the rest of the chunk is lost. */
  readonly cutAfter?: Partial<Record<Direction, number>>;
  /** Bytes of that way vanish, the connection stays open. */
  readonly blackHole?: Direction | 'both';
  /** New connections: reset at once. `refuse` of {@link FaultProxy.set} goes further and stops listening. */
  readonly resetOnConnect?: boolean;
}

interface Pair {
  readonly client: Socket;
  readonly target: Socket;
  readonly passed: Record<Direction, number>;
}

/**
 * A TCP line on loopback between a client and `127.0.0.1:targetPort`, whose faults can be changed at any moment, also for
 * connections that are open.
 */
export class FaultProxy {
  /** Bytes that were passed on, over all connections. */
  readonly passed: Record<Direction, number> = { up: 0, down: 0 };
  connections = 0;
  readonly #targetPort: number;
  readonly #sockets = new OpenSockets();
  readonly #pairs = new Set<Pair>();
  #server: Server | undefined;
  #port = 0;
  #fault: LineFault = {};

  constructor(targetPort: number) {
    this.#targetPort = targetPort;
  }

  get port(): number {
    return this.#port;
  }

  /** Replaces the line's faults; `{}` heals it. Bytes that vanished stay lost. */
  set(fault: LineFault): void {
    this.#fault = fault;
    if (fault.cutAfter) for (const pair of this.#pairs) pair.passed.up = pair.passed.down = 0;
  }

  /** Resets every open connection now. */
  cut(): void {
    this.#sockets.cut();
  }

  /** Connections are refused, open ones reset, until {@link accept}. */
  async refuse(): Promise<void> {
    if (this.#server) await shut(this.#server, this.#sockets);
  }

  /** Listens (again) on the same port. */
  async accept(): Promise<void> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#join(client));
    this.#port = await listen(server, this.#port);
    this.#server = server;
  }

  async stop(): Promise<void> {
    await this.refuse();
  }

  #join(client: Socket): void {
    this.connections += 1;
    this.#sockets.add(client);
    if (this.#fault.resetOnConnect) {
      client.resetAndDestroy();
      return;
    }
    const target = connect({ port: this.#targetPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    this.#sockets.add(target);
    const pair: Pair = { client, target, passed: { up: 0, down: 0 } };
    this.#pairs.add(pair);
    const end = (): void => {
      this.#pairs.delete(pair);
      client.resetAndDestroy();
      target.resetAndDestroy();
    };
    client.once('close', () => this.#pairs.delete(pair));
    client.once('error', end);
    target.once('error', end);
    this.#pump(pair, 'up', client, target).catch(end);
    this.#pump(pair, 'down', target, client).catch(end);
  }

  async #pump(pair: Pair, direction: Direction, from: Socket, to: Socket): Promise<void> {
    // Half-open: the end of one direction must not destroy the other.
    for await (const chunk of from.iterator({ destroyOnReturn: false })) {
      let bytes = Buffer.from(chunk);
      while (bytes.length > 0) {
        const { bytesPerSecond } = this.#fault;
        // A tenth of a second's worth at a time, so that a change of the fault takes hold soon.
        const size = bytesPerSecond === undefined ? bytes.length : Math.max(1, Math.floor(bytesPerSecond / 10));
        await this.#pass(pair, direction, bytes.subarray(0, size), to);
        bytes = bytes.subarray(size);
        if (bytesPerSecond !== undefined) await pause(100);
      }
    }
    to.end();
  }

  async #pass(pair: Pair, direction: Direction, bytes: Buffer, to: Socket): Promise<void> {
    if (this.#fault.delayMs !== undefined) await pause(this.#fault.delayMs);
    const { blackHole, cutAfter } = this.#fault;
    if (blackHole === direction || blackHole === 'both') return;
    const left = (cutAfter?.[direction] ?? Number.POSITIVE_INFINITY) - pair.passed[direction];
    const part = bytes.subarray(0, Math.max(0, left));
    pair.passed[direction] += part.length;
    this.passed[direction] += part.length;
    if (part.length > 0)
      await new Promise<void>((resolve, reject) => to.write(part, (error) => (error ? reject(error) : resolve())));
    if (bytes.length >= left) {
      // FIN after the last byte, then RST: a reset alone may overtake bytes that the other side has not read yet.
      to.end();
      await pause(5);
      throw new Error('cut');
    }
  }
}

/** A healthy line to `127.0.0.1:targetPort`. */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const proxy = new FaultProxy(targetPort);
  await proxy.accept();
  return proxy;
}
