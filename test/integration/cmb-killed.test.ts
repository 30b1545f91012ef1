import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { attemptViewSchema } from '../../shared/contract/payments.ts';
import type { Moment } from '../peers/cmb/index.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { faultsInTheMoney } from '../support/bank-books.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';

const FEE = 700;
const OUT = 2;
const IN = 1;
const NO_PLATE = '_无_';
const UNDER_WAY = ['created', 'sent', 'unknown', 'reversing'];
const image = jpegOfSize(4_000);
const attempts = z.array(attemptViewSchema);

/** The station dies without warning between two steps of a conversation with the bank; what is true stays true. */
describe('killed in the middle', () => {
  let park: CarPark;
  beforeAll(async () => {
    const timeouts = { autoPayMs: 2000, connectMs: 500, headersMs: 800, bodyMs: 800, totalMs: 1000 };
    park = await CarPark.open({ bank: { settings: { timeouts, autoPay: { askAtMs: [500, 1000, 1500] } } } });
    park.bank.downlink.retries = { times: 100, everyMs: 300 };
  });
  afterAll(() => park.close());
  afterEach(async () => {
    const { bank } = park;
    await park.outboxEmpty();
    await until('every push is answered', () => bank.unanswered().length === 0);
    expect(bank.violations).toEqual([]);
    expect(bank.failures).toEqual([]);
    expect(bank.repeats.flatMap(({ changed }) => changed)).toEqual([]);
    expect(await faultsInTheMoney(park)).toEqual([]);
  });

  /** Ends the station at that moment of the bank's, once, and resolves when it is dead. */
  function deathAt(moment: Moment, name: string): Promise<void> {
    return new Promise((resolve, reject) => {
      park.bank.once(moment, name, () => park.station.kill9().then(resolve, reject));
    });
  }
  /** Ends it a moment later than that, while what was sent is on its way or being worked on. */
  function deathAfter(ms: number, name: string): Promise<void> {
    return new Promise((resolve, reject) => {
      park.bank.once('pushing', name, () => {
        setTimeout(() => {
          park.station.kill9().then(resolve, reject);
        }, ms);
      });
    });
  }
  async function inside(plate: string, minutes = 90): Promise<string> {
    const { uid } = await park.register(plate, minutes);
    await park.bank.waitFor(() => park.bank.records.has(uid), `Indata of ${plate}`);
    await park.outboxEmpty();
    return uid;
  }
  const comesToTheExit = (plate: string) => park.exit.push(plate, { image });
  const settled = (uid: string) =>
    until(
      `every try for ${uid} has come to its end`,
      async () =>
        (await park.station.get(attempts, `/attempts?uid=${uid}`)).every(({ state }) => !UNDER_WAY.includes(state)),
      10_000,
    );

  /** Whoever is not out yet is read again at the exit, as a car that still stands there. Then it is out, once and paid once. */
  async function isOutOnce(plate: string, uid: string, openingsBefore: number): Promise<void> {
    await settled(uid);
    const out = async () => (await park.stay(uid)).status === 'left';
    await until('it goes by itself', out, 1_000).catch(() => comesToTheExit(plate));
    await until(`${plate} has left`, out, 10_000);
    await park.outboxEmpty();
    expect(await park.stay(uid)).toMatchObject({ status: 'left', paidFen: FEE, chargeFen: FEE });
    expect(park.exit.arm.openings.length - openingsBefore).toBeLessThanOrEqual(1);
    const exits = (await park.events('vehicle-exited')).filter(({ key }) => key === uid);
    expect(exits).toHaveLength(1);
    const bookings = (await park.events('bill-paid')).filter(({ body }) => JSON.stringify(body).includes(uid));
    expect(bookings).toHaveLength(1);
    const { collected, items } = park.bank.books.record(uid);
    expect(collected.map(({ amount }) => amount)).toEqual([FEE]);
    expect(items.map(({ actual_pay }) => actual_pay)).toEqual([FEE]);
  }

  test.for<[what: string, moment: Moment, plate: string, echo: 'after' | 'never']>([
    ['AutoPay has arrived, nothing is done yet', 'received', '京A10001', 'after'],
    ['AutoPay is charged, not answered', 'processed', '京A10002', 'never'],
    ['AutoPay was answered this moment', 'answered', '京A10004', 'never'],
  ])('%s: it is charged once, by that order', async ([, moment, plate, echo]) => {
    park.bank.owner(plate).set({ autopay: { limit: 5000 }, echo });
    const uid = await inside(plate);
    const openings = park.exit.arm.openings.length;
    const dead = deathAt(moment, 'AutoPay');
    await comesToTheExit(plate);
    await dead;
    await park.restart();
    await isOutOnce(plate, uid, openings);
    expect(
      park.bank
        .received('AutoPay')
        .filter(({ fields }) => fields['record_id'] === uid && fields['vpl_number'] === plate),
    ).toHaveLength(1);
  });

  test.for<[when: string, plate: string, death: () => Promise<void>]>([
    ['on its way', '京B20002', () => deathAfter(1, 'pay')],
    ['being booked', '京B20003', () => deathAfter(6, 'pay')],
    ['answered this moment', '京B20004', () => deathAt('pushed', 'pay')],
  ])('pay, %s: the bank repeats it, and it counts once', async ([, plate, death]) => {
    const uid = await inside(plate);
    const openings = park.exit.arm.openings.length;
    await comesToTheExit(plate);
    await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
    const dead = death();
    const visit = await park.bank.owner(plate).scanExit(OUT);
    expect(visit.payments).toMatchObject([{ amount: FEE }]);
    await dead;
    await park.restart();
    await park.bank.waitFor(() => visit.push?.done, 'the push is answered', 10_000);
    await isOutOnce(plate, uid, openings);
  });

  test('Outdata has arrived and is not answered: it is told again, and says the same', async () => {
    const plate = '京C30001';
    park.bank.owner(plate).set({ autopay: { limit: 5000 } });
    const uid = await inside(plate);
    const openings = park.exit.arm.openings.length;
    const dead = deathAt('processed', 'Outdata');
    await comesToTheExit(plate);
    await dead;
    await park.restart();
    await isOutOnce(plate, uid, openings);
    const told = park.bank.received('Outdata').filter(({ fields }) => fields['record_id'] === uid);
    expect(told.map(({ outcome }) => outcome)).toEqual(['accepted', 'repeat']);
    expect(park.bank.records.get(uid)?.pictures.out).not.toBeNull();
  });

  test('the order was told, and is paid while the station is dead: it hears of it after its start', async () => {
    const plate = '京D40001';
    const uid = await inside(plate);
    const openings = park.exit.arm.openings.length;
    const { fee } = await park.bank.owner(plate).payByPlate({ amount: 0 });
    if (!fee) throw new Error('there is no order');
    await park.station.kill9();
    const push = await park.bank.owner(plate).pay(fee);
    expect(push?.done).toBe(false);
    await park.restart();
    await park.bank.waitFor(() => push?.done, 'the push is answered', 10_000);
    expect(await park.stay(uid)).toMatchObject({ paidFen: FEE, status: 'inside' });
    await isOutOnce(plate, uid, openings);
  });

  test.for<[when: string, death: () => Promise<void>]>([
    ['being worked on', () => deathAfter(6, 'NoVpln')],
    ['answered this moment', () => deathAt('pushed', 'NoVpln')],
  ])('NoVpln, %s: scanned again it is the same car, inside once', async ([, death]) => {
    const driver = park.bank.driver();
    await park.entry.push(NO_PLATE, { type: 31, image });
    await park.laneWhen('in1', 'waits for a scan', ({ phase }) => phase === 'attention');
    const openings = park.entry.arm.openings.length;
    const dead = death();
    const scanned = await driver.scanEntry(IN);
    await dead;
    await park.restart();
    const known = async () =>
      (await park.events('vehicle-entered')).filter(({ body }) => JSON.stringify(body).includes(driver.plate));
    if ((await known()).length === 0) {
      // It went down with the station: the car still stands there, and is read again.
      await park.entry.push(NO_PLATE, { type: 31, image });
      await park.laneWhen('in1', 'waits for a scan', ({ phase }) => phase === 'attention');
    }
    const again = await park.bank.replay(scanned);
    expect(again.answer).toMatchObject({ status: 0, data: { vpl_number: driver.plate } });
    expect(await known()).toHaveLength(1);
    await park.outboxEmpty();
    expect(park.entry.arm.openings.length - openings).toBeLessThanOrEqual(1);
    expect(park.bank.state.records.ofPlate(driver.plate)).toHaveLength(1);
    // And it can leave.
    await park.pass(90);
    const before = park.exit.arm.openings.length;
    await park.exit.push(NO_PLATE, { type: 31, image });
    await park.laneWhen('out1', 'waits for a scan', ({ phase }) => phase === 'attention');
    const visit = await driver.scanExitWithoutPlate(OUT);
    expect(visit.push?.done).toBe(true);
    const uid = visit.fee?.recordId ?? '';
    await until('it has left', async () => (await park.stay(uid)).status === 'left');
    await park.exit.waitFor(() => park.exit.arm.openings.length > before, 'the exit opens');
  });
});
