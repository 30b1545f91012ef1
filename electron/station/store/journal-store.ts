import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import {
  type EventDraft,
  type EventKind,
  eventBodies,
  eventKinds,
  type JournalEvent,
} from '../../../shared/domain/events.ts';
import { type ChainedRow, chainHash, firstBreak, GENESIS } from '../journal/chain.ts';
import type { StoredRow } from '../journal/rows.ts';
import { UnfitError } from '../runtime/errors.ts';
import { planOnce } from './plan-once.ts';
import { faultText, UnreadableRows } from './unreadable.ts';

const kindSchema = z.enum(eventKinds as readonly [EventKind, ...EventKind[]]);
const actorKindSchema = z.enum(['user', 'platform', 'station']);

/** A row as it is read: its event, or why this version cannot read it. */
export interface JournalRow {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly key: string | null;
  readonly event: JournalEvent | null;
  /** Empty where there is an event. */
  readonly fault: string;
}

/**
 * What people did, and what platforms did to the arms from afar or wanted to: the log of doings (操作日志). To the letter the
 * condition of the index that it is found by.
 */
export const AUDITED = `(actor_kind = 'user' OR kind = 'gate-refused'
  OR (kind = 'gate-commanded' AND actor_kind = 'platform' AND json_extract(body, '$.origin') = 'platform'))`;

export interface JournalFilter {
  readonly before?: number | undefined;
  readonly limit: number;
  readonly kind?: string | undefined;
  readonly key?: string | undefined;
  /** Only what was done on somebody's word (see {@link AUDITED}); with `userName`, only on theirs. */
  readonly audited?: boolean | undefined;
  readonly userName?: string | undefined;
}

/** The rows of the journal. `append` runs inside the caller's transaction. */
export class JournalStore {
  readonly #db: Database;
  readonly #unreadable: UnreadableRows;
  readonly #last: Statement<[], { seq: number; hash: string }>;
  readonly #insert: Statement<[StoredRow]>;
  readonly #after: Statement<[number, number], StoredRow>;

  constructor(db: Database, unreadable = new UnreadableRows()) {
    this.#db = db;
    this.#unreadable = unreadable;
    this.#last = db.prepare('SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1');
    this.#insert =
      db.prepare(`INSERT INTO journal (seq, at_ms, kind, key, lane_id, passage_id, actor_kind, actor_name, body, hash)
      VALUES (@seq, @at_ms, @kind, @key, @lane_id, @passage_id, @actor_kind, @actor_name, @body, @hash)`);
    this.#after = db.prepare(planOnce('SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?'));
  }

  last(): { readonly seq: number; readonly hash: string } {
    return this.#last.get() ?? { seq: 0, hash: GENESIS };
  }

  /** @throws UnfitError before anything is written, where nobody could read the row again: it is there for ever. */
  append(draft: EventDraft, at: number): JournalEvent {
    const checked = eventBodies[draft.kind].safeParse(draft.body);
    if (!checked.success) throw new UnfitError(`${draft.kind}: ${faultText(checked.error)}`);
    const last = this.last();
    const row: ChainedRow = {
      seq: last.seq + 1,
      at_ms: at,
      kind: draft.kind,
      key: draft.key,
      lane_id: draft.laneId,
      passage_id: draft.passageId,
      actor_kind: draft.actor.kind,
      actor_name: draft.actor.name,
      body: JSON.stringify(draft.body),
    };
    const hash = chainHash(last.hash, row);
    this.#insert.run({ ...row, hash });
    return { ...draft, seq: row.seq, at, hash };
  }

  /** Events of the `limit` rows after `seq`, oldest first; a row that cannot be read is passed over. */
  after(seq: number, limit: number): JournalEvent[] {
    return this.rowsAfter(seq, limit).flatMap(({ event }) => event ?? []);
  }

  /** The same, with the rows that cannot be read. */
  rowsAfter(seq: number, limit: number): JournalRow[] {
    return this.#after.all(seq, limit).map((row) => this.#toRow(row));
  }

