import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import { type Account, type Post, postSchema } from '../../../shared/domain/people.ts';
import { roleSchema } from '../../../shared/domain/site.ts';
import { DocumentStore } from './document-store.ts';

const rowSchema = z
  .object({
    name: z.string(),
    role: roleSchema,
    password_hash: z.string(),
    created_at_ms: z.int(),
    display_name: z.string(),
    number: z.string(),
    post_id: z.string().nullable(),
    disabled: z.int(),
  })
  .transform(({ display_name, post_id, disabled, ...row }) => ({
    ...row,
    displayName: display_name,
    postId: post_id,
    disabled: disabled !== 0,
  }));
export type UserRow = z.output<typeof rowSchema>;
export type NewUser = Pick<UserRow, 'name' | 'role' | 'password_hash'>;

const signInSchema = z.object({
  token_hash: z.string(),
  user_name: z.string(),
  since_ms: z.int(),
  expires_at_ms: z.int(),
  address: z.string(),
  locked_at_ms: z.int().nullable(),
});
export type SignInRow = z.output<typeof signInSchema>;

const USER = 'name, role, password_hash, created_at_ms, display_name, number, post_id, disabled';
const SIGN_IN = 'token_hash, user_name, since_ms, expires_at_ms, address, locked_at_ms';

export class UserStore {
  readonly #put: Statement<[string, string, string, number]>;
  readonly #describe: Statement<[string, string, string, string | null, number, string]>;
  readonly #password: Statement<[string, string]>;
  readonly #get: Statement<[string], unknown>;
  readonly #named: Statement<[string, string], string>;
  readonly #all: Statement<[], unknown>;
  readonly #remove: Statement<[string]>;
  readonly #count: Statement<[], number>;
  readonly #addSignIn: Statement<[string, string, number, number, string]>;
  readonly #signIn: Statement<[string, number], unknown>;
  readonly #signIns: Statement<[number], unknown>;
  readonly #lock: Statement<[number | null, string]>;
  readonly #removeSignIn: Statement<[string]>;
  readonly #purge: Statement<[number]>;

  constructor(db: Database) {
    this.#put = db.prepare(`INSERT INTO users (name, role, password_hash, created_at_ms) VALUES (?, ?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET role = excluded.role, password_hash = excluded.password_hash`);
    this.#describe = db.prepare(
      'UPDATE users SET role = ?, display_name = ?, number = ?, post_id = ?, disabled = ? WHERE name = ?',
    );
    this.#password = db.prepare('UPDATE users SET password_hash = ? WHERE name = ?');
    this.#get = db.prepare(`SELECT ${USER} FROM users WHERE name = ?`);
    this.#named = db
      .prepare<[string, string], string>('SELECT name FROM users WHERE name = ? OR number = ? LIMIT 1')
      .pluck();
    this.#all = db.prepare(`SELECT ${USER} FROM users ORDER BY disabled, created_at_ms, name`);
    this.#remove = db.prepare('DELETE FROM users WHERE name = ?');
    this.#count = db.prepare<[], number>('SELECT count(*) FROM users').pluck();
    this.#addSignIn = db.prepare(
      'INSERT INTO sign_ins (token_hash, user_name, since_ms, expires_at_ms, address) VALUES (?, ?, ?, ?, ?)',
    );
    this.#signIn = db.prepare(`SELECT ${SIGN_IN} FROM sign_ins WHERE token_hash = ? AND expires_at_ms > ?`);
    this.#signIns = db.prepare(
      `SELECT ${SIGN_IN} FROM sign_ins WHERE expires_at_ms > ? ORDER BY since_ms DESC, token_hash`,
    );
    this.#lock = db.prepare('UPDATE sign_ins SET locked_at_ms = ? WHERE token_hash = ?');
    this.#removeSignIn = db.prepare('DELETE FROM sign_ins WHERE token_hash = ?');
    this.#purge = db.prepare('DELETE FROM sign_ins WHERE expires_at_ms <= ?');
  }

  put(user: NewUser, at: number): void {
    this.#put.run(user.name, user.role, user.password_hash, at);
  }

  /** What is known of an account that exists; its password stays. */
  describe(account: Account): void {
    const { role, displayName, number, postId, disabled, name } = account;
    this.#describe.run(role, displayName, number, postId, disabled ? 1 : 0, name);
  }

  setPassword(name: string, passwordHash: string): void {
    this.#password.run(passwordHash, name);
  }

  get(name: string): UserRow | undefined {
    const row = this.#get.get(name);
    return row === undefined ? undefined : rowSchema.parse(row);
  }

  /** The account that people mean by this: its name, or its staff number. No number is the name of somebody else. */
  called(nameOrNumber: string): string | undefined {
    return nameOrNumber === '' ? undefined : this.#named.get(nameOrNumber, nameOrNumber);
  }

  /** Who may work in front, in the order they came. */
  all(): UserRow[] {
    return this.#all.all().map((row) => rowSchema.parse(row));
  }

  /** Whoever is signed in as this user is signed out. */
  remove(name: string): void {
    this.#remove.run(name);
  }

  count(): number {
    return this.#count.get() ?? 0;
  }

  addSignIn(signIn: Omit<SignInRow, 'locked_at_ms'>): void {
    this.#addSignIn.run(signIn.token_hash, signIn.user_name, signIn.since_ms, signIn.expires_at_ms, signIn.address);
  }

  signIn(tokenHash: string, now: number): SignInRow | undefined {
    const row = this.#signIn.get(tokenHash, now);
    return row === undefined ? undefined : signInSchema.parse(row);
  }

  /** All that stand, the newest in front. */
  signIns(now: number): SignInRow[] {
    return this.#signIns.all(now).map((row) => signInSchema.parse(row));
  }

  /** `at` null: unlocked. */
  lockSignIn(tokenHash: string, at: number | null): void {
    this.#lock.run(at, tokenHash);
  }

  removeSignIn(tokenHash: string): void {
    this.#removeSignIn.run(tokenHash);
  }

  purgeSignIns(now: number): void {
    this.#purge.run(now);
  }
}

export class PostStore extends DocumentStore<Post> {
  readonly #all: () => Post[];

  constructor(db: Database) {
    super(db, { table: 'posts', schema: postSchema, columns: ({ name }) => ({ name }) });
    this.#all = this.finder('ORDER BY name');
  }

  all(): Post[] {
    return this.#all();
  }
}
