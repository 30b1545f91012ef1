import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../runtime/ports.ts';
import type { HttpAnswer, HttpCaller, HttpFailure, HttpQuestion, HttpStreamListener } from './links.ts';
import type { LoginGuard } from './login-guard.ts';

/** A `WWW-Authenticate: Digest` of a device (RFC 2617, MD5). */
export interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  /** Whether `qop=auth` is offered; without it the older form is spoken. */
  readonly auth: boolean;
  /** The nonce of before was too old; name and password were not at fault. */
  readonly stale: boolean;
}

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

/** `name=value` or `name="value"`, commas and escaped quotes within; or the name of the next scheme. */
const TOKEN = /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))|([A-Za-z][\w-]*)(?=\s+[\w-]+\s*=|\s*$|\s*,)/g;

/** The first challenge of a header that can be answered; several may stand in one header, e.g. Basic besides. */
export function parseChallenge(header: string): Challenge | null {
  const schemes: { readonly name: string; readonly fields: Map<string, string> }[] = [];
  for (const [, name, quoted, bare, scheme] of header.matchAll(TOKEN)) {
    if (scheme !== undefined) schemes.push({ name: scheme.toLowerCase(), fields: new Map() });
    else if (name !== undefined)
      schemes.at(-1)?.fields.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
  }
  for (const { name, fields } of schemes) {
    const challenge = name === 'digest' ? challengeOf(fields) : null;
    if (challenge) return challenge;
  }
  return null;
}

function challengeOf(fields: ReadonlyMap<string, string>): Challenge | null {
  const [nonce, algorithm = 'MD5', qop] = [fields.get('nonce'), fields.get('algorithm'), fields.get('qop')];
  const offered = qop?.split(',').map((each) => each.trim().toLowerCase());
  if (nonce === undefined || algorithm.toUpperCase() !== 'MD5') return null;
  if (offered && !offered.includes('auth')) return null;
  return {
    ...{ realm: fields.get('realm') ?? '', nonce, opaque: fields.get('opaque') ?? null },
    ...{ auth: offered !== undefined, stale: fields.get('stale')?.toLowerCase() === 'true' },
  };
}

/** Characters of a header; text beyond ASCII as the bytes of its UTF-8. */
const quoted = (text: string): string => `"${Buffer.from(text, 'utf8').toString('latin1').replace(/["\\]/g, '\\$&')}"`;

/** The value of `Authorization`. `count` is how often this nonce was used, this time included. */
export function authorization(
  { user, password }: Credentials,
  { realm, nonce, opaque, auth }: Challenge,
  asked: { readonly method: string; readonly uri: string; readonly count: number; readonly cnonce: string },
): string {
  const { method, uri, count, cnonce } = asked;
  const nc = count.toString(16).padStart(8, '0');
  const [who, what] = [md5(`${user}:${realm}:${password}`), md5(`${method}:${uri}`)];
  const response = auth ? md5(`${who}:${nonce}:${nc}:${cnonce}:auth:${what}`) : md5(`${who}:${nonce}:${what}`);
  const qop = auth ? `qop=auth, nc=${nc}, cnonce="${cnonce}", ` : '';
  const told = opaque === null ? '' : `, opaque=${quoted(opaque)}`;
  const login = `username=${quoted(user)}, realm=${quoted(realm)}, nonce=${quoted(nonce)}`;
  return `Digest ${login}, uri="${uri}", ${qop}response="${response}"${told}`;
}

/** Where a request goes, as it stands in its first line. */
const uriOf = (url: string): string => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

type StreamQuestion = Parameters<HttpCaller['stream']>[0];
const isRefused = (answer: HttpAnswer | HttpFailure): answer is HttpAnswer =>
  'status' in answer && answer.status === 401;

export interface DigestDeps {
  readonly http: HttpCaller;
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly guard: LoginGuard;
  /** For how long nobody may log in, where a 401 says so. */
  readonly unlockMs?: (answer: HttpAnswer) => number | null;
}

/** After so many requests of one question the device is not to be satisfied. */
const MOST_TURNS = 3;

/**
 * Requests to one device behind digest. A nonce is used again with a growing count, so that a command needs no request before it. A 401
 * says that nothing was carried out: it is answered by a login with the nonce that it brought, and who is refused with a new nonce has a
 * wrong password. Until a login was taken they are made one at a time, so that a wrong password is tried once and not by everybody.
 */
export class DigestCaller implements HttpCaller {
  readonly #deps: DigestDeps;
  #challenge: Challenge | null = null;
  /** How often its nonce was used. */
  #count = 0;
  /** The last login was taken. */
  #proven = false;
  #logins: Promise<unknown> = Promise.resolve();

  constructor(deps: DigestDeps) {
    this.#deps = deps;
  }

