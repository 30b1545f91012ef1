import type { Database, Statement } from 'better-sqlite3';
import {
  type Agreement,
  agreementSchema,
  type Booking,
  bookingSchema,
  type Card,
  type Coupon,
  cardSchema,
  couponSchema,
  type Debt,
  debtSchema,
  isDue,
  type Merchant,
  merchantSchema,
  type RechargePlan,
  rechargePlanSchema,
  type Visitor,
  visitorSchema,
} from '../../../shared/domain/registry.ts';
import { DocumentStore, likePart } from './document-store.ts';

interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** A filter that is not set matches everything. */
const plateLike = "(@plate IS NULL OR plate LIKE @plate ESCAPE '\\')";
const like = (text: string | undefined): string | null => (text === undefined ? null : likePart(text));

/** What has a period: not over by `endsAfter`, or over before `endsBefore`. */
interface PeriodFilter {
  readonly plate?: string | undefined;
  readonly endsAfter?: number | undefined;
  readonly endsBefore?: number | undefined;
}

const ofPeriod = `${plateLike} AND (@after IS NULL OR to_ms >= @after) AND (@ends IS NULL OR to_ms < @ends)`;
const periodValues = ({ plate, endsAfter, endsBefore }: PeriodFilter) => ({
  plate: like(plate),
  after: endsAfter ?? null,
  ends: endsBefore ?? null,
});

export class CardStore extends DocumentStore<Card> {
  readonly #ofPlate: (plate: string) => Card[];
  readonly #ofIc: (number: string) => Card[];
  readonly #byNumber: (number: string) => Card[];
  readonly #dropPlates: Statement<[string]>;
  readonly #addPlate: Statement<[string, string]>;
  readonly #dropIcs: Statement<[string]>;
  readonly #addIc: Statement<[string, string]>;
  readonly #lastOrder: Statement<[string, string], string>;
  readonly #order: Statement<[string], { cardId: string; detail: string }>;
  readonly #noteOrder: Statement<[string, string, string]>;

