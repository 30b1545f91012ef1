import type { Database } from 'better-sqlite3';
import { z } from 'zod';

/** What a figure of a report is made of; each is the rows of one figure, with the same conditions as the figure itself. */
export const detailOfSchema = z.enum([
  'received',
  'charged',
  'discounts',
  'released',
  'debts',
  'manual-opens',
  'fees-lowered',
  'bills-voided',
  'refunds',
  'recharges',
  'entries',
  'exits',
]);
export type DetailOf = z.infer<typeof detailOfSchema>;

const criteria = {
  method: z.string().optional(),
  scene: z.string().optional(),
  reason: z.string().optional(),
  operator: z.string().optional(),
  laneId: z.string().optional(),
  shiftId: z.string().optional(),
  hour: z.int().optional(),
};

export const detailFilterSchema = z.object({
  of: detailOfSchema,
  from: z.int(),
  to: z.int(),
  ...criteria,
  offset: z.int().min(0),
  limit: z.int().min(1).max(100_000),
});
export type DetailFilter = z.infer<typeof detailFilterSchema>;

const rowSchema = z.object({
  at: z.int(),
  uid: z.string().nullable(),
  plate: z.string().nullable(),
  laneId: z.string().nullable(),
  operator: z.string().nullable(),
  method: z.string().nullable(),
  scene: z.string().nullable(),
  shiftId: z.string().nullable(),
  reason: z.string(),
  amountFen: z.int(),
});
export type DetailRow = z.output<typeof rowSchema>;

export const detailPageSchema = z.object({ items: z.array(rowSchema), total: z.int(), amountFen: z.int() });
export type DetailPage = z.output<typeof detailPageSchema>;

export const groupFilterSchema = z.object({
  ...detailFilterSchema.omit({ offset: true, limit: true }).shape,
  by: z.enum(['reason', 'method', 'operator', 'laneId', 'hour']),
});
export type GroupFilter = z.infer<typeof groupFilterSchema>;
const groupRowSchema = z.object({ value: z.string().nullable(), count: z.int(), amountFen: z.int() });
export const groupsSchema = z.array(groupRowSchema);
export type Groups = z.output<typeof groupsSchema>;

const USER = "CASE actor_kind WHEN 'user' THEN actor_name END";
const BETWEEN = 'seq BETWEEN @first AND @last AND at_ms >= @from AND at_ms < @to';
/** The exit that counts is the newest, as in the figures. */
const LAST_EXIT =
  "(SELECT max(seq) FROM journal k INDEXED BY journal_by_key WHERE k.key = s.uid AND k.kind = 'vehicle-exited')";
const PLATE = '(SELECT plate FROM stays WHERE uid = j.key)';

const journal = (kind: string, also: string, amount: string, reason = "coalesce(body ->> '$.reason', '')"): string =>
  `SELECT at_ms AS at, key AS uid, ${PLATE} AS plate, lane_id AS laneId, ${USER} AS operator, NULL AS method, NULL AS scene,
    NULL AS shiftId, ${reason} AS reason, ${amount} AS amountFen
  FROM journal j INDEXED BY journal_by_kind WHERE kind = '${kind}' AND ${BETWEEN} ${also}`;

const ended = (operator: string, reason: string, amount: string, from: string, also: string): string =>
  `SELECT s.exited_at_ms AS at, s.uid, s.plate, s.exit_lane ->> '$.id' AS laneId, ${operator} AS operator, NULL AS method,
    NULL AS scene, NULL AS shiftId, ${reason} AS reason, ${amount} AS amountFen
  FROM stays s ${from} WHERE s.exited_at_ms >= @from AND s.exited_at_ms < @to AND s.status = 'left' ${also}`;

const WAIVED = "coalesce(s.detail ->> '$.waivedFen', 0)";

