import type { Database, Statement } from 'better-sqlite3';
import { type ChangeOrder, type ChangeOrderState, changeOrderSchema } from '../../../shared/domain/change-order.ts';
import { DocumentStore, likePart } from './document-store.ts';

interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** What the orders of a shift came to. */
export interface ChangeSum {
  readonly state: ChangeOrderState;
  readonly count: number;
  readonly amountFen: number;
}

interface Told extends Page {
  readonly platform: string;
  readonly from: number;
  readonly to: number;
}

/** 找零订单. */
export class ChangeOrderStore extends DocumentStore<ChangeOrder> {
  readonly #ofBill: (billId: string) => ChangeOrder[];
  readonly #told: Statement<[Told], string>;
  readonly #sums: Statement<[string], ChangeSum>;

  constructor(db: Database) {
    super(db, {
      table: 'change_orders',
      schema: changeOrderSchema,
      columns: ({ platform, state, billId, shiftId, plate, identity, paidAt }) => ({
        ...{ platform, state, bill_id: billId, shift_id: shiftId, plate: plate.text || (identity ?? '') },
        paid_at_ms: paidAt,
      }),
    });
    this.#ofBill = this.finder('WHERE bill_id = ?');
    // Two indexes, each in the wanted order, merged: no row outside the page is read or sorted, however many there are.
    this.#told = db
      .prepare<[Told], string>(
        `SELECT id, paid_at_ms FROM change_orders INDEXED BY change_orders_told
           WHERE platform = @platform AND state <> 'open' AND paid_at_ms BETWEEN @from AND @to
         UNION ALL
         SELECT id, paid_at_ms FROM change_orders INDEXED BY change_orders_open
           WHERE platform = @platform AND state = 'open'
         ORDER BY 2, 1 LIMIT @limit OFFSET @offset`,
      )
      .pluck();
    this.#sums = db.prepare(`SELECT state, count(*) AS count, sum(body ->> '$.amountFen') AS amountFen
      FROM change_orders INDEXED BY change_orders_by_shift WHERE shift_id = ? GROUP BY state`);
  }

  ofBill(billId: string): ChangeOrder | undefined {
    return this.#ofBill(billId)[0];
  }

  /** A platform's orders paid in [from, to] and all that are still open, whenever they were paid; by the time of the payment. */
  told(platform: string, from: number, to: number, page: Page): ChangeOrder[] {
    return this.#told.all({ platform, from, to, ...page }).flatMap((id) => this.get(id) ?? []);
  }

  sumsOfShift(shiftId: string): ChangeSum[] {
    return this.#sums.all(shiftId);
  }

  /** Newest first. `text`: part of a plate, or the beginning of an order number. */
  search(
    filter: {
      readonly state?: ChangeOrderState | undefined;
      readonly text?: string | undefined;
      readonly from?: number | undefined;
      readonly to?: number | undefined;
    } & Page,
  ): { readonly items: ChangeOrder[]; readonly total: number } {
    const { state, text, from, to, offset, limit } = filter;
    return this.page(
      `${state === 'open' ? "state = 'open'" : '(@state IS NULL OR state = @state)'}
        AND (@text IS NULL OR plate LIKE @text ESCAPE '\\' OR id LIKE @number ESCAPE '\\')
        AND paid_at_ms >= @from AND paid_at_ms < @to`,
      'paid_at_ms DESC, id',
      {
        ...(state === 'open' ? {} : { state: state ?? null }),
        text: text === undefined ? null : likePart(text),
        number: text === undefined ? null : likePart(text).slice(1),
        ...{ from: from ?? 0, to: to ?? Number.MAX_SAFE_INTEGER },
      },
      { offset, limit },
    );
  }
}
