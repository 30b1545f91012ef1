import { createHash, randomBytes } from 'node:crypto';

export interface DigestOptions {
  readonly realm: string;
  readonly user: string;
  readonly password: string;
  /** The first nonce that is given out; those after it are random. */
  readonly firstNonce?: string;
  /** Nonces in capitals: they must come back as they were given. */
  readonly upperHex?: boolean;
  readonly nonceLifeMs?: number;
  /** Bad logins after which nobody gets in for `lockMs`. */
  readonly badLogins?: number;
  readonly lockMs?: number;
  readonly now?: () => number;
}

export type Admission =
  | { readonly admitted: true }
  | {
      readonly admitted: false;
      /** `null` while the door is locked: there is nothing to answer to. */
      readonly challenge: string | null;
      /** Seconds until the door opens again; 0 when it is not locked. */
      readonly unlockSeconds: number;
      readonly attemptsLeft: number;
    };

interface Given {
  readonly at: number;
  readonly counts: Set<number>;
}

const md5 = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');

/** `a="b", c=d` into names and values. */
export function headerFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const [, name = '', quoted, bare] of text.matchAll(/([a-zA-Z]+)\s*=\s*(?:"([^"]*)"|([^\s,]*))/g))
    fields.set(name.toLowerCase(), quoted ?? bare ?? '');
  return fields;
}

/** The response that RFC 2617 asks for with `qop=auth`, in small letters. */
export function expectedResponse(
  login: { readonly user: string; readonly realm: string; readonly password: string },
  asked: { readonly method: string; readonly uri: string },
  said: { readonly nonce: string; readonly nc: string; readonly cnonce: string },
): string {
  const who = md5(`${login.user}:${login.realm}:${login.password}`);
  const what = md5(`${asked.method}:${asked.uri}`);
  return md5(`${who}:${said.nonce}:${said.nc}:${said.cnonce}:auth:${what}`);
}

/** The door of a camera's web server: digest of MD5 with `qop=auth`, nonces that grow old, and a lock against guessing. */
export class DigestDoor {
  failures = 0;
  /** Logins with a wrong name or password, over all time. */
  badLogins = 0;
  readonly #options: Required<DigestOptions>;
  readonly #given = new Map<string, Given>();
  readonly #complain: (what: string) => void;
  #lockedUntil = 0;
  #first = true;

  constructor(options: DigestOptions, complain: (what: string) => void) {
    this.#options = {
      firstNonce: randomBytes(16).toString('hex'),
      upperHex: false,
      nonceLifeMs: 300_000,
      badLogins: 5,
      lockMs: 30 * 60_000,
      now: Date.now,
      ...options,
    };
    this.#complain = complain;
  }

  get locked(): boolean {
    return this.#options.now() < this.#lockedUntil;
  }

  /** Ends the lock, as somebody at the camera can. */
  unlock(): void {
    this.#lockedUntil = 0;
    this.failures = 0;
  }

  /** All nonces are forgotten: whoever uses one is told that it is stale. */
  expire(): void {
    this.#given.clear();
  }

  check(method: string, uri: string, authorization: string | undefined): Admission {
    if (this.#lockedUntil > 0 && !this.locked) this.unlock();
    if (this.locked) {
      if (authorization !== undefined) this.#complain('login while the account is locked');
      return this.#refuse();
    }
    if (authorization === undefined || !/^Digest\s/i.test(authorization)) {
      if (authorization !== undefined) this.#complain(`Authorization is not Digest: ${authorization.split(' ')[0]}`);
      return this.#refuse();
    }
    return this.#judge(method, uri, headerFields(authorization.slice(7)));
  }

  #judge(method: string, uri: string, fields: ReadonlyMap<string, string>): Admission {
    const of = (name: string): string => fields.get(name) ?? '';
    const { user, realm, password } = this.#options;
    if (of('uri') !== uri) this.#complain(`digest uri ${of('uri')} of a request for ${uri}`);
    if (of('qop') !== 'auth') this.#complain(`digest qop ${of('qop')}`);
    if (!/^[0-9a-f]{8}$/i.test(of('nc'))) this.#complain(`digest nc ${of('nc')}`);
    if (of('cnonce') === '') this.#complain('digest without cnonce');
    const said = { nonce: of('nonce'), nc: of('nc'), cnonce: of('cnonce') };
    const right = expectedResponse({ user, realm, password }, { method, uri }, said);
    if (of('username') !== user || of('realm') !== realm || of('response').toLowerCase() !== right) return this.#bad();
    const given = this.#given.get(said.nonce);
    if (!given || this.#options.now() - given.at > this.#options.nonceLifeMs) return this.#refuse(true);
    const count = Number.parseInt(said.nc, 16);
    if (given.counts.has(count)) {
      this.#complain(`digest nc ${said.nc} a second time`);
      return this.#refuse(true);
    }
    given.counts.add(count);
    this.failures = 0;
    return { admitted: true };
  }

  #bad(): Admission {
    this.failures += 1;
    this.badLogins += 1;
    if (this.failures >= this.#options.badLogins) this.#lockedUntil = this.#options.now() + this.#options.lockMs;
    return this.#refuse();
  }

  #refuse(stale = false): Admission {
    const left = Math.max(0, this.#lockedUntil - this.#options.now());
    const attemptsLeft = this.#options.badLogins - this.failures;
    if (left > 0) return { admitted: false, challenge: null, unlockSeconds: Math.ceil(left / 1000), attemptsLeft: 0 };
    const nonce = this.#nonce();
    const challenge = `Digest qop="auth", realm="${this.#options.realm}", nonce="${nonce}"${stale ? ', stale=true' : ''}`;
    return { admitted: false, challenge, unlockSeconds: 0, attemptsLeft };
  }

  #nonce(): string {
    const hex = this.#first ? this.#options.firstNonce : randomBytes(16).toString('hex');
    this.#first = false;
    const nonce = this.#options.upperHex ? hex.toUpperCase() : hex;
    this.#given.set(nonce, { at: this.#options.now(), counts: new Set() });
    return nonce;
  }
}
