import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { attemptViewSchema, chargedSchema } from '../../shared/contract/payments.ts';
import type { Logged } from '../peers/cmb/index.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { faultsInTheMoney } from '../support/bank-books.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';

const FEE = 700;
const OUT = 2;
const IN = 1;
const NO_PLATE = '_无_';
const image = jpegOfSize(8_000);
const attempts = z.array(attemptViewSchema);
const channels = z.array(z.object({ id: z.string(), kind: z.string(), askAtMs: z.array(z.int()) }));

/** The three scenarios of chapter 2, each as driver, attendant and bank see it, with everything odd that is legal on the wire. */
describe('the bank and the car park', () => {
  let park: CarPark;
  beforeAll(async () => {
    park = await CarPark.open({
      bank: { prefix: 'any/%E5%B2%97%E4%BA%AD/prefix/', settings: { qr: { host: 'cmain-uat.park.cmbchina.biz' } } },
    });
    const { bank } = park;
    bank.state.style.numbersAs = 'string';
    bank.state.style.extra = true;
    // Every push is written as oddly as the document allows.
    bank.downlink.spelling = {
      ...{ extra: { trace_id: 'a=1&b=2', 备注: '扩展字段 +%', zero: '0', nothing: '' } },
      ...{ fieldOrder: 'reversed', charset: true, upperSign: true, encoding: { spaceAs: '%20', hex: 'lower' } },
    };
  });
  afterAll(() => park.close());
  afterEach(async () => {
    const { bank } = park;
    bank.clearFaults();
    await park.outboxEmpty();
    expect(bank.violations).toEqual([]);
    expect(bank.doubts).toEqual([]);
    expect(bank.failures).toEqual([]);
    const unanswered = () => bank.unanswered().map(({ interface: name, fields }) => `${name} ${fields['vpl_number']}`);
    // What the bank tells by itself may still be under way when the car is long gone.
    await expect.poll(unanswered, { timeout: 5_000 }).toEqual([]);
    expect(bank.slow()).toHaveLength(0);
    expect(bank.books.differences()).toEqual([]);
    expect(await faultsInTheMoney(park)).toEqual([]);
  });

  const about = (plate: string, ...names: string[]): Logged[] =>
    park.bank.log.filter(
      ({ interface: name, fields }) =>
        names.includes(name) &&
        (fields['vpl_number'] === plate ||
          park.bank.records.get(fields['record_id'] ?? '')?.plate === plate ||
          park.bank.orders.get(fields['request_order'] ?? '')?.plate === plate),
    );
  const told = (plate: string, name: string) => about(plate, name).map(({ fields }) => fields);
  const itemsOf = (uid: string) =>
    park.bank.books
      .record(uid)
      .items.map(({ should_pay, actual_pay, pay_type, seq_num }) => ({ should_pay, actual_pay, pay_type, seq_num }));
  const attemptsOf = (uid: string) => park.station.get(attempts, `/attempts?uid=${uid}`);
  const gone = (plate: string) =>
    until(`${plate} has left`, async () => (await park.stayOf(plate)).status === 'left', 10_000);
  const indata = (plate: string) =>
    until(
      `the answer to Indata of ${plate}`,
      () => told(plate, 'Indata').length > 0 && park.outbox('&status=waiting').then(({ total }) => total === 0),
    );

  /** A car comes in through the arm, and has stood inside for so long. */
  async function enters(plate: string, minutes = 90): Promise<string> {
    expect((await park.entry.push(plate, { image })).reply?.info).toBe('ok');
    await indata(plate);
    await park.pass(minutes);
    return (await park.stayOf(plate)).uid;
  }

  /** A car comes to the exit; `opened` waits for the one opening that it is due. */
  async function comes(plate: string) {
    const before = park.exit.arm.openings.length;
    const pushed = await park.exit.push(plate, { image });
    const opened = async () => {
      await park.exit.waitFor(() => park.exit.arm.openings.length > before, `opening for ${plate}`);
      expect(park.exit.arm.openings.length).toBe(before + 1);
    };
    return { opened, atOnce: pushed.reply?.info === 'ok', openings: () => park.exit.arm.openings.length - before };
  }
  const charging = () => park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');

  test('a plate that is not inside, an exit where nobody stands, and one that does not exist', async () => {
    const owner = park.bank.owner('京B20099');
    expect((await owner.payByPlate()).answer).toMatchObject({ status: 2, data: { vpl_number: '京B20099' } });
    expect((await owner.scanExit(OUT)).answer?.status).toBe(3);
    expect((await owner.scanExit(77)).answer?.status).toBe(3);
    const driver = park.bank.driver();
    expect((await driver.scanExitWithoutPlate(OUT)).answer).toMatchObject({ status: 2, data: { vpl_number: '' } });
    expect((await driver.scanEntry(IN)).answer).toMatchObject({ status: 2 });
  });

  test('what the station says of itself: its configuration, its spaces, and when it asks about what is unknown', async () => {
    await park.bank.waitFor(() => park.bank.state.config, 'ConfigUpload');
    expect(park.bank.state.config).toEqual({ reserved_out_time: 15 * 60 });
    await park.bank.waitFor(() => park.bank.state.spaces, 'SpaceInfo');
    expect(await park.station.get(channels, '/channels')).toMatchObject([
      { id: 'cmb', kind: 'agreement', askAtMs: [2000, 5000, 10_000] },
      { id: 'cmb-qr', kind: 'qr' },
    ]);
    const free = park.bank.state.spaces?.total ?? 0;
    await park.entry.push('京A00001', { image });
    await park.bank.waitFor(() => park.bank.state.spaces?.total === free - 1, 'one space less');
    await park.exit.push('京A00001', { image });
    await park.bank.waitFor(() => park.bank.state.spaces?.total === free, 'one space more');
    await park.station.send(z.unknown(), '/rules', { graceMinutes: 20 }, 'PATCH');
    await park.bank.waitFor(() => park.bank.state.config?.['reserved_out_time'] === 1200, 'ConfigUpload again');
    await park.station.send(z.unknown(), '/rules', { graceMinutes: 15 }, 'PATCH');
    await park.bank.waitFor(() => park.bank.state.config?.['reserved_out_time'] === 900, 'ConfigUpload again');
  });

  describe('无感', () => {
    test('the answer to Indata names the limit: AutoPay at the exit, the arm opens, then the records follow', async () => {
      const plate = '京A10001';
      park.bank.owner(plate).set({ autopay: { limit: 5000 }, echo: 'after' });
      const uid = await enters(plate);
      const car = await comes(plate);
      await car.opened();
      await gone(plate);
      await park.outboxEmpty();
      expect(told(plate, 'AutoPay')).toMatchObject([{ amount: String(FEE), record_id: uid, vpl_number: plate }]);
      const [order] = park.bank.orders.values();
      const [attempt, ...others] = await attemptsOf(uid);
      expect(others).toEqual([]);
      expect(attempt).toMatchObject({ state: 'paid', id: order?.requestOrder, reference: order?.channelOrder });
      expect(itemsOf(uid)).toEqual([{ should_pay: FEE, actual_pay: FEE, pay_type: 99, seq_num: order?.channelOrder }]);
      const [record] = [park.bank.records.get(uid)];
      expect(record).toMatchObject({ inCode: IN, exit: { outCode: OUT, plate } });
      for (const side of ['in', 'out'] as const) {
        const picture = record?.pictures[side];
        expect(picture && 'bytes' in picture && picture.bytes.equals(image)).toBe(true);
      }
      const order5 = about(plate, 'Indata', 'AutoPay', 'Outdata').map(({ interface: name }) => name);
      expect(order5).toEqual(['Indata', 'AutoPay', 'Outdata']);
      // The echo confirms, and is no second payment.
      await park.bank.waitFor(() => park.bank.pushed('pay').some(({ done }) => done), 'the echo');
      expect(await park.stayOf(plate)).toMatchObject({ paidFen: FEE });
    });

    test('signed inside by autoPayBind: no question is needed at the exit', async () => {
      const plate = '京A10002';
      const uid = await enters(plate);
      expect((await park.bank.owner(plate).signsUp(FEE)).done).toBe(true);
      const asked = park.bank.received('AutoPayStatus').length;
      await (await comes(plate)).opened();
      await gone(plate);
      expect(told(plate, 'AutoPay')).toHaveLength(1);
      expect(park.bank.received('AutoPayStatus')).toHaveLength(asked);
      expect(await park.stay(uid)).toMatchObject({ paidFen: FEE });
    });

    test('cancelled inside: nobody is charged by itself, the driver scans', async () => {
      const plate = '京A10003';
      park.bank.owner(plate).set({ autopay: { limit: 5000 } });
      const uid = await enters(plate);
      expect((await park.bank.owner(plate).cancels()).done).toBe(true);
      const car = await comes(plate);
      await charging();
      const visit = await park.bank.owner(plate).scanExit(OUT);
      expect(visit.fee).toMatchObject({ plate, recordId: uid, due: FEE, total: FEE, paid: 0 });
      await car.opened();
      await gone(plate);
      expect(told(plate, 'AutoPay')).toEqual([]);
    });

    test.for<[what: string, plate: string, limit: number, pays: 'at-once' | 'declines', asked: number]>([
      ['over the limit nobody asks the bank', '京A10004', FEE - 1, 'at-once', 0],
      ['refused by the bank, the order is over', '京A10005', 5000, 'declines', 1],
    ])('%s: the driver scans at once', async ([, plate, limit, pays, asked]) => {
      const owner = park.bank.owner(plate).set({ autopay: { limit }, pays });
      const uid = await enters(plate);
      const car = await comes(plate);
      await charging();
      await until(
        'the bank has answered',
        async () =>
          (await attemptsOf(uid)).every(({ state }) => state === 'declined') && told(plate, 'AutoPay').length === asked,
      );
      owner.set({ pays: 'at-once' });
      await until('the bill can be scanned', async () => (await owner.scanExit(OUT, { amount: 0 })).fee?.due === FEE);
      const visit = await owner.scanExit(OUT, { orderAs: 'number', numbersAs: 'string', spaced: true });
      expect(visit.push?.done).toBe(true);
      await car.opened();
      await gone(plate);
      await park.outboxEmpty();
      expect(itemsOf(uid)).toEqual([
        { should_pay: FEE, actual_pay: FEE, pay_type: 99, seq_num: visit.payments[0]?.order },
      ]);
    });

    test('保付: the car leaves on the word of the bank, which tells the payment later', async () => {
      const plate = '京A10006';
      park.bank.owner(plate).set({ autopay: { limit: 5000 }, mode: 'guaranteed', pays: 'later', delayMs: 300 });
      const uid = await enters(plate);
      await (await comes(plate)).opened();
      await gone(plate);
      await park.bank.waitFor(
        () => park.bank.orders.get(told(plate, 'AutoPay')[0]?.['request_order'] ?? '')?.state === 'paid',
        'completed',
      );
      await until('nothing is paid twice', async () => (await park.stay(uid)).paidFen === FEE);
    });
  });

  describe('有牌车', () => {
    test('the plate is typed inside, paid, and the car leaves within its time without a stop', async () => {
      const plate = '京B20001';
      const uid = await enters(plate);
      const owner = park.bank.owner(plate);
      const asked = [];
      for (let times = 0; times < 5; times += 1) asked.push((await owner.payByPlate({ amount: 0 })).fee);
      expect(new Set(asked.map((fee) => `${fee?.billId} ${fee?.due}`)).size).toBe(1);
      const visit = await owner.payByPlate();
      expect(visit).toMatchObject({ fee: { recordId: uid, due: FEE }, push: { done: true } });
      expect(await park.stay(uid)).toMatchObject({ paidFen: FEE, status: 'inside' });
      expect((await owner.payByPlate()).fee).toMatchObject({ due: 0, paid: FEE, total: FEE });
      await park.pass(10);
      expect((await comes(plate)).atOnce).toBe(true);
      await gone(plate);
      await park.outboxEmpty();
      expect(itemsOf(uid)).toEqual([
        { should_pay: FEE, actual_pay: FEE, pay_type: 99, seq_num: visit.payments[0]?.order },
      ]);
    });

    test('paid inside, stayed too long: the rest is scanned at the exit; both payments are told', async () => {
      const plate = '京B20002';
      const uid = await enters(plate);
      const owner = park.bank.owner(plate);
      await owner.payByPlate();
      await park.pass(60);
      const car = await comes(plate);
      await charging();
      const { fee } = await owner.scanExit(OUT);
      expect(fee).toMatchObject({ paid: FEE, due: 400, total: FEE + 400 });
      await car.opened();
      await gone(plate);
      await park.outboxEmpty();
      expect(itemsOf(uid).map(({ actual_pay }) => actual_pay)).toEqual([FEE, 400]);
    });

    test('the push of a payment comes three times: it counts once', async () => {
      const plate = '京B20003';
      const uid = await enters(plate);
      const owner = park.bank.owner(plate);
      const { push } = await owner.payByPlate();
      if (!push) throw new Error('nothing was paid');
      for (let times = 0; times < 2; times += 1) expect((await park.bank.replay(push)).answer?.status).toBe(0);
      expect(await park.stay(uid)).toMatchObject({ paidFen: FEE });
      expect((await comes(plate)).atOnce).toBe(true);
      await gone(plate);
    });

    test('the booth shows the code of §3.5: the driver pays, the arm opens', async () => {
      const plate = '京B20004';
      const uid = await enters(plate);
      const car = await comes(plate);
      await charging();
      const shown = await park.station.send(chargedSchema, '/lanes/out1/charge', { channel: 'cmb-qr' });
      const url = new URL(shown.text ?? '');
      expect(Object.fromEntries(url.searchParams)).toMatchObject({
        ...{ type: '1', park_code: park.bank.parkCode, vpl_number: plate, berth_number: String(OUT) },
      });
      expect(`${url.origin}${url.pathname}`).toBe('https://cmain-uat.park.cmbchina.biz/ytc/login');
      const visit = await park.bank.owner(plate).payByPlate();
      expect(visit.push?.done).toBe(true);
      await car.opened();
      await gone(plate);
      expect((await attemptsOf(uid)).filter(({ state }) => state === 'paid')).toHaveLength(1);
    });
  });

  describe('无牌车', () => {
    test('scans in, pays by its virtual plate inside, and goes without paying again', async () => {
      const driver = park.bank.driver();
      await park.entry.push(NO_PLATE, { type: 31, image });
      await park.laneWhen('in1', 'waits for a scan', ({ phase }) => phase === 'attention');
      const before = park.entry.arm.openings.length;
      const scanned = await driver.scanEntry(IN);
      expect(scanned.answer?.status).toBe(0);
      await park.entry.waitFor(() => park.entry.arm.openings.length > before, 'the entry opens');
      // The same scan again is the same scan: the arm stays.
      expect((await park.bank.replay(scanned)).answer).toEqual(scanned.answer);
      expect(park.entry.arm.openings.length).toBe(before + 1);
      await indata(driver.virtualPlate);
      await park.pass(90);
      const visit = await driver.payByPlate();
      expect(visit).toMatchObject({ fee: { due: FEE, plate: driver.virtualPlate }, push: { done: true } });
      const car = await comes(NO_PLATE);
      const again = await driver.scanExitWithoutPlate(OUT);
      expect(again.fee).toMatchObject({ due: 0, paid: FEE });
      await car.opened();
      await until('it has left', async () => (await park.stay(visit.fee?.recordId ?? '')).status === 'left');
    });

    test('scans in, scans out, pays there', async () => {
      const driver = park.bank.driver();
      await park.entry.push(NO_PLATE, { type: 31, image });
      await park.laneWhen('in1', 'waits for a scan', ({ phase }) => phase === 'attention');
      expect((await driver.scanEntry(IN)).answer?.status).toBe(0);
      await indata(driver.virtualPlate);
      await park.pass(90);
      // Nobody at the exit yet: the order exists, and its plate is empty.
      const early = await driver.scanExitWithoutPlate(OUT, { amount: 0 });
      expect(early.fee).toMatchObject({ plate: '', due: FEE });
      const car = await comes(NO_PLATE);
      const visit = await driver.scanExitWithoutPlate(OUT);
      expect(visit).toMatchObject({ fee: { due: FEE, plate: driver.virtualPlate }, push: { done: true } });
      await car.opened();
      await until('it has left', async () => (await park.stay(visit.fee?.recordId ?? '')).status === 'left');
      await park.outboxEmpty();
      expect(itemsOf(visit.fee?.recordId ?? '')).toMatchObject([{ should_pay: FEE, actual_pay: FEE, pay_type: 99 }]);
    });

    test('a car with a plate at the entry is 1, nobody is 2, and the arm does not move for either', async () => {
      const before = park.entry.arm.openings.length;
      expect((await park.bank.driver().scanEntry(IN)).answer?.status).toBe(2);
      await park.station.send(z.unknown(), '/lists', { list: 'black', plate: '京C30001' });
      await park.entry.push('京C30001', { image });
      await park.laneWhen('in1', 'a car with a plate waits', ({ phase }) => phase === 'attention');
      expect((await park.bank.driver().scanEntry(IN)).answer?.status).toBe(1);
      expect(park.entry.arm.openings.length).toBe(before);
      const { passage } = await park.lane('in1');
      await park.order('in1', 'cancel', { passageId: passage?.id, reason: '掉头' });
    });

    test('a car with another plate stands at the exit: whoever has none is told of it, and opens nothing', async () => {
      const plate = '京C30002';
      await enters(plate);
      const car = await comes(plate);
      await charging();
      const driver = park.bank.driver();
      const { answer, fee } = await driver.scanExitWithoutPlate(OUT, { amount: 0 });
      expect(answer?.status).toBe(0);
      expect(fee).toMatchObject({ plate, due: FEE });
      expect(car.openings()).toBe(0);
      await park.bank.owner(plate).scanExit(OUT);
      await car.opened();
      await gone(plate);
    });
  });

  test('what is not rightly signed moves nothing, whatever it says', async () => {
    const plate = '京D40001';
    const uid = await enters(plate);
    const car = await comes(plate);
    await charging();
    const owner = park.bank.owner(plate);
    const { fee } = await owner.scanExit(OUT, { amount: 0 });
    if (!fee) throw new Error('there is no order');
    const events = async () => (await park.events('bill-paid')).length + (await park.events('attempt-changed')).length;
    const before = await events();
    const pay = {
      vpl_number: plate,
      record_id: uid,
      bill_id: fee.billId,
      pay_time: String(Math.floor(park.now() / 1000)),
    };
    const list = { pay_list: `[{"pay_type":99,"amount":${FEE},"order":"FORGED-1"}]` };
    for (const spelling of [
      { sign: 'wrong' } as const,
      { sign: 'missing' } as const,
      { sign: 'short' } as const,
      { sign: 'url-encoded' } as const,
      { appid: 'somebody' },
      { tampered: { record_id: 'another' } },
      { tampered: { trace_id: 'other' } },
    ])
      expect([spelling, (await park.bank.push('pay', { ...pay, ...list }, spelling)).answer?.status]).toEqual([
        spelling,
        401,
      ]);
    expect((await park.bank.push('pay', { ...pay, ...list }, { parkCode: '5201020002' })).answer?.status).toBe(404);
    for (const spelling of [
      { omit: ['pay_list'] },
      { set: { pay_list: '[{"pay_type":99' } },
      { set: { pay_time: '2026-11-22 10:00:00' } },
      { twice: ['record_id', uid] as const },
    ])
      expect([spelling, (await park.bank.push('pay', { ...pay, ...list }, spelling)).answer?.status]).toEqual([
        spelling,
        400,
      ]);
    expect(await events()).toBe(before);
    expect(car.openings()).toBe(0);
    expect((await park.bank.owner(plate).pay(fee))?.done).toBe(true);
    await car.opened();
    await gone(plate);
  });
});
