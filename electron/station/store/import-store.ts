import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import { type ImportJob, importJobSchema } from '../../../shared/domain/import-job.ts';
import { DocumentStore } from './document-store.ts';

const rowSchema = z.object({
  position: z.int(),
  row_number: z.int(),
  body: z.string().transform((text): unknown => JSON.parse(text)),
});

const faultSchema = z.object({
  row_number: z.int(),
  column_title: z.string(),
  value: z.string(),
  reason: z.string(),
});

export interface StagedRow {
  readonly position: number;
  readonly rowNumber: number;
  /** As the import's own schema wrote it; whoever reads it parses it again. */
  readonly value: unknown;
}

export interface StagedFault {
  readonly rowNumber: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** Imports under way, and the rows that wait to be applied. */
export class ImportStore extends DocumentStore<ImportJob> {
  readonly unfinished: () => ImportJob[];
  readonly #addRow: Statement<[string, number, number, string]>;
  readonly #rows: Statement<[string, number, number], unknown>;
  readonly #dropRows: Statement<[object]>;
  readonly #addFault: Statement<[string, number, number, string, string, string]>;
  readonly #faults: Statement<[string, number, number], unknown>;
  readonly #dropFaults: Statement<[object]>;

  constructor(db: Database) {
    super(db, {
      table: 'import_jobs',
      schema: importJobSchema,
      columns: ({ state, createdAt }) => ({ state, created_at_ms: createdAt }),
    });
    this.unfinished = this.finder("WHERE state IN ('staging', 'checking', 'applying') ORDER BY created_at_ms, id");
    this.#addRow = db.prepare('INSERT INTO import_rows VALUES (?, ?, ?, ?)');
    this.#rows = db.prepare(
      'SELECT position, row_number, body FROM import_rows WHERE job_id = ? AND position >= ? ORDER BY position LIMIT ?',
    );
    this.#dropRows = db.prepare(
      'DELETE FROM import_rows WHERE job_id = @jobId AND position IN (SELECT position FROM import_rows WHERE job_id = @jobId LIMIT @limit)',
    );
    this.#addFault = db.prepare('INSERT INTO import_faults VALUES (?, ?, ?, ?, ?, ?)');
    this.#faults = db.prepare(
      'SELECT row_number, column_title, value, reason FROM import_faults WHERE job_id = ? ORDER BY row_number, position LIMIT ? OFFSET ?',
    );
    this.#dropFaults = db.prepare(
      'DELETE FROM import_faults WHERE job_id = @jobId AND position IN (SELECT position FROM import_faults WHERE job_id = @jobId LIMIT @limit)',
    );
  }

  list(page: { readonly offset: number; readonly limit: number }) {
    return this.page('1 = 1', 'created_at_ms DESC, id DESC', {}, page);
  }

  addRow(jobId: string, position: number, rowNumber: number, value: unknown): void {
    this.#addRow.run(jobId, position, rowNumber, JSON.stringify(value));
  }

  rows(jobId: string, from: number, limit: number): StagedRow[] {
    return this.#rows.all(jobId, from, limit).map((raw) => {
      const row = rowSchema.parse(raw);
      return { position: row.position, rowNumber: row.row_number, value: row.body };
    });
  }

  /** Drops at most `limit` of what a finished job leaves behind. @returns how many rows and faults went. */
  dropStaged(jobId: string, limit: number): number {
    return this.#dropRows.run({ jobId, limit }).changes + this.#dropFaults.run({ jobId, limit }).changes;
  }

  dropFaults(jobId: string, limit: number): number {
    return this.#dropFaults.run({ jobId, limit }).changes;
  }

  addFault(jobId: string, position: number, fault: StagedFault): void {
    this.#addFault.run(jobId, position, fault.rowNumber, fault.column, fault.value, fault.reason);
  }

  faults(jobId: string, page: { readonly offset: number; readonly limit: number }): StagedFault[] {
    return this.#faults.all(jobId, page.limit, page.offset).map((raw) => {
      const { row_number, column_title, value, reason } = faultSchema.parse(raw);
      return { rowNumber: row_number, column: column_title, value, reason };
    });
  }
}