const SOURCES: Readonly<Record<DetailOf, string>> = {
  received: `SELECT p.paid_at_ms AS at, p.uid, s.plate, CASE p.scene WHEN 'gate' THEN s.exit_lane ->> '$.id' END AS laneId,
      p.operator, p.method, p.scene, p.shift_id AS shiftId, '' AS reason, p.paid_fen AS amountFen
    FROM payments p JOIN stays s ON s.uid = p.uid
    WHERE p.state = 'paid' AND p.paid_at_ms >= @from AND p.paid_at_ms < @to`,
  charged: ended('NULL', "''", 's.charge_fen', '', ''),
  discounts: ended(
    'NULL',
    "coalesce(d.value ->> '$.discount.origin', '')",
    "d.value ->> '$.amountFen'",
    "JOIN json_each(s.detail, '$.usedDiscounts') d",
    '',
  ),
  released: ended(
    'j.actor_name',
    "coalesce(j.body ->> '$.reason', '')",
    WAIVED,
    `JOIN journal j ON j.seq = ${LAST_EXIT}`,
    `AND ${WAIVED} > 0`,
  ),
  debts: journal('vehicle-exited', "AND body ->> '$.how' = 'debt'", "coalesce(body ->> '$.stay.owedFen', 0)"),
  'manual-opens': journal('gate-commanded', "AND body ->> '$.origin' = 'manual' AND body ->> '$.action' = 'open'", '0'),
  'fees-lowered': journal(
    'stay-corrected',
    "AND body ->> '$.what' = 'fee' AND body ->> '$.stay.chargeFen' < body ->> '$.before.chargeFen'",
    "body ->> '$.before.chargeFen' - body ->> '$.stay.chargeFen'",
  ),
  'bills-voided': journal('bill-voided', '', '0'),
  entries: journal('vehicle-entered', '', '0', "''"),
  exits: journal('vehicle-exited', '', '0', "''"),
  refunds: `SELECT r.body ->> '$.updatedAt' AS at, r.uid, (SELECT plate FROM stays WHERE uid = r.uid) AS plate, NULL AS laneId,
      r.body ->> '$.requestedBy' AS operator, r.body ->> '$.method' AS method, NULL AS scene, r.body ->> '$.shiftId' AS shiftId,
      coalesce(r.body ->> '$.reason', '') AS reason, r.body ->> '$.amountFen' AS amountFen
    FROM refunds r WHERE r.state = 'done' AND r.body ->> '$.updatedAt' >= @from AND r.body ->> '$.updatedAt' < @to`,
  recharges: `SELECT at_ms AS at, NULL AS uid, NULL AS plate, lane_id AS laneId, ${USER} AS operator,
      coalesce(body ->> '$.method', '') AS method, NULL AS scene, body ->> '$.shiftId' AS shiftId, coalesce(key, '') AS reason,
      body ->> '$.paidFen' AS amountFen
    FROM journal j INDEXED BY journal_by_kind WHERE kind = 'card-changed' AND ${BETWEEN} AND body ->> '$.paidFen' <> 0`,
};

const CONDITIONS: Readonly<Record<keyof typeof criteria, string>> = {
  method: 'method = @method',
  scene: 'scene = @scene',
  reason: 'reason = @reason',
  operator: 'operator = @operator',
  laneId: 'laneId = @laneId',
  shiftId: 'shiftId = @shiftId',
  hour: '(at / 3600000 + 8) % 24 = @hour',
};

/** The rows behind the figures of the reports: a total and its rows come out of the same conditions. */
export class ReportDetail {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  rows(filter: DetailFilter, alive: () => void): DetailPage {
    const { sql, values } = this.#source(filter);
    alive();
    const sums = z
      .object({ total: z.int(), amountFen: z.int() })
      .parse(
        this.#db
          .prepare(`SELECT count(*) AS total, coalesce(sum(amountFen), 0) AS amountFen FROM (${sql})`)
          .get(values),
      );
    alive();
    const items = this.#db
      .prepare(`SELECT * FROM (${sql}) ORDER BY at DESC, uid LIMIT @limit OFFSET @offset`)
      .all({ ...values, limit: filter.limit, offset: filter.offset });
    return { items: z.array(rowSchema).parse(items), ...sums };
  }

  groups(filter: GroupFilter, alive: () => void): Groups {
    const { sql, values } = this.#source(filter);
    alive();
    const value = filter.by === 'hour' ? "printf('%d', (at / 3600000 + 8) % 24)" : filter.by;
    return groupsSchema.parse(
      this.#db
        .prepare(
          `SELECT ${value} AS value, count(*) AS count, coalesce(sum(amountFen), 0) AS amountFen FROM (${sql}) GROUP BY 1 ORDER BY 3 DESC, 2 DESC, 1`,
        )
        .all(values),
    );
  }

  /** Column names come from this file alone; whatever was typed travels as a value. */
  #source(filter: Omit<DetailFilter, 'offset' | 'limit'>): { sql: string; values: Record<string, unknown> } {
    const span = this.#db
      .prepare(
        'SELECT coalesce(min(seq), 0) AS first, coalesce(max(seq), -1) AS last FROM journal WHERE at_ms >= @from AND at_ms < @to',
      )
      .get({ from: filter.from, to: filter.to });
    const { first, last } = z.object({ first: z.int(), last: z.int() }).parse(span);
    const given = (Object.keys(CONDITIONS) as (keyof typeof criteria)[]).filter((name) => filter[name] !== undefined);
    const where = given.map((name) => CONDITIONS[name]).join(' AND ');
    const base = SOURCES[filter.of];
    return {
      sql: where === '' ? base : `SELECT * FROM (${base}) WHERE ${where}`,
      values: {
        from: filter.from,
        to: filter.to,
        ...(base.includes('@first') ? { first, last } : {}),
        ...Object.fromEntries(given.map((name) => [name, filter[name]])),
      },
    };
  }
}
