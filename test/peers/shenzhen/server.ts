import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Listener } from '../http/listener.ts';
import { destination, readBody } from '../http/request.ts';
import { reset } from '../http/response.ts';
import { pause } from '../timers.ts';
import type { Desk } from './desk.ts';
import { type FaultBoard, works } from './faults.ts';
import type { Hooks } from './hooks.ts';
import type { State } from './state.ts';
import { write } from './write.ts';

const BODY_LIMIT = 16_000_000;

interface Service {
  readonly desk: Desk;
  readonly state: State;
  readonly faults: FaultBoard;
  readonly hooks: Hooks;
  readonly look: () => void;
}

/** The cloud's HTTP side on 127.0.0.1, with everything that can happen to a request on its way. */
export class CloudServer {
  readonly #service: Service;
  readonly #prefix: string;
  readonly #listener: Listener<Server>;

  constructor(service: Service, { port, prefix }: { readonly port: number; readonly prefix: string }) {
    this.#service = service;
    this.#prefix = prefix;
    this.#listener = new Listener(port, () =>
      createServer((request, response) => {
        this.#handle(request, response).catch(() => reset(response));
      }),
    );
  }

  get port(): number {
    return this.#listener.port;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.#listener.port}${this.#prefix}`;
  }

  start(): Promise<void> {
    return this.#listener.start();
  }

  stop(): Promise<void> {
    return this.#listener.stop();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { desk, state, faults, hooks, look } = this.#service;
    const ms = state.monotonic();
    const { name, query } = destination(request, `${this.#prefix}/`);
    const body = await readBody(request, BODY_LIMIT).catch((error: unknown) => {
      state.missed = true;
      throw error;
    });
    const { about, fields } = desk.about(name, body);
    const { delayMs, fault } = faults.take(about);
    const { method = '', headers, httpVersion } = request;
    const { accept = '', 'content-type': contentType = '', 'content-length': contentLength } = headers;
    const raw = { method, query, contentType, accept, contentLength, httpVersion, body, ms };
    if (delayMs > 0) await pause(delayMs);
    if (fault?.kind === 'down' || fault?.kind === 'request-lost') {
      desk.receive(name, raw, fault).settle('unheard');
      look();
      return reset(response);
    }
    await hooks.at('received', about, fields);
    const judged = desk.receive(name, raw, fault);
    look();
    if (works(fault)) await hooks.at('processed', about, fields);
    if (fault?.kind === 'late') await pause(fault.ms);
    await hooks.at('answering', about, fields);
    judged.settle(await write(response, judged.answer, fault, state.style, state.now()));
    look();
    await hooks.at('answered', about, fields);
    look();
  }
}
