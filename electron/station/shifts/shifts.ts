import type { EventBody } from '../../../shared/domain/events.ts';
import { type CashCount, type PaidOut, type Shift, shiftSchema } from '../../../shared/domain/money-flow.ts';
import { ConflictError, NotFoundError } from '../runtime/errors.ts';
import type { Clock, Ids } from '../runtime/ports.ts';
import type { Store, Tx } from '../store/store.ts';
import { drawerOf, sumOfCount } from './cash.ts';
import { isReliefRunning, mayOpen, mustBe, mustServe, type Person } from './rules.ts';
import { currentShift, tillFor } from './till.ts';

type Change = EventBody<'shift-changed'>['change'];

/**
 * 班次: one cashier's time at a drawer, from the float to the next cashier who takes the drawer over.
 *
 * The count is blind: nothing here tells what a drawer should hold before the count was handed in, not even by refusing
 * a paid-out that is larger than that, which could be probed. After the count nothing of a shift can be changed.
 */
export class Shifts {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #ids: Ids;

  constructor(deps: { readonly store: Store; readonly clock: Clock; readonly ids: Ids }) {
    this.#store = deps.store;
    this.#clock = deps.clock;
    this.#ids = deps.ids;
  }

  /** The shift that takes what is paid at a booth now. Rereads the store, so it may be asked inside a transaction. */
  current(booth: string): Shift | undefined {
    return currentShift(this.#store.read, booth);
  }

  /** See {@link tillFor}. */
  till(booth: string, who: { readonly cashier: string; readonly shiftRequired: boolean }): string | null {
    return tillFor(this.#store.read, booth, who);
  }

  /** @throws NotFoundError */
  get(id: string): Shift {
    const shift = this.#store.read.shifts.get(id);
    if (!shift) throw new NotFoundError('没有这个班次');
    return shift;
  }

  /** Not closed yet, or closed and not taken over: what whoever stands at a booth has to deal with. */
  standing(booth: string): Shift[] {
    const { shifts } = this.#store.read;
    return [...shifts.unconfirmed(booth), ...shifts.running(booth)];
  }

  /** 开班. Whoever opens must have taken over the drawer of the shift before. `floatFen` absent: what was taken over. */
  open(what: { readonly booth: string; readonly floatFen?: number | undefined }, by: Person): Shift {
    return this.#store.write((tx) => {
      const before = mayOpen(tx, what.booth, by.actor.name);
      const floatFen = what.floatFen ?? before?.takenOverFen ?? 0;
      return this.#change(tx, 'opened', this.#fresh({ booth: what.booth, cashier: by.actor.name, floatFen }), by);
    });
  }

  /** 锁屏: the drawer is locked, for a break or to count it. */
  pause(id: string, by: Person): Shift {
    return this.#move(id, by, ['open'], (tx, shift) => this.#change(tx, 'paused', { ...shift, state: 'break' }, by));
  }

