import type { Database } from 'better-sqlite3';
import {
  type Attempt,
  attemptSchema,
  type Bill,
  billSchema,
  type Case,
  caseSchema,
  type Gap,
  gapSchema,
  type PaidOut,
  paidOutSchema,
  type Refund,
  refundSchema,
  type Shift,
  shiftSchema,
} from '../../../shared/domain/money-flow.ts';
import { DocumentStore } from './document-store.ts';

interface Page {
  readonly offset: number;
  readonly limit: number;
}

export class BillStore extends DocumentStore<Bill> {
  readonly ofStay: (uid: string) => Bill[];
  /** Open bills of cars that left first and are charged after (先离场后付费), oldest first. */
  readonly afterDeparture: () => Bill[];
  /** Bills of that kind made in [from, to), whatever became of them. */
  readonly collectedAfterDeparture: (from: number, to: number) => Bill[];
  readonly #open: (uid: string) => Bill[];

  constructor(db: Database) {
    // A unique index allows one open bill of a stay; a second is a defect and stops the transaction.
    super(db, {
      table: 'bills',
      schema: billSchema,
      columns: ({ uid, state, createdAt }) => ({ uid, state, created_at_ms: createdAt }),
    });
    this.ofStay = this.finder('WHERE uid = ? ORDER BY created_at_ms, id');
    this.#open = this.finder("WHERE uid = ? AND state = 'open'");
    const gone = "body ->> '$.scene' = 'after-departure'";
    this.afterDeparture = this.finder(`WHERE ${gone} AND state = 'open' ORDER BY created_at_ms, id`);
    this.collectedAfterDeparture = this.finder(
      `WHERE ${gone} AND created_at_ms >= ? AND created_at_ms < ? ORDER BY created_at_ms, id`,
    );
  }

  open(uid: string): Bill | undefined {
    return this.#open(uid)[0];
  }
}

export class AttemptStore extends DocumentStore<Attempt> {
  readonly ofBill: (billId: string) => Attempt[];
  /** Tries whose end is not known: what a start must look after. */
  readonly underWay: () => Attempt[];
  readonly ofStay: (uid: string) => Attempt[];
  /** By the other side's number: how a repeated notice is known. */
  readonly #byReference: (channel: string, reference: string) => Attempt[];

  constructor(db: Database) {
    super(db, {
      table: 'attempts',
      schema: attemptSchema,
      columns: ({ billId, uid, state, channel, reference }) => ({ bill_id: billId, uid, state, channel, reference }),
    });
    this.ofBill = this.finder('WHERE bill_id = ? ORDER BY id');
    this.ofStay = this.finder('WHERE uid = ? ORDER BY id');
    this.#byReference = this.finder('WHERE channel = ? AND reference = ? ORDER BY id');
    this.underWay = this.finder("WHERE state IN ('created', 'sent', 'unknown', 'reversing') ORDER BY id");
  }

  byReference(channel: string, reference: string): Attempt | undefined {
    return this.#byReference(channel, reference)[0];
  }
}

export class RefundStore extends DocumentStore<Refund> {
  readonly ofStay: (uid: string) => Refund[];
  /** Decided and not carried out yet, the oldest in front. */
  readonly approved: () => Refund[];

  constructor(db: Database) {
    super(db, {
      table: 'refunds',
      schema: refundSchema,
      columns: ({ uid, billId, state, createdAt }) => ({ uid, bill_id: billId, state, created_at_ms: createdAt }),
    });
    this.ofStay = this.finder('WHERE uid = ? ORDER BY created_at_ms, id');
    this.approved = this.finder("WHERE state = 'approved' ORDER BY created_at_ms, id");
  }

  search(filter: { readonly state?: string | undefined } & Page): { readonly items: Refund[]; readonly total: number } {
    const { offset, limit } = filter;
    return this.page(
      '(@state IS NULL OR state = @state)',
      'created_at_ms DESC, id',
      { state: filter.state ?? null },
      { offset, limit },
    );
  }
}

interface CaseFilter {
  readonly id?: string | undefined;
  readonly open?: boolean | undefined;
  readonly kind?: string | undefined;
  readonly uid?: string | undefined;
  /** Empty: nobody's. */
  readonly owner?: string | undefined;
}

export class CaseStore extends DocumentStore<Case> {
  readonly ofStay: (uid: string) => Case[];

  constructor(db: Database) {
    super(db, {
      table: 'cases',
      schema: caseSchema,
      columns: ({ kind, uid, openedAt, closedAt }) => ({
        kind,
        uid,
        opened_at_ms: openedAt,
        closed_at_ms: closedAt,
      }),
    });
    this.ofStay = this.finder('WHERE uid = ? ORDER BY opened_at_ms, id');
  }

  search(filter: CaseFilter & Page): { readonly items: Case[]; readonly total: number } {
    const { offset, limit } = filter;
    const open =
      filter.open === undefined ? '1 = 1' : filter.open ? 'closed_at_ms IS NULL' : 'closed_at_ms IS NOT NULL';
    return this.page(
      `${open} AND (@id IS NULL OR id = @id) AND (@kind IS NULL OR kind = @kind) AND (@uid IS NULL OR uid = @uid)
        AND (@owner IS NULL OR coalesce(body ->> '$.owner', '') = @owner)`,
      'opened_at_ms DESC, id',
      { id: filter.id ?? null, kind: filter.kind ?? null, uid: filter.uid ?? null, owner: filter.owner ?? null },
      { offset, limit },
    );
  }