  constructor(db: Database) {
    super(db, {
      table: 'cards',
      schema: cardSchema,
      columns: (card) => ({
        number: card.number,
        type: card.type,
        state: card.state,
        valid_to_ms: card.validTo,
        owner: card.owner,
      }),
    });
    // Of several cards the one that ends last comes first; a cancelled one never counts.
    this.#ofPlate = this.finder(
      `JOIN card_plates ON card_plates.card_id = cards.id WHERE card_plates.plate = ? AND state <> 'cancelled' ORDER BY valid_to_ms DESC, id`,
    );
    this.#ofIc = this.finder(
      `JOIN card_ics ON card_ics.card_id = cards.id WHERE card_ics.number = ? AND state <> 'cancelled' ORDER BY valid_to_ms DESC, cards.id`,
    );
    this.#byNumber = this.finder('WHERE cards.number = ?');
    this.#dropPlates = db.prepare('DELETE FROM card_plates WHERE card_id = ?');
    this.#addPlate = db.prepare('INSERT OR IGNORE INTO card_plates (plate, card_id) VALUES (?, ?)');
    this.#dropIcs = db.prepare('DELETE FROM card_ics WHERE card_id = ?');
    this.#addIc = db.prepare('INSERT OR IGNORE INTO card_ics (number, card_id) VALUES (?, ?)');
    this.#lastOrder = db
      .prepare<[string, string], string>(
        'SELECT order_no FROM card_orders WHERE order_no >= ? AND order_no < ? ORDER BY order_no DESC LIMIT 1',
      )
      .pluck();
    this.#order = db.prepare('SELECT card_id AS cardId, detail FROM card_orders WHERE order_no = ?');
    this.#noteOrder = db.prepare('INSERT INTO card_orders (order_no, card_id, detail) VALUES (?, ?, ?)');
  }

  override put(card: Card): void {
    super.put(card);
    this.#dropPlates.run(card.id);
    for (const plate of card.plates) this.#addPlate.run(plate, card.id);
    this.#dropIcs.run(card.id);
    for (const number of card.icNumbers) this.#addIc.run(number, card.id);
  }

  ofPlate(plate: string): Card[] {
    return plate === '' ? [] : this.#ofPlate(plate);
  }

  /** Cards with this IC card, under the same conditions as {@link ofPlate}. */
  ofIc(number: string): Card[] {
    return number === '' ? [] : this.#ofIc(number);
  }

  byNumber(number: string): Card | undefined {
    return this.#byNumber(number)[0];
  }

  /** The recharge that was made under this number, if any: of which card, and in which words. */
  order(orderNo: string): { readonly cardId: string; readonly detail: string } | undefined {
    return this.#order.get(orderNo);
  }

  /** The last, in the order of their letters, of the order numbers that begin so. */
  lastOrder(head: string): string | undefined {
    return this.#lastOrder.get(head, `${head}\u{10FFFF}`);
  }

  noteOrder(orderNo: string, cardId: string, detail: string): void {
    this.#noteOrder.run(orderNo, cardId, detail);
  }

  search(
    filter: {
      readonly plate?: string | undefined;
      readonly text?: string | undefined;
      readonly type?: string | undefined;
      readonly state?: string | undefined;
      /** Ends before this instant: what runs out soon. */
      readonly endsBefore?: number | undefined;
      readonly endsAfter?: number | undefined;
    } & Page,
  ): { readonly items: Card[]; readonly total: number } {
    return this.page(
      `(@plate IS NULL OR id IN (SELECT card_id FROM card_plates WHERE plate LIKE @plate ESCAPE '\\'))
        AND (@text IS NULL OR number LIKE @text ESCAPE '\\' OR owner LIKE @text ESCAPE '\\' OR body ->> '$.name' LIKE @text ESCAPE '\\'
          OR body ->> '$.room' LIKE @text ESCAPE '\\' OR id IN (SELECT card_id FROM card_ics WHERE number LIKE @text ESCAPE '\\'))
        AND (@type IS NULL OR type = @type) AND (@state IS NULL OR state = @state) AND (@ends IS NULL OR valid_to_ms < @ends)
        AND (@after IS NULL OR valid_to_ms >= @after)`,
      // Whoever asks what runs out soon wants the next one in front.
      filter.endsBefore === undefined ? 'number, id' : 'valid_to_ms, id',
      {
        plate: like(filter.plate),
        text: like(filter.text),
        type: filter.type ?? null,
        state: filter.state ?? null,
        ends: filter.endsBefore ?? null,
        after: filter.endsAfter ?? null,
      },
      { offset: filter.offset, limit: filter.limit },
    );
  }
}

export class RechargePlanStore extends DocumentStore<RechargePlan> {
  readonly all: () => RechargePlan[];

  constructor(db: Database) {
    super(db, { table: 'recharge_plans', schema: rechargePlanSchema, columns: ({ type }) => ({ type }) });
    this.all = this.finder('ORDER BY type, id');
  }
}

export class BookingStore extends DocumentStore<Booking> {
  readonly #ofPlate: (plate: string, after: number) => Booking[];

  constructor(db: Database) {
    super(db, { table: 'bookings', schema: bookingSchema, columns: ({ plate, to }) => ({ plate, to_ms: to }) });
    this.#ofPlate = this.finder('WHERE plate = ? AND to_ms >= ? ORDER BY to_ms, id');
  }

  /** Those that have not ended by `after`, the one that ends first in front. */
  ofPlate(plate: string, after: number): Booking[] {
    return plate === '' ? [] : this.#ofPlate(plate, after);
  }

  search(filter: PeriodFilter & Page): { readonly items: Booking[]; readonly total: number } {
    const { offset, limit } = filter;
    return this.page(ofPeriod, 'to_ms DESC, id', periodValues(filter), { offset, limit });
  }
}

export class VisitorStore extends DocumentStore<Visitor> {
  readonly #ofPlate: (plate: string, after: number) => Visitor[];

  constructor(db: Database) {
    super(db, { table: 'visitors', schema: visitorSchema, columns: ({ plate, to }) => ({ plate, to_ms: to }) });
    this.#ofPlate = this.finder('WHERE plate = ? AND to_ms >= ? ORDER BY to_ms, id');
  }

  ofPlate(plate: string, after: number): Visitor[] {
    return plate === '' ? [] : this.#ofPlate(plate, after);
  }

