import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Cancel, Clock, Log } from '../../runtime/ports.ts';
import type { CommandEnd } from '../command-end.ts';
import type { DeviceLink } from '../device.ts';
import { decodeText } from '../device-text.ts';
import type { HttpCaller, HttpQuestion } from '../links.ts';
import type { LoginGuard } from '../login-guard.ts';

const upperMd5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex').toUpperCase();

/** What the second login carries as its password. */
export const loginAnswer = (
  { user, password, realm }: { readonly user: string; readonly password: string; readonly realm: string },
  random: string,
): string => upperMd5(`${user}:${random}:${upperMd5(`${user}:${realm}:${password}`)}`);

const sessionSchema = z.union([z.string(), z.number()]);
type SessionId = z.output<typeof sessionSchema>;
const replySchema = z.object({
  result: z.union([z.boolean(), z.number()]).nullish(),
  session: sessionSchema.nullish().catch(null),
  params: z
    .object({
      realm: z.string().optional(),
      random: z.union([z.string(), z.number()]).transform(String).optional(),
      keepAliveInterval: z.number().min(1).max(3600).optional().catch(undefined),
    })
    .nullish()
    .catch(null),
  error: z.object({ code: z.number().nullish(), message: z.string().nullish() }).nullish().catch(null),
});
type Reply = z.output<typeof replySchema>;
type Failure = { readonly failed: 'none' | 'lost' | 'unclear'; readonly detail: string };

type Times = Pick<HttpQuestion, 'timeoutMs' | 'leaveWithinMs'>;

interface Session {
  readonly id: SessionId;
  readonly object: number;
}

const ANSWER_MS = 3_000;
const KEEP_ALIVE_S = 60;
const MOST_BYTES = 256 * 1024;
/** Codes of a session that is over or unknown, besides what is said in words. */
const NO_SESSION = new Set([287_637_504, 287_637_505]);

const isSessionGone = ({ error }: Reply): boolean =>
  error != null &&
  (NO_SESSION.has(error.code ?? 0) || /invalid session|session.*(?:expired|timeout)/i.test(error.message ?? ''));

export interface RpcDeps {
  readonly http: HttpCaller;
  readonly clock: Clock;
  readonly link: DeviceLink;
  readonly log: Log;
  readonly guard: LoginGuard;
  readonly base: string;
  readonly user: string;
  readonly password: string;
  readonly channel: number;
}

/** JSON-RPC of newer firmware: a login in two steps, a session that is kept alive, and an object that takes the orders. */
export class Rpc {
  readonly #deps: RpcDeps;
  #session: Session | null = null;
  #connecting: Promise<Session | Failure> | null = null;
  #cancel: Cancel = () => undefined;
  #running = true;
  #calls = 0;

  constructor(deps: RpcDeps) {
    this.#deps = deps;
  }

  stop(): void {
    this.#running = false;
    this.#cancel();
    this.#session = null;
  }

  /** Logs in ahead of the first order. */
  async warm(): Promise<void> {
    await this.#connected(ANSWER_MS);
  }

