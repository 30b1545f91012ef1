import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { cardViewSchema } from '../../shared/contract/cards.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import type { Charge, DownName, Moment } from '../peers/shenzhen/index.ts';
import { CarPark } from '../support/car-park.ts';
import { unexplainedArms, wholeJournal } from '../support/keytop-books.ts';
import { faultsInTheCloud, recordOf } from '../support/shenzhen-books.ts';
import { until } from '../support/until.ts';

const FEE = 700;
const HOUR = 3_600_000;
const image = jpegOfSize(3_000);
const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The station dies without warning between two steps of what the city wants of it; what is true stays true. */
describe('killed in the middle', () => {
  let park: CarPark;
  /** Paid by record code after the car had left. */
  const afterwards = new Map<string, number>();
  let made = 0;

  beforeAll(async () => {
    park = await CarPark.open({ provision: { site: { samePlateSeconds: 1 } }, shenzhen: true });
    await park.shenzhen.whenOnline();
  });
  afterAll(() => park.close());
  afterEach(async () => {
    const { shenzhen: cloud } = park;
    await park.outboxEmpty();
    await cloud.waitFor(() => cloud.waiting().length === 0, 'nothing is left to be said');
    expect(cloud.violations).toEqual([]);
    expect(cloud.failures).toEqual([]);
    const parties = { station: park.station, cloud, journal: await wholeJournal(park) };
    expect(await faultsInTheCloud(parties, afterwards)).toEqual([]);
    expect(await unexplainedArms(park, ['in1', 'out1'])).toEqual([]);
  });

  async function dies(): Promise<void> {
    await park.station.kill9();
    park.shenzhen.carParkDied(2_000);
  }
  /** Ends the station so long after a call has left: while it is on its way, worked on, or answered. */
  function deathAfter(ms: number, name: DownName): Promise<void> {
    return new Promise((resolve, reject) => {
      park.shenzhen.once('pushing', name, () => {
        setTimeout(() => {
          dies().then(resolve, reject);
        }, ms);
      });
    });
  }
  /** Ends it at that moment of the cloud's, which waits for it. */
  function deathAt(moment: Moment, name: string): Promise<void> {
    return new Promise((resolve, reject) => {
      park.shenzhen.once(moment, name, () => dies().then(resolve, reject));
    });
  }
  async function lives(): Promise<void> {
    await park.restart();
    await park.shenzhen.whenOnline(10_000);
  }
  const plateOf = (): string => `粤C${String(10_000 + ++made)}`;

  /** A car that has been inside for so long that it pays {@link FEE}, and its record at the cloud. */
  async function inside(plate: string): Promise<{ readonly uid: string; readonly code: string }> {
    const { shenzhen: cloud } = park;
    const { uid } = await park.register(plate, 90);
    await cloud.waitFor(() => recordOf(cloud, { uid })?.entry, `entry of ${plate}`);
    await park.outboxEmpty();
    return { uid, code: recordOf(cloud, { uid })?.recordCode ?? '' };
  }

  /** Whoever is not out yet is read as a car that still stands there, and pays in cash what is still open. */
  async function leaves(plate: string, uid: string): Promise<void> {
    let read = performance.now() - 600;
    await until(
      `${plate} is out`,
      async () => {
        if ((await park.stay(uid)).status === 'left') return true;
        const { phase, passage, bill } = await park.lane('out1');
        if (phase === 'charging' && bill && passage)
          await park.collect(bill.toPayFen, passage.id).catch(() => undefined);
        else if (passage?.plate.text !== plate && performance.now() - read > 500) {
          read = performance.now();
          await park.exit.push(plate, { image });
        }
        return false;
      },
      15_000,
    );
    await park.outboxEmpty();
  }

  /** It is told once more under another number, as a city does that was not answered, until it is taken. */
  async function toldAgain(charge: Charge): Promise<void> {
    for (const order of ['online-first', 'order-first'] as const)
      for (const call of await park.shenzhen.app.tell(charge, order))
        expect([call.code, call.answer?.msg]).toEqual([0, 'success']);
  }

  test.for<[what: string, death: () => Promise<void>]>([
    ['feeQuery is on its way', () => deathAfter(0, 'feeQuery')],
    ['feeQuery was answered', () => deathAt('pushed', 'feeQuery')],
  ])('%s: the quote is asked again or known still, and paid once', async ([what, death]) => {
    const { shenzhen: cloud } = park;
    const plate = plateOf();
    const { uid, code } = await inside(plate);
    const dead = death();
    const coupons = [cloud.app.coupons.cash(200)];
    const first = await cloud.feeQuery(code, coupons);
    await dead;
    await lives();
    const quote = what.endsWith('answered') ? first : await cloud.feeQuery(code, coupons);
    expect(quote.answer?.data).toMatchObject({ shouldPay: FEE, agioMoney: 200, needPay: FEE - 200 });
    const charge = cloud.app.charges.take(code, plate, FEE - 200, park.now());
    // onlinePay names no amount: it is that of the quote, which the station must know after its death.
    const paid = await cloud.onlinePay({ orderNum: charge.orderNum, recordCode: code });
    charge.told.push(paid);
    await toldAgain(charge);
    expect(await park.stay(uid)).toMatchObject({ paidFen: FEE - 200, discountFen: 200 });
    await leaves(plate, uid);
    expect(cloud.record(code)?.exit).toMatchObject({ shouldPay: '700', actualPay: '500', agioMoney: '200' });
  });

  test.for<[way: 'onlinePay' | 'orderPush', what: string, ms: number | null]>([
    ['onlinePay', 'has arrived', 0],
    ['onlinePay', 'is being booked', 3],
    ['onlinePay', 'was answered this moment', null],
    ['orderPush', 'has arrived', 0],
    ['orderPush', 'is being booked', 3],
    ['orderPush', 'was answered this moment', null],
  ])('%s %s: told again under the same number and under others, it counts once', async ([way, , ms]) => {
    const { shenzhen: cloud } = park;
    const plate = plateOf();
    const { uid, code } = await inside(plate);
    expect((await cloud.feeQuery(code)).answer?.data['needPay']).toBe(FEE);
    const charge = cloud.app.charges.take(code, plate, FEE, park.now());
    const { orderNum } = charge;
    const dead = ms === null ? deathAt('pushed', way) : deathAfter(ms, way);
    const first =
      way === 'onlinePay'
        ? await cloud.onlinePay({ orderNum, recordCode: code })
        : await cloud.orderPush({ orderCode: orderNum, recordCode: code, fen: FEE });
    await dead;
    await lives();
    const again = await cloud.replay(first);
    expect([again.code, again.answer?.msg]).toEqual([0, 'success']);
    charge.told.push(again);
    await toldAgain(charge);
    expect(await park.stay(uid)).toMatchObject({ paidFen: FEE, status: 'inside' });
    const openings = park.exit.arm.openings.length;
    await leaves(plate, uid);
    expect(park.exit.arm.openings.length).toBe(openings + 1);
    expect(cloud.record(code)?.exit).toMatchObject({ shouldPay: '700', actualPay: '700', agioMoney: '0' });
  });

  test('both tell of an order at once while it dies, the car stands at the exit: it is let out once', async () => {
    const { shenzhen: cloud } = park;
    const plate = plateOf();
    const { uid, code } = await inside(plate);
    await park.exit.push(plate, { image });
    await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
    expect((await cloud.feeQuery(code)).answer?.data['needPay']).toBe(FEE);
    const charge = cloud.app.charges.take(code, plate, FEE, park.now());
    const openings = park.exit.arm.openings.length;
    const dead = deathAfter(4, 'orderPush');
    await cloud.app.tell(charge, 'both-at-once');
    await dead;
    await lives();
    await toldAgain(charge);
    await leaves(plate, uid);
    expect(await park.stay(uid)).toMatchObject({ status: 'left', paidFen: FEE, chargeFen: FEE });
    expect(park.exit.arm.openings.length - openings).toBeLessThanOrEqual(1);
  });

  test('the car has left owing, its order is told while it dies: the debt is paid once', async () => {
    const { shenzhen: cloud } = park;
    const plate = plateOf();
    const { uid, code } = await inside(plate);
    await park.exit.push(plate, { image });
    const { passage } = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
    await park.order('out1', 'owe', { passageId: passage?.id, reason: '手机没电' });
    await cloud.waitFor(() => cloud.record(code)?.exit, 'exit');
    expect((await cloud.feeQuery(code)).answer?.data).toMatchObject({ needPay: FEE });
    const charge = cloud.app.charges.take(code, plate, FEE, park.now());
    const dead = deathAfter(2, 'orderPush');
    await cloud.app.tell(charge, 'order-first');
    await dead;
    await lives();
    await toldAgain(charge);
    afterwards.set(code, FEE);
    expect(await park.stay(uid)).toMatchObject({ status: 'left', paidFen: FEE, owedFen: 0 });
    expect((await cloud.feeQuery(code)).answer?.data).toMatchObject({ needPay: 0 });
  });

  test.for([['has arrived', 0] as const, ['is being granted', 3] as const, ['was answered', null] as const])(
    'freeTimeDown %s: the same request again grants nothing more',
    async ([, ms]) => {
      const { shenzhen: cloud } = park;
      const plate = plateOf();
      const { uid, code } = await inside(plate);
      const dead = ms === null ? deathAt('pushed', 'freeTimeDown') : deathAfter(ms, 'freeTimeDown');
      const first = await cloud.freeTimeDown({ recordCode: code, freeHour: '0.5' });
      await dead;
      await lives();
      // What was answered once is answered so for ever, also when an hour later the fee is another.
      if (ms === null) {
        await park.outboxEmpty();
        await park.pass(60);
      }
      const { requestId } = first;
      for (let time = 0; time < 2; time += 1) {
        const again = await cloud.freeTimeDown({ recordCode: code, freeHour: '0.5' }, { requestId });
        expect(again.answer).toMatchObject({ code: 0, data: { recordCode: code, shouldPay: 500 } });
      }
      const granted = (await park.events('discount-granted')).filter((row) => row.key === uid);
      expect(granted).toHaveLength(1);
      await leaves(plate, uid);
      expect(cloud.record(code)?.exit).toMatchObject(
        ms === null
          ? { shouldPay: '1100', actualPay: '900', agioMoney: '200' }
          : { shouldPay: '700', actualPay: '500', agioMoney: '200' },
      );
    },
  );

  test.for([['is being sold', 3] as const, ['was answered', null] as const])(
    'monthCard %s: sold again it is one card, and paid once',
    async ([, ms]) => {
      const { shenzhen: cloud } = park;
      const plateNumber = plateOf();
      const card = {
        msRecordId: `MC-${plateNumber.slice(1)}`,
        plateNumber,
        beginTime: park.now() - HOUR,
        endTime: park.now() + 999 * HOUR,
      };
      const dead = ms === null ? deathAt('pushed', 'monthCard') : deathAfter(ms, 'monthCard');
      const first = await cloud.monthCard(card);
      await dead;
      await lives();
      for (const again of [await cloud.replay(first), await cloud.monthCard(card)]) expect(again.code).toBe(0);
      const cards = await park.station.get(pageOf(cardViewSchema), `/cards?plate=${encodeURIComponent(plateNumber)}`);
      expect(cards.items.filter(({ plates }) => plates.includes(plateNumber))).toHaveLength(1);
      const sold = (await park.events('card-changed')).filter(({ body }) => JSON.stringify(body).includes(plateNumber));
      const paid = z.looseObject({ paidFen: z.int().nullable().optional() });
      expect(sold.map(({ body }) => paid.parse(body).paidFen ?? 0).reduce((sum, fen) => sum + fen, 0)).toBe(30_000);
    },
  );

  test.for<[what: string, moment: Moment, name: string]>([
    ['an exit has arrived', 'received', 'parkRecordExit'],
    ['an exit is with the city, which could not answer', 'processed', 'parkRecordExit'],
    ['an exit was answered this moment', 'answered', 'parkRecordExit'],
    ['an entry is with the city', 'processed', 'parkRecordEntry'],
  ])(
    '%s: it is told again after the start if need be, and a record comes once more when asked for',
    async ([, moment, name]) => {
      const { shenzhen: cloud } = park;
      const plate = plateOf();
      const atEntry = name === 'parkRecordEntry';
      const entering = atEntry ? deathAt(moment, name) : null;
      const { uid } = await park.register(plate, 90);
      if (entering) {
        await entering;
        await lives();
      }
      await park.outboxEmpty();
      const exiting = atEntry ? null : deathAt(moment, name);
      await leaves(plate, uid).catch((error: unknown) => {
        if (!exiting) throw error;
      });
      if (exiting) {
        await exiting;
        await lives();
        await leaves(plate, uid);
      }
      await rest(100);
      const code = recordOf(cloud, { uid })?.recordCode ?? '';
      expect((await cloud.askFor(code)).differences).toEqual([]);
    },
  );
});
