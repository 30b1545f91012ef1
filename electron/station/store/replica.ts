import Database from 'better-sqlite3';
import type { JournalEvent } from '../../../shared/domain/events.ts';
import type { Clock } from '../runtime/ports.ts';
import { applyEvent } from './apply.ts';
import { columnsOf, guardsOf, iterateTable, type TableRow } from './audit-database.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { Store } from './store.ts';

/**
 * Tables that are not what the journal adds up to: the journal itself, secrets, and how far things on their way have come. A
 * table that is not named here counts as derived, so that one added later is compared unless somebody decides otherwise.
 */
const OWN_MEMORY: ReadonlySet<string> = new Set([
  'meta',
  'journal',
  'reads',
  // What went before, with secrets; what changed is an event.
  'configurations',
  'lane_states',
  'users',
  'sign_ins',
  'platform_memory',
  'platform_numbers',
  'outbox_cursors',
  'outbox',
  'outbox_attempts',
  'outbox_runs',
  'outbox_differences',
  // What an import has still to do; what it did is events.
  'import_jobs',
  'import_rows',
  'import_faults',
  // What is being printed; how it ended is an event.
  'print_jobs',
  // A help for searching that keeps what was corrected away.
  'plates',
]);

/** Rows that carry nothing: a count that went back to zero stays behind, or was never there. */
const SAYS_NOTHING: Readonly<Record<string, string>> = { inside_counts: 'cars = 0' };

export interface DerivedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns that identify a row, in order. */
  readonly key: readonly string[];
  /** Condition of the rows that are left out of the comparison, as SQL. */
  readonly except: string | undefined;
}

/**
 * What the tables must be: an empty database of the present schema into which a journal is played again, through the same code
 * that the station runs. It is SQLite's own temporary file, so a journal of any length fits beside a small memory.
 */
export class Replica {
  readonly #db: Database.Database;
  readonly #store: Store;

  constructor(clock: Clock) {
    this.#db = new Database('');
    try {
      this.#db.pragma('journal_mode = OFF');
      this.#db.pragma('synchronous = OFF');
      this.#db.pragma('foreign_keys = ON');
      this.#db.pragma('cache_size = -32768');
      migrate(this.#db, migrations);
    } catch (error) {
      this.#db.close();
      throw error;
    }
    this.#store = new Store(this.#db, clock);
  }

  close(): void {
    this.#db.close();
  }

  /** Applies events in order. `failed` hears of those that the tables refuse; the others are applied all the same. */
  apply(events: readonly JournalEvent[], failed: (event: JournalEvent, error: unknown) => void): void {
    this.#db.exec('BEGIN');
    try {
      for (const event of events)
        try {
          applyEvent(event, this.#store.read);
        } catch (error) {
          failed(event, error);
        }
    } finally {
      this.#db.exec('COMMIT');
    }
  }

  /** Number of the newest migration. */
  schema(): number {
    return migrations.at(-1)?.version ?? 0;
  }

  guards(): ReadonlyMap<string, string> {
    return guardsOf(this.#db);
  }

  derivedTables(): DerivedTable[] {
    return this.#db
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .pluck()
      .all()
      .filter((name) => !OWN_MEMORY.has(name))
      .map((name) => {
        const columns = columnsOf(this.#db, name);
        const names = columns.map((column) => column.name);
        const key = columns.filter((column) => column.pk > 0).sort((a, b) => a.pk - b.pk);
        return {
          name,
          columns: names,
          key: key.length > 0 ? key.map((column) => column.name) : names,
          except: SAYS_NOTHING[name],
        };
      });
  }

  iterate(table: DerivedTable, columns: readonly string[]): IterableIterator<TableRow> {
    return iterateTable(this.#db, table, columns);
  }
}
