import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import {
  type BalanceRow,
  balanceRowsSchema,
  type ClassRow,
  classRowsSchema,
  type DayRows,
  type DeedRow,
  deedRowsSchema,
  endedSchema,
  type MethodSum,
  type ReceivedRow,
  type ReleasedRow,
  receivedSchema,
  releasedSchema,
  type SeqSpan,
  type Span,
  sumSchema,
} from './report-rows.ts';

/** Hour of the Shanghai clock, 0-23. */
const shanghaiHour = (instant: string): string => `(${instant} / 3600000 + 8) % 24`;

const WAIVED = "coalesce(s.detail ->> '$.waivedFen', 0)";
const DISCOUNT = "coalesce(s.detail ->> '$.discountFen', 0)";

const RECEIVED = `SELECT p.method, p.scene, p.via, p.operator, p.shift_id AS shiftId,
    CASE p.scene WHEN 'gate' THEN s.exit_lane ->> '$.id' END AS laneId,
    ${shanghaiHour('p.paid_at_ms')} AS hour, count(*) AS count, sum(p.paid_fen) AS amountFen
  FROM payments p JOIN stays s ON s.uid = p.uid WHERE p.state = 'paid'`;
const RECEIVED_GROUP = 'GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7';

/** The exit that counts is the newest: one that was withdrawn is not the end of the stay. */
const LAST_EXIT =
  "(SELECT max(seq) FROM journal k INDEXED BY journal_by_key WHERE k.key = s.uid AND k.kind = 'vehicle-exited')";
const RELEASED = `SELECT coalesce(j.body ->> '$.reason', '') AS reason, j.actor_name AS operator, j.lane_id AS laneId,
    ${shanghaiHour('s.exited_at_ms')} AS hour, count(*) AS count, sum(${WAIVED}) AS amountFen`;

const FEE_LOWERED = `kind = 'stay-corrected' AND body ->> '$.what' = 'fee' AND body ->> '$.stay.chargeFen' < body ->> '$.before.chargeFen'`;
const DEEDS = `SELECT CASE WHEN kind = 'vehicle-entered' THEN 'entry' WHEN kind = 'vehicle-exited' THEN 'exit'
      WHEN kind = 'gate-commanded' THEN 'manual-open' WHEN kind = 'stay-corrected' THEN 'fee-lowered' ELSE 'bill-void' END AS what,
    lane_id AS laneId, CASE actor_kind WHEN 'user' THEN actor_name END AS operator,
    CASE WHEN kind IN ('vehicle-entered', 'vehicle-exited') THEN '' ELSE coalesce(body ->> '$.reason', '') END AS reason,
    ${shanghaiHour('at_ms')} AS hour, count(*) AS count,
    coalesce(sum(CASE kind WHEN 'stay-corrected' THEN body ->> '$.before.chargeFen' - body ->> '$.stay.chargeFen' END), 0) AS amountFen
  FROM journal INDEXED BY journal_by_kind
  WHERE seq BETWEEN @first AND @last AND at_ms >= @from AND at_ms < @to AND (kind IN ('vehicle-entered', 'vehicle-exited', 'bill-voided')
    OR (kind = 'gate-commanded' AND body ->> '$.origin' = 'manual' AND body ->> '$.action' = 'open') OR (${FEE_LOWERED}))
    AND kind IN ('vehicle-entered', 'vehicle-exited', 'bill-voided', 'gate-commanded', 'stay-corrected')
  GROUP BY 1, 2, 3, 4, 5`;
/** Left owing: a person let the car go (欠费离场), or a platform collects afterwards (先离场后付费). */
const DEBTS = `SELECT body ->> '$.how' AS what, lane_id AS laneId, CASE actor_kind WHEN 'user' THEN actor_name END AS operator, '' AS reason,
    ${shanghaiHour('at_ms')} AS hour, count(*) AS count, sum(coalesce(body ->> '$.stay.owedFen', 0)) AS amountFen
  FROM journal INDEXED BY journal_by_kind WHERE kind = 'vehicle-exited' AND seq BETWEEN @first AND @last
    AND at_ms >= @from AND at_ms < @to AND body ->> '$.how' IN ('debt', 'departure-pay') GROUP BY 1, 2, 3, 5`;

const EVER = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };
type Bounds = SeqSpan & Span;

