import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import { roleSchema } from '../../../shared/domain/site.ts';

const rowSchema = z.object({ name: z.string(), role: roleSchema, password_hash: z.string() });
export type UserRow = z.output<typeof rowSchema>;

const signInSchema = z.object({ name: z.string(), role: roleSchema, expires_at_ms: z.int() });
export type SignInRow = z.output<typeof signInSchema>;

export class UserStore {
  readonly #put: Statement<[string, string, string, number]>;
  readonly #get: Statement<[string], unknown>;
  readonly #remove: Statement<[string]>;
  readonly #count: Statement<[], number>;
  readonly #addSignIn: Statement<[string, string, number]>;
  readonly #signIn: Statement<[string, number], unknown>;
  readonly #removeSignIn: Statement<[string]>;
  readonly #purge: Statement<[number]>;

  constructor(db: Database) {
    this.#put = db.prepare(`INSERT INTO users (name, role, password_hash, created_at_ms) VALUES (?, ?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET role = excluded.role, password_hash = excluded.password_hash`);
    this.#get = db.prepare('SELECT name, role, password_hash FROM users WHERE name = ?');
    this.#remove = db.prepare('DELETE FROM users WHERE name = ?');
    this.#count = db.prepare<[], number>('SELECT count(*) FROM users').pluck();
    this.#addSignIn = db.prepare('INSERT INTO sign_ins (token_hash, user_name, expires_at_ms) VALUES (?, ?, ?)');
    this.#signIn = db.prepare(`SELECT users.name, users.role, sign_ins.expires_at_ms FROM sign_ins
      JOIN users ON users.name = sign_ins.user_name WHERE token_hash = ? AND expires_at_ms > ?`);
    this.#removeSignIn = db.prepare('DELETE FROM sign_ins WHERE token_hash = ?');
    this.#purge = db.prepare('DELETE FROM sign_ins WHERE expires_at_ms <= ?');
  }

  put(user: UserRow, at: number): void {
    this.#put.run(user.name, user.role, user.password_hash, at);
  }

  get(name: string): UserRow | undefined {
    const row = this.#get.get(name);
    return row === undefined ? undefined : rowSchema.parse(row);
  }

  /** Whoever is signed in as this user is signed out. */
  remove(name: string): void {
    this.#remove.run(name);
  }

  count(): number {
    return this.#count.get() ?? 0;
  }

  addSignIn(tokenHash: string, userName: string, expiresAt: number): void {
    this.#addSignIn.run(tokenHash, userName, expiresAt);
  }

  signIn(tokenHash: string, now: number): SignInRow | undefined {
    const row = this.#signIn.get(tokenHash, now);
    return row === undefined ? undefined : signInSchema.parse(row);
  }

  removeSignIn(tokenHash: string): void {
    this.#removeSignIn.run(tokenHash);
  }

  purgeSignIns(now: number): void {
    this.#purge.run(now);
  }
}
