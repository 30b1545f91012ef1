import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Listener } from '../http/listener.ts';
import { readBody } from '../http/request.ts';
import { reset } from '../http/response.ts';
import { Timers } from '../timers.ts';
import { FaultPlan } from './faults.ts';

/** A request, read to its end. */
export interface Asked {
  readonly method: string;
  /** As it stands in the request line, query included. */
  readonly uri: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What to do with a request: a name for faults and for the log, and the work itself. */
export interface Job {
  readonly name: string;
  /** Null: it answers by itself, e.g. with a stream. */
  readonly work: (response: ServerResponse) => Answer | null;
}

const LIMIT = 1_000_000;

/** A camera's web server on 127.0.0.1, with faults. */
export class CameraWeb {
  readonly faults = new FaultPlan();
  readonly timers = new Timers();
  readonly #listener: Listener<Server>;

  /** `route` runs when the request was read; `refusal` is the answer to a planned `refused`. */
  constructor(port: number, route: (asked: Asked) => Job, refusal: (code: number) => Answer) {
    this.#listener = new Listener(port, () =>
      createServer((request, response) => {
        this.timers.run(async () => {
          try {
            await this.#serve(request, response, route, refusal);
          } catch (error) {
            reset(response);
            throw error;
          }
        });
      }),
    );
  }

  get port(): number {
    return this.#listener.port;
  }

  start(): Promise<void> {
    return this.#listener.start();
  }

  /** Cuts what is open and refuses connections, until `start`. */
  refuse(): Promise<void> {
    return this.#listener.stop();
  }

  cut(): void {
    this.#listener.cut();
  }

  async stop(): Promise<void> {
    await this.#listener.stop();
    await this.timers.end();
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
    route: (asked: Asked) => Job,
    refusal: (code: number) => Answer,
  ): Promise<void> {
    const body = await readBody(request, LIMIT).catch(() => null);
    if (body === null) {
      reset(response);
      return;
    }
    const uri = request.url ?? '/';
    const { pathname, searchParams } = new URL(uri, 'http://camera');
    const job = route({
      ...{ method: request.method ?? 'GET', uri, path: pathname, query: searchParams, body },
      ...{ contentType: request.headers['content-type'] ?? '', headers: request.headers },
    });
    const fault = this.faults.take(job.name);
    if (fault?.kind === 'request-lost') reset(response);
    else if (fault?.kind === 'refused') send(response, refusal(fault.code));
    else {
      const answer = job.work(response);
      if (fault?.kind === 'answer-lost') reset(response);
      else if (answer && fault?.kind === 'slow') this.timers.after(fault.ms, async () => send(response, answer));
      else if (answer && fault?.kind !== 'silent') send(response, answer);
    }
  }
}

function send(response: ServerResponse, { status, type, body, headers = {} }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}
