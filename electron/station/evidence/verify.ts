import { join } from 'node:path';
import type { VerifyReport } from '../../../shared/contract/evidence.ts';
import { GENESIS } from '../journal/chain.ts';
import { Collected, type Finding, type Note } from '../journal/findings.ts';
import { ChainFollower, type ChainPoint } from '../journal/follow.ts';
import { InstantFollower } from '../journal/instants.ts';
import { readRow, type StoredRow } from '../journal/rows.ts';
import { DatabaseError, errorText } from '../runtime/errors.ts';
import type { Clock } from '../runtime/ports.ts';
import { AuditDatabase } from '../store/audit-database.ts';
import { Replica } from '../store/replica.ts';
import { checkPhotos } from './check-photos.ts';
import { compareRows } from './compare.ts';

export interface VerifyOptions {
  readonly dataDirectory: string;
  /** Take up the chain at this row, trusting the one before it. The tables can then not be compared. */
  readonly from?: number | undefined;
  /** Rows that were known before, e.g. from an export: they must still be in the chain. */
  readonly expect?: readonly ChainPoint[] | undefined;
  /** Read every photo as well. */
  readonly photos?: boolean | undefined;
  /** How far it has come, from time to time. */
  readonly progress?: ((what: 'rows' | 'table' | 'photos', done: number, detail: string) => void) | undefined;
}

/** What was asked for cannot be checked: there is no such row. */
export class VerifyArgumentError extends Error {
  override readonly name = 'VerifyArgumentError';
}

const SLICE = 2_000;
/** Of each sort; the rest is only counted. */
const FINDINGS_PER_CODE = 50;
const NOTES_PER_CODE = 200;

/**
 * Checks a data directory as evidence: numbers, chain, bodies and instants of the journal, the tables against a replay of the
 * journal, and on demand the photos. Reads only, whether the station runs on that directory or not; memory does not grow with
 * the journal.
 *
 * @throws DatabaseError when the database cannot be opened | VerifyArgumentError
 */
export async function verifyDirectory(options: VerifyOptions, clock: Clock): Promise<VerifyReport> {
  const audit = AuditDatabase.open(join(options.dataDirectory, 'gatehouse.db'));
  try {
    return await new Verification(audit, options, clock).run();
  } finally {
    audit.close();
  }
}

class Verification {
  readonly #audit: AuditDatabase;
  readonly #options: VerifyOptions;
  readonly #clock: Clock;
  readonly #findings = new Collected<Finding>(FINDINGS_PER_CODE);
  readonly #notes = new Collected<Note>(NOTES_PER_CODE);
  readonly #instants = new InstantFollower();
  readonly #chain: ChainFollower;
  readonly #firstSeq: number;
  #rows = 0;
  #tableRows = 0;
  #photos: number | null = null;

  constructor(audit: AuditDatabase, options: VerifyOptions, clock: Clock) {
    this.#audit = audit;
    this.#options = options;
    this.#clock = clock;
    const from = options.from ?? 1;
    const trusted = from === 1 ? { seq: 0, hash: GENESIS } : audit.at(from - 1);
    if (!trusted) throw new VerifyArgumentError(`流水里没有第 ${from - 1} 条，不能从第 ${from} 条开始核验`);
    this.#firstSeq = from;
    this.#chain = new ChainFollower(trusted);
  }

  async run(): Promise<VerifyReport> {
    const replica = this.#firstSeq === 1 ? new Replica(this.#clock) : undefined;
    try {
      // Slice by slice first, so that a running station's log can be folded back meanwhile; then the rest, and the tables, as
      // one picture: between the last row read and the tables nothing may happen.
      for (let more = true; more; ) {
        more = this.#slice(replica) === SLICE;
        this.#options.progress?.('rows', this.#rows, '');
      }
      this.#audit.snapshot(() => {
        while (this.#slice(replica) > 0);
        if (replica) this.#compareTables(replica);
      });
      this.#notes.add(...this.#instants.end());
      this.#checkAnchors();
      if (this.#options.photos)
        this.#photos = await checkPhotos(
          this.#audit,
          join(this.#options.dataDirectory, 'photos'),
          (finding) => this.#findings.add(finding),
          (done) => this.#options.progress?.('photos', done, ''),
        );
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      this.#findings.add({ code: 'damaged', seq: null, text: `数据库文件损坏，核验到此为止：${errorText(error)}` });
    } finally {
      replica?.close();
    }
    return this.#report(replica !== undefined);
  }

