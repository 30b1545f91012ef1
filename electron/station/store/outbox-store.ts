import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import type { PlatformId } from '../../../shared/domain/site.ts';
import type { OutboxDraft } from '../platforms/outbound.ts';
import { planOnce } from './plan-once.ts';

const stateSchema = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
/** 0 waiting · 1 delivered · 2 refused (dead letter) · 3 discarded by a person · 4 given up, the platform fetches it. */
export type OutboxState = z.infer<typeof stateSchema>;

export const rowSchema = z.object({
  id: z.int(),
  platform: z.string(),
  message: z.string(),
  key: z.string().nullable(),
  kind: z.enum(['answer', 'record', 'bulk', 'photo']),
  body: z.string(),
  journal_seq: z.int(),
  state: stateSchema,
  attempts: z.int(),
  maybe_delivered: z.int(),
  created_at_ms: z.int(),
  done_at_ms: z.int().nullable(),
  last_error: z.string().nullable(),
  held: z.int(),
});
export type OutboxRow = z.output<typeof rowSchema>;

export interface OutboxHead {
  readonly id: number;
  readonly key: string | null;
}

/** What a sender needs of a row. */
export type OutgoingRow = Pick<OutboxRow, 'id' | 'message' | 'key' | 'kind' | 'body' | 'attempts' | 'maybe_delivered'>;

export interface OutboxFilter {
  readonly platform?: string | undefined;
  readonly state?: OutboxState | undefined;
  readonly key?: string | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** How a try that was no delivery leaves its message. */
export interface Failure {
  readonly error: string;
  readonly state: Extract<OutboxState, 0 | 2 | 4>;
  readonly maybeDelivered: boolean;
  readonly at: number;
}

/** Messages by the instant in them; both bounds belong to it. */
interface GivenUpWindow {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
  readonly limit: number;
}

const givenUpSchema = z.object({ at: z.int(), body: z.string() });
interface GivenUp {
  readonly at: number;
  readonly body: unknown;
}

export interface OutboxCounts {
  readonly waiting: number;
  readonly refused: number;
  readonly delivered: number;
  readonly givenUp: number;
  readonly oldest: number | null;
}

/**
 * Records of the same stay that stand before a message: the order is that of the journal, so that a message made good later
 * takes its place before those that follow it.
 */
const EARLIER = `FROM outbox AS earlier WHERE earlier.platform = o.platform AND earlier.key = o.key
  AND (earlier.journal_seq, earlier.id) < (o.journal_seq, o.id)`;
/** Apart, because records have an index of their own, and only bulk waits for bulk. */
const EARLIER_RECORD = `${EARLIER} AND earlier.kind = 'record' AND earlier.state IN (0, 2)`;
const EARLIER_BULK = `${EARLIER} AND o.kind = 'bulk' AND earlier.kind = 'bulk' AND earlier.state IN (0, 2)`;
/** A message is blocked while an earlier record of its stay is not out: waiting, or refused and waiting for a person. */
const BLOCKED = `(EXISTS (SELECT 1 ${EARLIER_RECORD}) OR (o.kind = 'bulk' AND EXISTS (SELECT 1 ${EARLIER_BULK})))`;
const HELD = `(EXISTS (SELECT 1 ${EARLIER_RECORD} AND earlier.state = 2) OR
  (o.kind = 'bulk' AND EXISTS (SELECT 1 ${EARLIER_BULK} AND earlier.state = 2))) AND o.state = 0`;
const COLUMNS = `o.id, o.platform, o.message, o.key, o.kind, o.body, o.journal_seq, o.state, o.attempts, o.maybe_delivered,
  o.created_at_ms, o.done_at_ms, o.last_error`;

/** Written as in its index, to the letter: SQLite finds an index of an expression by nothing else. */
const GIVEN_UP = `FROM outbox WHERE platform = @platform AND message = @message AND state = 4
  AND json_extract(body, '$.at') BETWEEN @from AND @to`;

/** The first waiting message of each kind: one seek each, where a minimum over all would read a whole backlog every second. */
const OLDEST = rowSchema.shape.kind.options
  .map(
    (kind) => `SELECT * FROM (SELECT created_at_ms FROM outbox
      WHERE platform = @platform AND kind = '${kind}' AND state = 0 ORDER BY id LIMIT 1)`,
  )
  .join(' UNION ALL ');

/** Messages on their way out. The order is the row id; no clock has a say in it. */
export class OutboxStore {
  readonly #db: Database;
  readonly #insert: Statement<[object]>;
  readonly #ready: Statement<[string, string, number, number], OutboxHead>;
  readonly #outgoing: Statement<[number], OutgoingRow>;
  readonly #waitsBehind: Statement<[object], number>;
  readonly #waitsUnder: Statement<[string, string, string], number>;
  readonly #get: Statement<[number], unknown>;
  readonly #delivered: Statement<[number, number]>;
  readonly #failed: Statement<[object]>;
  readonly #setState: Statement<[number, number | null, number]>;
  readonly #cursor: Statement<[string], number>;
  readonly #moveCursor: Statement<[string, number]>;
  readonly #counts: Statement<[object], OutboxCounts>;
  readonly #givenUp: Statement<[object], unknown>;
  readonly #givenUpTotal: Statement<[object], number>;
  readonly #maxId: Statement<[], number>;
  readonly #byDraft: Statement<[string, string], number>;
  readonly #byDrafts: Statement<[string, string, string], number>;
  readonly #before: Statement<[number], number>;
  readonly #recordsWaiting: Statement<[string], number>;
  readonly #behind: Statement<[number], number>;

