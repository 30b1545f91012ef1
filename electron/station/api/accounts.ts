import { createHash, randomBytes } from 'node:crypto';
import type { EventBody, EventDraft } from '../../../shared/domain/events.ts';
import { STATION } from '../../../shared/domain/events.ts';
import { rightsOf } from '../../../shared/domain/rights.ts';
import type { Role } from '../../../shared/domain/site.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { ConflictError } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import type { Repositories } from '../store/repositories.ts';
import type { Store, Tx } from '../store/store.ts';
import type { SignInRow, UserRow } from '../store/user-store.ts';
import { accessRules, EXIT_PASSWORD_KEY } from './access-rules.ts';
import type { Principal } from './context.ts';
import { hashPassword, type Passwords, verifyPassword } from './passwords.ts';
import { SignInGuard } from './sign-in-guard.ts';

export { LockedOutError } from './sign-in-guard.ts';

/** A shift and some overtime. */
const TOKEN_MS = 16 * 3_600_000;
/** A window that was not heard of for so long is gone: a live picture asks every few seconds. */
const GONE_MS = 30_000;
/** No account may have this name: it stands for the exit password among the watched names. */
const EXIT = '\u0000exit';

/** Who signs in to the demo car park. */
export const DEMO_USER = '演示';

export interface SignedIn {
  readonly token: string;
  readonly principal: Principal;
  readonly expiresAt: EpochMs;
}

/** A sign-in that stands, as those see it who look after the accounts. */
export interface StandingSignIn {
  readonly row: SignInRow;
  /** Since a call of it was last heard, ms; null: not since the station started. */
  readonly quietMs: number | null;
}

/** Somebody whose password was right. */
export type Person = Pick<Principal, 'name' | 'role' | 'rights'>;

type EndedHow = EventBody<'sign-in-ended'>['how'];

/** Users, passwords and tokens. There is no default password: the first user is made by a person or by the provision file. */
export class Accounts {
  readonly passwords: Passwords;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #guard: SignInGuard;
  /** Digest of a token → when it was last heard, by the monotonic clock. */
  readonly #heard = new Map<string, number>();
  #unknownUserHash: Promise<string> | undefined;

  constructor(store: Store, clock: Clock, passwords: Passwords = { hash: hashPassword, verify: verifyPassword }) {
    this.passwords = passwords;
    this.#store = store;
    this.#clock = clock;
    this.#guard = new SignInGuard(clock);
  }

  isEmpty(): boolean {
    return this.#store.read.users.count() === 0;
  }

  /** @returns `null` when name or password is wrong. @throws LockedOutError | ConflictError */
  async signIn(name: string, password: string, address = ''): Promise<SignedIn | null> {
    const user = await this.verify(name, password);
    return user && this.#issue(user.name, user.role, address);
  }

  /**
   * Who this is, if name (or staff number) and password are right; signs nobody in. Wrong passwords count as those of a sign-in.
   *
   * @returns `null` when name or password is wrong. @throws LockedOutError | ConflictError `user-disabled`
   */
  async verify(called: string, password: string): Promise<Person | null> {
    const name = this.#store.read.users.called(called) ?? called;
    const user = await this.#guard.attempt(name, () => this.#check(name, password));
    // Only told to whoever knows the password.
    if (user?.disabled) throw new ConflictError('user-disabled', '该账号已停用，请联系系统管理员');
    return user && { name: user.name, role: user.role, ...standing(this.#store.read, user) };
  }

  async #check(name: string, password: string): Promise<UserRow | null> {
    const user = this.#store.read.users.get(name);
    // An unknown name takes as long as a wrong password, so that names cannot be found out.
    const right = await this.passwords.verify(password, user?.password_hash ?? (await this.#hashOfNobody()));
    if (user && right) return user;
    // Only names that exist: anybody may invent names, and the journal is kept for ever.
    if (user)
      this.#store.write((tx) => tx.record({ ...OF_NOTHING, kind: 'sign-in-refused', actor: STATION, body: { name } }));
    return null;
  }

  #hashOfNobody(): Promise<string> {
    this.#unknownUserHash ??= this.passwords.hash(randomBytes(16).toString('base64'));
    return this.#unknownUserHash;
  }

  /** @returns `null` when the token is unknown or has run out. */
  resume(token: string): SignedIn | null {
    const tokenHash = digest(token);
    const row = this.#store.read.users.signIn(tokenHash, this.#clock.now());
    const principal = row && this.#principal(row);
    return principal ? { token, principal, expiresAt: row.expires_at_ms } : null;
  }

  signOut(principal: Principal): void {
    this.#store.write((tx) => endSignIn(tx, principal.tokenHash, principal.name, 'signed-out', principal.name));
  }

  /** The same person as they stand now, asked anew with each call; null once the sign-in is over. */
  present(principal: Pick<Principal, 'tokenHash'>): Principal | null {
    const row = this.#store.read.users.signIn(principal.tokenHash, this.#clock.now());
    return row ? this.#principal(row) : null;
  }

  #principal(row: SignInRow): Principal | null {
    const user = this.#store.read.users.get(row.user_name);
    if (!user || user.disabled) return null;
    this.#heard.set(row.token_hash, this.#clock.monotonic());
    return principalOf(this.#store.read, user, row);
  }

  /** 锁屏. Locked again is locked as before. */
  lock(principal: Principal, why: 'break' | 'idle'): Principal {
    if (principal.lockedAt !== null) return principal;
    const lockedAt = this.#clock.now();
    this.#store.write((tx) => {
      tx.users.lockSignIn(principal.tokenHash, lockedAt);
      tx.record({ ...OF_NOTHING, ...by(principal.name), kind: 'screen-locked', body: { locked: true, why } });
    });
    return { ...principal, lockedAt };
  }

