import type { Socket } from 'node:net';
import type { Timers } from '../../timers.ts';
import { type Finding, finding } from '../finding.ts';
import type { Hooks } from '../hooks.ts';
import type { Keys } from '../intake.ts';
import { isObject, type JsonObject, type Node, readJson, textOf, utf8 } from '../json.ts';
import type { State } from '../state.ts';
import { type Framing, frameOf } from './frames.ts';
import { beatFaults, type Connection, headFaults, loginCode, loginFaults } from './session.ts';

/** How the cloud receives the car park. */
export interface LineWill {
  login: 'accept' | 'refuse' | 'silence' | { readonly code: number; readonly msg: string };
  heartbeat: 'answer' | 'silence' | { readonly code: number; readonly msg: string };
  loginDelayMs: number;
  heartbeatDelayMs: number;
  /** False: the socket stays open, and nobody reads. */
  reads: boolean;
}

/** What a connection needs of the cloud. */
export interface Service {
  readonly keys: Keys;
  readonly state: State;
  readonly hooks: Hooks;
  readonly timers: Timers;
  readonly report: (name: string, findings: readonly Finding[]) => void;
  readonly look: () => void;
  /** An answer of the car park. */
  readonly answered: (frame: Node) => void;
}

/** The car park at the other end. */
export interface Guest {
  readonly socket: Socket;
  readonly connection: Connection;
}

/** Where frames of the car park are judged and answered. */
export class Reception {
  readonly #service: Service;
  readonly #will: LineWill;
  readonly #options: { readonly framing: Framing; readonly login: boolean };

  constructor(service: Service, will: LineWill, options: { readonly framing: Framing; readonly login: boolean }) {
    this.#service = service;
    this.#will = will;
    this.#options = options;
  }

  async frame(live: Guest, bytes: Buffer): Promise<void> {
    const { answered, keys, look } = this.#service;
    live.connection.frames += 1;
    look();
    const text = utf8(bytes);
    const read = text === null ? { fault: 'not UTF-8' } : readJson(text);
    if ('fault' in read || !isObject(read.node.value)) {
      this.#report('frame', [finding('frame', `no JSON object: ${'fault' in read ? read.fault : text}`)]);
      return;
    }
    const frame = read.node.value;
    if (text?.includes(keys.accessSecret)) this.#report('frame', [finding('secret', 'the accessSecret in a frame')]);
    const method = textOf(frame, 'method');
    if (frame['type'] === 'response') answered(read.node);
    else if (frame['type'] !== 'request')
      this.#report(method || 'frame', [finding('frame', `type is ${JSON.stringify(frame['type'])}`, 'type')]);
    else if (method === 'login') await this.#login(live, read.node, frame);
    else if (method === 'heartbeat') await this.#heartbeat(live, frame);
    else this.#report(method || 'frame', [finding('frame', `the car park asks ${JSON.stringify(method)}`, 'method')]);
  }

  async #login(live: Guest, node: Node, frame: JsonObject): Promise<void> {
    const { keys, state, hooks } = this.#service;
    const about = { direction: 'up' as const, interface: 'login', plate: '', recordCode: '', subject: '' };
    await hooks.at('received', about, frame);
    const data = node.members.find(([name]) => name === 'data')?.[1];
    const findings = [...headFaults(frame, keys.parkCode), ...(data ? loginFaults(data, keys, state) : [])];
    if (live.connection.frames > 1) findings.push(finding('login', 'login is not the first frame'));
    this.#report('login', findings);
    const { login, loginDelayMs } = this.#will;
    const code = loginCode(findings);
    const said =
      typeof login === 'object'
        ? login
        : { code: login === 'refuse' ? 401 : code, msg: login === 'refuse' || code !== 0 ? '登录失败' : 'success' };
    if (loginDelayMs > 0) await this.#wait(loginDelayMs);
    if (login === 'silence') return;
    await hooks.at('answering', about, frame);
    // Before the answer: what the car park hears must already be so.
    if (said.code === 0) live.connection.loginMs = state.monotonic();
    await this.#answer(live, frame, said);
  }

  async #heartbeat(live: Guest, frame: JsonObject): Promise<void> {
    const { keys, state, hooks } = this.#service;
    const { connection } = live;
    const about = { direction: 'up' as const, interface: 'heartbeat', plate: '', recordCode: '', subject: '' };
    await hooks.at('received', about, frame);
    const ms = state.monotonic();
    const findings = [...headFaults(frame, keys.parkCode), ...beatFaults(connection, ms, state)];
    if (this.#options.login && connection.loginMs === null)
      findings.push(finding('login', 'a heartbeat before the login'));
    this.#report('heartbeat', findings);
    connection.heartbeats.push(ms);
    const { heartbeat, heartbeatDelayMs } = this.#will;
    if (heartbeatDelayMs > 0) await this.#wait(heartbeatDelayMs);
    if (heartbeat === 'silence') return;
    await this.#answer(live, frame, typeof heartbeat === 'object' ? heartbeat : { code: 0, msg: 'success' });
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#service.timers.after(ms, async () => resolve()));
  }

  async #answer(live: Guest, frame: JsonObject, said: { readonly code: number; readonly msg: string }): Promise<void> {
    if (live.socket.destroyed) return;
    const { method, requestId } = frame;
    const reply = { type: 'response', method, requestId, timestamp: this.#service.state.now(), ...said, data: {} };
    live.socket.write(frameOf(this.#options.framing, Buffer.from(JSON.stringify(reply), 'utf8')));
  }

  #report(name: string, findings: readonly Finding[]): void {
    this.#service.report(name, findings);
  }
}
