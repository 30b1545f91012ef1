import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { processes } from '../http/faults.ts';
import { Listener } from '../http/listener.ts';
import { destination, readBody } from '../http/request.ts';
import { reset } from '../http/response.ts';
import { pause } from '../timers.ts';
import type { Desk } from './desk.ts';
import type { FaultBoard } from './faults.ts';
import type { Hooks } from './hooks.ts';
import type { AnswerStyle } from './style.ts';
import { write } from './write.ts';

const PREFIX = '/api/';
const BODY_LIMIT = 16_000_000;

interface Service {
  readonly desk: Desk;
  readonly faults: FaultBoard;
  readonly hooks: Hooks;
  readonly style: AnswerStyle;
  readonly look: () => void;
}

/** The bank's HTTP side on 127.0.0.1, with everything that can happen to a request on its way. */
export class BankServer {
  readonly #service: Service;
  readonly #listener: Listener<Server>;

  constructor(service: Service, port: number) {
    this.#service = service;
    this.#listener = new Listener(port, () =>
      createServer((request, response) => {
        this.#handle(request, response).catch(() => reset(response));
      }),
    );
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.#listener.port}`;
  }

  start(): Promise<void> {
    return this.#listener.start();
  }

  stop(): Promise<void> {
    return this.#listener.stop();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { desk, faults, hooks, style, look } = this.#service;
    const { name, query } = destination(request, PREFIX);
    const body = await readBody(request, BODY_LIMIT);
    const { about, fields } = desk.about(name, body);
    const { delayMs, fault } = faults.take(about);
    if (delayMs > 0) await pause(delayMs);
    if (fault?.kind === 'down' || fault?.kind === 'request-lost') {
      desk.unread(about, fault.kind);
      look();
      return reset(response);
    }
    const { method = '', headers } = request;
    const raw = { method, query, contentType: headers['content-type'] ?? '', body };
    await hooks.at('received', about, fields);
    const lost = fault?.kind === 'duplicate' ? desk.receive(name, raw, fault) : undefined;
    const { answer, before, after } = desk.receive(name, raw, fault);
    look();
    // Of two copies one did the work; what follows from it happens once, and nobody hears its answer.
    if (processes(fault)) await hooks.at('processed', about, fields);
    await lost?.before?.();
    lost?.after?.(false);
    await before?.();
    if (fault?.kind === 'late') await pause(fault.ms);
    await hooks.at('answering', about, fields);
    const heard = await write(response, answer, fault, style);
    after?.(heard);
    if (fault?.kind === 'status') desk.denied(fields);
    look();
    await hooks.at('answered', about, fields);
    look();
  }
}