  /**
   * One order. A session that was over before it had no effect: it is given once more, with a new one. Whatever else goes wrong is told.
   */
  async order(method: 'openStrobe' | 'closeStrobe', withinMs: number): Promise<CommandEnd> {
    const { clock } = this.#deps;
    const since = clock.monotonic();
    const left = (): number => withinMs - (clock.monotonic() - since);
    for (let turn = 1; ; turn += 1) {
      const session = await this.#connected(left());
      if ('failed' in session) return { verdict: 'none', detail: session.detail };
      if (left() <= 0) return { verdict: 'none', detail: '没有及时登录' };
      const params = { info: { openType: 'Normal', plateNumber: '' } };
      const call = { method: `trafficSnap.${method}`, params, object: session.object, session: session.id };
      const reply = await this.#call('/RPC2', call, { leaveWithinMs: left(), timeoutMs: left() + ANSWER_MS });
      if ('failed' in reply) return { verdict: reply.failed, detail: reply.detail };
      if (reply.result === true) return { verdict: 'done', detail: '' };
      // Whatever it did not like, the next order does not depend on it.
      if (this.#session === session) this.#session = null;
      if (turn > 1 || !isSessionGone(reply)) return { verdict: 'refused', detail: words(reply) };
    }
  }

  /** The present session, or a new one. */
  async #connected(withinMs: number): Promise<Session | Failure> {
    if (this.#session) return this.#session;
    this.#connecting ??= this.#connect(withinMs).finally(() => {
      this.#connecting = null;
    });
    return this.#connecting;
  }

  async #connect(withinMs: number): Promise<Session | Failure> {
    const { guard, clock, channel } = this.#deps;
    const refusal = guard.refusal();
    if (refusal !== null) return { failed: 'none', detail: refusal };
    const end = clock.monotonic() + withinMs;
    const left = (): Times => ({ timeoutMs: Math.max(0, end - clock.monotonic()) });
    const login = await this.#login(left);
    if ('failed' in login) return login;
    const call = { method: 'trafficSnap.factory.instance', params: { channel }, session: login.id };
    const made = await this.#call('/RPC2', call, left());
    if ('failed' in made) return made;
    if (typeof made.result !== 'number' || made.result === 0)
      return { failed: 'none', detail: `相机没有给出开闸对象：${words(made)}` };
    this.#session = { id: login.id, object: made.result };
    this.#keepAlive(this.#session, login.keepAliveS);
    return this.#session;
  }

  async #login(left: () => Times): Promise<{ readonly id: SessionId; readonly keepAliveS: number } | Failure> {
    const { user, password, guard } = this.#deps;
    const method = 'global.login';
    const known = { userName: user, clientType: 'Web3.0', loginType: 'Direct' };
    const first = await this.#call('/RPC2_Login', { method, params: { ...known, password: '' } }, left());
    if ('failed' in first) return first;
    const { realm, random } = first.params ?? {};
    if (realm === undefined || random === undefined || first.session == null)
      return { failed: 'none', detail: `登录没有得到质询：${words(first)}` };
    const answer = { ...known, password: loginAnswer({ user, password, realm }, random), authorityType: 'Default' };
    const second = await this.#call('/RPC2_Login', { method, params: answer, session: first.session }, left());
    if ('failed' in second) return second;
    if (second.result !== true) return { failed: 'none', detail: guard.refused(null) };
    guard.accepted();
    return { id: second.session ?? first.session, keepAliveS: second.params?.keepAliveInterval ?? KEEP_ALIVE_S };
  }

  /** Half of its time passed, the session is confirmed; one that is lost is made anew, so that no car waits for it. */
  #keepAlive(session: Session, seconds: number): void {
    this.#cancel();
    this.#cancel = this.#deps.clock.after(seconds * 500, () => void this.#confirm(session, seconds));
  }

  async #confirm(session: Session, seconds: number): Promise<void> {
    if (!this.#running || this.#session !== session) return;
    const call = { method: 'global.keepAlive', params: { timeout: seconds, active: true }, session: session.id };
    const reply = await this.#call('/RPC2', call, { timeoutMs: ANSWER_MS }, true);
    if (!this.#running || this.#session !== session) return;
    if (!('failed' in reply) && reply.result === true) {
      this.#keepAlive(session, seconds);
      return;
    }
    this.#session = null;
    await this.#renew(seconds * 500);
  }

  async #renew(pauseMs: number): Promise<void> {
    const session = await this.#connected(ANSWER_MS);
    if (!('failed' in session) || !this.#running) return;
    this.#deps.log.warn('no session with the camera', { why: session.detail });
    this.#cancel = this.#deps.clock.after(pauseMs, () => void this.#renew(pauseMs));
  }

  async #call(
    path: string,
    call: { readonly method: string; readonly params: object; readonly session?: SessionId; readonly object?: number },
    times: Times,
    isQuiet = false,
  ): Promise<Reply | Failure> {
    const { http, base, link } = this.#deps;
    const { method, session } = call;
    this.#calls += 1;
    // Neither the session nor the answer to a challenge is anybody's business.
    if (!isQuiet) link.exchanged('out', `POST ${path} ${method}`, path === '/RPC2' ? JSON.stringify(call.params) : '');
    const cookie = session === undefined ? {} : { Cookie: `DhWebClientSessionID=${session}` };
    const answer = await http.ask({
      ...{ method: 'POST', url: base + path, maxBytes: MOST_BYTES },
      ...{
        headers: { 'Content-Type': 'application/json', ...cookie },
        body: JSON.stringify({ ...call, id: this.#calls }),
      },
      ...times,
    });
    const reply = 'failed' in answer ? answer : replyOf(answer.status, decodeText(answer.body));
    if (!isQuiet) link.exchanged('in', `${path} ${method}`, 'failed' in reply ? reply.detail : words(reply));
    return reply;
  }
}

function replyOf(status: number, body: string): Reply | Failure {
  const unclear = { failed: 'unclear', detail: `应答看不懂（HTTP ${status}）` } as const;
  try {
    const parsed = replySchema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : unclear;
  } catch {
    return unclear;
  }
}

const words = ({ result, error }: Reply): string =>
  error ? `${error.message ?? ''} (${error.code ?? '-'})`.trim() : `result ${JSON.stringify(result ?? null)}`;
