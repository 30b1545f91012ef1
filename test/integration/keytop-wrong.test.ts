import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chargedSchema } from '../../shared/contract/payments.ts';
import { type CallOptions, dashed, dayOf } from '../peers/keytop/index.ts';
import { CarPark } from '../support/car-park.ts';
import { faultsInTheMall, wholeJournal } from '../support/keytop-books.ts';
import { until } from '../support/until.ts';

const DAY = 86_400_000;
const CAR = '沪A10001';
const FEE = 700;
const HUGE = 20_000_000;

/** Whoever does not know the words, or says them wrongly: nothing happens, the answers keep their form, and the lanes go on. */
describe('called wrongly', () => {
  let park: CarPark;
  let orderNo = '';
  let served = 0;
  beforeAll(async () => {
    park = await CarPark.open({ mall: { displays: true, settings: { security: { lockout: { tries: 100 } } } } });
    park.mall.pace.repeatMs = 200;
    await park.register(CAR, 90);
    await park.mall.waitFor(() => park.mall.state.stays.inside(CAR)?.entry, 'the entry');
    const bill = await park.mall.getParkingPaymentInfo({ plateNo: CAR });
    orderNo = String(bill.row?.['orderNo']);
    await park.outboxEmpty();
  });
  afterAll(() => park.close());

  /** Calls of every kind that would change something: money, arms, lists, cards, bookings, spaces, stays. */
  const calls = (how: CallOptions) => {
    const { mall } = park;
    const dates = { validFrom: dashed(mall.state.now()), validTo: dashed(mall.state.now() + DAY) };
    const card = {
      cardName: '户',
      useName: '张三',
      plateDetails: [{ plateNo: '沪B10002', etcNo: '' }],
      carType: 2,
      ...dates,
    };
    return [
      () => mall.payParkingFee({ orderNo, amount: FEE }, how),
      () => mall.parkingFree({ plateNo: CAR, freeMoney: 100 }, how),
      () => mall.gateControl({ deviceCode: 'out1', controlType: 1 }, how),
      () => mall.gateControl({ deviceCode: 'out1', controlType: 11 }, how),
      () => mall.onlineCarInOut({ deviceCode: 'in1', cardNo: 'oABCDEFGHIJKLMN' }, how),
      () => mall.showLedMsg({ deviceCode: 'in1', showInfo: '免费' }, how),
      () => mall.modifyFreeSpace({ freeSpaceNum: 1 }, how),
      () => mall.recordDensityPay(CAR, how),
      () => mall.addCarCardNo(card, how),
      () => mall.blackListControl({ plateNo: CAR, controlType: 0 }, how),
      () => mall.addBookingCar({ plateNo: CAR, promptly: 0, ...dates }, how),
    ];
  };
  /** What the journal says beside what the cameras and the outbox do. */
  const doings = async () =>
    (await wholeJournal(park))
      .filter(({ laneId, actor, kind }) => kind !== 'device-state' && (laneId === null || actor.kind === 'platform'))
      .map(({ seq, kind, actor }) => `${seq} ${kind} ${actor.name}`);
  /** A car comes in as ever. */
  async function isServed(): Promise<void> {
    served += 1;
    const plate = `沪C2000${served}`;
    const openings = park.entry.arm.openings.length;
    await park.entry.push(plate);
    await park.entry.waitFor(() => park.entry.arm.openings.length > openings, 'the arm');
    await park.mall.waitFor(() => park.mall.state.stays.inside(plate)?.entry, `entry of ${plate}`);
  }

  const wrong: readonly (readonly [what: string, how: CallOptions])[] = [
    ['another user', { access: { user: 'somebody' } }],
    ['another password', { access: { pwd: 'guessed' } }],
    ['neither user nor password', { without: ['user', 'pwd'] }],
    ['another key', { access: { key: 'AAAAAAAAAAAAAAAAAAAAAAAA' } }],
    ['another car park', { parkCode: '124' }],
    ['no car park', { omit: ['parkCode'] }],
    ['another day', { day: '20190225' }],
    ['not sealed', { sealed: 'clear' }],
    ['cut off', { sealed: 'cut' }],
    ['without its last block', { sealed: 'last-block-gone' }],
    ['nothing sealed', { sealed: 'empty' }],
    ['no base64', { sealed: 'not-base64' }],
    ['an array', { shape: 'array' }],
    ['a text', { shape: 'text' }],
    ['null', { shape: 'null' }],
    ['half an object', { shape: 'broken' }],
    ['no JSON', { body: '<xml/>' }],
    ['nothing', { body: '' }],
    ['GET', { method: 'GET' }],
    ['PUT', { method: 'PUT' }],
    ['an address that there is not', { rawPath: '/api/ParkingPay/PayParkingFe' }],
    ['another controller', { rawPath: '/api/ParkingInfo/PayParkingFee' }],
    ['beyond all measure', { padding: HUGE }],
  ];
  test('whatever is wrong about it: nothing is done, and it is answered as the tables say', async () => {
    const { mall } = park;
    const before = await doings();
    for (const [what, how] of wrong) {
      const few = 'padding' in how ? calls(how).slice(0, 1) : calls(how);
      for (const call of await Promise.all(few.map((each) => each()))) {
        expect(call.ok, `${what}: ${call.interface}`).toBe(false);
        // Whoever sends without an end may be cut off instead.
        if (!('padding' in how && call.http === null))
          expect(call.http, `${what}: ${call.text}`).toBe(call.composed.status);
      }
    }
    expect(await doings()).toEqual(before);
    expect([...park.entry.arm.pulses, ...park.exit.arm.pulses]).toEqual([]);
    expect(mall.violations).toEqual([]);
    // The right words count at once.
    expect((await mall.getParkingPaymentInfo({ plateNo: CAR })).row).toMatchObject({ orderNo, payable: FEE });
  });

  test('right words about things that are not so are refused with a reason, and nothing is done', async () => {
    const { mall } = park;
    const before = await doings();
    const refused = await Promise.all([
      mall.payParkingFee({ orderNo, amount: FEE - 1 }, { omit: ['amount'] }),
      mall.payParkingFee({ orderNo, amount: FEE }, { set: { amount: -700 } }),
      mall.payParkingFee({ orderNo, amount: FEE }, { set: { amount: '7.00' } }),
      mall.gateControl({ deviceCode: 'out1', controlType: 3 }),
      mall.gateControl({ deviceCode: 'out9', controlType: 1 }),
      mall.gateControl({ deviceCode: '', controlType: 1 }),
      mall.onlineCarInOut({ deviceCode: 'in1', cardNo: 'short' }),
      mall.onlineCarInOut({ deviceCode: 'out1', cardNo: 'oNOBODYHASTHISONE' }),
      mall.modifyFreeSpace({ freeSpaceNum: 1, areaCode: 77 }),
      mall.recordDensityPay('沪Z99999'),
      mall.blackListControl({ plateNo: CAR, controlType: 7 }),
      mall.blackListControl({ blackId: 4711, plateNo: CAR, controlType: 2 }),
      mall.deleteCarCardNo(4711),
      mall.modifyBookingCar({ bookid: 4711, modifyType: 1 }),
      mall.getPaymentStatus('nobody'),
      mall.getPayChargeInfo('0215646456465'),
      mall.payChargeNotice({ orderNo: '0215646456465' }),
      mall.getParkingPaymentInfo({ plateNo: '沪Z99999' }),
      mall.getParkingPaymentInfo({}),
    ]);
    expect(refused.map(({ interface: name, answer }) => [name, answer?.resCode])).toEqual(
      refused.map(({ interface: name }) => [name, 1]),
    );
    const after = await doings();
    // What was wished of an arm stands in the log of doings, also where it was refused.
    expect(after.filter((row) => !before.includes(row) && !row.includes('gate-refused'))).toEqual([]);
    expect([...park.entry.arm.pulses, ...park.exit.arm.pulses]).toEqual([]);
    await isServed();
    expect(mall.violations).toEqual([]);
  });

  test('a sealed request of yesterday, listened to and sent again today, does nothing', async () => {
    const { mall } = park;
    const heard = await mall.getParkingPaymentInfo({ plateNo: CAR });
    expect(heard.ok).toBe(true);
    const yesterday = dayOf(park.now() - DAY);
    const openings = park.exit.arm.openings.length;
    const old = await mall.gateControl({ deviceCode: 'out1', controlType: 1 }, { day: yesterday });
    // Around midnight yesterday is still heard.
    if (old.legal === false) expect([old.ok, park.exit.arm.openings.length]).toEqual([false, openings]);
  });
});

