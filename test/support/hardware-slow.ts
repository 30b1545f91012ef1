import { createServer, type Server, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { listen, OpenSockets, shut } from '../peers/sockets.ts';
import type { HardwareLane } from './hardware-lane.ts';
import { until } from './until.ts';

/**
 * What a device on TCP can do instead of its work. hangs: takes the connection and reads nothing · mute: reads and never answers · closes:
 * ends each connection at once · babbles: answers with noise · refuses: nobody listens.
 */
export const MANNERS = ['hangs', 'mute', 'closes', 'babbles', 'refuses'] as const;
type Manner = (typeof MANNERS)[number];

const NOISE = Buffer.from('00ff64a55a0d0a30313233ff3a7f1b10', 'hex');
const EVERY_MS = 10;

/** A display, a sign or a printer as nobody wants it, on a port of its own. */
export class RudeDevice {
  connections = 0;
  readonly #sockets = new OpenSockets();
  #server: Server | undefined;
  #manner: Manner = 'mute';
  #port = 0;

  get port(): number {
    return this.#port;
  }

  async start(): Promise<void> {
    const server = createServer((socket) => this.#treat(socket));
    this.#server = server;
    this.#port = await listen(server, this.#port);
  }

  /** From now on; connections that stand are reset. */
  async turn(manner: Manner): Promise<void> {
    await this.stop();
    this.#manner = manner;
    if (manner !== 'refuses') await this.start();
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) await shut(server, this.#sockets);
  }

  #treat(socket: Socket): void {
    this.connections += 1;
    this.#sockets.add(socket);
    if (this.#manner === 'hangs') socket.pause();
    else socket.resume();
    if (this.#manner === 'closes') socket.destroy();
    if (this.#manner !== 'babbles') return;
    const noise = setInterval(() => socket.write(NOISE), EVERY_MS);
    socket.once('close', () => clearInterval(noise));
  }
}

/** From the camera's telling of a car to the arm's starting to rise, ms; the car then drives through and the arm falls. */
export async function plateToArm({ iron, see }: HardwareLane, plate: string): Promise<number> {
  const rising = new Promise<number>((resolve) => {
    const end = iron.onArm((arm) => {
      if (arm !== 'opening') return;
      end();
      resolve(performance.now());
    });
  });
  const since = performance.now();
  await see(plate);
  const took = (await rising) - since;
  await iron.drive(plate);
  await until(`the arm has fallen behind ${plate}`, () => iron.arm === 'closed');
  return took;
}
