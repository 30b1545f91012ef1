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
const isAnswer = (answer: HttpAnswer | HttpFailure): answer is HttpAnswer => 'status' in answer;

/**
 * Requests to one device behind digest. A nonce is used again with a growing count, so that a command needs no request before it. A 401 says
 * that nothing was carried out: it is answered once, by a login. Until a first login was taken they are made one at a time, so that a
 * wrong password is tried once and not by everybody at the same moment.
 */
export class DigestCaller implements HttpCaller {
  readonly #http: HttpCaller;
  readonly #clock: Clock;
  readonly #credentials: Credentials;
  readonly #guard: LoginGuard;
  readonly #unlockMs: (answer: HttpAnswer) => number | null;
  #challenge: Challenge | null = null;
  #count = 0;
  /** The present nonce was taken with this name and password. */
  #proven = false;
  #logins: Promise<unknown> = Promise.resolve();

  /** `unlockMs`: how long the device says in a 401 that nobody may log in. */
  constructor(deps: {
    readonly http: HttpCaller;
    readonly clock: Clock;
    readonly credentials: Credentials;
    readonly guard: LoginGuard;
    readonly unlockMs?: (answer: HttpAnswer) => number | null;
  }) {
    this.#http = deps.http;
    this.#clock = deps.clock;
    this.#credentials = deps.credentials;
    this.#guard = deps.guard;
    this.#unlockMs = deps.unlockMs ?? (() => null);
  }

  /** A login that is refused ends as `none`: nothing happened. The times count for all that is asked together. */
  ask(question: HttpQuestion): Promise<HttpAnswer | HttpFailure> {
    const since = this.#clock.monotonic();
    if (this.#proven) return this.#first(question, since);
    const turn = this.#logins.then(() => (this.#proven ? this.#first(question, since) : this.#login(question, since)));
    this.#logins = turn;
    return turn;
  }

  /** A 401 at the beginning of a stream is answered once, too; one more ends it. */
  stream(question: StreamQuestion, listener: HttpStreamListener): () => void {
    let isOver = false;
    let stop: () => void = () => undefined;
    const end = (why: string): void => {
      if (isOver) return;
      isOver = true;
      listener.end(why);
    };
    const open = (again: boolean): void => {
      const refusal = this.#guard.refusal();
      if (refusal !== null) return void end(refusal);
      const used = this.#challenge?.nonce;
      let isAsked = false;
      stop = this.#http.stream(
        { ...question, headers: this.#headers('GET', question.url, question.headers) },
        {
          head: (status, headers) => {
            if (status === 401) isAsked = this.#challenged(headers);
            else {
              this.#accepted();
              listener.head(status, headers);
            }
            if (status === 401) stop();
          },
          data: (bytes) => (isOver || isAsked ? undefined : listener.data(bytes)),
          end: (why) => {
            if (isAsked && !again && !isOver) open(true);
            else if (isAsked && used !== undefined && !isOver) end(this.#guard.refused(null));
            else end(why);
          },
        },
      );
    };
    open(false);
    return () => {
      isOver = isOver || (listener.end('已停止'), true);
      stop();
    };
  }

  /** With the nonce that was good before. Refused, it may only be old: one login shows. */
  async #first(question: HttpQuestion, since: number): Promise<HttpAnswer | HttpFailure> {
    const nonce = this.#challenge?.nonce;
    const answer = await this.#send(question, since);
    if (!isAnswer(answer) || answer.status !== 401) return answer;
    if (this.#challenge?.nonce === nonce) this.#proven = false;
    this.#challenged(answer.headers);
    return this.#proven ? this.#send(question, since) : this.#queued(question, since);
  }

  #queued(question: HttpQuestion, since: number): Promise<HttpAnswer | HttpFailure> {
    const turn = this.#logins.then(() => (this.#proven ? this.#send(question, since) : this.#login(question, since)));
    this.#logins = turn;
    return turn;
  }

  async #login(question: HttpQuestion, since: number): Promise<HttpAnswer | HttpFailure> {
    for (let turn = 0; ; turn += 1) {
      const refusal = this.#guard.refusal();
      if (refusal !== null) return { failed: 'none', detail: refusal };
      const used = this.#challenge !== null;
      const answer = await this.#send(question, since);
      if (!isAnswer(answer)) return answer;
      if (answer.status !== 401) return answer;
      const isStale = this.#challenged(answer.headers) && this.#challenge?.stale === true;
      const isLocked = this.#challenge === null;
      if (isLocked || (used && !(isStale && turn < 2)))
        return { failed: 'none', detail: this.#guard.refused(this.#unlockMs(answer), isLocked && !used) };
    }
  }

  async #send(question: HttpQuestion, since: number): Promise<HttpAnswer | HttpFailure> {
    const gone = this.#clock.monotonic() - since;
    const { timeoutMs, leaveWithinMs, method, url } = question;
    if (gone >= Math.min(timeoutMs, leaveWithinMs ?? timeoutMs)) return { failed: 'none', detail: '没有及时登录' };
    const isLogin = this.#challenge !== null;
    const answer = await this.#http.ask({
      ...question,
      headers: this.#headers(method, url, question.headers),
      timeoutMs: timeoutMs - gone,
      ...(leaveWithinMs !== undefined && { leaveWithinMs: leaveWithinMs - gone }),
    });
    if (isAnswer(answer) && answer.status !== 401 && isLogin) this.#accepted();
    return answer;
  }

  #headers(method: string, url: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
    if (!this.#challenge) return { ...more };
    this.#count += 1;
    const asked = { method, uri: uriOf(url), count: this.#count, cnonce: randomBytes(8).toString('hex') };
    return { ...more, Authorization: authorization(this.#credentials, this.#challenge, asked) };
  }

  /** @returns whether there is something to answer to */
  #challenged(headers: ReadonlyMap<string, string>): boolean {
    this.#challenge = parseChallenge(headers.get('www-authenticate') ?? '');
    this.#count = 0;
    return this.#challenge !== null;
  }

  #accepted(): void {
    this.#proven = true;
    this.#guard.accepted();
  }
}
