import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { chargedSchema } from '../../shared/contract/payments.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { CarPark } from '../support/car-park.ts';
import { faultsInTheMall, unexplainedArms } from '../support/keytop-books.ts';
import { until } from '../support/until.ts';

const image = jpegOfSize(3_000);
const settings = {
  pricing: { enabled: true },
  timeouts: { connectMs: 500, headersMs: 700, bodyMs: 700, totalMs: 700, passageMs: 700 },
};

/** 第三方计费: the third party prices every stay; what it does not tell is unknown, and never 0. */
describe('priced by the third party', () => {
  let park: CarPark;
  beforeAll(async () => {
    park = await CarPark.open({ mall: { settings } });
    park.mall.pace.repeatMs = 200;
    park.mall.pace.personMs = 300;
  });
  afterAll(() => park.close());
  afterEach(async () => {
    const { mall } = park;
    mall.clearFaults();
    mall.fee = undefined;
    await park.outboxEmpty();
    expect(mall.violations).toEqual([]);
    expect(await faultsInTheMall(park)).toEqual([]);
    expect(await unexplainedArms(park, ['in1', 'out1'])).toEqual([]);
  });

  async function inside(plate: string): Promise<string> {
    const { uid } = await park.register(plate, 90);
    await park.mall.waitFor(() => park.mall.state.stays.inside(plate)?.entry, `entry of ${plate}`);
    return uid;
  }
  async function comes(plate: string): Promise<void> {
    // The car before it is out of the way.
    await until('the lane is free', async () => ['idle', 'cleared'].includes((await park.lane('out1')).phase));
    await park.exit.push(plate, { image });
  }
  const held = (plate: string) =>
    park.laneWhen(
      'out1',
      `${plate} is held`,
      ({ phase, passage }) => phase === 'attention' && passage?.plate.text === plate,
    );
  const billed = (plate: string) =>
    park.laneWhen(
      'out1',
      `${plate} is billed`,
      ({ phase, passage }) => phase === 'charging' && passage?.plate.text === plate,
    );
  const asked = (plate: string) =>
    park.mall.received('AutonomousCalfee').filter(({ fields }) => fields['plateNo'] === plate);
  const openings = () => park.exit.arm.openings.length;
  const told = (plate: string) => {
    const [stay] = [...park.mall.state.stays.all.values()].filter((one) => one.plate === plate);
    return { exits: stay?.exits ?? [], bills: stay?.bills ?? [] };
  };
  async function left(plate: string, uid: string): Promise<void> {
    await until(`${plate} is out`, async () => (await park.stay(uid)).status === 'left');
    await park.mall.waitFor(() => told(plate).exits.length === 1, `exit of ${plate}`);
  }
  const is = (fen: number, as: 'number' | 'string' = 'number') => {
    park.mall.fee = () => ({ kind: 'fen', fen, as });
  };

  test('at the exit and for the app it is what AutonomousCalfee says, as number or text', async () => {
    const { mall } = park;
    const [plate, other] = ['湘A10001', '湘A10002'];
    const [uid, second] = [await inside(plate), await inside(other)];
    is(1_234);
    const { bill, payment } = await mall.app.prepay({ plateNo: plate });
    expect([bill?.row?.['payable'], bill?.row?.['totalFee'], payment?.ok]).toEqual([1_234, '1234', true]);
    await comes(plate);
    await left(plate, uid);
    expect(told(plate).exits).toMatchObject([{ preMoney: 1_234, payMoney: 0 }]);
    is(815, 'string');
    await comes(other);
    const { bill: atExit } = await billed(other);
    expect(atExit).toMatchObject({ dueFen: 815, tariffId: 'keytop' });
    const { text } = await park.station.send(chargedSchema, '/lanes/out1/charge', { channel: 'keytop-qr' });
    expect((await mall.app.payQr(text ?? '')).payment?.ok).toBe(true);
    await left(other, second);
    expect(told(other).exits).toMatchObject([{ payMoney: 815 }]);
  });

  test('nothing to pay is nothing to pay, when they say so', async () => {
    const plate = '湘A10003';
    const uid = await inside(plate);
    is(0);
    await comes(plate);
    await left(plate, uid);
    expect(await park.stay(uid)).toMatchObject({ chargeFen: 0, paidFen: 0 });
  });

  const failures: readonly (readonly [string, () => void])[] = [
    ['it is away', () => void park.mall.fault({ kind: 'request-lost' }, { interface: 'AutonomousCalfee' })],
    ['it never answers', () => void park.mall.fault({ kind: 'silence' }, { interface: 'AutonomousCalfee' })],
    [
      'it answers an error',
      () => void park.mall.fault({ kind: 'http-status', status: 500 }, { interface: 'AutonomousCalfee' }),
    ],
    [
      'it refuses',
      () => {
        park.mall.fee = () => ({ kind: 'refuse' });
      },
    ],
    [
      'it says no price',
      () => {
        park.mall.fee = () => ({ kind: 'missing' });
      },
    ],
  ];
  test.for(failures.map(([what, fails], index) => [what, fails, index] as const))(
    '%s: the car is held, nothing opens, and asked again it has its price',
    async ([, fails, index]) => {
      const { mall } = park;
      const plate = `湘B2000${index}`;
      const uid = await inside(plate);
      fails();
      const before = openings();
      await comes(plate);
      const { passage } = await held(plate);
      expect([passage?.attention, passage?.bill]).toEqual(['fee-unknown', null]);
      expect(openings()).toBe(before);
      expect(asked(plate)).toHaveLength(1);
      // Nor does the app hear of a price that nobody knows.
      const bill = await mall.getParkingPaymentInfo({ plateNo: plate });
      expect([bill.answer?.resCode, bill.row]).toEqual([1, null]);
      mall.clearFaults();
      is(650);
      await new Promise((resolve) => setTimeout(resolve, mall.pace.personMs));
      await park.order('out1', 'refresh', { passageId: passage?.id });
      const { bill: known, passage: now } = await billed(plate);
      expect(known?.dueFen).toBe(650);
      await park.collect(650, now?.id);
      await left(plate, uid);
      expect(openings()).toBe(before + 1);
      expect(told(plate)).toMatchObject({ exits: [{ payMoney: 650 }], bills: [{ payMoney: 650, paidType: 0 }] });
    },
  );

  test('it stays away: the attendant enters the amount', async () => {
    const plate = '湘C30001';
    const uid = await inside(plate);
    park.mall.fault({ kind: 'request-lost' }, { interface: 'AutonomousCalfee' });
    await comes(plate);
    const { passage } = await held(plate);
    const none = park.order('out1', 'fixed-fee', { passageId: passage?.id, amountFen: 0, reason: '第三方无应答' });
    await expect(none).rejects.toThrow();
    await park.order('out1', 'fixed-fee', { passageId: passage?.id, amountFen: 900, reason: '第三方无应答' });
    const { passage: now, bill } = await billed(plate);
    expect(bill?.dueFen).toBe(900);
    await park.collect(900, now?.id);
    await left(plate, uid);
    expect(told(plate).bills).toMatchObject([{ payMoney: 900, totalMoney: 900, paidType: 0 }]);
  });

  test('it stays away: the attendant lets the car go, and that is told as abnormal', async () => {
    const plate = '湘C30002';
    const uid = await inside(plate);
    park.mall.fault({ kind: 'silence' }, { interface: 'AutonomousCalfee' });
    const before = openings();
    await comes(plate);
    const { passage } = await held(plate);
    await park.order('out1', 'release', { passageId: passage?.id, reason: '第三方无应答，人工放行' });
    await left(plate, uid);
    expect(openings()).toBe(before + 1);
    const { exits, bills } = told(plate);
    expect(exits).toMatchObject([{ payMoney: 0 }]);
    expect(bills).toMatchObject([{ payMoney: 0, paidType: 2 }]);
  });

  test('it dies while the price is asked for: after the start the car is held or priced, never let go', async () => {
    const { mall } = park;
    const plate = '湘D40001';
    const uid = await inside(plate);
    await park.outboxEmpty();
    is(777);
    const before = openings();
    const dead = new Promise<void>((resolve, reject) => {
      mall.once('received', 'AutonomousCalfee', () => park.station.kill9().then(resolve, reject));
    });
    await comes(plate);
    await dead;
    mall.carParkDied(2_000);
    await park.restart();
    expect(openings()).toBe(before);
    const there = await until('it is read again, or stands there', async () => {
      const lane = await park.lane('out1');
      if (lane.passage?.plate.text !== plate) await park.exit.push(plate, { image });
      if (lane.phase === 'attention') await park.order('out1', 'refresh', { passageId: lane.passage?.id });
      return lane.phase === 'charging' ? lane : undefined;
    });
    expect(there.bill?.dueFen).toBe(777);
    expect(openings()).toBe(before);
    await park.collect(777, there.passage?.id);
    await left(plate, uid);
    expect(z.array(z.unknown()).parse(told(plate).exits)).toHaveLength(1);
  });
});
