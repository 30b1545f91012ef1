import { type AccessRules, type Account, accessRulesSchema, type Post } from '../../../shared/domain/people.ts';
import { hasByRole, type Right, rights } from '../../../shared/domain/rights.ts';
import type { Role } from '../../../shared/domain/site.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Store, Tx } from '../store/store.ts';
import type { UserRow } from '../store/user-store.ts';
import { accessRules, EXIT_PASSWORD_KEY } from './access-rules.ts';
import { type Accounts, endSignIn, keepsAKeeper } from './accounts.ts';

export interface AccountChange {
  readonly role?: Role | undefined;
  readonly postId?: string | null | undefined;
  readonly displayName?: string | undefined;
  readonly number?: string | undefined;
  readonly disabled?: boolean | undefined;
}

const OF_NOTHING = { key: null, laneId: null, passageId: null } as const;
const by = (name: string) => ({ actor: { kind: 'user', name } }) as const;

/**
 * Who works here and what they may do: accounts, posts, sign-ins, and the rules of the screens. Accounts are disabled and never
 * removed. Whatever changes, somebody who may manage the accounts remains.
 */
export class People {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #accounts: Accounts;

  constructor(deps: { readonly store: Store; readonly clock: Clock; readonly ids: Ids; readonly accounts: Accounts }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#ids = deps.ids;
    this.#accounts = deps.accounts;
  }

  users(): UserRow[] {
    return this.#store.read.users.all();
  }

  async create(what: Required<AccountChange> & { name: string; password: string }, actor: string): Promise<UserRow> {
    const { name, password, ...given } = what;
    const password_hash = await this.#accounts.passwords.hash(password);
    return this.#store.write((tx) => {
      if (tx.users.get(name)) throw new ConflictError('name-taken', `已有名为 ${name} 的账号`);
      const account = fitting(tx, { ...EMPTY, ...named(given), name });
      mustBeUnmistakable(tx, account);
      tx.users.put({ name, role: account.role, password_hash }, this.#clock.now());
      tx.record({ ...OF_NOTHING, ...by(actor), kind: 'user-changed', body: { account, before: null } });
      return mustGet(tx, name);
    });
  }

  change(name: string, change: AccountChange, actor: string): UserRow {
    return this.#store.write((tx) => {
      const before = accountOf(mustGet(tx, name));
      const account = fitting(tx, { ...before, ...named(change) }, change);
      mustBeUnmistakable(tx, account);
      const lowered = account.disabled || (before.role === 'admin' && account.role !== 'admin');
      if (name === actor && lowered)
        throw new ConflictError('own-account', '不能停用或降级自己的账号，请由其他系统管理员办理');
      tx.record({ ...OF_NOTHING, ...by(actor), kind: 'user-changed', body: { account, before } });
      if (account.disabled && !before.disabled) this.#accounts.endAll(tx, name, 'disabled', actor);
      mustKeepAKeeper(tx);
      return mustGet(tx, name);
    });
  }

  /** Whoever is signed in with the old password is signed out. */
  async resetPassword(name: string, password: string, actor: string): Promise<void> {
    const hash = await this.#accounts.passwords.hash(password);
    this.#store.write((tx) => {
      mustGet(tx, name);
      tx.users.setPassword(name, hash);
      tx.record({ ...OF_NOTHING, ...by(actor), kind: 'password-changed', body: { name } });
      this.#accounts.endAll(tx, name, 'password', actor);
    });
  }

  /** `id`: as {@link signInId} makes it. */
  endSignIn(id: string, actor: string): void {
    this.#store.write((tx) => {
      const found = tx.users.signIns(this.#clock.now()).find((row) => signInId(row.token_hash) === id);
      if (!found) throw new NotFoundError('该登录已结束');
      endSignIn(tx, found.token_hash, found.user_name, 'ended', actor);
    });
  }

  posts(): Post[] {
    return this.#store.read.posts.all();
  }

  /** `id` null: a new one. The role of a post is settled when it is made: people hold both. */
  putPost(id: string | null, given: Omit<Post, 'id'>, actor: string): Post {
    const post = { ...given, id: id ?? this.#ids.next('post') };
    mustBeGrantable(post);
    return this.#store.write((tx) => {
      const before = id === null ? undefined : tx.posts.get(id);
      if (id !== null && !before) throw new NotFoundError('没有这个岗位');
      if (before && before.role !== post.role)
        throw new ConflictError('post-role', '岗位的角色不能更改，请另建一个岗位');
      if (tx.posts.all().some((other) => other.id !== post.id && other.name === post.name))
        throw new ConflictError('name-taken', `已有名为 ${post.name} 的岗位`);
      const change = before ? 'updated' : 'added';
      tx.record({ ...OF_NOTHING, ...by(actor), kind: 'post-changed', body: { change, post } });
      mustKeepAKeeper(tx);
      return post;
    });
  }

  removePost(id: string, actor: string): void {
    this.#store.write((tx) => {
      const post = tx.posts.get(id);
      if (!post) throw new NotFoundError('没有这个岗位');
      const holders = tx.users.all().filter(({ postId }) => postId === id);
      if (holders.length > 0)
        throw new ConflictError('post-in-use', `岗位正由 ${holders.map(({ name }) => name).join('、')} 使用`);
      tx.record({ ...OF_NOTHING, ...by(actor), kind: 'post-changed', body: { change: 'removed', post } });
    });
  }

  rules(): AccessRules {
    return accessRules(this.#store.read);
  }

  /** `exitPassword` null takes it away. */
  async changeRules(
    change: {
      readonly [K in keyof AccessRules]?: (K extends 'exitPassword' ? string | null : AccessRules[K]) | undefined;
    },
    actor: string,
  ): Promise<AccessRules> {
    const { exitPassword, ...given } = change;
    const hash = typeof exitPassword === 'string' ? await this.#accounts.passwords.hash(exitPassword) : null;
    return this.#store.write((tx) => {
      const before = accessRules(tx);
      if (hash !== null) tx.meta.put(EXIT_PASSWORD_KEY, hash);
      const asked = exitPassword === undefined ? {} : { exitPassword: hash !== null };
      const rules = accessRulesSchema.parse({ ...before, ...named(given), ...asked });
      tx.record({ ...OF_NOTHING, ...by(actor), kind: 'access-changed', body: { rules, before } });
      return rules;
    });
  }
}