  /** @throws ConflictError `wrong-password` | LockedOutError */
  async unlock(principal: Principal, password: string): Promise<Principal> {
    if (!(await this.verify(principal.name, password))) throw wrongPassword();
    if (principal.lockedAt !== null)
      this.#store.write((tx) => {
        tx.users.lockSignIn(principal.tokenHash, null);
        tx.record({ ...OF_NOTHING, ...by(principal.name), kind: 'screen-locked', body: { locked: false, why: null } });
      });
    return { ...principal, lockedAt: null };
  }

  /** The own password; who else is signed in with the old one is signed out. @throws ConflictError `wrong-password` */
  async changePassword(principal: Principal, from: string, to: string): Promise<void> {
    if (!(await this.verify(principal.name, from))) throw wrongPassword();
    const hash = await this.passwords.hash(to);
    this.#store.write((tx) => {
      tx.users.setPassword(principal.name, hash);
      tx.record({ ...OF_NOTHING, ...by(principal.name), kind: 'password-changed', body: { name: principal.name } });
      this.endAll(tx, principal.name, 'password', principal.name, principal.tokenHash);
    });
  }

  /** Whether the program may be left. @throws ConflictError `wrong-password` | LockedOutError */
  async checkExit(password: string): Promise<void> {
    const hash = this.#store.read.meta.get(EXIT_PASSWORD_KEY);
    if (hash === undefined || !accessRules(this.#store.read).exitPassword) return;
    const right = await this.#guard.attempt(EXIT, async () =>
      (await this.passwords.verify(password, hash)) ? true : null,
    );
    if (right === null) throw wrongPassword();
  }

  /** Sign-ins that stand, the newest in front. */
  signIns(): StandingSignIn[] {
    const now = this.#clock.monotonic();
    return this.#store.read.users.signIns(this.#clock.now()).map((row) => {
      const heard = this.#heard.get(row.token_hash);
      return { row, quietMs: heard === undefined ? null : now - heard };
    });
  }

  /** Ends all sign-ins of a name but one. */
  endAll(tx: Tx, name: string, how: EndedHow, actor: string, except?: string): void {
    for (const { token_hash, user_name } of tx.users.signIns(this.#clock.now()))
      if (user_name === name && token_hash !== except) endSignIn(tx, token_hash, name, how, actor);
  }

  async setUp(name: string, password: string, address = ''): Promise<SignedIn> {
    const hash = await this.passwords.hash(password);
    if (!this.isEmpty()) throw new ConflictError('already-set-up', '系统已有用户，请登录');
    this.#create(name, 'admin', hash, name);
    return this.#issue(name, 'admin', address);
  }

  /** Makes or updates the users of a provision file. A password that is right already is not hashed again. */
  async provision(
    users: readonly { readonly name: string; readonly password: string; readonly role: Role }[],
  ): Promise<void> {
    for (const user of users) {
      const existing = this.#store.read.users.get(user.name);
      if (
        existing &&
        existing.role === user.role &&
        (await this.passwords.verify(user.password, existing.password_hash))
      )
        continue;
      this.#create(user.name, user.role, await this.passwords.hash(user.password), 'provision');
    }
  }

  /** Signs in to the demo car park, making its user on the way. Nobody knows that user's password, not even we. */
  async demo(): Promise<SignedIn> {
    if (!this.#store.read.users.get(DEMO_USER))
      this.#create(DEMO_USER, 'admin', await this.passwords.hash(randomBytes(24).toString('base64')), 'demo');
    return this.#issue(DEMO_USER, 'admin', '');
  }

  #create(name: string, role: Role, password_hash: string, creator: string): void {
    this.#store.write((tx) => {
      tx.users.put({ name, role, password_hash }, this.#clock.now());
      tx.record({ ...OF_NOTHING, ...by(creator), kind: 'user-created', body: { name, role } });
    });
  }

  #issue(name: string, role: Role, address: string): SignedIn {
    const token = randomBytes(32).toString('base64url');
    const tokenHash = digest(token);
    const now = this.#clock.now();
    const expiresAt = now + TOKEN_MS;
    this.#store.write((tx) => {
      tx.users.purgeSignIns(now);
      this.#oneOnly(tx, name);
      tx.users.addSignIn({
        ...{ token_hash: tokenHash, user_name: name, since_ms: now, expires_at_ms: expiresAt, address },
      });
      tx.record({ ...OF_NOTHING, ...by(name), kind: 'signed-in', body: { role } });
    });
    this.#forgetGone();
    const signedIn = this.resume(token);
    if (!signedIn) throw new ConflictError('user-disabled', '该账号已停用，请联系系统管理员');
    return signedIn;
  }

  /** Where an account may be used at one screen only: the others end, or this one is refused while another is in use. */
  #oneOnly(tx: Tx, name: string): void {
    const { oneSignIn } = accessRules(tx);
    if (oneSignIn === 'any') return;
    const others = this.signIns().filter(({ row }) => row.user_name === name);
    if (oneSignIn === 'refuse' && others.some(({ quietMs }) => quietMs !== null && quietMs < GONE_MS))
      throw new ConflictError('signed-in-elsewhere', '该账号正在别处使用，请先在那里退出登录');
    this.endAll(tx, name, 'replaced', name);
  }

  #forgetGone(): void {
    const standing = new Set(this.#store.read.users.signIns(this.#clock.now()).map(({ token_hash }) => token_hash));
    for (const tokenHash of this.#heard.keys()) if (!standing.has(tokenHash)) this.#heard.delete(tokenHash);
  }
}

