import {
  createServer,
  type IncomingMessage,
  type Server as PlainServer,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
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

const BODY_LIMIT = 16_000_000;

/** What the cloud shows to whoever connects. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

interface Service {
  readonly desk: Desk;
  readonly faults: FaultBoard;
  readonly hooks: Hooks;
  readonly style: AnswerStyle;
  readonly monotonic: () => number;
  /** Waits by the cloud's timers. */
  readonly wait: (ms: number) => Promise<void>;
  readonly look: () => void;
  /** Something was said that could not be read to its end. */
  readonly missed: () => void;
}

export interface Place {
  readonly port: number;
  /** Before the names of the interfaces, e.g. `/park/v1`; nothing by default. */
  readonly prefix: string;
  readonly tls: ServerCertificate | undefined;
}

/** The cloud's HTTP(S) side on 127.0.0.1, with everything that can happen to a request on its way. */
export class CloudServer {
  /** Why connections broke off before a request came, e.g. because the certificate was not believed. */
  readonly handshakeFailures: string[] = [];
  readonly #service: Service;
  readonly #prefix: string;
  #tls: ServerCertificate | undefined;
  readonly #listener: Listener<PlainServer | SecureServer>;

  constructor(service: Service, { port, prefix, tls }: Place) {
    this.#service = service;
    this.#listener = new Listener(port, () => this.#open());
    this.#prefix = prefix;
    this.#tls = tls;
  }

  get port(): number {
    return this.#listener.port;
  }

  get baseUrl(): string {
    return `${this.#tls ? 'https' : 'http'}://127.0.0.1:${this.#listener.port}${this.#prefix}`;
  }

  /** Another certificate for every connection from now on; those that are open are cut. */
  present(tls: ServerCertificate): void {
    if (!this.#tls) throw new Error('the cloud speaks plain HTTP');
    this.#tls = tls;
    const { server } = this.#listener;
    if (server && 'setSecureContext' in server) server.setSecureContext({ key: tls.key, cert: tls.cert });
    this.#listener.cut();
  }

  start(): Promise<void> {
    return this.#listener.start();
  }

  stop(): Promise<void> {
    return this.#listener.stop();
  }

  #open(): PlainServer | SecureServer {
    const listener: RequestListener = (request, response) => {
      this.#handle(request, response).catch(() => reset(response));
    };
    if (!this.#tls) return createServer(listener);
    const server = createSecureServer({ key: this.#tls.key, cert: this.#tls.cert }, listener);
    server.on('tlsClientError', (error) => {
      this.handshakeFailures.push(error.message);
      this.#service.missed();
    });
    return server;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { desk, faults, hooks, style, look, missed, monotonic, wait } = this.#service;
    const ms = monotonic();
    const { name, query } = destination(request, `${this.#prefix}/`);
    const body = await readBody(request, BODY_LIMIT).catch((error: unknown) => {
      missed();
      throw error;
    });
    const { about, fields } = desk.about(name, body);
    const { delayMs, fault } = faults.take(about);
    const { method = '', headers } = request;
    const raw = { method, query, contentType: headers['content-type'] ?? '', body, ms };
    if (delayMs > 0) await pause(delayMs);
    if (fault?.kind === 'down' || fault?.kind === 'request-lost') {
      desk.receive(name, raw, fault).settle('unheard');
      look();
      return reset(response);
    }
    await hooks.at('received', about, fields);
    const judged = desk.receive(name, raw, fault);
    look();
    if (processes(fault)) await hooks.at('processed', about, fields);
    if (judged.delayMs > 0) await wait(judged.delayMs);
    if (fault?.kind === 'late') await pause(fault.ms);
    await hooks.at('answering', about, fields);
    judged.settle(judged.silent ? 'unheard' : await write(response, judged.answer, fault, style));
    look();
    await hooks.at('answered', about, fields);
    look();
  }
}
