import { createServer, type Server, type ServerResponse } from 'node:http';
import { listen, OpenSockets, shut } from '../peers/sockets.ts';

const shim = new URL('./hardware-bank-shim.ts', import.meta.url).href;

/** A bank that pays what a scan gun reads, and may keep its answer to itself. The money is taken when it is asked. */
export class ScanBank {
  /** Each asking for money, by the number of its try. */
  readonly charges: string[] = [];
  readonly queries: string[] = [];
  /** Money is taken, and nobody is told so before somebody asks. */
  silent = false;
  readonly #sockets = new OpenSockets();
  readonly #server: Server;
  #port = 0;

  constructor() {
    this.#server = createServer((request, response) => {
      const [, what = '', id = ''] = (request.url ?? '').split('/');
      this.#serve(what, id, response);
    });
    this.#server.on('connection', (socket) => this.#sockets.add(socket));
  }

  /** For the start of a station that collects here, under the channel `gun`. */
  get site() {
    const env = { NODE_OPTIONS: `--import ${shim}`, HARDWARE_BANK_URL: `http://127.0.0.1:${this.#port}` };
    return { env, channels: ['gun'], platforms: { cmb: { enabled: true } } };
  }

  async start(): Promise<void> {
    this.#port = await listen(this.#server, 0);
  }

  async stop(): Promise<void> {
    await shut(this.#server, this.#sockets);
  }

  #serve(what: string, id: string, response: ServerResponse): void {
    if (what === 'charge') this.charges.push(id);
    else this.queries.push(id);
    if (what === 'charge' && this.silent) return;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ state: this.charges.includes(id) ? 'paid' : 'declined' }));
  }
}