/**
 * The reads behind the money reports. Each works on the span of one shift or one business day, out of an index, and on any
 * connection, so that it can run beside the lanes; numbers that mean the same on two pages come out of the same one.
 */
export class ReportQueries {
  readonly #seqs: Statement<[Span], { first: number | null; last: number | null }>;
  readonly #received: Statement<[Span]>;
  readonly #receivedOfShift: Statement<[string]>;
  readonly #ended: Statement<[Span]>;
  readonly #released: Statement<[Span]>;
  readonly #releasedBetween: Statement<[SeqSpan]>;
  readonly #deeds: Statement<[Bounds]>;
  readonly #debts: Statement<[Bounds]>;
  readonly #refunds: Statement<[Span]>;
  readonly #recharges: Statement<[Bounds]>;
  readonly #rechargesOfShift: Statement<[SeqSpan & { shiftId: string }]>;
  readonly #refundsOfShift: Statement<[string]>;
  readonly #balance: Statement<[Span]>;
  readonly #classes: Statement<[Span]>;
  readonly #cashTaken: Statement<[string], number>;

  constructor(db: Database) {
    this.#seqs = db.prepare(
      'SELECT min(seq) AS first, max(seq) AS last FROM journal WHERE at_ms >= @from AND at_ms < @to',
    );
    this.#received = db.prepare(`${RECEIVED} AND p.paid_at_ms >= @from AND p.paid_at_ms < @to ${RECEIVED_GROUP}`);
    this.#receivedOfShift = db.prepare(`${RECEIVED} AND p.shift_id = ? ${RECEIVED_GROUP}`);
    this.#ended =
      db.prepare(`SELECT s.exit_lane ->> '$.id' AS laneId, count(*) AS stays, sum(charge_fen) AS chargeFen, sum(paid_fen) AS paidFen,
        sum(${DISCOUNT}) AS discountFen, sum(${WAIVED}) AS waivedFen, sum(owed_fen) AS owedFen
      FROM stays s WHERE exited_at_ms >= @from AND exited_at_ms < @to AND status = 'left' GROUP BY 1 ORDER BY 1`);
    this.#released = db.prepare(`${RELEASED} FROM stays s JOIN journal j ON j.seq = ${LAST_EXIT}
      WHERE s.exited_at_ms >= @from AND s.exited_at_ms < @to AND s.status = 'left' AND ${WAIVED} > 0 GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`);
    this.#releasedBetween =
      db.prepare(`${RELEASED} FROM journal j INDEXED BY journal_by_kind JOIN stays s ON s.uid = j.key
      WHERE j.kind = 'vehicle-exited' AND j.seq BETWEEN @first AND @last AND j.seq = ${LAST_EXIT} AND s.status = 'left' AND ${WAIVED} > 0
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`);
    this.#deeds = db.prepare(DEEDS);
    this.#debts = db.prepare(DEBTS);
    this.#refunds =
      db.prepare(`SELECT body ->> '$.method' AS method, count(*) AS count, sum(body ->> '$.amountFen') AS amountFen
      FROM refunds WHERE state = 'done' AND body ->> '$.updatedAt' >= @from AND body ->> '$.updatedAt' < @to GROUP BY 1 ORDER BY 1`);
    this.#refundsOfShift =
      db.prepare(`SELECT body ->> '$.method' AS method, count(*) AS count, sum(body ->> '$.amountFen') AS amountFen
      FROM refunds WHERE state = 'done' AND body ->> '$.shiftId' = ? GROUP BY 1 ORDER BY 1`);
    const recharges = `SELECT coalesce(body ->> '$.method', '') AS method, count(*) AS count, sum(body ->> '$.paidFen') AS amountFen
      FROM journal INDEXED BY journal_by_kind WHERE kind = 'card-changed' AND seq BETWEEN @first AND @last AND body ->> '$.paidFen' <> 0`;
    this.#recharges = db.prepare(`${recharges} AND at_ms >= @from AND at_ms < @to GROUP BY 1 ORDER BY 1`);
    this.#rechargesOfShift = db.prepare(`${recharges} AND body ->> '$.shiftId' = @shiftId GROUP BY 1 ORDER BY 1`);
    this.#balance =
      db.prepare(`SELECT s.uid, s.plate, s.exited_at_ms AS exitedAt, s.charge_fen AS chargeFen, s.paid_fen AS paidFen,
        ${DISCOUNT} AS discountFen, ${WAIVED} AS waivedFen, s.owed_fen AS owedFen,
        (SELECT coalesce(sum(paid_fen), 0) FROM payments p WHERE p.uid = s.uid AND p.state = 'paid'
          AND (p.debt_id IS NULL OR EXISTS (SELECT 1 FROM debts d WHERE d.id = p.debt_id AND d.uid = s.uid))) AS paymentsFen,
        (SELECT coalesce(sum(r.body ->> '$.amountFen'), 0) FROM refunds r INDEXED BY refunds_by_stay WHERE r.uid = s.uid AND r.state = 'done') AS refundedFen,
        (SELECT coalesce(sum(r.body ->> '$.amountFen'), 0) FROM refunds r INDEXED BY refunds_by_stay WHERE r.uid = s.uid
          AND r.state IN ('requested', 'approved', 'failed')) AS pendingFen
      FROM stays s WHERE s.exited_at_ms >= @from AND s.exited_at_ms < @to ORDER BY s.exited_at_ms, s.uid`);
    this.#classes = db.prepare(`SELECT s.vehicle_class AS vehicleClass, count(*) AS stays,
        count(CASE WHEN ${WAIVED} > 0 THEN 1 END) AS released, sum(${WAIVED}) AS waivedFen
      FROM stays s WHERE s.exited_at_ms >= @from AND s.exited_at_ms < @to AND s.status = 'left' GROUP BY 1 ORDER BY 1`);
    this.#cashTaken = db
      .prepare<[string], number>(
        "SELECT coalesce(sum(paid_fen), 0) FROM payments WHERE shift_id = ? AND method = 'cash'",
      )
      .pluck();
  }

  day(span: Span): DayRows {
    return {
      received: this.received(span),
      ended: z.array(endedSchema).parse(this.#ended.all(span)),
      released: z.array(releasedSchema).parse(this.#released.all(span)),
      deeds: this.deeds(span),
      refunds: z.array(sumSchema).parse(this.#refunds.all(span)),
      recharges: this.#rechargesIn(span),
    };
  }

  received(span: Span): ReceivedRow[] {
    return z.array(receivedSchema).parse(this.#received.all(span));
  }

  receivedOfShift(shiftId: string): ReceivedRow[] {
    return z.array(receivedSchema).parse(this.#receivedOfShift.all(shiftId));
  }

  releasedBetween(rows: SeqSpan): ReleasedRow[] {
    return z.array(releasedSchema).parse(this.#releasedBetween.all(rows));
  }

  deeds(span: Span): DeedRow[] {
    const rows = this.#rowsIn(span);
    return rows === null ? [] : this.#deedsIn({ ...rows, ...span });
  }

  deedsBetween(rows: SeqSpan): DeedRow[] {
    return this.#deedsIn({ ...rows, ...EVER });
  }

  refundsOfShift(shiftId: string): MethodSum[] {
    return z.array(sumSchema).parse(this.#refundsOfShift.all(shiftId));
  }

  rechargesOfShift(shiftId: string, rows: SeqSpan): MethodSum[] {
    return z.array(sumSchema).parse(this.#rechargesOfShift.all({ ...rows, shiftId }));
  }

  /** Every stay that ended in the span, with both sides of its account. */
  balance(span: Span): BalanceRow[] {
    return balanceRowsSchema.parse(this.#balance.all(span));
  }

  /** Stays that ended in the span, by the size of the car. */
  classes(span: Span): ClassRow[] {
    return classRowsSchema.parse(this.#classes.all(span));
  }

  /** Fees that a shift took in cash, also those it gave back later. */
  cashTaken(shiftId: string): number {
    return this.#cashTaken.get(shiftId) ?? 0;
  }

  #rechargesIn(span: Span): MethodSum[] {
    const rows = this.#rowsIn(span);
    return rows === null ? [] : z.array(sumSchema).parse(this.#recharges.all({ ...rows, ...span }));
  }

  #deedsIn(bounds: Bounds): DeedRow[] {
    return deedRowsSchema.parse([...this.#deeds.all(bounds), ...this.#debts.all(bounds)]);
  }

  /** A clock that was set back makes this wider than the span, which is why the instants are asked for as well. */
  #rowsIn(span: Span): SeqSpan | null {
    const { first, last } = this.#seqs.get(span) ?? { first: null, last: null };
    return first === null || last === null ? null : { first, last };
  }
}
