import type { Database, Statement } from 'better-sqlite3';
import type { PlatformId } from '../../../shared/domain/site.ts';

type Place = [platform: string, kind: string];

/** Whole numbers by which platforms know what has other ids here. */
export class PlatformNumberStore {
  readonly #give: Statement<[...Place, string, ...Place]>;
  readonly #find: Statement<[...Place, string], number>;
  readonly #idOf: Statement<[...Place, number], string>;

  constructor(db: Database) {
    this.#give = db.prepare(`INSERT INTO platform_numbers (platform, kind, id, number)
      SELECT ?, ?, ?, COALESCE(MAX(number), 0) + 1 FROM platform_numbers WHERE platform = ? AND kind = ?`);
    this.#find = db
      .prepare<[...Place, string], number>(
        'SELECT number FROM platform_numbers WHERE platform = ? AND kind = ? AND id = ?',
      )
      .pluck();
    this.#idOf = db
      .prepare<[...Place, number], string>(
        'SELECT id FROM platform_numbers WHERE platform = ? AND kind = ? AND number = ?',
      )
      .pluck();
  }

  /** The number of `id`: the one that it has, or the next. Rows are never removed, so that none comes again. */
  give(platform: PlatformId, kind: string, id: string): number {
    const known = this.find(platform, kind, id);
    if (known !== undefined) return known;
    this.#give.run(platform, kind, id, platform, kind);
    return this.find(platform, kind, id) ?? 0;
  }

  find(platform: PlatformId, kind: string, id: string): number | undefined {
    return this.#find.get(platform, kind, id);
  }

  idOf(platform: PlatformId, kind: string, number: number): string | undefined {
    return this.#idOf.get(platform, kind, number);
  }
}
