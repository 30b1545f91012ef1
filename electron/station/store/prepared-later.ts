import type { Database, Statement } from 'better-sqlite3';

type Values = unknown[];

/** Prepared when it is first executed. Offers what the repositories use of a statement. */
class LaterStatement implements Pick<Statement<Values>, 'run' | 'get' | 'all' | 'iterate'> {
  readonly #prepare: () => Statement<Values>;
  #plucks = false;
  #made: Statement<Values> | undefined;

  constructor(prepare: () => Statement<Values>) {
    this.#prepare = prepare;
  }

  pluck(): this {
    this.#plucks = true;
    return this;
  }

  run(...values: Values): ReturnType<Statement<Values>['run']> {
    return this.#statement().run(...values);
  }

  get(...values: Values): unknown {
    return this.#statement().get(...values);
  }

  all(...values: Values): unknown[] {
    return this.#statement().all(...values);
  }

  iterate(...values: Values): IterableIterator<unknown> {
    return this.#statement().iterate(...values);
  }

  #statement(): Statement<Values> {
    if (this.#made) return this.#made;
    const made = this.#prepare();
    if (this.#plucks) made.pluck();
    this.#made = made;
    return made;
  }
}

/**
 * The same connection, whose statements are prepared when they are first executed, and kept. The repositories hold hundreds of them:
 * preparing all of them at once took most of what it takes to open an existing database.
 */
export function preparedLater(db: Database): Database {
  const prepare = (sql: string): LaterStatement => new LaterStatement(() => db.prepare(sql));
  return new Proxy(db, { get: (target, name): unknown => (name === 'prepare' ? prepare : Reflect.get(target, name)) });
}
