import { createHash, randomBytes } from 'node:crypto';
import { STATION } from '../../../shared/domain/events.ts';
import type { Role } from '../../../shared/domain/site.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import type { Principal } from './context.ts';
import { hashPassword, verifyPassword } from './passwords.ts';

/** A shift and some overtime. */
const TOKEN_MS = 16 * 3_600_000;
/** After this many wrong passwords for one name, it rests. */
const MAX_FAILURES = 5;
const REST_MS = 60_000;
const MAX_NAMES_WATCHED = 1000;

/** Who signs in to the demo car park. */
export const DEMO_USER = '演示';

export interface SignedIn {
  readonly token: string;
  readonly principal: Principal;
  readonly expiresAt: EpochMs;
}

/** Too many wrong passwords; try again after `retryAfterMs`. */
export class LockedOutError extends Error {
  override readonly name = 'LockedOutError';
  readonly retryAfterMs: number;
  constructor(retryAfterMs: number) {
    super('too many wrong passwords');
    this.retryAfterMs = retryAfterMs;
  }
}

/** Users, passwords and tokens. There is no default password: the first user is made by a person or by the provision file. */
export class Accounts {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #failures = new Map<string, { count: number; until: number }>();
  /** The attempt under way for each name. */
  readonly #attempts = new Map<string, Promise<unknown>>();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  isEmpty(): boolean {
    return this.#store.read.users.count() === 0;
  }

  /** @returns `null` when name or password is wrong. @throws LockedOutError */
  async signIn(name: string, password: string): Promise<SignedIn | null> {
    const user = await this.verify(name, password);
    return user && this.#issue(user.name, user.role);
  }

  /**
   * Who this is, if name and password are right; signs nobody in. Wrong passwords count as those of a sign-in, and one attempt
   * comes after the other for each name: a hundred at once would all be checked before the first of them is counted.
   *
   * @returns `null` when name or password is wrong. @throws LockedOutError
   */
  async verify(name: string, password: string): Promise<{ readonly name: string; readonly role: Role } | null> {
    const before = this.#attempts.get(name) ?? Promise.resolve();
    const attempt = before.then(() => this.#attempt(name, password));
    const over = attempt.catch(() => undefined);
    this.#attempts.set(name, over);
    try {
      return await attempt;
    } finally {
      if (this.#attempts.get(name) === over) this.#attempts.delete(name);
    }
  }

  async #attempt(name: string, password: string): Promise<{ readonly name: string; readonly role: Role } | null> {
    const failures = this.#failures.get(name);
    const rest = (failures?.until ?? 0) - this.#clock.monotonic();
    if (failures && failures.count >= MAX_FAILURES && rest > 0) throw new LockedOutError(rest);
    const user = this.#store.read.users.get(name);
    // An unknown name takes as long as a wrong password, so that names cannot be found out.
    const right = await verifyPassword(password, user?.password_hash ?? (await unknownUserHash()));
    if (!user || !right) {
      this.#failed(name);
      // Only names that exist: anybody may invent names, and the journal is kept for ever.
      if (user)
        this.#store.write((tx) =>
          tx.record({
            kind: 'sign-in-refused',
            key: null,
            laneId: null,
            passageId: null,
            actor: STATION,
            body: { name },
          }),
        );
      return null;
    }
    this.#failures.delete(name);
    return { name: user.name, role: user.role };
  }

  /** @returns `null` when the token is unknown or has run out. */
  resume(token: string): SignedIn | null {
    const tokenHash = digest(token);
    const row = this.#store.read.users.signIn(tokenHash, this.#clock.now());
    return row
      ? { token, principal: { name: row.name, role: row.role, tokenHash }, expiresAt: row.expires_at_ms }
      : null;
  }

  signOut(principal: Principal): void {
    this.#store.write((tx) => tx.users.removeSignIn(principal.tokenHash));
  }

  /** Whether a sign-in still stands, asked anew with each call. */
  stands(principal: Principal): boolean {
    return this.#store.read.users.signIn(principal.tokenHash, this.#clock.now()) !== undefined;
  }

  async setUp(name: string, password: string): Promise<SignedIn> {
    const hash = await hashPassword(password);
    if (!this.isEmpty()) throw new ConflictError('already-set-up', '系统已有用户，请登录');
    this.#create(name, 'admin', hash, name);
    return this.#issue(name, 'admin');
  }

  /** Makes or updates the users of a provision file. A password that is right already is not hashed again. */
  async provision(
    users: readonly { readonly name: string; readonly password: string; readonly role: Role }[],
  ): Promise<void> {
    for (const user of users) {
      const existing = this.#store.read.users.get(user.name);
      if (existing && existing.role === user.role && (await verifyPassword(user.password, existing.password_hash)))
        continue;
      this.#create(user.name, user.role, await hashPassword(user.password), 'provision');
    }
  }

  /** Signs in to the demo car park, making its user on the way. Nobody knows that user's password, not even we. */
  async demo(): Promise<SignedIn> {
    if (!this.#store.read.users.get(DEMO_USER))
      this.#create(DEMO_USER, 'admin', await hashPassword(randomBytes(24).toString('base64')), 'demo');
    return this.#issue(DEMO_USER, 'admin');
  }

  #create(name: string, role: Role, password_hash: string, by: string): void {
    this.#store.write((tx) => {
      tx.users.put({ name, role, password_hash }, this.#clock.now());
      tx.record({
        kind: 'user-created',
        key: null,
        laneId: null,
        passageId: null,
        actor: { kind: 'user', name: by },
        body: { name, role },
      });
    });
  }

  #issue(name: string, role: Role): SignedIn {
    const token = randomBytes(32).toString('base64url');
    const tokenHash = digest(token);
    const now = this.#clock.now();
    const expiresAt = now + TOKEN_MS;
    this.#store.write((tx) => {
      tx.users.purgeSignIns(now);
      tx.users.addSignIn(tokenHash, name, expiresAt);
      tx.record({
        kind: 'signed-in',
        key: null,
        laneId: null,
        passageId: null,
        actor: { kind: 'user', name },
        body: { role },
      });
    });
    return { token, principal: { name, role, tokenHash }, expiresAt };
  }

  #failed(name: string): void {
    if (this.#failures.size >= MAX_NAMES_WATCHED) this.#failures.clear();
    const now = this.#clock.monotonic();
    const before = this.#failures.get(name);
    const count = before && before.until > now ? before.count + 1 : 1;
    this.#failures.set(name, { count, until: now + REST_MS });
  }
}

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');

let unknownHash: Promise<string> | undefined;
const unknownUserHash = (): Promise<string> => {
  unknownHash ??= hashPassword(randomBytes(16).toString('base64'));
  return unknownHash;
};
