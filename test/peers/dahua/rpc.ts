import { createHash } from 'node:crypto';
import type { Answer, Asked } from '../camera/web.ts';

const upperMd5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex').toUpperCase();

/** What goes into the password field of the second login. */
export function loginAnswer(
  login: { readonly user: string; readonly realm: string; readonly password: string },
  random: string,
): string {
  return upperMd5(`${login.user}:${random}:${upperMd5(`${login.user}:${login.realm}:${login.password}`)}`);
}

export interface RpcOptions {
  readonly user: string;
  readonly password: string;
  readonly realm: string;
  readonly random: string;
  readonly keepAliveSeconds: number;
  readonly now: () => number;
}

export interface RpcWork {
  complain(what: string): void;
  note(name: string, detail: string): void;
  open(detail: string): void;
  close(detail: string): void;
}

interface RpcSession {
  loggedIn: boolean;
  seenAt: number;
  readonly objects: Set<number>;
}

const CHALLENGE = { code: 268_632_079, message: 'Component error: login challenge!' };
const BAD_PASSWORD = { code: 268_632_085, message: 'Component error: Username or password is invalid' };
const NO_SESSION = { code: 287_637_505, message: 'Invalid session in request data!' };
const NO_OBJECT = { code: 268_959_743, message: 'Unknown error! error code was not set in service!' };
const NO_METHOD = { code: 268_894_210, message: 'Method not found!' };

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {});

/** JSON-RPC of newer firmware: a login in two steps, sessions that end, and objects that belong to a session. */
export class Rpc {
  readonly sessions = new Map<string, RpcSession>();
  readonly #options: RpcOptions;
  readonly #work: RpcWork;
  #last = 0;

  constructor(options: RpcOptions, work: RpcWork) {
    this.#options = options;
    this.#work = work;
  }

  /** Nobody is logged in any more. */
  expire(): void {
    this.sessions.clear();
  }

  handle(asked: Asked): Answer {
    const call = this.#parse(asked);
    const id = call['id'];
    const reply = asked.path === '/RPC2_Login' ? this.#login(call) : this.#call(call, asked);
    return { status: 200, type: 'application/json', body: JSON.stringify({ id, ...reply }) };
  }

  #parse(asked: Asked): Fields {
    try {
      const call = fieldsOf(JSON.parse(asked.body.toString('utf8')));
      if (typeof call['method'] !== 'string' || typeof call['id'] !== 'number')
        this.#work.complain(`${asked.path}: without method or id`);
      return call;
    } catch {
      this.#work.complain(`${asked.path}: body is not JSON`);
      return {};
    }
  }

  #login(call: Fields): object {
    const params = fieldsOf(call['params']);
    const { user, realm, random, keepAliveSeconds } = this.#options;
    if (call['method'] !== 'global.login') return { result: false, error: NO_METHOD };
    const known = this.#session(call['session']);
    if (!known) {
      this.#last += 1;
      const session = `5eed${String(this.#last).padStart(8, '0')}`;
      this.sessions.set(session, { loggedIn: false, seenAt: this.#options.now(), objects: new Set() });
      const challenge = { realm, random, encryption: 'Default' };
      return { result: false, error: CHALLENGE, params: challenge, session };
    }
    const right = params['userName'] === user && params['password'] === loginAnswer(this.#options, random);
    if (!right) return { result: false, error: BAD_PASSWORD, session: call['session'] };
    known.loggedIn = true;
    known.seenAt = this.#options.now();
    return { result: true, params: { keepAliveInterval: keepAliveSeconds }, session: call['session'] };
  }

  #call(call: Fields, asked: Asked): object {
    const session = this.#session(call['session']);
    if (!session?.loggedIn) return { result: false, error: NO_SESSION };
    const cookie = asked.headers.cookie ?? '';
    if (cookie !== '' && !cookie.includes(String(call['session'])))
      this.#work.complain('RPC2: the cookie names another session');
    session.seenAt = this.#options.now();
    return { ...this.#method(call, session), session: call['session'] };
  }

  #method(call: Fields, session: RpcSession): object {
    const params = fieldsOf(call['params']);
    const method = String(call['method']);
    if (method === 'global.keepAlive') return { result: true, params: { timeout: this.#options.keepAliveSeconds } };
    if (method === 'global.logout') {
      this.sessions.delete(String(call['session']));
      return { result: true };
    }
    if (method === 'trafficSnap.factory.instance') return this.#instance(params, session);
    if (method !== 'trafficSnap.openStrobe' && method !== 'trafficSnap.closeStrobe') {
      this.#work.complain(`RPC2: unknown method ${method}`);
      return { result: false, error: NO_METHOD };
    }
    if (!session.objects.has(Number(call['object']))) {
      this.#work.complain(`${method}: unknown object ${String(call['object'])}`);
      return { result: false, error: NO_OBJECT };
    }
    return this.#strobe(method, fieldsOf(params['info']));
  }

  #instance(params: Fields, session: RpcSession): object {
    if (typeof params['channel'] !== 'number') {
      this.#work.complain(`trafficSnap.factory.instance: channel ${String(params['channel'])}`);
      return { result: 0 };
    }
    this.#last += 1;
    session.objects.add(this.#last);
    return { result: this.#last };
  }

  #strobe(method: string, info: Fields): object {
    if (typeof info['openType'] !== 'string') this.#work.complain(`${method}: openType ${String(info['openType'])}`);
    this.#work.note(method, String(info['plateNumber'] ?? ''));
    if (method === 'trafficSnap.openStrobe') this.#work.open(method);
    else this.#work.close(method);
    return { result: true };
  }

  #session(id: unknown): RpcSession | undefined {
    const session = typeof id === 'string' ? this.sessions.get(id) : undefined;
    if (!session) return undefined;
    const old = this.#options.now() - session.seenAt > this.#options.keepAliveSeconds * 1000;
    if (old && typeof id === 'string') this.sessions.delete(id);
    return old ? undefined : session;
  }
}
