import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import { type EventBody, paymentMethodSchema } from '../../../shared/domain/events.ts';
import { feeStepSchema } from '../../../shared/domain/tariff.ts';

const rowSchema = z.object({
  bill_id: z.string(),
  uid: z.string(),
  method: paymentMethodSchema,
  scene: z.string(),
  via: z.string().nullable(),
  charge_fen: z.int(),
  due_fen: z.int(),
  paid_fen: z.int(),
  billed_at_ms: z.int(),
  paid_at_ms: z.int(),
  operator: z.string(),
  steps: z.string().transform((text) => z.array(feeStepSchema).parse(JSON.parse(text))),
});
/** One payment of a stay, as stored. */
export type PaymentRow = z.output<typeof rowSchema>;

export class PaymentStore {
  readonly #insert: Statement<[object]>;
  readonly #byStay: Statement<[string], unknown>;
  readonly #sum: Statement<[string], number>;

  constructor(db: Database) {
    // A plain INSERT: the same bill paid twice is a defect, and the primary key stops it.
    this.#insert =
      db.prepare(`INSERT INTO payments (bill_id, uid, method, scene, via, charge_fen, due_fen, paid_fen, billed_at_ms, paid_at_ms, operator, steps)
      VALUES (@bill_id, @uid, @method, @scene, @via, @charge_fen, @due_fen, @paid_fen, @billed_at_ms, @paid_at_ms, @operator, @steps)`);
    this.#byStay = db.prepare('SELECT * FROM payments WHERE uid = ? ORDER BY paid_at_ms, bill_id');
    this.#sum = db.prepare<[string], number>('SELECT coalesce(sum(paid_fen), 0) FROM payments WHERE uid = ?').pluck();
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
    });
  }

  ofStay(uid: string): PaymentRow[] {
    return this.#byStay.all(uid).map((row) => rowSchema.parse(row));
  }

  sumOfStay(uid: string): number {
    return this.#sum.get(uid) ?? 0;
  }
}