  /** Back from the break. The caller has just checked the password of whoever resumes. */
  resume(id: string, by: Person): Shift {
    return this.#move(id, by, ['break'], (tx, shift) => {
      if (isReliefRunning(tx, shift)) throw new ConflictError('relief-running', '顶班尚未交班，请先由顶班人清点交班');
      return this.#change(tx, 'resumed', { ...shift, state: 'open' }, by);
    });
  }

  /** 顶班: somebody else serves with a drawer of their own; the shift that is stood in for rests. */
  relief(id: string, floatFen: number, by: Person): Shift {
    return this.#store.write((tx) => {
      const rests = mustServe(tx, id);
      if (rests.kind === 'relief') throw new ConflictError('relief-of-relief', '顶班期间不能再顶班');
      if (rests.cashier === by.actor.name) throw new ConflictError('own-shift', '不能为自己顶班');
      if (isReliefRunning(tx, rests)) throw new ConflictError('relief-running', '已有人在顶班');
      if (rests.state === 'open') this.#change(tx, 'paused', { ...rests, state: 'break' }, by);
      const { booth } = rests;
      const stands = this.#fresh({ booth, cashier: by.actor.name, floatFen });
      return this.#change(tx, 'opened', { ...stands, kind: 'relief', standsInFor: rests.id }, by);
    });
  }

  /** 支出. Never refused for its size: see the class. */
  payOut(id: string, what: { readonly amountFen: number; readonly remark: string }, by: Person): PaidOut {
    return this.#move(id, by, ['open'], (tx, shift) => {
      const paidOut = { id: this.#ids.next('payout'), shiftId: shift.id, at: this.#clock.now(), ...what };
      tx.record({ kind: 'paid-out', key: shift.id, laneId: null, passageId: null, actor: by.actor, body: { paidOut } });
      return paidOut;
    });
  }

  /**
   * 盲点: the count is handed in once, by denomination, over a drawer that was locked first, so that no car's money comes
   * in between. Only now is it worked out what the drawer should hold; a difference is a case from this moment on.
   */
  count(id: string, count: CashCount, by: Person): Shift {
    const countedFen = sumOfCount(count);
    return this.#store.write((tx) => {
      const shift = mustBe(tx, id, by, ['open', 'break'], '清点结果已提交，不能更改');
      if (shift.state === 'open') throw new ConflictError('till-open', '请先锁定钱箱（暂停收款），再清点');
      const drawer = drawerOf(shift, tx.shiftCash.sums(id));
      const differenceFen = countedFen - drawer.expectedFen;
      const sums = { ...drawer, countedFen, differenceFen };
      const counted = this.#change(tx, 'counted', { ...shift, ...sums, state: 'counted', count }, by);
      this.#difference(tx, counted, differenceFen, `清点与应有金额不符：${shift.cashier}`, by);
      return counted;
    });
  }

  /** 交班. What is left in the drawer for the next cashier; the rest is handed in. A difference needs a reason. */
  close(
    id: string,
    what: { readonly leftFen?: number | undefined; readonly reason?: string | undefined },
    by: Person,
  ): Shift {
    return this.#move(id, by, ['counted'], (tx, shift) => {
      const countedFen = shift.countedFen ?? 0;
      const leftFen = what.leftFen ?? countedFen;
      if (leftFen > countedFen) throw new ConflictError('left-too-much', '留存金额不能多于清点金额');
      const reason = what.reason?.trim() ?? '';
      if (shift.differenceFen !== 0 && reason === '')
        throw new ConflictError('reason-required', '清点与应有金额不符，请说明原因');
      const differenceReason = reason === '' ? null : reason;
      const closedAt = this.#clock.now();
      return this.#change(tx, 'closed', { ...shift, state: 'closed', leftFen, differenceReason, closedAt }, by);
    });
  }

  /**
   * 接班: the next cashier takes the drawer over, accepting what was left or counting it again. Somebody else may still do
   * so in their place until a new shift runs. Nobody takes over from themselves: where the same cashier comes back, a manager
   * takes the drawer over and gives it out again.
   */
  confirm(id: string, count: CashCount | null, by: Person): Shift {
    return this.#store.write((tx) => {
      const shift = tx.shifts.get(id);
      if (!shift) throw new NotFoundError('没有这个班次');
      if (shift.state !== 'closed') throw new ConflictError('not-closed', '该班次尚未交班');
      if (shift.cashier === by.actor.name && !by.manager)
        throw new ConflictError('own-shift', '不能接收自己交出的班次，请由接班人或车场经理确认');
      const next = tx.shifts.newest(shift.booth);
      const over = shift.kind === 'relief' || next?.id !== shift.id;
      if (shift.confirmedAt !== null && over) throw new ConflictError('already-confirmed', '该班次已接班确认');
      if (shift.confirmedBy === by.actor.name) throw new ConflictError('already-confirmed', '您已确认接班');
      const leftFen = shift.leftFen ?? 0;
      const takenOverFen = count === null ? leftFen : sumOfCount(count);
      const taken = { confirmedBy: by.actor.name, confirmedAt: this.#clock.now(), takenOverFen, takenOverCount: count };
      const confirmed = this.#change(tx, 'confirmed', { ...shift, ...taken }, by);
      this.#difference(tx, confirmed, takenOverFen - leftFen, `接班清点与留存金额不符：${shift.cashier}`, by);
      return confirmed;
    });
  }

  #move<T>(id: string, by: Person, states: readonly Shift['state'][], work: (tx: Tx, shift: Shift) => T): T {
    return this.#store.write((tx) => work(tx, mustBe(tx, id, by, states)));
  }

  #fresh(what: { readonly booth: string; readonly cashier: string; readonly floatFen: number }): Shift {
    return shiftSchema.parse({
      ...what,
      id: this.#ids.next('shift'),
      kind: 'normal',
      standsInFor: null,
      openedAt: this.#clock.now(),
      state: 'open',
      cashInFen: 0,
      cashRefundedFen: 0,
      paidOutFen: 0,
      count: null,
      countedFen: null,
      expectedFen: null,
      differenceFen: null,
      differenceReason: null,
      closedAt: null,
      confirmedBy: null,
      confirmedAt: null,
    });
  }

  #change(tx: Tx, change: Change, shift: Shift, by: Person): Shift {
    const body = { change, shift };
    tx.record({ kind: 'shift-changed', key: shift.id, laneId: null, passageId: null, actor: by.actor, body });
    return shift;
  }

  #difference(tx: Tx, shift: Shift, amountFen: number, detail: string, by: Person): void {
    if (amountFen === 0) return;
    const found = {
      id: this.#ids.next('case'),
      kind: 'shift-difference' as const,
      ...{ uid: null, laneId: null, passageId: null, plate: '' },
      amountFen,
      detail,
      openedAt: this.#clock.now(),
      ...{ owner: null, closedAt: null, closedBy: null, resolution: null },
      causedBy: [...new Set([shift.cashier, by.actor.name])],
    };
    const body = { change: 'opened' as const, case: found };
    tx.record({ kind: 'case-changed', key: shift.id, laneId: null, passageId: null, actor: by.actor, body });
  }
}
