import { type Actor, STATION } from '../../../shared/domain/events.ts';
import { type Attempt, type Bill, toPayFen } from '../../../shared/domain/money-flow.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Store } from '../store/store.ts';
import { recordAttempts, reportMoney } from './books.ts';
import { openCase } from './cases.ts';
import type { PaymentDesk } from './desk.ts';
import { discountableFen } from './discounts.ts';
import { linesOf, type PaymentNotice, takenOffFen } from './notice.ts';
import { isUnderWay } from './settlement.ts';

export interface NoticesDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly desk: PaymentDesk;
}

/**
 * Money that platforms report by themselves. Each notice is an attempt from its first sight on, so that it is known again, and
 * is followed like every other attempt when anything comes in between.
 */
export class Notices {
  readonly #deps: NoticesDeps;

  constructor(deps: NoticesDeps) {
    this.#deps = deps;
  }

  /**
   * Stored and booked when this returns; the same notice again changes nothing and returns the same attempt.
   *
   * @throws NotFoundError no such bill · ConflictError `amount-short`, `bill-expired`, `notice-differs`: the money is not
   * accepted, and the platform gives it back. Where a person should look after that, a case is open: one for each of its numbers.
   */
  notify(notice: PaymentNotice): Attempt {
    const reference = notice.reference.slice(0, 100);
    const told: PaymentNotice = { ...notice, reference, discountFen: takenOffFen(notice) };
    const known = this.#known(told);
    if (!known && told.nothingIsDue === true) return this.#surplus(told);
    if (known && this.#wasTooLittle(known)) throw tooLittle();
    const attempt = known ? this.#sameMoney(known, told) : this.#accept(told);
    const paid = this.#deps.desk.paid(attempt, {
      state: 'paid',
      reference,
      detail: notice.detail ?? '',
      paidAt: Math.min(notice.paidAt, this.#deps.clock.now()),
      method: notice.method,
    });
    return this.#confirmed(paid, notice);
  }

  /** What the platform had guaranteed has come. */
  #confirmed(attempt: Attempt, { via }: PaymentNotice): Attempt {
    if (attempt.state !== 'paid' || attempt.guarantee !== 'pending') return attempt;
    const confirmed: Attempt = { ...attempt, guarantee: 'confirmed', updatedAt: this.#deps.clock.now() };
    this.#deps.store.write((tx) => recordAttempts(tx, [confirmed], { kind: 'platform', name: via }));
    return confirmed;
  }

  /** The amount must be the one that is known; where the platform took something off, what the driver paid with it. */
  #sameMoney(known: Attempt, notice: PaymentNotice): Attempt {
    const discountFen = notice.discountFen ?? 0;
    const same = known.amountFen === notice.amountFen && (discountFen === 0 || known.discountFen === discountFen);
    if (same) return known;
    const surplusFen = notice.amountFen + discountFen - known.amountFen - known.discountFen;
    const taken = surplusFen === 0 || (notice.moreIsTaken === true && surplusFen > 0);
    // A channel may change its mind: declined is not the end.
    if (!taken || !(isUnderWay(known) || known.state === 'declined')) {
      const bill = this.#deps.store.read.bills.get(known.billId) ?? null;
      const detail = `通知的金额与这笔支付的 ${known.amountFen / 100} 元不一致，未入账，请与平台核对`;
      this.#refused(notice, bill, 'unknown-payment', detail);
      throw new ConflictError('notice-differs', '通知的金额与这笔支付不一致');
    }
    const attempt: Attempt = {
      ...{ ...known, ...linesOf(known, notice) },
      ...{ amountFen: notice.amountFen, discountFen, updatedAt: this.#deps.clock.now() },
    };
    this.#deps.store.write((tx) => recordAttempts(tx, [attempt], { kind: 'platform', name: notice.via }));
    return attempt;
  }

