import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import {
  type ConfigurationChange,
  type ConfigurationSource,
  configurationChangeSchema,
  configurationSourceSchema,
} from '../../../shared/domain/configuration.ts';

export interface StoredConfiguration {
  readonly revision: number;
  readonly at: number;
  readonly by: string;
  readonly source: ConfigurationSource;
  readonly sha256: string;
  readonly changes: readonly ConfigurationChange[];
  /** As JSON, with its secrets. */
  readonly document: string;
}

const rowSchema = z
  .object({
    revision: z.int(),
    at_ms: z.int(),
    actor_name: z.string(),
    source: configurationSourceSchema,
    sha256: z.string(),
    changes: z.string().transform((text): unknown => JSON.parse(text)),
    document: z.string(),
  })
  .transform(
    (row): StoredConfiguration => ({
      revision: row.revision,
      at: row.at_ms,
      by: row.actor_name,
      source: row.source,
      sha256: row.sha256,
      changes: z.array(configurationChangeSchema).parse(row.changes),
      document: row.document,
    }),
  );

/** The last configurations, each whole. */
export class ConfigurationStore {
  readonly #put: Statement<[object]>;
  readonly #get: Statement<[number], unknown>;
  readonly #newest: Statement<[number], unknown>;
  readonly #last: Statement<[], number | null>;
  readonly #drop: Statement<[number]>;

  constructor(db: Database) {
    this.#put = db.prepare(
      'INSERT INTO configurations (revision, at_ms, actor_name, source, sha256, changes, document) VALUES (@revision, @at, @by, @source, @sha256, @changes, @document)',
    );
    this.#get = db.prepare('SELECT * FROM configurations WHERE revision = ?');
    this.#newest = db.prepare('SELECT * FROM configurations ORDER BY revision DESC LIMIT ?');
    this.#last = db.prepare<[], number | null>('SELECT max(revision) FROM configurations').pluck();
    this.#drop = db.prepare('DELETE FROM configurations WHERE revision <= ?');
  }

  /** Keeps this one and the `keep` before it. */
  put(configuration: StoredConfiguration, keep: number): void {
    this.#put.run({ ...configuration, changes: JSON.stringify(configuration.changes) });
    this.#drop.run(configuration.revision - keep - 1);
  }

  get(revision: number): StoredConfiguration | undefined {
    const row = this.#get.get(revision);
    return row === undefined ? undefined : rowSchema.parse(row);
  }

  newest(limit: number): StoredConfiguration[] {
    return this.#newest.all(limit).map((row) => rowSchema.parse(row));
  }

  /** The number of the newest, 0 when there is none. */
  lastRevision(): number {
    return this.#last.get() ?? 0;
  }
}