const EMPTY: Account = {
  ...{ name: '', role: 'attendant', displayName: '', number: '', postId: null, disabled: false },
};

/** Enough of a digest to tell sign-ins apart; nobody signs in with it. */
export const signInId = (tokenHash: string): string => tokenHash.slice(0, 16);

/** What was named; what is undefined stays as it was. */
function named<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

const accountOf = ({ name, role, displayName, number, postId, disabled }: UserRow): Account => ({
  ...{ name, role, displayName, number, postId, disabled },
});

function mustGet(tx: Tx, name: string): UserRow {
  const user = tx.users.get(name);
  if (!user) throw new NotFoundError('没有这个账号');
  return user;
}

/** People sign in by name or by number: neither may mean two of them. */
function mustBeUnmistakable(tx: Tx, { name, number }: Account): void {
  const others = tx.users.all().filter((other) => other.name !== name);
  if (number !== '' && others.some((other) => other.number === number || other.name === number))
    throw new ConflictError('number-taken', `工号 ${number} 已被使用`);
  if (others.some((other) => other.number === name)) throw new ConflictError('name-taken', `${name} 已是别人的工号`);
}

/** A post brings its role along; another role without a post named leaves the post behind. */
function fitting(tx: Tx, account: Account, change: AccountChange = account): Account {
  if (account.postId === null) return account;
  const post = tx.posts.get(account.postId);
  if (!post) throw new ConflictError('no-such-post', '没有这个岗位');
  if (post.role === account.role) return account;
  if (change.postId === undefined) return { ...account, postId: null };
  throw new ConflictError('post-role', `岗位“${post.name}”不属于所选的角色`);
}

function mustBeGrantable(post: Omit<Post, 'id'>): void {
  const refused = post.plus.find((right) => !mayGrant(post.role, right));
  if (refused !== undefined) throw new ConflictError('not-grantable', `权限 ${refused} 不能另行授予，只随角色而有`);
}

const mayGrant = (role: Role, right: Right): boolean => hasByRole(role, right) || rights[right].grantable;

/** @throws ConflictError when nobody would be left who may manage the accounts */
function mustKeepAKeeper(tx: Tx): void {
  if (!keepsAKeeper(tx)) throw new ConflictError('last-admin', '至少须保留一个可以管理账号的系统管理员');
}
