import type { Database, Statement } from 'better-sqlite3';

export interface PrintJobRow {
  readonly id: number;
  /** JSON that the printing room parses again. */
  readonly job: string;
}

/** What was sent to a printer and has not ended. */
export class PrintJobStore {
  readonly #add: Statement<[string]>;
  readonly #remove: Statement<[number]>;
  readonly #all: Statement<[], PrintJobRow>;

  constructor(db: Database) {
    this.#add = db.prepare('INSERT INTO print_jobs (job) VALUES (?)');
    this.#remove = db.prepare('DELETE FROM print_jobs WHERE id = ?');
    this.#all = db.prepare('SELECT id, job FROM print_jobs ORDER BY id');
  }

  add(job: string): number {
    return Number(this.#add.run(job).lastInsertRowid);
  }

  remove(id: number): void {
    this.#remove.run(id);
  }

  all(): PrintJobRow[] {
    return this.#all.all();
  }
}
