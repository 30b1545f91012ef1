import type { Database, Statement } from 'better-sqlite3';
import {
  type Berth,
  type BerthState,
  berthSchema,
  berthStateSchema,
  UNKNOWN_BERTH,
} from '../../../shared/domain/berth.ts';
import { DocumentStore } from './document-store.ts';

/** 泊位登记. A site has some hundreds, so that all of them are read at once. */
export class BerthStore extends DocumentStore<Berth> {
  readonly #all: () => Berth[];
  readonly #byCode: (code: string) => Berth[];
  readonly #byNumber: (number: number) => Berth[];
  readonly #lastNumber: Statement<[], number | null>;
  readonly #count: Statement<[], number>;

  constructor(db: Database) {
    super(db, {
      table: 'berths',
      schema: berthSchema,
      columns: ({ code, number, areaId, road }) => ({ code, number, area_id: areaId, road }),
    });
    this.#all = this.finder('ORDER BY number');
    this.#byCode = this.finder('WHERE code = ?');
    this.#byNumber = this.finder('WHERE number = ?');
    this.#count = db.prepare<[], number>('SELECT count(*) FROM berths').pluck();
    this.#lastNumber = db.prepare<[], number | null>('SELECT max(number) FROM berths').pluck();
  }

  /** By number. */
  all(): Berth[] {
    return this.#all();
  }

  byCode(code: string): Berth | undefined {
    return this.#byCode(code)[0];
  }

  byNumber(number: number): Berth | undefined {
    return this.#byNumber(number)[0];
  }

  count(): number {
    return this.#count.get() ?? 0;
  }

  /** 0: there are none. */
  lastNumber(): number {
    return this.#lastNumber.get() ?? 0;
  }
}

/** What is known of each berth. */
export class BerthStateStore {
  readonly #put: Statement<[string, string]>;
  readonly #get: Statement<[string], string>;
  readonly #remove: Statement<[string]>;

  constructor(db: Database) {
    this.#put = db.prepare(
      'INSERT INTO berth_states (berth_id, body) VALUES (?, ?) ON CONFLICT (berth_id) DO UPDATE SET body = excluded.body',
    );
    this.#get = db.prepare<[string], string>('SELECT body FROM berth_states WHERE berth_id = ?').pluck();
    this.#remove = db.prepare('DELETE FROM berth_states WHERE berth_id = ?');
  }

  put(berthId: string, state: BerthState): void {
    this.#put.run(berthId, JSON.stringify(state));
  }

  get(berthId: string): BerthState {
    const body = this.#get.get(berthId);
    return body === undefined ? UNKNOWN_BERTH : berthStateSchema.parse(JSON.parse(body));
  }

  remove(berthId: string): void {
    this.#remove.run(berthId);
  }
}
