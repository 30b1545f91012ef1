import type { Database, Statement } from 'better-sqlite3';
import type { JournalEvent } from '../../../shared/domain/events.ts';

/**
 * How cash moves in or out of a drawer: fees taken, fees given back before the car had left, refunds, paid-outs, what was taken
 * for cards, and change that is kept because a platform gives it (找零订单), or handed over in the end.
 */
type CashMove = 'payment' | 'reversal' | 'refund' | 'paid-out' | 'card' | 'change-kept' | 'change-handed';

interface Row {
  readonly what: CashMove;
  readonly ref: string;
  readonly shift_id: string;
  readonly amount_fen: number;
  readonly at_ms: number;
}

/** Net sums per kind of movement, fen; what left the drawer is negative. */
export type DrawerSums = Readonly<Record<CashMove, number>>;

const NOTHING: DrawerSums = {
  ...{ payment: 0, reversal: 0, refund: 0, 'paid-out': 0, card: 0 },
  ...{ 'change-kept': 0, 'change-handed': 0 },
};

/**
 * Every movement of cash, booked to the shift whose drawer it went through. A reversal counts against the drawer that gave
 * the money back, which need not be the one that had taken it.
 */
export class ShiftCashStore {
  readonly #insert: Statement<[Row]>;
  readonly #sums: Statement<[string], { what: CashMove; sum: number }>;

  constructor(db: Database) {
    this.#insert = db.prepare(`INSERT INTO shift_cash (what, ref, shift_id, amount_fen, at_ms)
      VALUES (@what, @ref, @shift_id, @amount_fen, @at_ms) ON CONFLICT DO NOTHING`);
    this.#sums = db.prepare('SELECT what, sum(amount_fen) AS sum FROM shift_cash WHERE shift_id = ? GROUP BY what');
  }

  /** Books what an event moved, if anything. */
  book(event: JournalEvent): void {
    const move = moveOf(event);
    if (move && move.amount_fen !== 0) this.#insert.run({ ...move, at_ms: event.at });
  }

  sums(shiftId: string): DrawerSums {
    return { ...NOTHING, ...Object.fromEntries(this.#sums.all(shiftId).map(({ what, sum }) => [what, sum])) };
  }
}

function moveOf(event: JournalEvent): Omit<Row, 'at_ms'> | null {
  switch (event.kind) {
    case 'bill-paid': {
      const { billId, method, shiftId, paidFen } = event.body;
      return method === 'cash' ? move('payment', billId, shiftId, paidFen) : null;
    }
    case 'payment-reversed': {
      const { billId, method, shiftId, amountFen } = event.body;
      return method === 'cash' ? move('reversal', billId, shiftId, -amountFen) : null;
    }
    case 'refund-changed': {
      const { id, state, method, shiftId, amountFen } = event.body.refund;
      return state === 'done' && method === 'cash' ? move('refund', id, shiftId, -amountFen) : null;
    }
    case 'paid-out': {
      const { id, shiftId, amountFen } = event.body.paidOut;
      return move('paid-out', id, shiftId, -amountFen);
    }
    case 'card-changed': {
      const { method, shiftId, paidFen } = event.body;
      return method === 'cash' ? move('card', String(event.seq), shiftId, paidFen) : null;
    }
    case 'change-order-changed': {
      const { change, order } = event.body;
      if (change === 'opened') return move('change-kept', order.id, order.shiftId, order.amountFen);
      return order.settled === null ? null : move('change-handed', order.id, order.settled.shiftId, -order.amountFen);
    }
    default:
      return null;
  }
}

const move = (what: CashMove, ref: string, shift_id: string | null, amount_fen: number): Omit<Row, 'at_ms'> | null =>
  shift_id === null ? null : { what, ref, shift_id, amount_fen };