  /** A refused login ends as `none`: nothing happened. The times of the question count for all requests that it takes. */
  async ask(question: HttpQuestion): Promise<HttpAnswer | HttpFailure> {
    const since = this.#deps.clock.monotonic();
    if (this.#proven) {
      const used = this.#challenge;
      const answer = await this.#send(question, since);
      if (!isRefused(answer)) return answer;
      if (this.#challenge === used) this.#challenged(answer.headers);
      this.#proven = false;
    }
    const turn = this.#logins.then(() => this.#login(question, since));
    // One that failed is its own caller's; those behind it have their turn.
    this.#logins = turn.catch(() => undefined);
    return turn;
  }

  /** A 401 at its beginning is answered once or twice, too, before it ends. */
  stream(question: StreamQuestion, listener: HttpStreamListener): () => void {
    let isOver = false;
    let stop: () => void = () => undefined;
    const end = (why: string): void => {
      if (isOver) return;
      isOver = true;
      listener.end(why);
    };
    const open = (turn: number): void => {
      const sent = this.#state();
      let denied: ReadonlyMap<string, string> | undefined;
      stop = this.#deps.http.stream(
        { ...question, headers: this.#headers('GET', question.url, question.headers) },
        {
          head: (status, headers) => {
            if (status === 401) {
              denied = headers;
              stop();
              return;
            }
            if (sent !== 'none') this.#accepted();
            listener.head(status, headers);
          },
          data: (bytes) => (isOver || denied ? undefined : listener.data(bytes)),
          end: (why) => {
            if (!denied || isOver) return end(why);
            if (this.#mayTryAgain(sent, denied, turn)) open(turn + 1);
            else end(this.#refuse(null));
          },
        },
      );
    };
    const refusal = this.#deps.guard.refusal();
    if (refusal === null) open(1);
    else stop = this.#deps.clock.after(0, () => end(refusal));
    return () => {
      end('已停止');
      stop();
    };
  }

  /** One at a time. */
  async #login(question: HttpQuestion, since: number): Promise<HttpAnswer | HttpFailure> {
    const { guard, unlockMs } = this.#deps;
    for (let turn = 1; ; turn += 1) {
      const refusal = guard.refusal();
      if (refusal !== null) return { failed: 'none', detail: refusal };
      const sent = this.#state();
      const answer = await this.#send(question, since);
      if (!isRefused(answer)) return answer;
      const locked = unlockMs?.(answer) ?? null;
      if (locked !== null || !this.#mayTryAgain(sent, answer.headers, turn))
        return { failed: 'none', detail: this.#refuse(locked) };
    }
  }

  async #send(question: HttpQuestion, since: number): Promise<HttpAnswer | HttpFailure> {
    const { timeoutMs, leaveWithinMs = timeoutMs, method, url, headers } = question;
    const gone = this.#deps.clock.monotonic() - since;
    if (gone >= Math.min(timeoutMs, leaveWithinMs)) return { failed: 'none', detail: '没有及时登录' };
    const isLogin = this.#challenge !== null;
    const answer = await this.#deps.http.ask({
      ...question,
      headers: this.#headers(method, url, headers),
      ...{ timeoutMs: timeoutMs - gone, leaveWithinMs: leaveWithinMs - gone },
    });
    if (isLogin && 'status' in answer && answer.status !== 401) this.#accepted();
    return answer;
  }

  /** What a request that leaves now has to show: nothing, a nonce that nobody used yet, or one that was good before. */
  #state(): 'none' | 'fresh' | 'used' {
    if (!this.#challenge) return 'none';
    return this.#count === 0 ? 'fresh' : 'used';
  }

  #headers(method: string, url: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
    if (!this.#challenge) return { ...more };
    this.#count += 1;
    const asked = { method, uri: uriOf(url), count: this.#count, cnonce: randomBytes(8).toString('hex') };
    return { ...more, Authorization: authorization(this.#deps.credentials, this.#challenge, asked) };
  }

  #mayTryAgain(sent: 'none' | 'fresh' | 'used', headers: ReadonlyMap<string, string>, turn: number): boolean {
    this.#challenged(headers);
    if (!this.#challenge || turn >= MOST_TURNS) return false;
    return sent !== 'fresh' || this.#challenge.stale;
  }

  #challenged(headers: ReadonlyMap<string, string>): void {
    this.#challenge = parseChallenge(headers.get('www-authenticate') ?? '');
    this.#count = 0;
  }

  #accepted(): void {
    this.#proven = true;
    this.#deps.guard.accepted();
  }

  #refuse(unlockMs: number | null): string {
    this.#proven = false;
    this.#challenge = null;
    return this.#deps.guard.refused(unlockMs);
  }
}
