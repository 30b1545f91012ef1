import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { debtViewSchema, lookedUpSchema } from '../../shared/contract/debts.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { type AedesBroker, startAedes } from '../peers/mqtt/index.ts';
import { CarPark } from '../support/car-park.ts';
import { faultsInTheCity } from '../support/city-books.ts';
import { until } from '../support/until.ts';

const FEE = 700;
/** A station that is dead while it is told may answer late. */
const TOLD_WHILE_DEAD = '鲁B20104';
const image = jpegOfSize(8_000);
const debts = pageOf(debtViewSchema);
const links = z.array(z.object({ downlink: z.string() }));

/** What an owner does with the platform's app, and what the platform knows of its cars. */
describe('the owner and the whole city', () => {
  let broker: AedesBroker;
  let park: CarPark;
  beforeAll(async () => {
    broker = await startAedes();
    park = await CarPark.open({
      city: { brokerUrl: broker.url, sharesTime: true },
      provision: { channels: ['qingdao'] },
    });
    // The platform keeps arrears by numbers that it never tells: it takes any number for all of the plate.
    park.city.style.cancelUnknown = 'all';
    await park.hearing();
  });
  afterAll(async () => {
    await park.close();
    await broker.stop();
  });
  afterEach(async () => {
    park.city.clearFaults();
    await park.outboxEmpty(15_000);
    expect(park.city.violations).toEqual([]);
    expect(park.city.unproven).toEqual([]);
    expect(park.city.unconfirmed()).toEqual([]);
    expect(park.city.late().filter(({ params }) => params['plateNo'] !== TOLD_WHILE_DEAD)).toEqual([]);
    expect((await park.outbox('&status=refused')).items).toEqual([]);
    expect(await faultsInTheCity(park)).toEqual([]);
  });

  const bodies = (plate: string, name: string) =>
    park.city.received(name).flatMap(({ body }) => (body?.['plateNo'] === plate ? [body] : []));
  const left = (plate: string) =>
    until(`${plate} has left`, async () => (await park.stayOf(plate)).status === 'left', 10_000);
  const debtsOf = async (plate: string) =>
    (await park.station.get(debts, `/debts?state=open&plate=${encodeURIComponent(plate)}`)).items;
  const confirmedFor = (name: string, plate: string) =>
    park.city.waitFor(
      () => park.city.downlink.confirms.find((each) => each.interface === name && each.params['plateNo'] === plate),
      `${name} of ${plate}`,
    );

  describe('paying inside, by phone', () => {
    test('asked, paid, confirmed, told, and out without stopping', async () => {
      const plate = '鲁B20101';
      await park.register(plate, 90);
      const bill = await park.city.owner(plate).set({ discount: 200, paidType: 2 }).prepay();
      expect(bill).toMatchObject({ shouldPay: FEE, by: 'uploadFee' });
      await until('paid', async () => (await park.stayOf(plate)).paidFen === FEE - 200);
      expect(await confirmedFor('confirmPayResult', plate)).toMatchObject({ success: true });
      expect((await park.exit.push(plate, { image })).reply?.info).toBe('ok');
      await left(plate);
      await park.outboxEmpty();
      expect(bodies(plate, 'uploadPayRecord')).toMatchObject([
        { billID: bill.billID, billWay: 1, payType: 102, paidType: 2, shouldPay: FEE, actualPay: FEE - 200 },
      ]);
      expect(bodies(plate, 'applyPayment')).toEqual([]);
    });

    test('who stays longer than the time to leave pays the rest at the exit', async () => {
      const plate = '鲁B20102';
      await park.register(plate, 90);
      await park.city.owner(plate).prepay();
      await until('paid', async () => (await park.stayOf(plate)).paidFen === FEE);
      await confirmedFor('confirmPayResult', plate);
      await park.pass(90);
      expect((await park.exit.push(plate, { image })).reply?.info).toBe('no');
      const { passage } = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
      const due = passage?.bill?.dueFen ?? 0;
      expect(due).toBeGreaterThan(0);
      await park.collect(due, passage?.id);
      await left(plate);
      await park.outboxEmpty();
      expect(bodies(plate, 'uploadPayRecord').map(({ billWay, payType }) => [billWay, payType])).toEqual([
        ...[
          [1, 102],
          [0, 103],
        ],
      ]);
    });

    test('a plate that is not inside has no bill, and asking goes on being answered', async () => {
      const notice = await park.city.publishFee({ plateNo: '鲁B20103' }, { requestId: '9223372036854775805' });
      const confirm = await park.city.waitForConfirm(notice.requestId);
      expect(confirm).toMatchObject({ interface: 'uploadFee', success: false });
      expect(confirm.params).toMatchObject({ plateNo: '鲁B20103', parkingCode: '1001' });
      await park.city.downlink.repeat(notice);
      await until('answered again', () => park.city.downlink.answers.of(notice).length === 2);
    });

    test('paid while the station was dead: it hears of it after its start', async () => {
      const plate = TOLD_WHILE_DEAD;
      await park.register(plate, 90);
      const bill = await park.city.owner(plate).ask();
      await park.outboxEmpty();
      await park.station.kill9();
      await park.city.owner(plate).pay(bill.billID, 102);
      await park.restart();
      await until('paid', async () => (await park.stayOf(plate)).paidFen === FEE, 10_000);
      await confirmedFor('confirmPayResult', plate);
      expect((await park.exit.push(plate, { image })).reply?.info).toBe('ok');
      await left(plate);
    });

    test('too little money for the bill is not taken for paid', async () => {
      const plate = '鲁B20105';
      await park.register(plate, 90);
      const bill = await park.city.owner(plate).ask();
      const { billID, billTime, shouldPay } = bill;
      const notice = await park.city.publishPayResult({
        ...{ plateNo: plate, billID, billTime, shouldPay, payStatus: 1, discountAmount: 0, actualPay: 100 },
        ...{ dealTime: billTime, orderCode: 'QD-SHORT-1', paidType: 2, payType: 102 },
      });
      expect(await park.city.waitForConfirm(notice.requestId)).toMatchObject({ success: false });
      expect(await park.stayOf(plate)).toMatchObject({ paidFen: 0 });
      await park.city.owner(plate).pay(billID, 102);
      await until('paid', async () => (await park.stayOf(plate)).paidFen === FEE);
      await park.exit.push(plate, { image });
      await left(plate);
    });
  });

  test('a car with a contract leaves, and the answer to the application itself says that it is paid', async () => {
    const plate = '鲁B20201';
    const contract = { noSense: 1, moneyLimit: 5000, departurePay: 1 } as const;
    park.city.owner(plate).set({ contract, announces: true, pays: 'at-once', noticeAlways: true });
    await park.register(plate, 90);
    await confirmedFor('confirmDeparturePayInfo', plate);
    expect((await park.exit.push(plate, { image })).reply?.info).toBe('ok');
    await until('paid', async () => (await park.stayOf(plate)).paidFen === FEE, 10_000);
    await confirmedFor('confirmPayResult', plate);
    await park.outboxEmpty();
    expect(bodies(plate, 'uploadPayRecord')).toMatchObject([{ billWay: 1, payType: 101, actualPay: FEE }]);
    expect(await park.stay((await park.stayOf(plate)).uid)).toMatchObject({ paidFen: FEE, owedFen: 0 });
  });

  describe('arrears', () => {
    test('prevent 1: the exit stops, the booth collects both, and the city writes them off', async () => {
      const plate = '鲁B20301';
      const owner = park.city
        .owner(plate)
        .set({ arrears: [{ billID: 'elsewhere-1', amount: 1200 }], prevent: 1, announces: true });
      await park.register(plate, 90);
      await confirmedFor('confirmOverDueResult', plate);
      expect(await debtsOf(plate)).toMatchObject([{ amountFen: 1200 }]);
      await stopsAndPays(plate, FEE + 1200);
      await park.outboxEmpty();
      expect(owner.account.writtenOff).toMatchObject([{ billID: 'elsewhere-1' }]);
      expect(await debtsOf(plate)).toEqual([]);
      expect(bodies(plate, 'cancelOverDueBill')).toHaveLength(1);
      const records = bodies(plate, 'uploadPayRecord').map((body) =>
        ['payType', 'actualPay', 'billWay'].map((name) => String(body[name])).join(' '),
      );
      expect(new Set(records)).toEqual(new Set([`103 ${FEE} 0`, '104 1200 0']));
    });

    test('prevent 0: nothing stops the car; what it owes is on its next bill, if there is one', async () => {
      const plate = '鲁B20302';
      park.city.owner(plate).set({ arrears: [{ billID: 'elsewhere-2', amount: 900 }], prevent: 0, announces: true });
      await park.entry.push(plate, { image });
      await confirmedFor('confirmOverDueResult', plate);
      expect((await park.exit.push(plate, { image })).reply?.info).toBe('ok');
      expect(await debtsOf(plate)).toMatchObject([{ amountFen: 900 }]);

      const other = '鲁B20306';
      const owner = park.city.owner(other);
      owner.set({ arrears: [{ billID: 'elsewhere-6', amount: 900 }], prevent: 0, announces: true });
      await park.register(other, 90);
      await confirmedFor('confirmOverDueResult', other);
      await park.exit.push(other, { image });
      const { passage } = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
      expect(passage).toMatchObject({ attention: null, warnings: ['owing'], bill: { toPayFen: FEE + 900 } });
      await park.collect(FEE + 900, passage?.id);
      await left(other);
      await park.outboxEmpty();
      expect(owner.account.writtenOff).toMatchObject([{ billID: 'elsewhere-6' }]);
    });

    test('paid elsewhere meanwhile: the debt is gone here', async () => {
      const plate = '鲁B20303';
      const owner = park.city
        .owner(plate)
        .set({ arrears: [{ billID: 'elsewhere-3', amount: 500 }], prevent: 1, announces: true });
      await park.register(plate, 90);
      await confirmedFor('confirmOverDueResult', plate);
      owner.set({ arrears: [] });
      const notice = await park.city.publishOverDueResult({ plateNo: plate }, { shiftMs: 2000 });
      expect(await park.city.waitForConfirm(notice.requestId)).toMatchObject({ success: true });
      expect(await debtsOf(plate)).toEqual([]);
      await park.exit.push(plate, { image });
      const { passage } = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
      await park.collect(FEE, passage?.id);
      await left(plate);
    });

    test('the broker is gone: the counter asks for itself', async () => {
      const plate = '鲁B20304';
      park.city.owner(plate).set({ arrears: [{ billID: 'elsewhere-4', amount: 300 }], prevent: 1 });
      await park.register(plate, 90);
      await broker.pause();
      const gone = async () => (await park.station.get(links, '/outbox/summary'))[0]?.downlink === 'offline';
      await until('the loss is noticed', gone);
      const answers = await park.station.send(z.array(lookedUpSchema), '/debts/look-up', { plate });
      expect(answers).toMatchObject([{ platform: 'qingdao', kind: 'known' }]);
      expect(await debtsOf(plate)).toMatchObject([{ amountFen: 300 }]);
      await broker.resume();
      await stopsAndPays(plate, FEE + 300);
    });

    /** The car at the exit is stopped over its arrears; the attendant takes the whole sum. */
    async function stopsAndPays(plate: string, fen: number): Promise<void> {
      const before = park.exit.arm.openings.length;
      await park.exit.push(plate, { image });
      const { passage } = await park.laneWhen('out1', 'stopped', (lane) => lane.passage?.attention === 'arrears');
      expect(park.exit.arm.openings.length).toBe(before);
      await park.order('out1', 'approve', { passageId: passage?.id, reason: '一并收取' });
      await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
      await park.collect(fen, passage?.id);
      await left(plate);
    }
  });
});
