import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { changeOrderViewSchema } from '../../shared/contract/change-orders.ts';
import { verifyReportSchema } from '../../shared/contract/evidence.ts';
import { eventViewSchema } from '../../shared/contract/journal.ts';
import type { LaneView } from '../../shared/contract/lanes.ts';
import { attemptViewSchema, chargedSchema } from '../../shared/contract/payments.ts';
import { shiftReportSchema, shiftViewSchema } from '../../shared/contract/shifts.ts';
import { eventBodies } from '../../shared/domain/events.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import type { Call, Charge, Fault } from '../peers/keytop/index.ts';
import { dashed } from '../peers/keytop/index.ts';
import { CarPark } from '../support/car-park.ts';
import { faultsInTheMall, unexplainedArms, wholeJournal } from '../support/keytop-books.ts';
import { Spellings } from '../support/keytop-spellings.ts';
import { seeded } from '../support/random.ts';
import { until } from '../support/until.ts';

/** Another day with `MALL_SEED=…`. */
const SEED = Number(process.env['MALL_SEED'] ?? 20_261_122);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const UNREAD = '_无_';
const LANES = ['in1', 'out1', 'in2', 'out2'] as const;
const image = jpegOfSize(3_000);
const attempts = z.array(attemptViewSchema);
const rest = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How likely each is, for a request of the station. */
const UP: readonly (readonly [chance: number, fault: Fault])[] = [
  [0.02, { kind: 'request-lost' }],
  [0.02, { kind: 'answer-lost' }],
  [0.02, { kind: 'cut' }],
  [0.005, { kind: 'silence', processed: true }],
  [0.02, { kind: 'http-status', status: 503 }],
  [0.01, { kind: 'http-status', status: 502, processed: true }],
  [0.01, { kind: 'garbage', processed: true }],
  [0.02, { kind: 'refused', resMsg: '系统繁忙' }],
  [0.03, { kind: 'answer', shape: 'res-code-text' }],
  [0.02, { kind: 'answer', shape: 'data-object' }],
  [0.02, { kind: 'answer', shape: 'text-html' }],
  [0.1, { kind: 'delay', ms: 80 }],
];
/** And for one of the third party. */
const DOWN: readonly (readonly [chance: number, fault: Fault])[] = [
  [0.05, { kind: 'request-lost' }],
  [0.05, { kind: 'answer-lost' }],
  [0.03, { kind: 'cut' }],
  [0.1, { kind: 'delay', ms: 50 }],
];

/**
 * What a car does. app: pays inside · late: pays inside when its order is over · coupon, minutes: was granted money, or time · detail: pays
 * with coupons · qr, scan: at the exit · signed, signs: seamless, from its entry or later · part: signed for a part · broke: signed, and refused
 * · silent: scanned, and nothing comes of it · cash, change: with change in cash, or by code · card, cancelled: a member all day, or not any
 * more · once, many, promptly: booked · scanned: without a plate · black: kept out · free: released · owes: leaves owing
 */
const HABITS = [
  ...[
    'app',
    'app',
    'late',
    'coupon',
    'minutes',
    'detail',
    'qr',
    'qr',
    'qr',
    'scan',
    'scan',
    'signed',
    'signed',
    'signed',
  ],
  ...[
    'signs',
    'signs',
    'part',
    'part',
    'broke',
    'silent',
    'cash',
    'cash',
    'change',
    'change',
    'card',
    'card',
    'cancelled',
  ],
  ...['once', 'many', 'promptly', 'scanned', 'scanned', 'black', 'free', 'owes', 'stays', 'app', 'scan', 'qr', 'cash'],
] as const;
type Habit = (typeof HABITS)[number];

interface Car {
  readonly habit: Habit;
  /** Empty for a car without one. */
  readonly plate: string;
  readonly name: string;
  late?: { readonly bill: Call; readonly charge: Charge };
}