  constructor(db: Database) {
    this.#db = db;
    this.#insert = db.prepare(
      planOnce(`INSERT INTO outbox (platform, draft_id, message, key, kind, body, journal_seq, created_at_ms)
      SELECT @platform, @draft_id, @message, @key, @kind, @body, @journal_seq, @created_at_ms
      WHERE @kind = 'answer' OR @again = 1 OR @journal_seq > coalesce((SELECT to_seq FROM outbox_receipts
        WHERE platform = @platform AND from_seq <= @journal_seq ORDER BY from_seq DESC LIMIT 1), 0)
      ON CONFLICT (platform, draft_id) DO NOTHING`),
    );
    this.#ready = db.prepare(
      planOnce(`SELECT o.id, o.key FROM outbox AS o
      WHERE o.platform = ? AND o.state = 0 AND o.kind = ? AND o.id > ? AND NOT ${BLOCKED} ORDER BY o.id LIMIT ?`),
    );
    this.#outgoing = db.prepare(`SELECT o.id, o.message, o.key, o.kind, o.body, o.attempts, o.maybe_delivered
      FROM outbox AS o WHERE o.id = ? AND o.state = 0 AND NOT ${BLOCKED}`);
    this.#waitsBehind = db
      .prepare<[object], number>(
        planOnce(`SELECT 1 FROM outbox WHERE platform = @platform AND key = @key AND kind = 'record' AND state IN (0, 2) AND state = 0 AND id <> @id
          UNION ALL SELECT 1 FROM outbox WHERE platform = @platform AND key = @key AND kind = 'bulk' AND state = 0 AND id <> @id
          LIMIT 1`),
      )
      .pluck();
    this.#waitsUnder = db
      .prepare<[string, string, string], number>(
        planOnce('SELECT 1 FROM outbox WHERE platform = ? AND draft_id > ? AND draft_id < ? AND state = 0 LIMIT 1'),
      )
      .pluck();
    this.#get = db.prepare(`SELECT ${COLUMNS}, ${HELD} AS held FROM outbox AS o WHERE o.id = ?`);
    this.#delivered = db.prepare(
      'UPDATE outbox SET state = 1, attempts = attempts + 1, done_at_ms = ?, last_error = NULL WHERE id = ? AND state = 0',
    );
    this.#failed = db.prepare(`UPDATE outbox SET attempts = attempts + 1, last_error = @error, state = @state,
      done_at_ms = @done,
      maybe_delivered = max(maybe_delivered, @maybe) WHERE id = @id AND state = 0`);
    this.#setState = db.prepare('UPDATE outbox SET state = ?, done_at_ms = ? WHERE id = ?');
    this.#cursor = db.prepare<[string], number>('SELECT seq FROM outbox_cursors WHERE platform = ?').pluck();
    this.#moveCursor = db.prepare(
      'INSERT INTO outbox_cursors (platform, seq) VALUES (?, ?) ON CONFLICT (platform) DO UPDATE SET seq = excluded.seq',
    );
    this.#counts = db.prepare(`SELECT
      (SELECT count(*) FROM outbox WHERE platform = @platform AND state = 0) AS waiting,
      (SELECT count(*) FROM outbox WHERE platform = @platform AND state = 2) AS refused,
      (SELECT count(*) FROM outbox WHERE platform = @platform AND state = 1 AND done_at_ms >= @since) AS delivered,
      (SELECT count(*) FROM outbox WHERE platform = @platform AND state = 4 AND done_at_ms >= @since) AS givenUp,
      (SELECT min(created_at_ms) FROM (${OLDEST})) AS oldest`);
    // The bodies of one page only: what is passed over and what is counted never leaves the index.
    this.#givenUp = db.prepare(
      planOnce(`SELECT json_extract(body, '$.at') AS at, body FROM outbox WHERE id IN
      (SELECT id ${GIVEN_UP} ORDER BY json_extract(body, '$.at'), id LIMIT @limit OFFSET @offset)
      ORDER BY json_extract(body, '$.at'), id`),
    );
    this.#givenUpTotal = db.prepare<[object], number>(`SELECT count(*) ${GIVEN_UP}`).pluck();
    this.#byDraft = db
      .prepare<[string, string], number>('SELECT id FROM outbox WHERE platform = ? AND draft_id = ?')
      .pluck();
    this.#byDrafts = db
      .prepare<[string, string, string], number>(
        planOnce('SELECT id FROM outbox WHERE platform = ? AND draft_id > ? AND draft_id < ? ORDER BY draft_id'),
      )
      .pluck();
    this.#before = db
      .prepare<[number], number>(
        planOnce(`SELECT earlier.id FROM outbox AS o JOIN outbox AS earlier ON earlier.platform = o.platform AND earlier.key = o.key
          AND (earlier.journal_seq, earlier.id) < (o.journal_seq, o.id)
          AND earlier.kind IN ('record', iif(o.kind = 'bulk', 'bulk', 'record')) AND earlier.state IN (0, 2)
          WHERE o.id = ? ORDER BY earlier.journal_seq, earlier.id LIMIT 1`),
      )
      .pluck();
    this.#recordsWaiting = db
      .prepare<[string], number>(
        planOnce(
          "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE platform = ? AND kind = 'record' AND state = 0 LIMIT 1000)",
        ),
      )
      .pluck();
    this.#behind = db
      .prepare<[number], number>(
        planOnce(`SELECT later.id FROM outbox AS o JOIN outbox AS later ON later.platform = o.platform AND later.key = o.key
          AND (later.journal_seq, later.id) > (o.journal_seq, o.id) AND later.state IN (0, 2)
          WHERE o.id = ? ORDER BY later.journal_seq, later.id`),
      )
      .pluck();
    this.#maxId = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM outbox').pluck();
  }

  /**
   * Stores a draft once: a second one with the same identity changes nothing, also when the first was delivered so long ago that only
   * a receipt tells of it. `again` is for a person who wants just that one sent once more. @returns whether it is new.
   */
  insert(platform: PlatformId, draft: OutboxDraft, journalSeq: number, at: number, again = false): boolean {
    const { changes } = this.#insert.run({
      platform,
      draft_id: draft.id,
      message: draft.message,
      key: draft.key,
      kind: draft.kind,
      body: JSON.stringify(draft.body),
      journal_seq: journalSeq,
      created_at_ms: at,
      again: again ? 1 : 0,
    });
    return changes > 0;
  }

  /**
   * Messages after `afterId` that nothing of their stay stands before, oldest first. Only their heads: thousands of them may
   * rest, and all are passed over on the lane's thread to find one that may go.
   */
  ready(platform: PlatformId, kind: OutboxRow['kind'], afterId: number, limit: number): OutboxHead[] {
    return this.#ready.all(platform, kind, afterId, limit);
  }

  /** A message about to leave, if it still waits and nothing of its stay stands before it. */
  outgoing(id: number): OutgoingRow | undefined {
    return this.#outgoing.get(id);
  }

  /** Whether another record of the same stay waits, or bulk of the same key. */
  waitsBehind(platform: PlatformId, key: string, id: number): boolean {
    return this.#waitsBehind.get({ platform, key, id }) !== undefined;
  }

  /** Whether a message waits whose draft's id begins so. */
  waitsUnder(platform: PlatformId, prefix: string): boolean {
    return this.#waitsUnder.get(platform, prefix, `${prefix}\u{10ffff}`) !== undefined;
  }

  get(id: number): OutboxRow | undefined {
    const row = this.#get.get(id);
    return row === undefined ? undefined : rowSchema.parse(row);
  }

  /** The message that a draft became. */
  ofDraft(platform: PlatformId, draftId: string): OutboxRow | undefined {
    const id = this.#byDraft.get(platform, draftId);
    return id === undefined ? undefined : this.get(id);
  }

  /** The messages whose draft's id begins so. */
  ofDrafts(platform: PlatformId, prefix: string): OutboxRow[] {
    return this.#byDrafts.all(platform, prefix, `${prefix}\u{10ffff}`).flatMap((id) => this.get(id) ?? []);
  }

  /** The first record of the same stay that must be out before this one: waiting itself, or refused. */
  blockedBy(id: number): OutboxRow | undefined {
    const before = this.#before.get(id);
    return before === undefined ? undefined : this.get(before);
  }

  /** Messages of the same stay that come after this one and are not out. */
  dependents(id: number): OutboxRow[] {
    return this.#behind.all(id).flatMap((later) => this.get(later) ?? []);
  }

  /** Up to 1000. */
  recordsWaiting(platform: string): number {
    return this.#recordsWaiting.get(platform) ?? 0;
  }

  markDelivered(id: number, at: number): void {
    this.#delivered.run(at, id);
  }

  markFailed(id: number, { error, state, maybeDelivered, at }: Failure): void {
    const done = state === 4 ? at : null;
    this.#failed.run({ id, error: error.slice(0, 500), state, done, maybe: maybeDelivered ? 1 : 0 });
  }

  setState(id: number, state: OutboxState, doneAt: number | null): void {
    this.#setState.run(state, doneAt, id);
  }

  cursor(platform: PlatformId): number | undefined {
    return this.#cursor.get(platform);
  }

  moveCursor(platform: PlatformId, seq: number): void {
    this.#moveCursor.run(platform, seq);
  }

  /** Waiting and refused: all that there are. Delivered and given up: since an instant. */
  counts(platform: PlatformId, since: number): OutboxCounts {
    const nothing = { waiting: 0, refused: 0, delivered: 0, givenUp: 0, oldest: null };
    return this.#counts.get({ platform, since }) ?? nothing;
  }

  /**
   * Messages that were given up and that the platform now asks for, in the order of `at` in their bodies, an integer; one without such
   * an instant is not among them.
   */
  givenUp(
    platform: PlatformId,
    message: string,
    { from, to, offset, limit }: GivenUpWindow,
  ): { readonly total: number; readonly rows: GivenUp[] } {
    const wanted = { platform, message, from, to };
    const rows = this.#givenUp.all({ ...wanted, offset, limit }).map((row) => {
      const { at, body } = givenUpSchema.parse(row);
      return { at, body: JSON.parse(body) as unknown };
    });
    return { total: this.#givenUpTotal.get(wanted) ?? 0, rows };
  }

  /** Everything up to this id existed when the question was asked. */
  maxId(): number {
    return this.#maxId.get() ?? 0;
  }

  /** Newest first. */
  search(filter: OutboxFilter): { readonly items: OutboxRow[]; readonly total: number } {
    const where = ['1 = 1'];
    if (filter.platform !== undefined) where.push('o.platform = @platform');
    // Written out, not bound: an index of one state serves only where the planner can see which state is meant.
    if (filter.state !== undefined) where.push(`o.state = ${stateSchema.parse(filter.state)}`);
    if (filter.key !== undefined) where.push('o.key = @key');
    const values = { platform: filter.platform ?? null, key: filter.key ?? null };
    const condition = where.join(' AND ');
    const items = this.#db
      .prepare<[object], unknown>(
        `SELECT ${COLUMNS}, ${HELD} AS held FROM outbox AS o WHERE o.id IN
          (SELECT o.id FROM outbox AS o WHERE ${condition} ORDER BY o.id DESC LIMIT @limit OFFSET @offset)
          ORDER BY o.id DESC`,
      )
      .all({ ...values, limit: filter.limit, offset: filter.offset });
    const total =
      this.#db.prepare<[object], number>(`SELECT count(*) FROM outbox AS o WHERE ${condition}`).pluck().get(values) ??
      0;
    return { items: items.map((row) => rowSchema.parse(row)), total };
  }

  ofStay(uid: string): OutboxRow[] {
    return this.#db
      .prepare<[string], unknown>(
        `SELECT ${COLUMNS}, ${HELD} AS held FROM outbox AS o WHERE o.key = ? ORDER BY o.journal_seq, o.id`,
      )
      .all(uid)
      .map((row) => rowSchema.parse(row));
  }
}
