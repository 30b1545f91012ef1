import { afterEach, beforeEach, expect, test } from 'vitest';
import { BerthRuntime } from '../../../../electron/station/berths/runtime.ts';
import { Pricing } from '../../../../electron/station/payments/pricing.ts';
import { PhotoVault } from '../../../../electron/station/store/photo-vault.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { HOURLY, plate } from '../../../support/lane-world.ts';
import { MINUTE } from '../platform-station.ts';
import { MoneyWorld, OK } from './money-world.ts';
import { CITY } from './registry-world.ts';

// 5 yuan for each begun hour, the first ten minutes free.

const BERTH = { id: 'b7', code: 'NS000100010007', number: 7 };
const CASH_3 = { usercouponId: 'K1', couponType: 0, discountAmount: '3.00' };

/** Cars at the kerb, and the city that collects for them. */
class KerbMoney extends MoneyWorld {
  readonly berths: BerthRuntime;

  constructor() {
    super({ site: { kind: 'kerbside' }, lanes: [] });
    const { clock, log, alarms, store } = this;
    const { site, areas, ids } = this.deps;
    this.berths = new BerthRuntime({
      ...{ store, clock, ids, log, site, areas, alarms, pricing: new Pricing([HOURLY], site) },
      ...{
        watcher: this.payments.desk,
        collectors: () => [],
        photos: new PhotoVault('/nowhere', this.read.photos, log),
      },
    });
    const berth = {
      ...{ ...BERTH, areaId: 'a1', road: '深南大道', side: 'right' as const, position: 1, sensor: null, camera: 'cam' },
      ...{ inUse: true, updatedAt: clock.now() },
    } as const;
    const body = { change: 'added', berth } as const;
    this.store.write((tx) =>
      tx.record({ key: null, laneId: null, passageId: null, actor: CITY, kind: 'berth-changed', body }),
    );
  }

  see(occupied: boolean): void {
    const at = this.clock.now();
    const seen = { code: BERTH.code, occupied, at, sequence: null, confidence: 99, photo: null };
    const berths = [{ ...seen, plate: occupied ? plate('粤B12345') : null }];
    this.berths.told({ deviceId: 'cam', source: 'video', receivedAt: at, offsetMs: null, clockWrong: false, berths });
  }

  async parks(minutes: number): Promise<Stay> {
    this.see(true);
    await this.clock.advance(minutes * MINUTE);
    const stay = this.read.stays.inside('粤B12345');
    if (!stay) throw new Error('no car');
    return stay;
  }

  async leaves(): Promise<void> {
    this.see(false);
    await this.clock.advance(MINUTE);
  }
}

let world: KerbMoney;
beforeEach(() => {
  world = new KerbMoney();
});
afterEach(async () => {
  world.berths.stop();
  await world.dispose();
});

test('a car at the kerb pays while it stands, and goes within its time', async () => {
  const { uid } = await world.parks(65);
  expect(world.code(uid)).toMatch(/^\d{15}0007$/);
  expect(await world.quote(uid, [CASH_3])).toMatchObject({ shouldPay: 1000, agioMoney: 300, needPay: 700 });
  expect(await world.online(uid, 'O1')).toMatchObject(OK);
  await world.leaves();
  expect(world.stay(uid)).toMatchObject({ status: 'left', paidFen: 700, discountFen: 300, owedFen: 0 });
  expect(world.read.debts.ofStay(uid)).toEqual([]);
});

test('one that left owing is asked about and pays its debt, with coupons; who asked nobody before pays it as well', async () => {
  const { uid } = await world.parks(65);
  await world.leaves();
  expect(world.read.bills.ofStay(uid)).toEqual([]);
  expect(await world.quote(uid, [CASH_3])).toMatchObject({ shouldPay: 1000, agioMoney: 300, needPay: 700 });
  expect(await world.push(uid, 'O1', '7.00')).toMatchObject(OK);
  expect(world.stay(uid)).toMatchObject({ paidFen: 700, discountFen: 300, owedFen: 0 });
  expect(world.read.debts.ofStay(uid)).toMatchObject([{ state: 'paid', paidFen: 700 }]);
  const { uid: next } = await world.parks(125);
  await world.leaves();
  expect(await world.push(next, 'O2', '15.00')).toMatchObject(OK);
  expect(world.read.debts.ofStay(next)).toMatchObject([{ state: 'paid', paidFen: 1500 }]);
  expect(world.cases()).toEqual([]);
});

test('a payment that arrives when the car has gone is worth what was told, and nothing is asked twice', async () => {
  const { uid } = await world.parks(58);
  await world.quote(uid, [CASH_3]);
  await world.clock.advance(20 * MINUTE);
  await world.leaves();
  // It was told 5 less 3, and owes 10.
  expect(await world.push(uid, 'O1', '2.00')).toMatchObject(OK);
  expect(world.read.debts.ofStay(uid)).toMatchObject([{ state: 'open', amountFen: 700, paidFen: 200 }]);
  expect(await world.quote(uid)).toMatchObject({ shouldPay: 1000, agioMoney: 300, paidMoney: 200, needPay: 500 });
  expect(await world.online(uid, 'O2')).toMatchObject(OK);
  expect(world.stay(uid)).toMatchObject({ paidFen: 700, discountFen: 300, owedFen: 0 });
  expect(world.read.bills.open(uid)).toBeUndefined();
  expect(world.cases()).toEqual([]);
});

test('free time counts at the kerb', async () => {
  const { uid } = await world.parks(65);
  expect(await world.free(uid, 'r-1', '1')).toMatchObject({ ...OK, data: { shouldPay: 0 } });
  await world.leaves();
  expect(world.stay(uid)).toMatchObject({ status: 'left', paidFen: 0, discountFen: 1000, owedFen: 0 });
});