  /** What is open, by kind, and how much of it has this person's name on it. */
  openByKind(
    name: string,
  ): { readonly kind: string; readonly open: number; readonly mine: number; readonly oldestAt: number }[] {
    return this.db
      .prepare<[string], { kind: string; open: number; mine: number; oldestAt: number }>(
        `SELECT kind, count(*) AS open, coalesce(sum(body ->> '$.owner' = ?), 0) AS mine, min(opened_at_ms) AS oldestAt
          FROM cases WHERE closed_at_ms IS NULL GROUP BY kind ORDER BY kind`,
      )
      .all(name);
  }
}

export class GapStore extends DocumentStore<Gap> {
  /** Gaps with a moment between `from` and `to`, oldest first. */
  readonly #overlapping: (to: number, from: number) => Gap[];
  readonly #open: (lane: string) => Gap[];

  constructor(db: Database) {
    super(db, {
      table: 'gaps',
      schema: gapSchema,
      columns: ({ laneId, from, to }) => ({ lane_id: laneId, from_ms: from, to_ms: to }),
    });
    this.#overlapping = this.finder('WHERE from_ms <= ? AND (to_ms IS NULL OR to_ms >= ?) ORDER BY from_ms, id');
    this.#open = this.finder('WHERE lane_id = ? AND to_ms IS NULL');
  }

  overlapping(from: number, to: number): Gap[] {
    return this.#overlapping(to, from);
  }

  open(laneId: string, kind: Gap['kind']): Gap | undefined {
    return this.#open(laneId).find((gap) => gap.kind === kind);
  }
}

export class ShiftStore extends DocumentStore<Shift> {
  /** Not closed yet, oldest first. */
  readonly running: (booth: string) => Shift[];
  readonly allRunning: () => Shift[];
  /** Closed, and nobody has taken over the drawer yet; oldest first. */
  readonly unconfirmed: (booth: string) => Shift[];
  /** Shifts of any booth with a moment between two instants. */
  readonly #overlapping: (to: number, from: number) => Shift[];
  /** The newest of a booth, whatever its state. */
  readonly #newest: (booth: string) => Shift[];

  constructor(db: Database) {
    super(db, {
      table: 'shifts',
      schema: shiftSchema,
      columns: ({ booth, cashier, state, openedAt }) => ({ booth, cashier, state, opened_at_ms: openedAt }),
    });
    // Named, because the planner prefers an index that is in the wanted order: that one has every shift of all the years in it.
    this.running = this.finder(
      "INDEXED BY shifts_running WHERE booth = ? AND state <> 'closed' ORDER BY opened_at_ms, id",
    );
    this.allRunning = this.finder("INDEXED BY shifts_running WHERE state <> 'closed' ORDER BY opened_at_ms, id");
    this.unconfirmed = this.finder(
      "WHERE booth = ? AND state = 'closed' AND body ->> '$.confirmedAt' IS NULL ORDER BY opened_at_ms, id",
    );
    this.#overlapping = this.finder(
      "WHERE opened_at_ms < ? AND coalesce(body ->> '$.closedAt', 9e15) > ? ORDER BY opened_at_ms, id",
    );
    this.#newest = this.finder(
      "WHERE booth = ? AND body ->> '$.kind' = 'normal' ORDER BY opened_at_ms DESC, id DESC LIMIT 1",
    );
  }

  /** The newest normal shift of a booth: who stands in for somebody does not hand the booth over. */
  newest(booth: string): Shift | undefined {
    return this.#newest(booth)[0];
  }

  overlapping(from: number, to: number): Shift[] {
    return this.#overlapping(to, from);
  }

  search(
    filter: {
      readonly cashier?: string | undefined;
      readonly from?: number | undefined;
      readonly to?: number | undefined;
      /** Only those whose count did not agree. */
      readonly different?: boolean | undefined;
    } & Page,
  ): { readonly items: Shift[]; readonly total: number } {
    const { offset, limit, different = false } = filter;
    return this.page(
      `(@cashier IS NULL OR cashier = @cashier) AND (@from IS NULL OR opened_at_ms >= @from)
        AND (@to IS NULL OR opened_at_ms < @to) AND (@different = 0 OR coalesce(body ->> '$.differenceFen', 0) <> 0)`,
      'opened_at_ms DESC, id DESC',
      {
        ...{ cashier: filter.cashier ?? null, from: filter.from ?? null, to: filter.to ?? null },
        different: different ? 1 : 0,
      },
      { offset, limit },
    );
  }
}

export class PaidOutStore extends DocumentStore<PaidOut> {
  readonly ofShift: (shiftId: string) => PaidOut[];

  constructor(db: Database) {
    super(db, {
      table: 'paid_outs',
      schema: paidOutSchema,
      columns: ({ shiftId, at }) => ({ shift_id: shiftId, at_ms: at }),
    });
    this.ofShift = this.finder('WHERE shift_id = ? ORDER BY at_ms, id');
  }
}
