import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { Server } from 'node:net';
import { listen, OpenSockets, shut } from '../sockets.ts';
import type { Desk } from './desk.ts';
import { type FaultBoard, processes } from './faults.ts';
import type { Hooks } from './hooks.ts';
import type { AnswerStyle } from './style.ts';
import { reset, write } from './write.ts';

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

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > BODY_LIMIT) throw new Error('body too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** The cloud's HTTP(S) side on 127.0.0.1, with everything that can happen to a request on its way. */
export class CloudServer {
  /** Why connections broke off before a request came, e.g. because the certificate was not believed. */
  readonly handshakeFailures: string[] = [];
  readonly #service: Service;
  readonly #prefix: string;
  #tls: ServerCertificate | undefined;
  #server: Server | null = null;
  #sockets = new OpenSockets();
  #port: number;

  constructor(service: Service, { port, prefix, tls }: Place) {
    this.#service = service;
    this.#port = port;
    this.#prefix = prefix;
    this.#tls = tls;
  }

  get port(): number {
    return this.#port;
  }

  get baseUrl(): string {
    return `${this.#tls ? 'https' : 'http'}://127.0.0.1:${this.#port}${this.#prefix}`;
  }

  /** Another certificate for every connection from now on; those that are open are cut. */
  present(tls: ServerCertificate): void {
    const server: (Server & Partial<Pick<SecureServer, 'setSecureContext'>>) | null = this.#server;
    if (!this.#tls) throw new Error('the cloud speaks plain HTTP');
    this.#tls = tls;
    server?.setSecureContext?.({ key: tls.key, cert: tls.cert });
    this.#sockets.cut();
  }

  async start(): Promise<void> {
    if (this.#server) return;
    this.#sockets = new OpenSockets();
    const listener: RequestListener = (request, response) => {
      this.#handle(request, response).catch(() => reset(response));
    };
    const server: Server = this.#tls
      ? createSecureServer({ key: this.#tls.key, cert: this.#tls.cert }, listener)
      : createServer(listener);
    server.on('connection', (socket) => this.#sockets.add(socket));
    server.on('tlsClientError', (error: Error) => {
      this.handshakeFailures.push(error.message);
      this.#service.missed();
    });
    this.#port = await listen(server, this.#port);
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server) await shut(server, this.#sockets);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { desk, faults, hooks, style, look, missed, monotonic, wait } = this.#service;
    const ms = monotonic();
    const url = new URL(request.url ?? '/', 'http://localhost');
    const start = `${this.#prefix}/`;
    const name = url.pathname.startsWith(start) ? url.pathname.slice(start.length) : url.pathname;
    const body = await readBody(request).catch((error: unknown) => {
      missed();
      throw error;
    });
    const { about, fields } = desk.about(name, body);
    const { delayMs, fault } = faults.take(about);
    const { method = '', headers } = request;
    const raw = { method, query: url.search, contentType: headers['content-type'] ?? '', body, ms };
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
