import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { listen, OpenSockets, shut } from '../sockets.ts';
import type { Desk } from './desk.ts';
import { type FaultBoard, processes } from './faults.ts';
import type { Hooks } from './hooks.ts';
import type { AnswerStyle } from './style.ts';
import { reset, write } from './write.ts';

const PREFIX = '/api/';
const BODY_LIMIT = 16_000_000;

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

interface Service {
  readonly desk: Desk;
  readonly faults: FaultBoard;
  readonly hooks: Hooks;
  readonly style: AnswerStyle;
  readonly look: () => void;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The bank's HTTP side on 127.0.0.1, with everything that can happen to a request on its way. */
export class BankServer {
  readonly #service: Service;
  #server: Server | null = null;
  #sockets = new OpenSockets();
  #port: number;

  constructor(service: Service, port: number) {
    this.#service = service;
    this.#port = port;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    if (this.#server) return;
    this.#sockets = new OpenSockets();
    const server = createServer((request, response) => {
      this.#handle(request, response).catch(() => reset(response));
    });
    server.on('connection', (socket) => this.#sockets.add(socket));
    this.#port = await listen(server, this.#port);
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server) await shut(server, this.#sockets);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { desk, faults, hooks, style, look } = this.#service;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const name = url.pathname.startsWith(PREFIX) ? url.pathname.slice(PREFIX.length) : url.pathname;
    const body = await readBody(request);
    const { about, fields } = desk.about(name, body);
    const { delayMs, fault } = faults.take(about);
    if (delayMs > 0) await pause(delayMs);
    if (fault?.kind === 'down' || fault?.kind === 'request-lost') {
      desk.unread(about, fault.kind);
      look();
      return reset(response);
    }
    const { method = '', headers } = request;
    const raw = { method, query: url.search, contentType: headers['content-type'] ?? '', body };
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
