import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from '../http/request.ts';
import { reset } from '../http/response.ts';
import { type Answer, write } from './answer.ts';
import { type Fault, FaultBoard } from './faults.ts';
import type { RawRequest } from './intake.ts';
import type { AnswerStyle } from './style.ts';

const PREFIX = '/api/v1/cp/';
const BODY_LIMIT = 4_000_000;

/** One processing of one request: what to answer, and what to do once it is known whether the answer can have arrived. */
export interface Served {
  readonly answer: Answer;
  /** The answer cannot have arrived: the car park has to send the same again. */
  readonly unheard: () => void;
  /** What follows from the request. */
  readonly after: (heard: boolean) => void;
}

export interface Service {
  readonly style: AnswerStyle;
  readonly serve: (name: string, raw: RawRequest, fault: Fault | undefined) => Served;
  /** The request was cut off before it was read. */
  readonly unread: (name: string, outcome: Fault['kind']) => void;
}

/** The HTTP side on 127.0.0.1, with everything that can happen to a request on its way. */
export class CityServer {
  readonly faults = new FaultBoard<Fault>();
  readonly #service: Service;
  readonly #server: Server;
  /** Requests that wait to be overtaken. */
  readonly #waiting = new Set<() => void>();
  #port: number;

  constructor(service: Service, port: number) {
    this.#service = service;
    this.#port = port;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(() => reset(response));
    });
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.#port}${PREFIX.slice(0, -1)}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const address = this.#server.address();
    if (typeof address === 'object' && address) this.#port = address.port;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const name = url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : url.pathname;
    const { delayMs, fault } = this.faults.take(name);
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (fault?.kind === 'overtaken') await this.#overtaken(fault.ms);
    if (fault?.kind === 'down') {
      this.#service.unread(name, 'down');
      reset(response);
      return;
    }
    const raw = {
      method: request.method ?? '',
      query: url.search,
      contentType: request.headers['content-type'] ?? '',
      body: await readBody(request, BODY_LIMIT),
    };
    const first = this.#service.serve(name, raw, fault);
    let served = first;
    if (fault?.kind === 'duplicate') {
      // The network made two copies: of one of them nobody hears the answer.
      first.unheard();
      const second = this.#service.serve(name, raw, fault);
      const [said, unsaid] = fault.answer === 'second' ? [second, first] : [first, second];
      unsaid.after(false);
      served = said;
    }
    const heard = await write(response, served.answer, fault, this.#service.style);
    if (!heard) served.unheard();
    served.after(heard);
    for (const go of [...this.#waiting]) go();
  }

  #overtaken(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, ms);
      this.#waiting.add(go);
    });
  }
}