test('a day in a mall, in every spelling, with bad weather and one death: all books agree', async () => {
  const random = seeded(SEED);
  const say = new Spellings(random);
  const park = await CarPark.open({
    provision: { site: { samePlateSeconds: 1 } },
    mall: {
      ...{ lanes: ['in2', 'out2'], displays: true, apartMs: (random() < 0.5 ? -1 : 1) * 5 * MINUTE },
      settings: {
        security: { lockout: { tries: 0 } },
        timeouts: { connectMs: 500, headersMs: 1_000, bodyMs: 1_000, totalMs: 1_000, passageMs: 1_000 },
      },
    },
  });
  onTestFinished(() => park.close());
  const { mall } = park;
  Object.assign(mall.pace, { repeatMs: 200, personMs: 300 });
  Object.assign(mall.telling, { tries: 5, everyMs: 150 });
  mall.downlink.timeoutMs = 3_000;

  const shuffled = <T>(list: readonly T[]): T[] =>
    list
      .map((each) => ({ each, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ each }) => each);
  /** Two lanes share the list: one car without a plate at each, for a camera cannot tell two of them in a row apart. */
  function inLanes<T>(list: readonly T[], isUnread: (one: T) => boolean, isTouched: (one: T) => boolean): T[] {
    const mixed = shuffled(list);
    const unread = mixed.filter(isUnread);
    const others = mixed.filter((one) => !isUnread(one));
    const at = 2 * Math.floor(random() * (others.length / 2));
    const ordered = [...others.slice(0, at), ...unread, ...others.slice(at)];
    // The last at each lane stands there until somebody comes: none that something is to happen to from afar.
    return ordered.slice(-2).some(isTouched) ? [...ordered.slice(-2), ...ordered.slice(0, -2)] : ordered;
  }
  const cars: Car[] = inLanes(
    HABITS,
    (habit) => habit === 'scanned',
    (habit) => habit === 'promptly',
  ).map((habit, index) => ({
    habit,
    plate: habit === 'scanned' ? '' : `粤${'BCDE'[index % 4]}${50_000 + index * 13}`,
    name: `${habit}-${index}`,
  }));
  const drivers = (...habits: readonly Habit[]): Car[] => cars.filter(({ habit }) => habits.includes(habit));

  let alive: Promise<unknown> = Promise.resolve();
  let deaths = 0;
  /** Something is asked of the station, which may die over it. */
  async function survives<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      await alive;
      const before = deaths;
      try {
        return await work();
      } catch (error) {
        if (deaths === before) throw error;
      }
    }
  }
  /** The third party asks until it is answered; what was done and not heard is done again. */
  async function insists(what: string, ask: () => Promise<Call>): Promise<Call> {
    return until(
      what,
      async () => {
        await alive;
        const call = await ask();
        if (call.answer?.resCode === 1)
          throw new Error(`${what}: ${call.answer.resMsg} ${JSON.stringify(call.fields)}`);
        return call.ok ? call : undefined;
      },
      30_000,
    );
  }
  const lane = (id: string): Promise<LaneView> => survives(() => park.lane(id));

  // Members, bookings and the black list are made before anybody comes.
  const at = (minutes: number): string => dashed(mall.state.now() + minutes * MINUTE);
  const members = new Map<string, number>();
  const shift = await park.station.send(shiftViewSchema, '/shifts', { booth: '1', floatFen: 20_000 });
  for (const { plate, name } of drivers('card', 'cancelled')) {
    const validity = { validFrom: at(-2 * 24 * 60), validTo: at(30 * 24 * 60) };
    const call = await mall.members.add({ name, plates: [plate], ...validity }, say.any('AddCarCardNo'));
    expect(call.ok, call.text).toBe(true);
    members.set(name, Number(call.row?.['cardId']));
  }
  for (const { plate, habit } of drivers('once', 'many')) {
    const validity = { validFrom: at(-60), validTo: at(24 * 60) };
    const bookType = habit === 'once' ? 1 : 0;
    await insists('a booking', () =>
      mall.addBookingCar({ plateNo: plate, bookType, ...validity }, say.any('AddBookingCar')),
    );
  }
  for (const { plate } of drivers('black')) {
    const black = { plateNo: plate, remark: '多次逃费', controlType: 0 };
    await insists('black-listed', () => mall.blackListControl(black, say.any('BlackListControl')));
  }
  for (const { plate } of drivers('signed', 'part', 'broke'))
    mall.plate(plate).set({ signed: true, spelling: say.one(['densityMoney', 'deductMoney', 'both']) });
  for (const { plate } of drivers('part')) mall.plate(plate).set({ limitFen: 300 });
  for (const { plate } of drivers('broke')) mall.plate(plate).set({ refuse: true });
  for (const { plate, habit } of cars)
    if (plate !== '' && habit !== 'broke' && random() < 0.4) mall.plate(plate).set({ wallet: 'alipay' });
  for (const { name } of drivers('silent')) mall.customer(name).scan = { kind: 'silent' };

  const chance = (of: number) => ({ chance: () => random() < of });
  const storm = (): void => {
    for (const [each, fault] of UP) mall.fault(fault, { direction: 'up', ...chance(each) });
    // A report is taken by resCode alone; a deduction without its amount is one of which nobody knows.
    mall.fault({ kind: 'answer', shape: 'data-null' }, { interface: 'PostCarOutInfo', ...chance(0.1) });
    for (const [each, fault] of DOWN) mall.fault(fault, { direction: 'down', ...chance(each) });
  };
  storm();
  // It dies once, in the middle of something.
  const about = say.one([
    'PostCarOutInfo',
    'PostCarInInfo',
    'PostPayDetail',
    'PostCarBillDetail',
    'GetPayQRCode',
    'PayScanCode',
  ]);
  const moment = say.one(['received', 'processed', 'answering', 'answered'] as const);
  let left = 1 + Math.floor(random() * 3);
  const off = mall.on(moment, about, async () => {
    left -= 1;
    if (left > 0 || deaths > 0) return;
    off();
    deaths += 1;
    const dead = park.station.kill9();
    alive = dead.then(() => {
      // What was on its way then may have been taken for heard here.
      mall.carParkDied(2_000);
      return park.restart();
    });
    await dead;
  });

  // In the morning they come in at two entrances, while somebody tries wrong keys.
  await Promise.all(
    ['in1', 'in2'].map(async (id, half) => {
      for (const [index, car] of cars.entries())
        if (index % 2 === half) await comesIn(id, car).catch((error: unknown) => explain(error, id, car));
    }),
  );
  await tries(12);
  for (const car of drivers('late')) {
    const bill = await insists('a bill', () =>
      mall.getParkingPaymentInfo({ plateNo: car.plate }, say.any('GetParkingPaymentInfo')),
    );
    car.late = { bill, charge: mall.app.charge(bill, { customer: car.name }) };
  }
  await calm();
  await park.pass(95 + Math.floor(random() * 40));

  // At noon they pay inside, members change, guards look.
  mall.clearFaults();
  storm();
  for (const { plate } of drivers('signs'))
    await insists('signing', () => mall.recordDensityPay(plate, say.any('RecordDensityPay')));
  for (const { plate } of drivers('promptly')) {
    const booking = { plateNo: plate, bookType: 1, promptly: 0, validFrom: at(-24 * 60), validTo: at(24 * 60) };
    await insists('a booking at once', () => mall.addBookingCar(booking, say.any('AddBookingCar')));
  }
  for (const { name } of drivers('cancelled'))
    await insists('a card deleted', () => mall.members.remove(members.get(name) ?? 0, say.any('DeleteCarCardNo')));
  const [member] = drivers('card');
  if (member) await changes(members.get(member.name) ?? 0);
  await guards();
  for (const { plate } of drivers('coupon'))
    await insists('a coupon', () => mall.app.coupon({ plateNo: plate }, { fen: 300 }, say.any('ParkingFree')));
  for (const { plate } of drivers('minutes'))
    await insists('free minutes', () => mall.app.coupon({ plateNo: plate }, { minutes: 30 }, say.any('ParkingFree')));
  for (const car of drivers('app', 'detail')) {
    const coupons = car.habit === 'detail' ? { freeMoney: 200, discount: 100 } : {};
    const paid = await until(`${car.name} has a bill`, async () => {
      await alive;
      const done = await mall.app.prepay({ plateNo: car.plate }, { customer: car.name, ...coupons, options: style() });
      return done.charge ? done : undefined;
    });
    if (say.chance(0.5) && paid.charge) await mall.app.retell(paid.charge, {}, style());
  }
  for (const { late } of drivers('late')) if (late) await mall.app.tell(late.charge, style());
  await tries(12);

  // In the evening they leave by two exits.
  const going = cars.filter(({ habit }) => habit !== 'black' && habit !== 'stays');
  const leaving = inLanes(
    going,
    ({ habit }) => habit === 'scanned',
    () => false,
  );
  await Promise.all(
    ['out1', 'out2'].map(async (id, half) => {
      for (const [index, car] of leaving.entries())
        if (index % 2 === half) await leaves(id, car).catch((error: unknown) => explain(error, id, car));
    }),
  );

  // At night the sky is clear, and everybody lays the books beside each other.
  mall.clearFaults();
  await alive;
  await mall.app.settle(style());
  // Who did not get the change in the rain gets it now.
  const open = await park.station.get(pageOf(changeOrderViewSchema), '/change-orders?state=open&pageSize=200');
  for (const { id } of open.items) {
    const payout = mall.change.payouts.find(({ orderNo }) => orderNo === id);
    await (payout ? mall.change.tell(payout) : mall.change.collect(id));
  }
  await calm();
  await rest(300);
  expect(await faultsInTheMall(park)).toEqual([]);
  expect(await unexplainedArms(park, LANES)).toEqual([]);
  // Free spaces are told in a rhythm of their own.
  await mall.waitFor(() => mall.waiting().length === 0, 'nothing is left to be said');
  expect(mall.failures).toEqual([]);
  expect(mall.violations).toEqual([]);
  expect(await mall.members.differences()).toEqual([]);
  const today = [dashed(mall.state.now() - DAY), dashed(mall.state.now() + 10 * MINUTE)] as const;
  expect(mall.change.differences(await mall.change.report(...today, 2))).toEqual([]);
  expect(mall.books.insideDifferences((await mall.searchParkingInfo()).rows)).toEqual([]);
  expect(park.cameras.flatMap(({ protocolFaults }) => protocolFaults)).toEqual([]);
  for (const charge of mall.state.charges.all.filter(({ state }) => state === 'refunded' || state === 'reversed'))
    expect(JSON.stringify(mall.books.all().flatMap(({ stay }) => stay.bills))).not.toContain(charge.orderNo || '\n');
  await hadItsSubstance();
  await countsTheDrawer();
  expect(await park.station.send(verifyReportSchema, '/journal/verify', {})).toMatchObject({
    whole: true,
    findings: [],
  });
  expect(deaths).toBe(1);
  process.stdout.write(
    `seed ${SEED}: ${cars.length} cars, ${mall.state.charges.all.length} charges, ${mall.log.length} requests, ${mall.calls.length} calls, ` +
      `died at ${about} ${moment}\n`,
  );

  function style() {
    return say.any('PayParkingFee', 'GetParkingPaymentInfo', 'GetPaymentStatus');
  }

  async function explain(error: unknown, laneId: string, { name, plate }: Car): Promise<never> {
    const { phase, passage, waiting, bill } = await lane(laneId);
    const log = (await park.station.get(z.array(eventViewSchema), `/events?limit=25&laneId=${laneId}`)).map(
      ({ at: when, kind, body }) => `${when.slice(17, 23)} ${kind} ${JSON.stringify(body).slice(0, 160)}`,
    );
    const there = { phase, plate: passage?.plate.text, attention: passage?.attention, due: bill?.dueFen, waiting };
    expect({ ...there, log, error: String(error) }, `${name} ${plate} at ${laneId}`).toBeNull();
    throw error;
  }

  /** Nothing is on its way. */
  async function calm(): Promise<void> {
    mall.clearFaults();
    await alive;
    await park.outboxEmpty(10_000).catch(async (error: unknown) => {
      const waiting = (await park.outbox('&status=waiting')).items;
      expect({ waiting, last: mall.log.slice(-6), violations: mall.violations.slice(0, 8) }, String(error)).toBeNull();
    });
  }

  /** The camera sees it; what went into its store while the station was dead opens nothing later. */
  async function read(laneId: string, plate: string): Promise<void> {
    const options = plate === '' ? { image, type: 0, colorType: 0 } : { image };
    const seen = async () => {
      await alive;
      return (await park.camera(laneId).push(plate || UNREAD, options)).outcome === 'answered';
    };
    await until(`${plate} is read`, seen, 20_000);
  }

  function staysOf({ plate, name }: Car) {
    return survives(async () => {
      const known = await park.stays(plate);
      return plate === '' ? known.filter(({ identity }) => identity === mall.app.openId(name)) : known;
    });
  }
  async function is(car: Car, status: string): Promise<boolean> {
    return (await staysOf(car)).some((stay) => stay.status === status);
  }

  /** As often as it must be read, because a death took what the station knew of it. */
  async function passes(
    car: Car,
    laneId: string,
    status: string,
    does: (there: LaneView) => Promise<void>,
  ): Promise<void> {
    let seen = -1;
    await until(
      `${car.name} is ${status}`,
      async () => {
        await alive;
        if (await is(car, status)) return true;
        const there = await lane(laneId);
        if (there.phase === 'idle' || there.phase === 'cleared') {
          if (seen === deaths && there.phase === 'cleared' && there.passage?.plate.text === car.plate) return false;
          await rest(seen === deaths ? 300 : 0);
          if (seen === deaths && (await is(car, status))) return true;
          seen = deaths;
          await read(laneId, car.plate);
          return false;
        }
        const before = deaths;
        await does(there).catch((error: unknown) => {
          // Whatever it was about died, or the car went by itself meanwhile.
          if (deaths === before && !/409|CONFLICT|404/.test(String(error))) throw error;
        });
        return false;
      },
      45_000,
    );
  }

  async function comesIn(laneId: string, car: Car): Promise<void> {
    if (car.habit === 'black') {
      await read(laneId, car.plate);
      const there = await until('it is kept out', async () => {
        const found = await lane(laneId);
        return found.phase === 'attention' && found.passage?.plate.text === car.plate ? found : undefined;
      });
      expect(there.passage?.attention).toBe('blacklisted');
      await survives(() => park.order(laneId, 'cancel', { reason: '黑名单车辆，已劝离' }));
      return;
    }
    await passes(car, laneId, 'inside', async ({ passage }) => {
      if (passage?.attention === 'unlicensed' || passage?.attention === 'unread-plate')
        await mall.app.scanLane(car.name, laneId, say.any('OnlineCarInOut'));
      else await rest(50);
    });
  }

  /** Money of which nobody knows what became is told once more, and not taken a second time. */
  async function tellsAgain({ plate, name }: Car): Promise<boolean> {
    const card = mall.app.openId(name);
    const unsettled = mall.state.charges.all.find(
      (charge) =>
        charge.state === 'unknown' &&
        charge.via !== 'seamless' &&
        (plate === '' ? charge.card === card : charge.plate === plate),
    );
    if (unsettled) await mall.app.tell(unsettled, say.any('PayParkingFee'));
    return unsettled !== undefined;
  }

  async function leaves(laneId: string, car: Car): Promise<void> {
    if (car.habit === 'scanned') {
      return passes(car, laneId, 'left', async () => {
        if (!(await tellsAgain(car))) await mall.app.leave(car.name, laneId, { options: style() });
        await rest(100);
      });
    }
    await passes(car, laneId, 'left', async (there) => {
      const { passage, bill } = there;
      if (passage?.plate.text !== car.plate) return rest(50);
      if (there.phase !== 'charging' || !bill) return rest(50);
      const mine = { passageId: passage.id };
      const uid = passage.stay?.uid ?? '';
      const tried = await survives(() => park.station.get(attempts, `/attempts?uid=${uid}`));
      // Somebody is asked just now.
      if (tried.some(({ state, channel }) => ['created', 'sent'].includes(state) && channel === 'keytop'))
        return rest(50);
      const cash = (receivedFen: number, change: 'cash' | 'code') =>
        park.order(laneId, 'collect', { ...mine, method: 'cash', amountFen: bill.toPayFen, receivedFen, change });
      const charge = (channel: string, more: object = {}) =>
        park.station.send(chargedSchema, `/lanes/${laneId}/charge`, { channel, ...more });
      const codes = tried.filter(({ channel }) => channel !== 'keytop').length;
      if ((car.habit === 'qr' || car.habit === 'part') && codes < 3) {
        if (await tellsAgain(car)) return;
        // Nobody presses again at once.
        if (codes > 0) await rest(400);
        const { text } = await charge('keytop-qr');
        if (text === null) return;
        await mall.app.payQr(text, { customer: car.name, options: say.any('PayParkingFee') });
        await rest(50);
        return;
      }
      if ((car.habit === 'scan' || car.habit === 'silent') && codes < 1) {
        const { attempt } = await charge('keytop-scan', { authCode: mall.authCode(car.name) });
        // A customer waits a moment for the barrier.
        await until('it goes, or not', async () => is(car, 'left'), attempt.state === 'declined' ? 1 : 1_500).catch(
          () => undefined,
        );
        return;
      }
      if (car.habit === 'free')
        return void (await park.order(laneId, 'release', { ...mine, reason: '车主投诉，免费放行' }));
      if (car.habit === 'owes')
        return void (await park.order(laneId, 'owe', { ...mine, reason: '手机没电，下次补缴' }));
      if (car.habit === 'change') {
        const after = await cash(bill.toPayFen + 1_000, 'code');
        const order = after.passage?.changeOrders[0];
        if (order) await mall.change.collect(order.id, { options: say.any('GetPayChargeInfo', 'PayChargeNotice') });
        return;
      }
      await cash(Math.ceil(bill.toPayFen / 1_000) * 1_000, 'cash');
    });
  }

  async function tries(times: number): Promise<void> {
    const before = await doings();
    for (let n = 0; n < times; n += 1) {
      const how = say.wrong();
      const what = say.one([
        () => mall.gateControl({ deviceCode: 'out1', controlType: 1 }, how),
        () => mall.payParkingFee({ orderNo: 'nobody', amount: 0 }, how),
        () => mall.blackListControl({ plateNo: '粤B00000', controlType: 0 }, how),
        () => mall.addBookingCar({ plateNo: '粤B00001', validFrom: at(0), validTo: at(60) }, how),
        () => mall.onlineCarInOut({ deviceCode: 'in1', cardNo: 'oABCDEFGHIJKLMN' }, how),
        () => mall.modifyFreeSpace({ freeSpaceNum: 3 }, how),
      ]);
      expect((await what()).ok).toBe(false);
    }
    expect(await doings()).toEqual(before);
  }

  /** What stands in the journal as the third party's doing; what its answers to entries sign comes when it comes. */
  async function doings(): Promise<string[]> {
    const rows = await survives(() => wholeJournal(park));
    return rows
      .filter(({ actor, kind }) => actor.name === 'keytop' && kind !== 'agreement-changed')
      .map(({ kind, body }) => `${kind} ${JSON.stringify(body)}`);
  }

  async function changes(cardId: number): Promise<void> {
    const { members: desk } = mall;
    await insists('renamed', () => desk.modify(cardId, { name: '新户名' }, say.any('ModifyCarCardNo')));
    await insists('a plate more', () => desk.addPlate(cardId, '粤B喆0001', say.any('CarCardNoManage')));
    const validity = { validFrom: at(-2 * 24 * 60), validTo: at(60 * 24 * 60) };
    const recharge = { orderNo: `R${SEED}`, amount: 30_000, ...validity };
    await insists('recharged', () => desk.recharge(cardId, recharge, say.any('PayCarCardFee')));
    await insists('recharged again', () => desk.recharge(cardId, recharge, say.any('PayCarCardFee')));
  }

  async function guards(): Promise<void> {
    const { guard } = mall;
    const opened = park.camera('in1').arm.openings.length;
    const call = await insists('opened from afar', () => guard.open('in1', say.any('GateControl')));
    expect(call.ok).toBe(true);
    await until('the arm goes up', () => park.camera('in1').arm.openings.length > opened);
    await insists('a text', () => guard.show('in2', ['欢迎光临', '万象城'], say.any('ShowLedMsg')));
    await insists('free spaces', () => guard.freeSpaces(100, undefined, say.any('ModifyFreeSpace')));
    const photo = await until('a photo', async () => {
      await alive;
      const taken = await guard.photo('out1', say.any('GetPhoto'));
      return taken.call.ok ? taken : undefined;
    });
    expect(photo).toMatchObject({ http: 200, isJpeg: true });
  }

  /** Nobody was let off by mistake, and every way to pay was gone. */
  async function hadItsSubstance(): Promise<void> {
    for (const car of drivers('card', 'once', 'many', 'promptly'))
      expect([car.name, (await staysOf(car)).map(({ paidFen }) => paidFen)]).toEqual([car.name, [0]]);
    for (const car of drivers(
      'app',
      'late',
      'qr',
      'scan',
      'signed',
      'signs',
      'part',
      'broke',
      'silent',
      'cash',
      'change',
      'scanned',
    ))
      for (const { paidFen, chargeFen } of await staysOf(car))
        expect([car.name, paidFen]).toEqual([car.name, chargeFen]);
    for (const car of drivers('coupon', 'minutes', 'detail', 'free', 'owes'))
      for (const { paidFen, chargeFen } of await staysOf(car)) expect(paidFen, car.name).toBeLessThan(chargeFen);
    for (const { late, name } of drivers('late')) expect([name, late?.charge.state]).toEqual([name, 'refunded']);
    for (const car of drivers('black')) expect(await staysOf(car)).toEqual([]);
    expect(mall.state.blackEntries.length).toBeGreaterThan(0);
    const ways = new Set(mall.state.charges.kept.map(({ via }) => via));
    expect([...ways].sort()).toEqual(['app', 'qr', 'scan', 'seamless']);
  }

  /** The drawer holds what was handed over less what went back; what the machine kept as change is in it. */
  async function countsTheDrawer(): Promise<void> {
    const cash = (await wholeJournal(park))
      .filter(({ kind }) => kind === 'bill-paid')
      .map(({ body }) => eventBodies['bill-paid'].parse(body))
      .filter(({ method }) => method === 'cash');
    const orders = (await park.station.get(pageOf(changeOrderViewSchema), '/change-orders?pageSize=200')).items;
    const kept = orders.reduce((sum, { amountFen }) => sum + amountFen, 0);
    expect(mall.change.payouts.reduce((sum, { fen }) => sum + fen, 0)).toBe(kept);
    const holds = 20_000 + cash.reduce((sum, { paidFen }) => sum + paidFen, 0) + kept;
    await park.station.send(z.unknown(), `/shifts/${shift.id}/pause`, {});
    const count = { 100: Math.floor(holds / 100), 10: Math.floor((holds % 100) / 10), 1: holds % 10 };
    await park.station.send(shiftViewSchema, `/shifts/${shift.id}/count`, { count });
    const { drawer } = await park.station.get(shiftReportSchema, `/shifts/${shift.id}/report`);
    expect(drawer).toMatchObject({ expectedFen: holds, differenceFen: 0, changeKeptFen: kept, bookedAfterCountFen: 0 });
    expect(drawer.cashInFen).toBe(cash.reduce((sum, { paidFen }) => sum + paidFen, 0));
  }
}, 180_000);
