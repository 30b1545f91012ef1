import { expect } from 'vitest';
import { laneStateSchema } from '../../../electron/station/lanes/state.ts';
import type { Step, StepResult } from '../../../electron/station/lanes/step.ts';
import type { EventBody, EventDraft } from '../../../shared/domain/events.ts';
import { type Bill, toPayFen } from '../../../shared/domain/money-flow.ts';
import { cardSchema } from '../../../shared/domain/registry.ts';
import { type Stay, staySchema } from '../../../shared/domain/stay.ts';
import type { LaneWorld } from '../../support/lane-world.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Keeps its own books of what the lanes say, and complains as soon as they do not add up. */
export class Ledger {
  readonly #world: LaneWorld;
  readonly #issued = new Map<string, Bill>();
  readonly #voided = new Set<string>();
  /** Money taken for a stay's own fee, by bill. */
  readonly #paid = new Map<string, { readonly uid: string; readonly fen: number; readonly passageId: string | null }>();
  readonly #paidDebts = new Set<string>();
  readonly #cleared = new Set<string | null>();
  readonly #left = new Set<string>();
  #seen = 0;

  constructor(world: LaneWorld) {
    this.#world = world;
  }

  /** Looks at all that happened since the last look; `result` is the step of a lane, if it was one. */
  look(result: StepResult | null): void {
    const events = this.#world.events.slice(this.#seen);
    this.#seen = this.#world.events.length;
    if (result && 'refused' in result) expect(events).toEqual([]);
    for (const event of events) this.#book(event);
    if (result && !('refused' in result)) this.#arms(result);
    this.#standing();
    const counted = events.findLast((event) => 'spaces' in event.body && event.body.spaces !== null);
    if (counted && 'spaces' in counted.body) expect(counted.body.spaces?.inside).toBe(this.#inside().length);
  }

  #inside(): Stay[] {
    return [...this.#world.stays.values()].filter((stay) => stay.status === 'inside');
  }

  #book(event: EventDraft): void {
    if ('stay' in event.body && event.body.stay) staySchema.parse(event.body.stay);
    switch (event.kind) {
      case 'bill-issued':
        this.#issued.set(event.body.bill.id, event.body.bill);
        break;
      case 'bill-voided':
        expect(this.#paid.has(event.body.bill.id)).toBe(false);
        this.#voided.add(event.body.bill.id);
        break;
      case 'bill-paid':
        this.#payment(event.body, event.passageId);
        break;
      case 'payment-reversed':
        expect(this.#paid.get(event.body.billId)?.fen).toBe(event.body.amountFen);
        this.#paid.delete(event.body.billId);
        break;
      case 'vehicle-entered':
        this.#cleared.add(event.passageId);
        break;
      case 'case-changed':
        // Let out by a person though nothing is known of it.
        if (event.body.case.kind === 'released') this.#cleared.add(event.passageId);
        break;
      case 'area-crossed':
        this.#cleared.add(event.passageId);
        break;
      case 'vehicle-exited':
        this.#exit(event.body);
        this.#cleared.add(event.passageId);
        break;
      case 'stay-corrected':
        if (event.body.what === 'reopened') this.#left.delete(event.body.stay.uid);
        break;
      case 'card-changed':
        // Nothing on a card is ever below zero: the schema says so.
        cardSchema.parse(event.body.card);
        break;
      case 'debt-changed':
        expect(event.body.debt.paidFen).toBeLessThanOrEqual(event.body.debt.amountFen);
        break;
      default:
        break;
    }
  }

  #payment(paid: EventBody<'bill-paid'>, passageId: string | null): void {
    expect(this.#paid.has(paid.billId)).toBe(false);
    expect(paid.paidFen).toBe(paid.dueFen);
    if (paid.debtId !== null) {
      expect(this.#paidDebts.has(paid.debtId)).toBe(false);
      this.#paidDebts.add(paid.debtId);
    }
    if (paid.scene === 'arrears') return;
    const bill = this.#issued.get(paid.billId);
    if (!bill) throw new Error('a payment without a bill');
    expect(this.#voided.has(paid.billId)).toBe(false);
    expect(bill.uid).toBe(paid.stay.uid);
    if (paid.scene === 'after-departure') {
      expect(paid.paidFen).toBe(toPayFen(bill));
      this.#paid.set(paid.billId, { uid: paid.stay.uid, fen: paid.paidFen, passageId });
      return;
    }
    const before = sum(bill.discounts.map((each) => each.amountFen));
    // A platform may take something off when it collects; all else is as the bill said.
    expect(paid.dueFen + paid.discountFen).toBe(bill.dueFen + before);
    this.#paid.set(paid.billId, { uid: paid.stay.uid, fen: paid.paidFen, passageId });
  }

  #exit({ stay, how, bill, payments }: EventBody<'vehicle-exited'>): void {
    // Every payment of the stay once, and with them only debts that were paid.
    const own = payments?.filter(({ debtId }) => debtId === null) ?? [];
    expect(sum(own.map(({ paidFen }) => paidFen))).toBe(stay.paidFen);
    expect(new Set(payments?.map(({ billId }) => billId)).size).toBe(payments?.length);
    for (const { debtId } of payments ?? []) if (debtId !== null) expect(this.#paidDebts.has(debtId)).toBe(true);
    // Whoever leaves first owes something, and its bill is open over exactly that.
    expect(bill !== undefined).toBe(how === 'departure-pay');
    if (bill) {
      expect(this.#issued.get(bill.id)).toEqual(bill);
      expect([bill.uid, bill.scene, toPayFen(bill)]).toEqual([stay.uid, 'after-departure', stay.owedFen]);
      expect(stay.owedFen).toBeGreaterThan(0);
    }
    expect(this.#left.has(stay.uid)).toBe(false);
    this.#left.add(stay.uid);
    expect(stay.chargeFen).toBe(stay.paidFen + stay.discountFen + stay.waivedFen + stay.owedFen);
    expect(
      Math.min(stay.chargeFen, stay.paidFen, stay.discountFen, stay.waivedFen, stay.owedFen),
    ).toBeGreaterThanOrEqual(0);
    expect(stay.dueFen).toBe(stay.paidFen + stay.owedFen);
    const taken = [...this.#paid.values()].filter((each) => each.uid === stay.uid);
    expect(stay.paidFen).toBe(sum(taken.map((each) => each.fen)));
    expect(stay.discountFen).toBe(sum(stay.usedDiscounts.map((each) => each.amountFen)));
    expect(stay.exitedAt ?? 0).toBeGreaterThanOrEqual(stay.enteredAt);
    expect(stay.segments.every((segment) => segment.to !== null && segment.to >= segment.from)).toBe(true);
  }

  /** No arm moves without a committed order, and no order to open without a committed decision about this very passage. */
  #arms({ events, commands }: Step): void {
    const ordered = events.filter((event) => event.kind === 'gate-commanded');
    expect(commands.map((each) => each.commandId)).toEqual(ordered.map((event) => event.body.commandId));
    for (const { body, passageId, actor } of ordered) {
      if (body.origin === 'decision' || body.origin === 'payment') expect(this.#cleared.has(passageId)).toBe(true);
      // A platform that opens from afar has decided about the car that stands there.
      if (body.origin === 'platform' && passageId !== null) this.#cleared.add(passageId);
      if (body.origin === 'released') expect(body.reason).not.toBeNull();
      if (body.origin === 'released') {
        // The station lets a car go by itself only where the platform that has the word keeps silent.
        if (actor.kind === 'station') expect(body.reason).toBe('平台无应答，自动放行');
        this.#cleared.add(passageId);
      }
    }
  }

  /** What stands at the lanes, and inside. */
  #standing(): void {
    const { bills, states, stays } = this.#world;
    const open = [...bills.values()].map((bill) => bill.uid);
    expect(new Set(open).size).toBe(open.length);
    for (const { uid, scene } of bills.values())
      expect(stays.get(uid)?.status).toBe(scene === 'after-departure' ? 'left' : 'inside');
    this.#owed();
    const atLanes = [...states.values()].flatMap((state) => state.passage?.bill?.id ?? []);
    expect(new Set(atLanes).size).toBe(atLanes.length);
    for (const state of states.values()) {
      expect(laneStateSchema.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
      const { passage, phase } = state;
      if (!passage) {
        expect(phase).toBe('idle');
        continue;
      }
      expect(phase).not.toBe('idle');
      expect(passage.bill !== null).toBe(phase === 'charging');
      expect(passage.attention !== null && phase !== 'asking').toBe(phase === 'attention');
      if (passage.bill) {
        expect(bills.get(passage.bill.id)).toEqual(passage.bill);
        expect(passage.bill.uid).toBe(passage.uid);
      }
      // Nothing of one passage in the next: what it holds was paid in it.
      for (const { billId } of passage.payments)
        if (this.#paid.has(billId)) expect(this.#paid.get(billId)?.passageId).toBe(passage.id);
    }
    const here = this.#inside();
    for (const names of [here.map((stay) => stay.plate.text), here.map((stay) => stay.identity ?? '')]) {
      const told = names.filter((name) => name !== '');
      expect(new Set(told).size).toBe(told.length);
    }
  }

  /** What a stay that ended owes is what its debts say; a platform collects exactly those over which it has a bill. */
  #owed(): void {
    const { bills, debts, stays } = this.#world;
    const open = [...debts.values()].filter((debt) => debt.state === 'open' && debt.uid !== null);
    for (const stay of stays.values()) {
      const own = open.filter((debt) => debt.uid === stay.uid);
      expect(stay.owedFen).toBe(sum(own.map((debt) => debt.amountFen - debt.paidFen)));
    }
    const collected = [...bills.values()].filter((bill) => bill.scene === 'after-departure');
    const late = open.filter((debt) => debt.notBefore !== undefined).map((debt) => debt.id);
    expect(collected.flatMap((bill) => bill.arrears.map((each) => each.debtId)).sort()).toEqual(late.sort());
  }

  /** Every passage that let a car through has ended, once, or is still there. */
  close(): void {
    const ended = this.#world.events.filter((event) => event.kind === 'passage-ended').map((event) => event.passageId);
    expect(new Set(ended).size).toBe(ended.length);
    const present = [...this.#world.states.values()].map((state) => state.passage?.id);
    for (const id of this.#cleared) expect(ended.includes(id) || present.includes(id ?? '')).toBe(true);
  }
}
