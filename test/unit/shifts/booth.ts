import type { Person } from '../../../electron/station/shifts/rules.ts';
import { Shifts } from '../../../electron/station/shifts/shifts.ts';
import type { ChangeOrder } from '../../../shared/domain/change-order.ts';
import type { Actor, EventBody, EventDraft } from '../../../shared/domain/events.ts';
import { type PaymentMethod, refundSchema } from '../../../shared/domain/money-flow.ts';
import { cardSchema } from '../../../shared/domain/registry.ts';
import { type Lane, laneSchema } from '../../../shared/domain/site.ts';
import { type Stay, staySchema } from '../../../shared/domain/stay.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { type TempStore, tempStore } from '../../support/temp-store.ts';

const STATION: Actor = { kind: 'station', name: 'station' };
export const cashier = (name: string): Person => ({ actor: { kind: 'user', name }, manager: false });
export const manager = (name: string): Person => ({ actor: { kind: 'user', name }, manager: true });

const lane = (id: string, direction: 'in' | 'out', number: number, booth: string): Lane =>
  laneSchema.parse({ id, name: id, direction, number, area: 'a1', booth });
export const LANES: readonly Lane[] = [
  lane('in1', 'in', 1, 'A'),
  lane('out1', 'out', 2, 'A'),
  lane('out2', 'out', 3, 'B'),
];
const ref = (id: string) => ({ id, name: id, number: 1 });
const spaces = { total: 100, open: 90, inside: 1, free: 89 };

type Told<D> = D extends EventDraft ? Pick<D, 'kind' | 'body'> & Partial<D> : never;
/** An event of which only what matters is told. */
type Draft = Told<EventDraft>;

/** A booth with a real database, and cars that come and go as the lanes would record them. */
export class Booth {
  readonly clock: FakeClock;
  readonly temp: TempStore;
  readonly shifts: Shifts;
  #number = 0;

  constructor(wall = Date.UTC(2026, 2, 2, 0, 0, 0)) {
    this.clock = new FakeClock(wall);
    this.temp = tempStore(this.clock);
    this.shifts = this.service();
  }

  get store() {
    return this.temp.store;
  }

