import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { attemptViewSchema } from '../../shared/contract/payments.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { type Call, dashed, type Moment } from '../peers/keytop/index.ts';
import { CarPark } from '../support/car-park.ts';
import { faultsInTheMall, unexplainedArms } from '../support/keytop-books.ts';
import { until } from '../support/until.ts';

const FEE = 700;
const UNDER_WAY = ['created', 'sent', 'unknown', 'reversing'];
const image = jpegOfSize(3_000);
const attempts = z.array(attemptViewSchema);

/** The station dies without warning between two steps of a conversation with the third party; what is true stays true. */
describe('killed in the middle', () => {
  let park: CarPark;
  beforeAll(async () => {
    const timeouts = { connectMs: 500, headersMs: 800, bodyMs: 800, totalMs: 1_000, passageMs: 1_000 };
    park = await CarPark.open({ provision: { site: { samePlateSeconds: 1 } }, mall: { settings: { timeouts } } });
    park.mall.pace.repeatMs = 200;
    Object.assign(park.mall.telling, { tries: 50, everyMs: 200 });
  });
  afterAll(() => park.close());
  afterEach(async () => {
    const { mall } = park;
    await park.outboxEmpty().catch(async (error: unknown) => {
      expect((await park.outbox('&status=waiting')).items, String(error)).toEqual([]);
    });
    expect(mall.violations).toEqual([]);
    expect(mall.failures).toEqual([]);
    await mall.waitFor(() => mall.waiting().length === 0, 'nothing is left to be said');
    expect(await faultsInTheMall(park)).toEqual([]);
    expect(await unexplainedArms(park, ['in1', 'out1'])).toEqual([]);
  });

  async function dies(): Promise<void> {
    await park.station.kill9();
    park.mall.carParkDied(2_000);
  }
  /** Ends the station at that moment of the third party's, once, and resolves when it is dead. */
  function deathAt(moment: Moment, name: string): Promise<void> {
    return new Promise((resolve, reject) => {
      park.mall.once(moment, name, () => {
        return dies().then(resolve, reject);
      });
    });
  }
  /** Ends it a moment after a call has left, while it is on its way or being worked on. */
  function deathAfter(ms: number, name: string): Promise<void> {
    return new Promise((resolve, reject) => {
      park.mall.once('pushing', name, () => {
        setTimeout(() => {
          dies().then(resolve, reject);
        }, ms);
      });
    });
  }
  /** A car that has been inside for so long that it pays {@link FEE}. */
  async function inside(plate: string, signed = false): Promise<string> {
    if (signed) park.mall.plate(plate).set({ signed });
    const { uid } = await park.register(plate, 90);
    await park.mall.waitFor(() => park.mall.state.stays.inside(plate)?.entry, `entry of ${plate}`);
    await park.outboxEmpty();
    if (signed)
      await until('it is signed', async () =>
        (await park.events('agreement-changed')).some(({ body }) => JSON.stringify(body).includes(uid)),
      );
    return uid;
  }
  const comesToTheExit = (plate: string) => park.exit.push(plate, { image });
  const out = async (uid: string) => (await park.stay(uid)).status === 'left';

  /** Whoever is not out yet is read again as a car that still stands there, and pays in cash what is still open. */
  async function leaves(plate: string, uid: string): Promise<void> {
    let read = performance.now() - 600;
    await until(
      `${plate} is out`,
      async () => {
        if (await out(uid)) return true;
        const { phase, passage, bill } = await park.lane('out1');
        if (phase === 'charging' && bill && passage) {
          const asked = await park.station.get(attempts, `/attempts?uid=${uid}`);
          if (!asked.some(({ state, channel }) => (state === 'created' || state === 'sent') && channel === 'keytop'))
            await park.collect(bill.toPayFen, passage.id).catch(() => undefined);
        } else if (phase !== 'charging' && passage?.plate.text !== plate && performance.now() - read > 1_000) {
          read = performance.now();
          await comesToTheExit(plate);
        }
        return false;
      },
      15_000,
    );
  }
  async function isOutOnce(plate: string, uid: string, openingsBefore: number): Promise<void> {
    await leaves(plate, uid);
    await park.outboxEmpty();
    await until('every try has come to its end', async () =>
      (await park.station.get(attempts, `/attempts?uid=${uid}`)).every(({ state }) => !UNDER_WAY.includes(state)),
    );
    expect(await park.stay(uid)).toMatchObject({ status: 'left', paidFen: FEE, chargeFen: FEE });
    expect(park.exit.arm.openings.length - openingsBefore).toBeLessThanOrEqual(1);
    const [stay] = [...park.mall.state.stays.all.values()].filter((one) => one.plate === plate);
    expect(stay?.exits).toHaveLength(1);
    expect(stay?.bills.map((bill) => bill['payMoney'])).toEqual([FEE]);
  }
  const deductions = (plate: string) =>
    [...park.mall.state.stays.all.values()].filter((one) => one.plate === plate).flatMap((one) => one.deductions);

  test.for<[what: string, moment: Moment, plate: string, money: 'taken' | 'corrected' | 'either']>([
    ['has arrived, nothing is taken yet', 'received', '京A10001', 'corrected'],
    ['took the money, and is not answered', 'processed', '京A10002', 'corrected'],
    ['was answered this moment', 'answered', '京A10003', 'either'],
  ])('PostCarOutInfo %s: asked once, and paid once', async ([, moment, plate, money]) => {
    const uid = await inside(plate, true);
    const openings = park.exit.arm.openings.length;
    const dead = deathAt(moment, 'PostCarOutInfo');
    await comesToTheExit(plate);
    await dead;
    await park.restart();
    await isOutOnce(plate, uid, openings);
    expect(park.mall.received('PostCarOutInfo').filter(({ fields }) => fields['plateNo'] === plate)).toHaveLength(1);
    const corrected = park.mall.received('PostCarCorrect').filter(({ fields }) => fields['plateNo'] === plate);
    if (money !== 'either') expect(corrected.length).toBeGreaterThanOrEqual(1);
    const kept = deductions(plate).filter(({ reversed, money: fen }) => fen > 0 && !reversed);
    expect(kept).toHaveLength(corrected.length > 0 ? 0 : 1);
  });

  test('nobody knew, the exit is told, and it dies before the correction is taken: it is sent after the start', async () => {
    const plate = '京B20001';
    const uid = await inside(plate, true);
    const openings = park.exit.arm.openings.length;
    park.mall.fault({ kind: 'answer-lost' }, { interface: 'PostCarOutInfo', plate, times: 1 });
    const lost = park.mall.fault({ kind: 'http-status', status: 503 }, { interface: 'PostCarCorrect', plate });
    await comesToTheExit(plate);
    await leaves(plate, uid);
    await until('the correction was tried', () => lost.hits > 0);
    await dies();
    lost.clear();
    await park.restart();
    await isOutOnce(plate, uid, openings);
    expect(deductions(plate)).toMatchObject([{ money: FEE, reversed: true }]);
    const [tried] = await park.station.get(attempts, `/attempts?uid=${uid}`);
    expect(tried).toMatchObject({ channel: 'keytop', state: 'reversed' });
  });

  test.for<[when: string, plate: string, death: () => Promise<void>]>([
    ['on its way', '京C30001', () => deathAfter(0, 'PayParkingFee')],
    ['being booked', '京C30002', () => deathAfter(4, 'PayParkingFee')],
    ['answered this moment', '京C30003', () => deathAt('pushed', 'PayParkingFee')],
  ])('PayParkingFee, %s: it is told again, and counts once', async ([, plate, death]) => {
    const uid = await inside(plate);
    const openings = park.exit.arm.openings.length;
    const dead = death();
    const prepaying = park.mall.app.prepay({ plateNo: plate }, { customer: plate });
    await dead;
    await park.restart();
    const { payment, charge } = await prepaying;
    expect([payment?.ok, charge?.state]).toEqual([true, 'settled']);
    const again = charge && (await park.mall.app.retell(charge));
    expect(again?.row).toEqual(payment?.row);
    expect(await park.stay(uid)).toMatchObject({ paidFen: FEE, status: 'inside' });
    await isOutOnce(plate, uid, openings);
  });

  test('PayChargeNotice, being worked on: it is told again, and the change was given once', async () => {
    const plate = '京D40001';
    const uid = await inside(plate);
    await comesToTheExit(plate);
    const { passage, bill } = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
    const cash = {
      method: 'cash',
      amountFen: bill?.toPayFen,
      receivedFen: 2_000,
      change: 'code',
      passageId: passage?.id,
    };
    const { passage: after } = await park.order('out1', 'collect', cash);
    const orderNo = after?.changeOrders[0]?.id ?? '';
    const { payout } = await park.mall.change.collect(orderNo, { silent: true });
    if (!payout) throw new Error('nothing was paid out');
    for (const death of [deathAfter(3, 'PayChargeNotice'), null]) {
      const told = await park.mall.change.tell(payout);
      if (death) {
        await death;
        await park.restart();
      } else expect(told.ok).toBe(true);
    }
    const given = (await park.events('change-order-changed')).filter(({ body }) =>
      JSON.stringify(body).includes('"given"'),
    );
    expect(given).toHaveLength(1);
    const today = [-1, 1].map((hours) => dashed(park.now() + hours * 3_600_000));
    expect(park.mall.change.differences(await park.mall.change.report(today[0] ?? '', today[1] ?? ''))).toEqual([]);
    expect(await park.stay(uid)).toMatchObject({ status: 'left', paidFen: FEE });
  });

  test.for<[when: string, death: (name: string) => Promise<void>, n: number]>([
    ['being worked on', (name) => deathAfter(3, name), 1],
    ['answered this moment', (name) => deathAt('pushed', name), 2],
  ])('a card, its recharge and a booking, %s: told again they are there once', async ([, death, n]) => {
    const { mall } = park;
    const [from, to, later] = [-24, 24 * 30, 24 * 60].map((hours) => dashed(park.now() + hours * 3_600_000));
    const dates = { validFrom: from ?? '', validTo: to ?? '' };
    const again = async (name: string, ask: () => Promise<Call>): Promise<Call> => {
      const dead = death(name);
      const first = await ask();
      await dead;
      await park.restart();
      const second = await ask();
      expect(second.ok, name).toBe(true);
      if (first.ok) expect(second.row).toEqual(first.row);
      return second;
    };
    const member = { name: `会员${n}`, plates: [`京E5000${n}`], ...dates };
    const added = await again('AddCarCardNo', () => mall.members.add(member));
    const cardId = Number(added.row?.['cardId']);
    const recharge = { orderNo: `R-${n}`, amount: 20_000, validFrom: from ?? '', validTo: later ?? '' };
    await again('PayCarCardFee', () => mall.members.recharge(cardId, recharge));
    const booking = { plateNo: `京F6000${n}`, ...dates };
    await again('AddBookingCar', () => mall.addBookingCar(booking));
    expect(await mall.members.differences()).toEqual([]);
    expect((await mall.getCarCardInfo({ plateNo: `京E5000${n}` })).rows).toHaveLength(1);
    expect((await mall.getBookingCar(`京F6000${n}`)).rows).toHaveLength(1);
    const recharged = (await park.events('card-changed')).filter(({ body }) => body['why'] === 'recharged');
    expect(recharged).toHaveLength(n);
  });

  test('at the start devices are told, and the daily reports are not told twice', async () => {
    const { mall } = park;
    const daily = () => ['PostParkingInfo', 'PostAreaInfo'].map((name) => mall.received(name).length);
    const devices = () => mall.received('PostDeviceState').length;
    const before = { daily: daily(), devices: devices() };
    const dead = deathAt('received', 'PostDeviceState');
    await dies();
    await park.restart();
    await dead;
    await park.restart();
    await until('the devices are told', () => devices() > before.devices + 1);
    await park.outboxEmpty();
    expect(daily()).toEqual(before.daily);
    expect([...mall.state.devices.keys()].sort()).toEqual([...mall.state.deviceStates.keys()].sort());
  });
});
