import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import type { EventBody } from '../../../shared/domain/events.ts';
import { paymentMethodSchema, paymentSceneSchema } from '../../../shared/domain/money-flow.ts';
import { appliedDiscountSchema } from '../../../shared/domain/registry.ts';
import { feeStepSchema } from '../../../shared/domain/tariff.ts';
import { planOnce } from './plan-once.ts';

const rowSchema = z.object({
  bill_id: z.string(),
  uid: z.string(),
  method: paymentMethodSchema,
  scene: paymentSceneSchema,
  via: z.string().nullable(),
  charge_fen: z.int(),
  due_fen: z.int(),
  paid_fen: z.int(),
  billed_at_ms: z.int(),
  paid_at_ms: z.int(),
  operator: z.string(),
  steps: z.string().transform((text) => z.array(feeStepSchema).parse(JSON.parse(text))),
  /** `reversed`: taken back while the car was still there; counts for nothing. */
  state: z.enum(['paid', 'reversed']),
  discount_fen: z.int(),
  discounts: z.string().transform((text) => z.array(appliedDiscountSchema).parse(JSON.parse(text))),
  received_fen: z.int().nullable(),
  change_fen: z.int(),
  reference: z.string().nullable(),
  attempt_id: z.string().nullable(),
  shift_id: z.string().nullable(),
  debt_id: z.string().nullable(),
});
/** One payment of a stay, as stored. */
export type PaymentRow = z.output<typeof rowSchema>;

export class PaymentStore {
  readonly #insert: Statement<[object]>;
  readonly #byStay: Statement<[string], unknown>;
  readonly #withBills: Statement<[{ readonly uid: string }], unknown>;
  readonly #sum: Statement<[string], number>;
  readonly #reverse: Statement<[string]>;
  readonly #get: Statement<[string], unknown>;
  readonly #ofShift: Statement<[string], unknown>;
  readonly #ofAttempt: Statement<[string], unknown>;
  readonly #takenBack: Statement<[], unknown>;

  constructor(db: Database) {
    // A plain INSERT: the same bill paid twice is a defect, and the primary key stops it.
    this.#insert =
      db.prepare(`INSERT INTO payments (bill_id, uid, method, scene, via, charge_fen, due_fen, paid_fen, billed_at_ms, paid_at_ms, operator, steps,
        discount_fen, discounts, received_fen, change_fen, reference, attempt_id, shift_id, debt_id)
      VALUES (@bill_id, @uid, @method, @scene, @via, @charge_fen, @due_fen, @paid_fen, @billed_at_ms, @paid_at_ms, @operator, @steps,
        @discount_fen, @discounts, @received_fen, @change_fen, @reference, @attempt_id, @shift_id, @debt_id)`);
    this.#byStay = db.prepare(planOnce('SELECT * FROM payments WHERE uid = ? ORDER BY paid_at_ms, bill_id'));
    // The debts of earlier stays carry the number of the bill that they were collected with.
    this.#withBills = db.prepare<[{ readonly uid: string }], unknown>(
      planOnce(`SELECT * FROM payments WHERE uid = @uid AND state = 'paid'
      UNION SELECT more.* FROM payments own JOIN payments more ON more.bill_id > own.bill_id || '-a' AND more.bill_id < own.bill_id || '-b'
        WHERE own.uid = @uid AND own.debt_id IS NULL AND more.state = 'paid'
      ORDER BY paid_at_ms, bill_id`),
    );
    // What settled the stay itself: a debt of another stay that was paid with it is that stay's.
    this.#sum = db
      .prepare<[string], number>(
        `SELECT coalesce(sum(paid_fen), 0) FROM payments WHERE uid = ? AND state = 'paid'
          AND (debt_id IS NULL OR EXISTS (SELECT 1 FROM debts WHERE debts.id = debt_id AND debts.uid = payments.uid))`,
      )
      .pluck();
    this.#reverse = db.prepare("UPDATE payments SET state = 'reversed' WHERE bill_id = ? AND state = 'paid'");
    this.#get = db.prepare('SELECT * FROM payments WHERE bill_id = ?');
    this.#takenBack = db.prepare("SELECT * FROM payments WHERE state = 'reversed' AND attempt_id IS NOT NULL");
    this.#ofAttempt = db.prepare(
      planOnce("SELECT * FROM payments WHERE attempt_id = ? AND state = 'paid' ORDER BY bill_id"),
    );
    this.#ofShift = db.prepare(planOnce('SELECT * FROM payments WHERE shift_id = ? ORDER BY paid_at_ms, bill_id'));
  }

  insert(paid: EventBody<'bill-paid'>, operator: string): void {
    this.#insert.run({
      bill_id: paid.billId,
      uid: paid.stay.uid,
      method: paid.method,
      scene: paid.scene,
      via: paid.via,
      charge_fen: paid.chargeFen,
      due_fen: paid.dueFen,
      paid_fen: paid.paidFen,
      billed_at_ms: paid.billedAt,
      paid_at_ms: paid.paidAt,
      operator,
      steps: JSON.stringify(paid.steps),
      discount_fen: paid.discountFen,
      discounts: JSON.stringify(paid.discounts),
      received_fen: paid.receivedFen,
      change_fen: paid.changeFen,
      reference: paid.reference,
      attempt_id: paid.attemptId,
      shift_id: paid.shiftId,
      debt_id: paid.debtId,
    });
  }

  reverse(billId: string): void {
    this.#reverse.run(billId);
  }

  get(billId: string): PaymentRow | undefined {
    const row = this.#get.get(billId);
    return row === undefined ? undefined : rowSchema.parse(row);
  }

  ofShift(shiftId: string): PaymentRow[] {
    return this.#ofShift.all(shiftId).map((row) => rowSchema.parse(row));
  }

  /** What an attempt's money was booked on: its bill, and debts. Reversed ones do not count. */
  ofAttempt(attemptId: string): PaymentRow[] {
    return this.#ofAttempt.all(attemptId).map((row) => rowSchema.parse(row));
  }

  /** Payments by a channel that were taken back at a lane: the channel has to give the money back. */
  takenBack(): PaymentRow[] {
    return this.#takenBack.all().map((row) => rowSchema.parse(row));
  }

  ofStay(uid: string): PaymentRow[] {
    return this.#byStay.all(uid).map((row) => rowSchema.parse(row));
  }

  /** What was paid for a stay, and the debts of earlier stays that were paid with its bills, each once. Reversed ones do not count. */
  withBillsOf(uid: string): PaymentRow[] {
    return this.#withBills.all({ uid }).map((row) => rowSchema.parse(row));
  }

  sumOfStay(uid: string): number {
    return this.#sum.get(uid) ?? 0;
  }
}
