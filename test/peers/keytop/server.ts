import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Listener } from '../http/listener.ts';
import { destination, readBody } from '../http/request.ts';
import { end, reset } from '../http/response.ts';
import { pause } from '../timers.ts';
import type { Desk } from './desk.ts';
import { type FaultBoard, works } from './faults.ts';
import type { Finding } from './finding.ts';
import type { Hooks } from './hooks.ts';
import { isPage, type PageName, type Visit, visitFaults } from './pages.ts';
import type { AnswerStyle } from './style.ts';
import { write } from './write.ts';

const BODY_LIMIT = 16_000_000;

interface Service {
  readonly desk: Desk;
  readonly faults: FaultBoard;
  readonly hooks: Hooks;
  readonly style: AnswerStyle;
  readonly parkCode: string;
  readonly now: () => number;
  readonly monotonic: () => number;
  /** Waits by the third party's timers. */
  readonly wait: (ms: number) => Promise<void>;
  readonly look: () => void;
  /** Something was said that could not be read to its end. */
  readonly missed: () => void;
}

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** The third party's HTTP side on 127.0.0.1, with everything that can happen to a request on its way. */
export class ThirdPartyServer {
  /** Pages that a phone opened. */
  readonly visits: Visit[] = [];
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
    const { desk, faults, hooks, style, look, missed, monotonic, wait } = this.#service;
    const ms = monotonic();
    const { name, query } = destination(request, `${this.#prefix}/`);
    if (isPage(name)) return this.#page(name, query, request, response);
    const body = await readBody(request, BODY_LIMIT).catch((error: unknown) => {
      missed();
      throw error;
    });
    const { about, fields } = desk.about(name, body);
    const { delayMs, fault } = faults.take(about);
    const { method = '', headers } = request;
    const who = { user: one(headers['user']), pwd: one(headers['pwd']) };
    const raw = { method, query, contentType: headers['content-type'] ?? '', body, ms, ...who };
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
    if (judged.delayMs > 0) await wait(judged.delayMs);
    if (fault?.kind === 'late') await pause(fault.ms);
    await hooks.at('answering', about, fields);
    judged.settle(await write(response, judged.answer, fault, style));
    look();
    await hooks.at('answered', about, fields);
    look();
  }

  async #page(page: PageName, query: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { desk, parkCode, now, look } = this.#service;
    const { method = '', headers } = request;
    const findings: readonly Finding[] = visitFaults(page, { method, query, headers }, parkCode);
    this.visits.push({ at: now(), page, orderNo: new URLSearchParams(query).get('orderNo') ?? '', findings });
    desk.report(page, 'up', findings);
    look();
    response.writeHead(findings.length === 0 ? 200 : 400, { 'content-type': 'text/html; charset=utf-8' });
    await end(response, '<!DOCTYPE html><title>停车</title>');
  }
}