test('who guesses is not listened to, whatever he says then; cars come and go; it ends by itself', async () => {
  const park = await CarPark.open({ mall: { settings: { security: { lockout: { tries: 5, lockMinutes: 10 } } } } });
  try {
    const { mall } = park;
    mall.pace.repeatMs = 200;
    await park.register(CAR, 90);
    await park.mall.waitFor(() => mall.state.stays.inside(CAR)?.entry, 'the entry');
    for (let n = 0; n < 5; n += 1)
      expect(
        (await mall.gateControl({ deviceCode: 'out1', controlType: 1 }, { access: { pwd: `guess${n}` } })).ok,
      ).toBe(false);
    // Right by now, and too late.
    const late = await mall.gateControl({ deviceCode: 'out1', controlType: 1 });
    expect([late.http, late.answer?.resCode]).toEqual([200, 1]);
    expect(park.exit.arm.pulses).toEqual([]);
    const alarms = async () => (await park.events('alarm')).filter(({ body }) => body['code'] === 'platform-guessing');
    await until('somebody hears of it', async () => (await alarms()).length > 0);
    // What we ask and tell goes on, and so do the lanes.
    await park.exit.push(CAR);
    const { bill, passage } = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
    expect(bill?.dueFen).toBe(FEE);
    await park.collect(FEE, passage?.id);
    await park.exit.waitFor(() => park.exit.arm.openings.length === 1, 'the arm');
    await mall.waitFor(() => [...mall.state.stays.all.values()].some(({ exits }) => exits.length === 1), 'the exit');
    await park.pass(11);
    const again = await mall.gateControl({ deviceCode: 'out1', controlType: 1 });
    expect(again.ok, again.text).toBe(true);
    await park.exit.waitFor(() => park.exit.arm.openings.length === 2, 'the arm');
    await park.outboxEmpty();
    expect(mall.violations).toEqual([]);
    expect(mall.books.differences()).toEqual([]);
  } finally {
    await park.close();
  }
}, 30_000);