  /** One slice of rows; returns how many there were. */
  #slice(replica: Replica | undefined): number {
    const rows = this.#audit.rowsAfter(this.#chain.last.seq, SLICE);
    const events = rows.flatMap((row) => this.#row(row) ?? []);
    replica?.apply(events, (event, error) =>
      this.#findings.add({
        code: 'not-applicable',
        seq: event.seq,
        text: `流水第 ${event.seq} 条（${event.kind}）与它前面的记录矛盾：${errorText(error)}`,
      }),
    );
    this.#rows += rows.length;
    return rows.length;
  }

  #row(row: StoredRow) {
    const broken = this.#chain.next(row);
    if (broken) this.#findings.add(broken);
    const reading = readRow(row);
    const event = 'event' in reading ? reading.event : undefined;
    if ('fault' in reading)
      this.#findings.add({
        code: reading.fault,
        seq: row.seq,
        text:
          reading.fault === 'unknown-kind'
            ? `流水第 ${row.seq} 条的种类 ${reading.detail} 本程序不认识`
            : `流水第 ${row.seq} 条的内容不合格式：${reading.detail}`,
      });
    const { findings, notes } = this.#instants.next(event ?? { seq: row.seq, at: row.at_ms });
    this.#findings.add(...findings);
    this.#notes.add(...notes);
    return event;
  }

  #compareTables(replica: Replica): void {
    const there = this.#audit.tables();
    const sameSchema = this.#audit.schema() === replica.schema();
    if (sameSchema) this.#checkGuards(replica);
    for (const table of replica.derivedTables()) {
      if (!there.has(table.name)) {
        // A file that an older version left has not seen every table yet.
        if (sameSchema) this.#findings.add({ code: 'table-missing', seq: null, text: `缺少表 ${table.name}` });
        continue;
      }
      const own = new Set(this.#audit.columns(table.name));
      const columns = table.columns.filter((column) => own.has(column));
      this.#options.progress?.('table', this.#tableRows, table.name);
      this.#tableRows += compareRows(
        { ...table, columns },
        replica.iterate(table, columns),
        this.#audit.iterate(table, columns),
        (finding) => this.#findings.add(finding),
      );
    }
  }

  #checkGuards(replica: Replica): void {
    const guards = this.#audit.guards();
    for (const [name, sql] of replica.guards())
      if (guards.get(name) !== sql)
        this.#findings.add({
          code: 'guard-missing',
          seq: null,
          text: `数据库里防止改写流水的触发器 ${name} 被删除或改动：有人绕过程序动过数据库`,
        });
  }

  #checkAnchors(): void {
    for (const { seq, hash } of this.#options.expect ?? []) {
      const there = this.#audit.at(seq);
      if (!there)
        this.#findings.add({
          code: 'anchor-missing',
          seq,
          text: `已知的第 ${seq} 条流水不在了：流水从那里或更早被截断`,
        });
      else if (there.hash !== hash)
        this.#findings.add({
          code: 'anchor-differs',
          seq,
          text: `第 ${seq} 条流水的摘要与当时留下的不同：到这一条为止的历史被整体改写过`,
        });
    }
  }

  #report(tables: boolean): VerifyReport {
    const { kept, total } = this.#findings;
    return {
      whole: total === 0,
      fromSeq: this.#firstSeq,
      rows: this.#rows,
      tables,
      tableRows: this.#tableRows,
      photos: this.#photos,
      anchor: this.#chain.last,
      findings: kept.map((finding) => ({ ...finding })),
      findingCount: total,
      notes: this.#notes.kept.map((note) => ({ ...note })),
      noteCount: this.#notes.total,
    };
  }
}