  #channelsOf(via: string): string[] {
    const own = this.#deps.desk.channels().filter((channel) => channel.id === via || channel.via === via);
    return [...new Set([via, ...own.map((channel) => channel.id)])];
  }

  /** The same notice before, or the try of ours that it answers. */
  #known(notice: PaymentNotice): Attempt | undefined {
    const { attempts } = this.#deps.store.read;
    const channels = this.#channelsOf(notice.via);
    for (const channel of channels) {
      const same = attempts.byReference(channel, notice.reference);
      if (same) return same;
    }
    if (notice.attemptId === null) return undefined;
    if (notice.attemptId !== undefined) {
      const named = attempts.get(notice.attemptId);
      // Closed by us, and paid all the same at somebody who gives nothing back: money of its own.
      return named?.state === 'reversed' && notice.givesBack === false ? undefined : named;
    }
    const bill = this.#bill(notice);
    if (!bill) return undefined;
    const fits = (each: Attempt): boolean =>
      channels.includes(each.channel) &&
      each.reference === null &&
      each.amountFen === notice.amountFen + (notice.discountFen ?? 0) &&
      each.state !== 'abandoned' &&
      each.state !== 'reversed';
    const ofBill = attempts.ofBill(bill.id).find(fits);
    if (ofBill || notice.billId !== undefined) return ofBill;
    // It may tell of what was tried before the bill was made anew.
    return attempts.ofStay(bill.uid).find((each) => isUnderWay(each) && fits(each));
  }

  #bill(notice: PaymentNotice): Bill | undefined {
    const { bills, stays } = this.#deps.store.read;
    if (notice.billId !== undefined) return bills.get(notice.billId);
    const stay =
      notice.uid !== undefined
        ? stays.get(notice.uid)
        : notice.plate !== undefined
          ? (stays.inside(notice.plate) ?? stays.lastOf(notice.plate))
          : undefined;
    return stay && (bills.open(stay.uid) ?? bills.ofStay(stay.uid).at(-1));
  }

  #accept(notice: PaymentNotice): Attempt {
    const { store, clock, desk } = this.#deps;
    const now = clock.now();
    const bill = this.#bill(notice);
    if (!bill) {
      this.#refused(notice, null, 'unknown-payment', '平台通知的缴费找不到账单，已拒收');
      throw new NotFoundError('没有对应的账单');
    }
    const discountFen = notice.discountFen ?? 0;
    const shortFen = toPayFen(bill) - notice.amountFen - Math.min(discountFen, discountableFen(bill));
    const isPart = notice.partIsTaken === true && notice.amountFen > 0 && bill.state === 'open' && shortFen > 0;
    if (bill.state === 'open') {
      if (shortFen > 0 && !isPart) this.#tooLittle(notice, bill);
      const late = bill.validUntil !== null && Math.min(notice.paidAt, now) > bill.validUntil;
      if (late && notice.givesBack !== false && desk.laneOf(bill.id) === null) {
        this.#refused(notice, bill, 'late-payment', '账单过期后才支付，已拒收');
        throw new ConflictError('bill-expired', '账单已过期，请重新计费');
      }
    }
    const attempt = { ...this.#attemptOf(notice, bill), ...(isPart ? { shortFen } : {}) };
    store.write((tx) => recordAttempts(tx, [attempt], { kind: 'platform', name: notice.via }));
    return attempt;
  }

  /** All of it goes back: stored with its case and its refund, and on no bill. */
  #surplus(notice: PaymentNotice): Attempt {
    const bill = this.#bill(notice);
    if (!bill) throw new NotFoundError('没有对应的账单');
    return this.#stored(notice, bill, 'paid-twice', '没有应付的停车费，又收到款项');
  }

  /** Money that no bill takes, and that is ours to give back. */
  #stored(notice: PaymentNotice, bill: Bill, kind: 'paid-twice' | 'unknown-payment', detail: string): Attempt {
    const { store, clock, ids } = this.#deps;
    const actor: Actor = { kind: 'platform', name: notice.via };
    const attempt: Attempt = { ...this.#attemptOf(notice, bill), state: 'paid' };
    const booking = { actor, now: clock.now(), newId: (prefix: string) => ids.next(prefix) };
    store.write((tx) => {
      recordAttempts(tx, [attempt], actor);
      reportMoney(tx, { attempt, amountFen: attempt.amountFen, kind, detail, refund: true }, booking);
    });
    return attempt;
  }

  #attemptOf(notice: PaymentNotice, bill: Bill): Attempt {
    const { clock, ids, desk } = this.#deps;
    const [first, ...others] = this.#channelsOf(notice.via);
    const own = desk.channels().filter((each) => each.id === first || others.includes(each.id));
    const channel = notice.kind === undefined ? own[0] : own.find(({ kind }) => kind === notice.kind);
    const now = clock.now();
    const id = ids.next('att');
    return {
      id,
      billId: bill.id,
      uid: bill.uid,
      laneId: desk.laneOf(bill.id),
      channel: channel?.id ?? notice.via,
      kind: channel?.kind ?? notice.kind ?? 'agreement',
      method: notice.method,
      amountFen: notice.amountFen,
      discountFen: notice.discountFen ?? 0,
      ...linesOf({ id, createdAt: now }, notice),
      state: 'sent',
      setAside: false,
      guarantee: null,
      reference: notice.reference,
      detail: notice.detail ?? '平台通知',
      createdAt: now,
      updatedAt: now,
    };
  }

  /** Where the platform keeps it all the same, it is ours to give back. */
  #tooLittle(notice: PaymentNotice, bill: Bill): never {
    const detail = `收款少于应付 ${toPayFen(bill) / 100} 元，未入账，请与平台核对`;
    if (notice.givesBack !== false || notice.amountFen === 0) this.#refused(notice, bill, 'unknown-payment', detail);
    else this.#stored(notice, bill, 'unknown-payment', detail);
    throw tooLittle();
  }

  /** Told before, and a case since: the same notice gets the same answer. */
  #wasTooLittle({ id, state, billId, amountFen, discountFen, shortFen = 0 }: Attempt): boolean {
    const { bills, payments } = this.#deps.store.read;
    const bill = bills.get(billId);
    // A part, answered as one, is not too little.
    if (state !== 'paid' || shortFen > 0 || !bill || payments.ofAttempt(id).length > 0) return false;
    return amountFen + Math.min(discountFen, discountableFen(bill)) < toPayFen(bill);
  }

  #refused(notice: PaymentNotice, bill: Bill | null, kind: 'unknown-payment' | 'late-payment', detail: string): void {
    const { store, clock } = this.#deps;
    store.write((tx) =>
      openCase(
        tx,
        {
          kind,
          uid: bill?.uid ?? null,
          laneId: null,
          passageId: null,
          plate: notice.plate ?? (bill ? (tx.stays.get(bill.uid)?.plate.text ?? '') : ''),
          amountFen: notice.amountFen,
          detail: `${detail}（${notice.via} ${notice.reference}）`,
          subject: `${notice.via}-${notice.reference}`,
        },
        STATION,
        { now: clock.now(), id: '' },
      ),
    );
  }
}

const tooLittle = (): ConflictError => new ConflictError('amount-short', '支付金额与优惠之和小于应付金额');