  /** A service of its own, as after a restart. */
  service(): Shifts {
    return new Shifts({ store: this.store, clock: this.clock, ids: { next: (prefix) => this.#next(prefix) } });
  }

  record(draft: Draft): void {
    this.store.write((tx) => tx.record({ key: null, laneId: null, passageId: null, actor: STATION, ...draft }));
  }

  /** Somebody who may sign in. */
  user(name: string, role: 'attendant' | 'manager'): void {
    this.store.write((tx) => tx.users.put({ name, role, password_hash: '-' }, this.clock.now()));
  }

  #next(prefix: string): string {
    this.#number += 1;
    return `${prefix}${String(this.#number).padStart(4, '0')}`;
  }

  enter(hoursAgo = 1): Stay {
    const stay = staySchema.parse({
      uid: this.#next('stay'),
      status: 'inside',
      plate: { text: '鲁B12345', color: 'blue', kind: 'ordinary' },
      vehicleClass: 'small',
      parkingType: 'temporary',
      entryLane: ref('in1'),
      enteredAt: this.clock.now() - hoursAgo * 3_600_000,
      entryRecordId: this.#next('in'),
      ...{ exitLane: null, exitedAt: null, exitRecordId: null, chargeFen: 0, dueFen: 0, paidFen: 0 },
    });
    const body = { stay, lane: ref('in1'), booth: 'A', spaces, how: 'automatic' as const };
    this.record({ kind: 'vehicle-entered', key: stay.uid, laneId: 'in1', body });
    return stay;
  }

  /** The car at the exit pays; the payment goes to the shift that runs there. */
  pay(
    stay: Stay,
    fen: number,
    how: { method?: PaymentMethod; by?: string; lane?: string; via?: string; shiftId?: string | null } = {},
  ): { readonly billId: string; readonly stay: Stay } {
    const { method = 'cash', lane = 'out1' } = how;
    const booth = LANES.find((each) => each.id === lane)?.booth ?? '';
    const shift = how.shiftId === undefined ? (this.shifts.current(booth)?.id ?? null) : how.shiftId;
    const billId = this.#next('bill');
    const now = this.clock.now();
    const paid = {
      ...stay,
      chargeFen: stay.chargeFen + fen,
      dueFen: fen,
      paidFen: stay.paidFen + fen,
      lastPaidAt: now,
    };
    const body: EventBody<'bill-paid'> = {
      ...{ billId, stay: paid, lane: ref(lane), chargeFen: fen, dueFen: fen, paidFen: fen, method, scene: 'gate' },
      ...{ via: how.via ?? null, billedAt: now, paidAt: now, steps: [], discountFen: 0, discounts: [] },
      ...{ receivedFen: null, changeFen: 0, reference: null, attemptId: null, shiftId: shift, debtId: null },
    };
    const actor: Actor = how.by === undefined ? STATION : { kind: 'user', name: how.by };
    this.record({ kind: 'bill-paid', key: stay.uid, laneId: lane, actor, body });
    return { billId, stay: paid };
  }

  leave(
    stay: Stay,
    how: { how?: EventBody<'vehicle-exited'>['how']; lane?: string; by?: string; reason?: string } = {},
  ): Stay {
    const lane = how.lane ?? 'out1';
    const exitedAt = this.clock.now();
    const left: Stay = { ...stay, status: 'left', exitLane: ref(lane), exitedAt, exitRecordId: this.#next('out') };
    const body = { ...{ stay: left, lane: ref(lane), booth: null, spaces, steps: [] }, reason: how.reason ?? null };
    const actor: Actor = how.by === undefined ? STATION : { kind: 'user', name: how.by };
    this.record({
      kind: 'vehicle-exited',
      key: stay.uid,
      laneId: lane,
      actor,
      body: { ...body, how: how.how ?? 'paid' },
    });
    return left;
  }

  /** Enters, pays and leaves. */
  car(fen: number, how: Parameters<Booth['pay']>[2] = {}): { readonly billId: string; readonly stay: Stay } {
    const paid = this.pay(this.enter(), fen, how);
    const lane = how.lane === undefined ? {} : { lane: how.lane };
    return { billId: paid.billId, stay: this.leave(paid.stay, lane) };
  }

  release(fen: number, by: string, reason: string): Stay {
    const stay = { ...this.enter(), chargeFen: fen, dueFen: fen, waivedFen: fen };
    return this.leave(stay, { how: 'released', by, reason });
  }

  owe(fen: number, by: string): Stay {
    return this.leave({ ...this.enter(), chargeFen: fen, dueFen: fen, owedFen: fen }, { how: 'debt', by });
  }

  /** Leaves on an agreement, to be charged after. */
  leaveFirst(fen: number): Stay {
    return this.leave({ ...this.enter(), chargeFen: fen, dueFen: fen, owedFen: fen }, { how: 'departure-pay' });
  }

  openByHand(by: string, reason: string, laneId = 'out1'): void {
    const body: EventBody<'gate-commanded'> = {
      ...{ commandId: this.#next('cmd'), action: 'open', origin: 'manual', reason, plate: null, photoId: null },
    };
    this.record({ kind: 'gate-commanded', laneId, actor: { kind: 'user', name: by }, body });
  }

  reverse(paid: { readonly billId: string; readonly stay: Stay }, amountFen: number, shiftId: string | null): void {
    const stay = { ...paid.stay, paidFen: paid.stay.paidFen - amountFen, chargeFen: paid.stay.chargeFen - amountFen };
    const body = { billId: paid.billId, stay, amountFen, method: 'cash' as const, shiftId, reason: '按错' };
    this.record({ kind: 'payment-reversed', key: stay.uid, body });
  }

  refund(paid: { readonly billId: string; readonly stay: Stay }, amountFen: number, shiftId: string | null): void {
    const now = this.clock.now();
    const refund = refundSchema.parse({
      ...{
        id: this.#next('refund'),
        billId: paid.billId,
        attemptId: null,
        uid: paid.stay.uid,
        amountFen,
        method: 'cash',
      },
      ...{
        reason: '多收',
        state: 'approved',
        requestedBy: '小王',
        decidedBy: '老陈',
        shiftId,
        createdAt: now,
        updatedAt: now,
      },
    });
    this.record({ kind: 'refund-changed', key: paid.stay.uid, body: { refund } });
    for (let told = 0; told < 2; told += 1)
      this.record({ kind: 'refund-changed', key: paid.stay.uid, body: { refund: { ...refund, state: 'done' } } });
  }

  /** What was handed over besides stays in the drawer, because a platform gives it. */
  keepChange(
    paid: { readonly billId: string; readonly stay: Stay },
    amountFen: number,
    shiftId: string | null,
  ): ChangeOrder {
    const order: ChangeOrder = {
      ...{ id: String(700_000_000_000 + ++this.#number), platform: 'keytop', state: 'open', billId: paid.billId },
      ...{ uid: paid.stay.uid, plate: paid.stay.plate, identity: null, enteredAt: paid.stay.enteredAt },
      ...{ payFen: paid.stay.paidFen, receivedFen: paid.stay.paidFen + amountFen, amountFen, laneId: 'out1', shiftId },
      ...{ cashier: '小王', paidAt: this.clock.now(), chargeType: null, method: null, account: null, givenAt: null },
      settled: null,
    };
    this.record({ kind: 'change-order-changed', key: order.uid, body: { change: 'opened', order } });
    return order;
  }

  /** The platform gave it; a drawer hears of it and changes nothing. */
  giveChange(order: ChangeOrder): void {
    const given: ChangeOrder = { ...order, state: 'given', method: 'wechat', givenAt: this.clock.now() };
    this.record({ kind: 'change-order-changed', key: order.uid, body: { change: 'given', order: given } });
  }

  /** Handed over in cash after all, out of this drawer. */
  handChange(order: ChangeOrder, shiftId: string | null): void {
    const settled = { why: 'cash' as const, by: '小王', at: this.clock.now(), shiftId };
    const ended: ChangeOrder = { ...order, state: 'by-hand', settled };
    this.record({ kind: 'change-order-changed', key: order.uid, body: { change: 'settled', order: ended } });
  }

  recharge(paidFen: number, shiftId: string | null, method: PaymentMethod = 'cash'): void {
    const card = cardSchema.parse({
      ...{ id: 'card1', number: '1', type: 'stored-value', plates: [], spaces: 1, areas: [], quotaId: null },
      ...{ vehicleClass: null, validFrom: 0, validTo: 9e12, balanceFen: paidFen, minutesLeft: 0, timesLeft: 0 },
      ...{ state: 'active', owner: '', phone: '', remark: '', source: '小王', updatedAt: 0 },
    });
    const body: EventBody<'card-changed'> = {
      ...{ change: 'updated', why: 'recharged', card, uid: null, paidFen, method, shiftId, detail: '' },
    };
    this.record({ kind: 'card-changed', body });
  }

  /** Locks the drawer, hands the count in, hands over. */
  handOver(id: string, by: Person, count: Readonly<Record<string, number>>, reason?: string) {
    if (this.shifts.get(id).state === 'open') this.shifts.pause(id, by);
    this.shifts.count(id, count, by);
    return this.shifts.close(id, { reason }, by);
  }
}