const OF_NOTHING = { key: null, laneId: null, passageId: null } as const;
const by = (name: string): Pick<EventDraft, 'actor'> => ({ actor: { kind: 'user', name } });
export const wrongPassword = (): ConflictError => new ConflictError('wrong-password', '密码不正确');

/** Who stands behind a sign-in. */
function principalOf(read: Pick<Repositories, 'posts'>, user: UserRow, row: SignInRow): Principal {
  const { name, role, displayName, number } = user;
  const { token_hash: tokenHash, locked_at_ms: lockedAt } = row;
  return { name, role, displayName, number, ...standing(read, user), tokenHash, lockedAt };
}

/** What the role gives and the post changes. A post counts only with the role it was made for. */
function standing(read: Pick<Repositories, 'posts'>, user: UserRow): Pick<Principal, 'post' | 'rights'> {
  const kept = user.postId === null ? undefined : read.posts.get(user.postId);
  const post = kept?.role === user.role ? kept : undefined;
  return { post: post ? { id: post.id, name: post.name } : null, rights: rightsOf(user.role, post ?? null) };
}

/** Whether somebody is there who may manage the accounts. */
export function keepsAKeeper(tx: Pick<Repositories, 'users' | 'posts'>): boolean {
  return tx.users.all().some((user) => !user.disabled && standing(tx, user).rights.has('user.manage'));
}

/** One sign-in is over, and the journal says how. */
export function endSignIn(tx: Tx, tokenHash: string, name: string, how: EndedHow, actor: string): void {
  tx.users.removeSignIn(tokenHash);
  tx.record({ ...OF_NOTHING, ...by(actor), kind: 'sign-in-ended', body: { name, how } });
}

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');