  /** Newest first. */
  list(filter: JournalFilter): JournalEvent[] {
    const where = ['seq < @before'];
    if (filter.kind !== undefined) where.push('kind = @kind');
    if (filter.key !== undefined) where.push('key = @key');
    if (filter.audited) where.push(AUDITED);
    if (filter.userName !== undefined) where.push('actor_name = @userName');
    return this.#db
      .prepare<[Record<string, unknown>], StoredRow>(
        `SELECT * FROM journal WHERE ${where.join(' AND ')} ORDER BY seq DESC LIMIT @limit`,
      )
      .all({
        before: filter.before ?? Number.MAX_SAFE_INTEGER,
        kind: filter.kind ?? null,
        key: filter.key ?? null,
        userName: filter.userName ?? null,
        limit: filter.limit,
      })
      .flatMap((row) => this.#toRow(row).event ?? []);
  }

  /** Rows that name a stay or whatever else has this key, as stored: an auditor must see also what this version cannot read. */
  storedOfKey(key: string): StoredRow[] {
    return this.#db.prepare<[string], StoredRow>('SELECT * FROM journal WHERE key = ? ORDER BY seq').all(key);
  }

  /** Rows of one passage, as stored. */
  storedOfPassage(passageId: string): StoredRow[] {
    return this.#db
      .prepare<[string], StoredRow>('SELECT * FROM journal WHERE passage_id = ? ORDER BY seq')
      .all(passageId);
  }

  /** People who acted on a passage; looking at a case that came of it is no such act. */
  usersOfPassage(passageId: string): string[] {
    return this.#db
      .prepare<[string], string>(
        "SELECT DISTINCT actor_name FROM journal WHERE passage_id = ? AND actor_kind = 'user' AND kind <> 'case-changed'",
      )
      .pluck()
      .all(passageId);
  }

  /** Rows from `first` to `last`, as stored; at most `limit`, oldest first. */
  storedBetween(first: number, last: number, limit: number): StoredRow[] {
    return this.#db
      .prepare<[number, number, number], StoredRow>(
        'SELECT * FROM journal WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?',
      )
      .all(first, last, limit);
  }

  /** The station's own life between two rows: starts, stops, and clocks that were set. */
  storedLifeBetween(first: number, last: number): StoredRow[] {
    return this.#db
      .prepare<[number, number], StoredRow>(
        `SELECT * FROM journal WHERE kind IN ('station-started', 'station-stopped', 'clock-jumped') AND seq BETWEEN ? AND ?
          ORDER BY seq`,
      )
      .all(first, last);
  }

  /** The digest of a row; that of the genesis before the first. */
  hashOf(seq: number): string | undefined {
    if (seq === 0) return GENESIS;
    return this.#db.prepare<[number], string>('SELECT hash FROM journal WHERE seq = ?').pluck().get(seq);
  }

  /** Follows the chain over the newest `count` rows; the number of the first row that does not fit, if any. */
  verifyTail(count: number): number | undefined {
    const start = Math.max(0, this.last().seq - count);
    const from =
      start === 0
        ? { seq: 0, hash: GENESIS }
        : this.#db
            .prepare<[number], { seq: number; hash: string }>('SELECT seq, hash FROM journal WHERE seq = ?')
            .get(start);
    if (!from) return start;
    return firstBreak(this.#after.iterate(start, count), from);
  }

  #toRow(row: StoredRow): JournalRow {
    const known = { seq: row.seq, at: row.at_ms, kind: row.kind, key: row.key };
    try {
      return { ...known, event: toEvent(row), fault: '' };
    } catch (error) {
      const fault = faultText(error);
      this.#unreadable.add({ table: 'journal', id: String(row.seq), reason: fault });
      return { ...known, event: null, fault };
    }
  }
}

/** Disk is an edge too: a row is parsed by the schema of its kind before anybody trusts it. */
function toEvent(row: StoredRow): JournalEvent {
  const kind = kindSchema.parse(row.kind);
  const parsed: unknown = eventBodies[kind].parse(JSON.parse(row.body));
  const event = {
    kind,
    key: row.key,
    laneId: row.lane_id,
    passageId: row.passage_id,
    actor: { kind: actorKindSchema.parse(row.actor_kind), name: row.actor_name },
    body: parsed,
    seq: row.seq,
    at: row.at_ms,
    hash: row.hash,
  };
  // The body was parsed by the schema that belongs to `kind`; the compiler cannot follow that pairing through the map.
  return event as JournalEvent;
}
