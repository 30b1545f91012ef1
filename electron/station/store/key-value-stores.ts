import type { Database, Statement } from 'better-sqlite3';
import type { PlatformId } from '../../../shared/domain/site.ts';

/** Small facts of the station: the configuration, the last sign of life. */
export class MetaStore {
  readonly #put: Statement<[string, string]>;
  readonly #get: Statement<[string], string>;

  constructor(db: Database) {
    this.#put = db.prepare(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    );
    this.#get = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck();
  }

  put(key: string, value: string): void {
    this.#put.run(key, value);
  }

  get(key: string): string | undefined {
    return this.#get.get(key);
  }
}

/** What each lane was doing, as JSON that the lane machine parses again. */
export class LaneStateStore {
  readonly #put: Statement<[string, string]>;
  readonly #get: Statement<[string], string>;

  constructor(db: Database) {
    this.#put = db.prepare(
      'INSERT INTO lane_states (lane_id, state) VALUES (?, ?) ON CONFLICT (lane_id) DO UPDATE SET state = excluded.state',
    );
    this.#get = db.prepare<[string], string>('SELECT state FROM lane_states WHERE lane_id = ?').pluck();
  }

  put(laneId: string, state: string): void {
    this.#put.run(laneId, state);
  }

  get(laneId: string): string | undefined {
    return this.#get.get(laneId);
  }
}

/** Up to where the memory of the platforms was gone through. */
export interface MemoryPosition {
  readonly platform: string;
  readonly key: string;
}

/** What a platform asked the station to remember for it, e.g. the newest notice it acted on. */
export class PlatformMemoryStore {
  readonly #put: Statement<[string, string, string]>;
  readonly #get: Statement<[string, string], string>;
  readonly #dated: Statement<
    [string, string, number],
    MemoryPosition & { readonly at: unknown; readonly until: unknown }
  >;
  readonly #remove: Statement<[string, string]>;

  constructor(db: Database) {
    this.#dated = db.prepare(`SELECT platform, key, CASE WHEN json_valid(value) THEN value ->> '$.at' END AS at,
      CASE WHEN json_valid(value) THEN value ->> '$.until' END AS until
      FROM platform_memory WHERE (platform, key) > (?, ?) ORDER BY platform, key LIMIT ?`);
    this.#remove = db.prepare('DELETE FROM platform_memory WHERE platform = ? AND key = ?');
    this.#put = db.prepare(
      'INSERT INTO platform_memory (platform, key, value) VALUES (?, ?, ?) ON CONFLICT (platform, key) DO UPDATE SET value = excluded.value',
    );
    this.#get = db
      .prepare<[string, string], string>('SELECT value FROM platform_memory WHERE platform = ? AND key = ?')
      .pluck();
  }

  put(platform: PlatformId, key: string, value: string): void {
    this.#put.run(platform, key, value);
  }

  get(platform: PlatformId, key: string): string | undefined {
    return this.#get.get(platform, key);
  }

  /**
   * Forgets, among the `limit` rows after a position, what says `until` when it is to be kept and that is over, and what says `at` which
   * instant it is about and is older than `before`; what says neither is kept. @returns where to go on; `undefined` at the end.
   */
  forget(
    { now, before }: { readonly now: number; readonly before: number },
    after: MemoryPosition,
    limit: number,
  ): MemoryPosition | undefined {
    const rows = this.#dated.all(after.platform, after.key, limit);
    for (const { platform, key, at, until } of rows)
      if (typeof until === 'number' ? until < now : typeof at === 'number' && at < before)
        this.#remove.run(platform, key);
    return rows.length < limit ? undefined : rows.at(-1);
  }
}
