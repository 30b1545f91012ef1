import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { attemptViewSchema, caseViewSchema } from '../../shared/contract/payments.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { type AedesBroker, startAedes } from '../peers/mqtt/index.ts';
import type { Contract, Logged } from '../peers/qingdao/index.ts';
import { CarPark } from '../support/car-park.ts';
import { faultsInTheCity } from '../support/city-books.ts';
import { until } from '../support/until.ts';

const FEE = 700;
const RECORDS = ['uploadCarInData', 'uploadPayRecord', 'uploadCarOutData'];
const image = jpegOfSize(8_000);
const cases = pageOf(caseViewSchema);
const attempts = z.array(attemptViewSchema);

/** Conversations about money, each as a driver, an attendant and the city see it. */
describe('money, as the city and the booth tell each other', () => {
  let broker: AedesBroker;
  let park: CarPark;
  beforeAll(async () => {
    broker = await startAedes();
    const settings = {
      // As short as settings allow: what becomes of a bill is asked each second, of the three hours the test makes a moment.
      departurePay: { pollFirstMs: 1000, pollMaxMs: 1000 },
      applyPayment: { timeoutMs: 1500 },
      timeouts: { headersMs: 2500, totalMs: 3000 },
    };
    park = await CarPark.open({
      city: { brokerUrl: broker.url, settings, sharesTime: true },
      provision: { channels: ['qingdao'] },
    });
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
    expect(await faultsInTheCity(park)).toEqual([]);
  });

  const about = (plate: string, ...names: string[]): Logged[] =>
    park.city.log.filter(
      (line) => line.body?.['plateNo'] === plate && (names.length === 0 || names.includes(line.interface)),
    );
  const bodies = (plate: string, name: string) => about(plate, name).map(({ body }) => body);
  /** The order in which a stay's records were taken. */
  const told = (uid: string, ...names: string[]): string[] =>
    park.city.log
      .filter((line) => line.body?.['uid'] === uid && line.outcome === 'accepted' && names.includes(line.interface))
      .map((line) => line.interface);
  const left = (plate: string) =>
    until(`${plate} has left`, async () => (await park.stayOf(plate)).status === 'left', 10_000);
  const paid = (plate: string, fen: number) =>
    until(`${plate} has paid ${fen}`, async () => (await park.stayOf(plate)).paidFen === fen, 10_000);
  const attemptsOf = (uid: string) => park.station.get(attempts, `/attempts?uid=${uid}`);
  const casesOf = async (uid: string) => (await park.station.get(cases, `/cases?uid=${uid}`)).items;

  describe('pay before leaving', () => {
    test('the platform pays in its answer: the arm opens and nobody was needed', async () => {
      const plate = '鲁B10101';
      const { uid } = await park.register(plate, 90);
      park.city.owner(plate).set({ pays: 'at-once', paidType: 2 });
      const { opened } = await leaves(plate);
      await opened();
      await left(plate);
      await park.outboxEmpty();
      expect(bodies(plate, 'applyPayment')).toMatchObject([{ uid, carStock: 0, payStatus: 0, shouldPay: FEE }]);
      expect(bodies(plate, 'uploadPayRecord')).toMatchObject([
        { billWay: 1, payType: 103, paidType: 2, shouldPay: FEE, actualPay: FEE },
      ]);
      expect(told(uid, ...RECORDS)).toEqual(RECORDS);
      expect(about(plate, 'getPayResult')).toEqual([]);
    });

    test('the answer is lost on its way: asked once what became of it, and paid', async () => {
      const plate = '鲁B10102';
      await park.register(plate, 90);
      park.city.owner(plate).set({ pays: 'at-once', discount: 150 });
      park.city.fault({ kind: 'answer-lost' }, { times: 1, interface: 'applyPayment' });
      const { opened } = await leaves(plate);
      await opened();
      await left(plate);
      expect(about(plate, 'getPayResult')).toHaveLength(1);
      await park.outboxEmpty();
      expect(bodies(plate, 'uploadPayRecord')).toMatchObject([
        { billWay: 1, payType: 103, shouldPay: FEE, actualPay: FEE - 150 },
      ]);
    });

    test('nobody answers: cash in the booth, and the payment that is told late is confirmed and stands as one too many', async () => {
      const plate = '鲁B10103';
      const { uid } = await park.register(plate, 90);
      park.city.fault({ kind: 'silence', processed: true }, { interface: 'applyPayment' });
      park.city.fault({ kind: 'silence' }, { interface: 'getPayResult' });
      const asked = park.city.received('getPayResult').length;
      const since = performance.now();
      const { opened } = await leaves(plate);
      const { passage } = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
      // The application is given up after its time, asked about once, and left open: the money may still come.
      await until('the city is left alone', async () => (await attemptsOf(uid))[0]?.state === 'unknown', 10_000);
      expect(performance.now() - since).toBeGreaterThan(1400);
      expect(park.city.received('getPayResult')).toHaveLength(asked + 1);
      await park.collect(FEE, passage?.id);
      await opened();
      await left(plate);
      park.city.clearFaults();

      const [bill] = bodies(plate, 'applyPayment').map((body) => String(body?.['billID']));
      const notice = await park.city.owner(plate).pay(bill ?? '', 103);
      const confirm = await park.city.waitForConfirm(notice.requestId);
      expect(confirm).toMatchObject({ interface: 'confirmPayResult', success: true });
      const found = await until('a case', async () => (await casesOf(uid)).find((each) => each.kind === 'paid-twice'));
      expect(found.amountFen).toBe(FEE);
      expect(await park.stayOf(plate)).toMatchObject({ paidFen: FEE });
      await park.outboxEmpty();
      expect(bodies(plate, 'uploadPayRecord')).toMatchObject([
        { billWay: 0, paidType: 1, payType: 103, actualPay: FEE },
      ]);
      // Told once more, it is the same money.
      await park.city.downlink.repeat(notice);
      await until('confirmed again', () => park.city.downlink.answers.of(notice).length === 2);
      expect(await casesOf(uid)).toHaveLength(1);
    });
  });

  describe('leave first, pay afterwards', () => {
    const contract = { noSense: 1, moneyLimit: 2000, departurePay: 1 } as const;
    /** A car inside whose contract the city has pushed. */
    async function contracted(plate: string, told: Partial<Contract> = {}): Promise<string> {
      const owner = park.city.owner(plate).set({ contract: { ...contract, ...told }, announces: true });
      const { uid } = await park.register(plate, 90);
      await park.city.waitFor(
        () => park.city.downlink.confirms.some((each) => each.success && each.params['plateNo'] === plate),
        'the contract to be confirmed',
      );
      expect(owner.account.toldContracts).toHaveLength(1);
      return uid;
    }

    test('within the limit the arm opens without a word from the city; exit, photo, application, payment follow', async () => {
      const plate = '鲁B10201';
      const uid = await contracted(plate);
      park.city.owner(plate).set({ pays: 'later', delayMs: 600, paidType: 3 });
      // Whoever asked the city now would wait for seconds.
      park.city.fault({ kind: 'silence' });
      const before = park.city.log.length;
      const pushed = await park.exit.push(plate, { image });
      expect(pushed.reply?.info).toBe('ok');
      expect(pushed.attempts.at(-1)?.ms).toBeLessThan(1000);
      expect(await park.stayOf(plate)).toMatchObject({ status: 'left', paidFen: 0, owedFen: FEE });
      const asked = park.city.log.slice(before).map((line) => line.interface);
      expect(asked).not.toContain('applyPayment');
      expect(asked).not.toContain('getDeparturePayInfo');
      park.city.clearFaults();

      await paid(plate, FEE);
      await park.outboxEmpty(15_000);
      expect(bodies(plate, 'applyPayment')).toMatchObject([{ uid, carStock: 1, payStatus: 0, shouldPay: FEE }]);
      expect(told(uid, 'uploadCarOutData', 'applyPayment', 'uploadPayRecord')).toEqual([
        ...['uploadCarOutData', 'applyPayment', 'uploadPayRecord'],
      ]);
      expect(bodies(plate, 'uploadPayRecord')).toMatchObject([
        { billWay: 1, payType: 101, paidType: 3, actualPay: FEE },
      ]);
      expect(await park.stayOf(plate)).toMatchObject({ paidFen: FEE, owedFen: 0 });
      expect(park.city.books.stay(uid).photos).toHaveLength(1);
    });

    test.for<[what: string, plate: string, terms: Partial<Contract>]>([
      ['over the limit', '鲁B10211', { moneyLimit: FEE - 1 }],
      ['with arrears in its contract', '鲁B10212', { noSense: 2 }],
      ['without a contract', '鲁B10213', { noSense: 0 }],
    ])('%s the car pays before it leaves', async ([, plate, terms]) => {
      await contracted(plate, terms);
      const { opened } = await leaves(plate);
      const { passage } = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
      expect(await park.stayOf(plate)).toMatchObject({ status: 'inside' });
      await until('the city was asked first', () => about(plate, 'applyPayment').length === 1);
      expect(bodies(plate, 'applyPayment')).toMatchObject([{ carStock: 0 }]);
      await park.collect(FEE, passage?.id);
      await opened();
      await left(plate);
    });

    test('the notice of the payment is lost: the question finds it', async () => {
      const plate = '鲁B10203';
      await contracted(plate);
      park.city.owner(plate).set({ pays: 'never' });
      await leaves(plate);
      await left(plate);
      const [bill] = await until('the application', () => {
        const found = bodies(plate, 'applyPayment');
        return found.length === 1 ? found : undefined;
      });
      park.city.owner(plate).paySilently(String(bill?.['billID']));
      await paid(plate, FEE);
      expect(about(plate, 'getPayResult').length).toBeGreaterThan(0);
      await park.outboxEmpty();
      expect(bodies(plate, 'uploadPayRecord')).toMatchObject([{ billWay: 1, payType: 101 }]);
    });

    test('never paid: after three hours it is abnormal, hour by hour, over a restart, until it is paid after all', async () => {
      const plate = '鲁B10204';
      const uid = await contracted(plate);
      park.city.owner(plate).set({ pays: 'never' });
      await leaves(plate);
      await left(plate);
      await until('asked', () => about(plate, 'getPayResult').length > 0, 10_000);
      expect(about(plate, 'uploadAbnormalBill')).toEqual([]);
      await park.pass(181);
      await until('reported', () => about(plate, 'uploadAbnormalBill').length === 1, 10_000);
      expect(bodies(plate, 'uploadAbnormalBill')).toMatchObject([{ uid, shouldPay: FEE, payStatus: 0 }]);
      await park.outboxEmpty();
      await park.station.kill9();
      await park.restart();
      await park.pass(60);
      await until('reported again', () => about(plate, 'uploadAbnormalBill').length === 2, 10_000);
      await park.hearing();
      const [bill] = bodies(plate, 'applyPayment');
      await park.city.owner(plate).pay(String(bill?.['billID']));
      await paid(plate, FEE);
      await park.outboxEmpty();
      expect(bodies(plate, 'uploadPayRecord')).toMatchObject([{ billWay: 1, payType: 101, actualPay: FEE }]);
      expect(about(plate, 'uploadAbnormalBill')).toHaveLength(2);
      expect(about(plate, 'applyPayment')).toHaveLength(1);
    });
  });

  /** A car comes to the exit; `opened` waits for the arm. */
  async function leaves(plate: string): Promise<{ readonly opened: () => Promise<unknown> }> {
    const { exit } = park;
    const before = exit.arm.openings.length;
    await exit.push(plate, { image });
    return { opened: () => exit.waitFor(() => exit.arm.openings.length > before, `opening for ${plate}`) };
  }
});
