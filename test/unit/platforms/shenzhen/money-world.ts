import { expect } from 'vitest';
import { clearWithCases } from '../../../../electron/station/platforms/case-alarms.ts';
import type { ShenzhenReply } from '../../../../electron/station/platforms/shenzhen/context.ts';
import { caseAlarm } from '../../../../electron/station/platforms/shenzhen/order-trouble.ts';
import { recordCodeOf } from '../../../../electron/station/platforms/shenzhen/record-code.ts';
import { correctStay, type StayCorrection } from '../../../../electron/station/registry/corrections.ts';
import { AREAS, OUT } from '../../../support/lane-world.ts';
import { ANNA, type Data, type StationOptions } from '../platform-station.ts';
import { CAR, RegistryWorld } from './registry-world.ts';

export const PARK = '80010001';

/** A station in memory, a car or more, and a city that collects for it. */
export class MoneyWorld extends RegistryWorld {
  constructor(options: StationOptions = {}) {
    super(options);
    clearWithCases((caseId) => caseAlarm(caseId, this.context), this.context);
  }

  stay(uid: string) {
    const stay = this.read.stays.get(uid);
    if (!stay) throw new Error('no stay');
    return stay;
  }

  code(uid: string): string {
    return recordCodeOf(this.stay(uid));
  }

  /** What the record has to pay, with these coupons. */
  async quote(uid: string, couponList: readonly Data[] = []): Promise<Data> {
    return this.done('feeQuery', { recordCode: this.code(uid), parkId: PARK, couponList });
  }

  async online(uid: string, orderNum: string, more: Data = {}): Promise<ShenzhenReply> {
    return this.ask('onlinePay', { orderNum, recordCode: this.code(uid), payStatus: 1, ...more });
  }

  async push(uid: string, orderCode: string, yuan: string, more: Data = {}): Promise<ShenzhenReply> {
    const { plate } = this.stay(uid);
    return this.ask('orderPush', {
      ...{ entryTime: '2026-03-02 10:00:00', predictExitTime: '2026-03-02 12:00:00', orderMoney: yuan },
      ...{ plateNumber: plate.text, parkId: PARK, orderCode, carColor: '0', recordCode: this.code(uid), payType: 1 },
      ...{ realPayMoney: yuan, parkCode: PARK, ...more },
    });
  }

  async free(uid: string, requestId: string, freeHour: string, more: Data = {}): Promise<ShenzhenReply> {
    const plateNumber = this.stay(uid).plate.text;
    const data = { recordCode: this.code(uid), plateNumber, plateColor: '0', parkId: PARK, freeHour, ...more };
    return this.ask('freeTimeDown', data, requestId);
  }

  /** It drives away without paying, and owes it. */
  owes(): void {
    this.car(OUT.id);
    this.lanes.order(OUT.id, { type: 'owe', reason: '手机没电', actor: ANNA });
  }

  /** A manager puts it right. */
  correct(uid: string, correction: Omit<StayCorrection, 'reason'>): void {
    const { store, clock } = this;
    const work = { store, clock, site: this.deps.site, areas: AREAS, laneOf: () => null };
    const deps = { ...work, spaces: () => this.lanes.spaces() };
    correctStay(deps, uid, { ...correction, reason: '有误' }, { kind: 'user', name: 'boss' });
  }

  /** Payments of the stay that are in the books, as the city's orders: number, fen. */
  booked(uid: string): (readonly [string, number])[] {
    return this.read.payments
      .ofStay(uid)
      .filter(({ via, state }) => via === 'shenzhen' && state === 'paid')
      .map(({ reference, paid_fen }) => [reference ?? '', paid_fen] as const);
  }

  /** Alarms of the city's money that stand, and what of. */
  ringing(): string[] {
    return this.alarms
      .list()
      .filter(({ code }) => code.startsWith('shenzhen-'))
      .map(({ code }) => code);
  }
}

export const OK = { code: 0, msg: 'success' };

/** Runs a test on a station, and ends it. */
export const withMoney =
  (test: (world: MoneyWorld) => Promise<void>, options: StationOptions = {}) =>
  async (): Promise<void> => {
    const world = new MoneyWorld(options);
    try {
      await test(world);
      const stay = world.read.stays.inside(CAR) ?? world.read.stays.lastOf(CAR);
      if (stay) expect(world.takenFen(stay.uid)).toBe(stay.paidFen);
    } finally {
      await world.dispose();
    }
  };