  search(filter: PeriodFilter & Page): { readonly items: Visitor[]; readonly total: number } {
    const { offset, limit } = filter;
    return this.page(ofPeriod, 'to_ms DESC, id', periodValues(filter), { offset, limit });
  }
}

export class MerchantStore extends DocumentStore<Merchant> {
  readonly all: () => Merchant[];
  readonly #named: (name: string) => Merchant[];

  constructor(db: Database) {
    super(db, { table: 'merchants', schema: merchantSchema, columns: ({ name }) => ({ name }) });
    this.all = this.finder('ORDER BY name, id');
    this.#named = this.finder('WHERE name = ?');
  }

  byName(name: string): Merchant | undefined {
    return this.#named(name)[0];
  }
}

export class CouponStore extends DocumentStore<Coupon> {
  readonly #given: (plate: string) => Coupon[];

  constructor(db: Database) {
    super(db, {
      table: 'coupons',
      schema: couponSchema,
      columns: ({ plate, state, merchantId }) => ({ plate, state, merchant_id: merchantId }),
    });
    this.#given = this.finder("WHERE plate = ? AND state = 'given' ORDER BY id");
  }

  /** Coupons of a plate that were not used yet, whether or not they are valid now. */
  given(plate: string): Coupon[] {
    return plate === '' ? [] : this.#given(plate);
  }

  search(
    filter: {
      readonly plate?: string | undefined;
      readonly merchantId?: string | undefined;
      readonly state?: string | undefined;
    } & Page,
  ): { readonly items: Coupon[]; readonly total: number } {
    const { offset, limit } = filter;
    return this.page(
      `${plateLike} AND (@merchant IS NULL OR merchant_id = @merchant) AND (@state IS NULL OR state = @state)`,
      'id DESC',
      { plate: like(filter.plate), merchant: filter.merchantId ?? null, state: filter.state ?? null },
      { offset, limit },
    );
  }
}

export class DebtStore extends DocumentStore<Debt> {
  readonly #open: (plate: string) => Debt[];
  readonly ofStay: (uid: string) => Debt[];
  /** The latest debts of a plate that are paid or cancelled. */
  readonly ended: (plate: string) => Debt[];

  constructor(db: Database) {
    super(db, { table: 'debts', schema: debtSchema, columns: ({ plate, state, uid }) => ({ plate, state, uid }) });
    this.#open = this.finder("WHERE plate = ? AND state = 'open' ORDER BY id");
    this.ended = this.finder("WHERE plate = ? AND state <> 'open' ORDER BY id DESC LIMIT 50");
    this.ofStay = this.finder('WHERE uid = ? ORDER BY id');
  }

  /** What a plate still owes. */
  open(plate: string): Debt[] {
    return plate === '' ? [] : this.#open(plate);
  }

  /** What of that may be asked for at an instant, at a lane or on a bill. */
  due(plate: string, at: number): Debt[] {
    return this.open(plate).filter((debt) => debt.amountFen > debt.paidFen && isDue(debt, at));
  }

  search(filter: { readonly plate?: string | undefined; readonly state?: string | undefined } & Page): {
    readonly items: Debt[];
    readonly total: number;
  } {
    const { offset, limit } = filter;
    return this.page(
      `${plateLike} AND (@state IS NULL OR state = @state)`,
      'id DESC',
      { plate: like(filter.plate), state: filter.state ?? null },
      { offset, limit },
    );
  }
}

export class AgreementStore extends DocumentStore<Agreement> {
  readonly #ofPlate: (plate: string) => Agreement[];

  constructor(db: Database) {
    super(db, {
      table: 'agreements',
      schema: agreementSchema,
      columns: ({ plate, platform }) => ({ plate, platform }),
    });
    this.#ofPlate = this.finder('WHERE plate = ? ORDER BY platform, id');
  }

  ofPlate(plate: string): Agreement[] {
    return plate === '' ? [] : this.#ofPlate(plate);
  }

  search(filter: { readonly plate?: string | undefined } & Page): {
    readonly items: Agreement[];
    readonly total: number;
  } {
    const { offset, limit } = filter;
    return this.page(plateLike, 'plate, id', { plate: like(filter.plate) }, { offset, limit });
  }
}