test('money after its order is over, by app and by code, is refused: nothing is booked, somebody hears of it, and the driver pays anew', async () => {
  const park = await CarPark.open({ mall: true });
  try {
    const { mall } = park;
    mall.pace.repeatMs = 200;
    const { uid } = await park.register(CAR, 70);
    await mall.waitFor(() => mall.state.stays.inside(CAR)?.entry, 'the entry');
    const bill = await mall.getParkingPaymentInfo({ plateNo: CAR });
    const charge = mall.app.charge(bill);
    await park.pass(6);
    expect((await mall.app.tell(charge)).answer?.resCode).toBe(1);
    expect((await mall.getPaymentStatus(charge.orderNo)).row).toEqual({ status: '0' });
    // The same at the exit, where the bill is still the one on the screen.
    await park.exit.push(CAR);
    await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
    const shown = async () =>
      (await park.station.send(chargedSchema, '/lanes/out1/charge', { channel: 'keytop-qr' })).text ?? '';
    const code = await shown();
    await park.pass(6);
    const late = await mall.app.payQr(code);
    expect([late.payment?.answer?.resCode, late.charge?.state]).toEqual([1, 'refunded']);
    expect(await park.stay(uid)).toMatchObject({ status: 'inside', paidFen: 0 });
    expect(park.exit.arm.pulses).toEqual([]);
    const told = async (kind: string) => (await park.events(kind)).map(({ body }) => JSON.stringify(body));
    for (const { orderNo } of [charge, late.charge ?? charge])
      for (const kind of ['case-changed', 'alarm'])
        expect(
          (await told(kind)).filter((body) => body.includes(orderNo)),
          kind,
        ).toHaveLength(1);
    const paid = await mall.app.payQr(await shown());
    expect(paid.payment?.ok, paid.payment?.text).toBe(true);
    await park.exit.waitFor(() => park.exit.arm.openings.length === 1, 'the arm');
    await park.outboxEmpty();
    expect(mall.violations).toEqual([]);
    expect(await faultsInTheMall(park)).toEqual([]);
  } finally {
    await park.close();
  }
});
