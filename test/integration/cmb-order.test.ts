import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { attemptViewSchema } from '../../shared/contract/payments.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { type AedesBroker, startAedes } from '../peers/mqtt/index.ts';
import { faultsInTheMoney } from '../support/bank-books.ts';
import { CarPark } from '../support/car-park.ts';
import { faultsInTheCity } from '../support/city-books.ts';
import { until } from '../support/until.ts';

const FEE = 700;
const OUT = 2;
const image = jpegOfSize(4_000);
const attempts = z.array(attemptViewSchema);
const QUICK_BANK = {
  timeouts: { autoPayMs: 1000, connectMs: 500, headersMs: 600, bodyMs: 600, totalMs: 1000 },
  autoPay: { askAtMs: [500, 800] },
};
const QUICK_CITY = { applyPayment: { timeoutMs: 500 }, departurePay: { pollFirstMs: 1000, pollMaxMs: 2000 } };

/** Both platforms are connected; the manager's order of channels says who has the first word. */
describe.for<[first: string, channels: string[]]>([
  ['the bank', ['cmb', 'qingdao', 'cmb-qr']],
  ['the city', ['qingdao', 'cmb', 'cmb-qr']],
])('%s is asked first', ([first, channels]) => {
  const bankFirst = first === 'the bank';
  /** Plates of their own in either order. */
  const plateOf = (number: number) => `鲁B${bankFirst ? 1 : 2}${String(number).padStart(4, '0')}`;
  let broker: AedesBroker;
  let park: CarPark;
  beforeAll(async () => {
    broker = await startAedes();
    park = await CarPark.open({
      city: { brokerUrl: broker.url, sharesTime: true, settings: QUICK_CITY },
      bank: { settings: QUICK_BANK },
      provision: { channels },
    });
    await park.hearing();
  });
  afterAll(async () => {
    await park.close();
    await broker.stop();
  });
  afterEach(async () => {
    park.bank.clearFaults();
    await park.outboxEmpty();
    expect([...park.bank.violations, ...park.city.violations]).toEqual([]);
    expect([...park.bank.failures, ...park.city.failures]).toEqual([]);
    expect(await faultsInTheCity(park)).toEqual([]);
    expect(await faultsInTheMoney(park)).toEqual([]);
  });

  const applied = (plate: string) =>
    park.city.received('applyPayment').filter(({ body }) => body?.['plateNo'] === plate);
  const charged = (plate: string) =>
    park.bank.received('AutoPay').filter(({ fields }) => fields['vpl_number'] === plate);
  const asked = (plate: string) => [charged(plate).length, applied(plate).length];

  /** A car that both may charge, at the exit. */
  async function comes(plate: string, bank: 'pays' | 'declines' | 'nothing', city: 'at-once' | 'never' | 'after') {
    const contract = { noSense: 1, moneyLimit: 9000, departurePay: 1 } as const;
    park.bank.owner(plate).set({
      autopay: bank === 'nothing' ? null : { limit: 9000 },
      pays: bank === 'declines' ? 'declines' : 'at-once',
    });
    park.city
      .owner(plate)
      .set(
        city === 'after'
          ? { contract, announces: true, pays: 'later', delayMs: 100 }
          : { pays: city, noticeAlways: city === 'at-once' },
      );
    const { uid } = await park.register(plate, 90);
    await park.bank.waitFor(() => park.bank.records.has(uid), `Indata of ${plate}`);
    if (city === 'after')
      await park.city.waitFor(
        () => park.city.downlink.confirms.some((each) => each.success && each.params['plateNo'] === plate),
        'the contract to be confirmed',
      );
    await park.outboxEmpty();
    const before = park.exit.arm.openings.length;
    const { reply } = await park.exit.push(plate, { image });
    const out = async () => {
      await until(`${plate} has left`, async () => (await park.stayOf(plate)).status === 'left', 10_000);
      await until(`${plate} has paid`, async () => (await park.stayOf(plate)).paidFen === FEE, 10_000);
      expect(park.exit.arm.openings.length).toBe(before + 1);
      await park.outboxEmpty();
    };
    return { uid, atOnce: reply?.info === 'ok', out };
  }

  test('both would pay: only that one is asked', async () => {
    const plate = plateOf(1);
    await (await comes(plate, 'pays', 'at-once')).out();
    expect(asked(plate)).toEqual(bankFirst ? [1, 0] : [0, 1]);
  });

  test('it declines: the other is asked, and pays', async () => {
    const plate = plateOf(2);
    await (await comes(plate, bankFirst ? 'declines' : 'pays', bankFirst ? 'at-once' : 'never')).out();
    expect(asked(plate)).toEqual([1, 1]);
  });

  test('both decline: the driver scans the code of the exit', async () => {
    const plate = plateOf(3);
    const car = await comes(plate, 'declines', 'never');
    await until('both were asked', () => asked(plate).every((times) => times === 1));
    const owner = park.bank.owner(plate).set({ pays: 'at-once' });
    await until('the bill can be scanned', async () => (await owner.scanExit(OUT)).push?.done);
    await car.out();
  });

  test('only the second is there for this car', async () => {
    const plate = plateOf(4);
    await (await comes(plate, bankFirst ? 'nothing' : 'pays', bankFirst ? 'at-once' : 'never')).out();
    expect(charged(plate)).toHaveLength(bankFirst ? 0 : 1);
  });

  test('the city lets it leave first: as the first at once, as the second when the bank has declined', async () => {
    const plate = plateOf(5);
    const car = await comes(plate, bankFirst ? 'declines' : 'pays', 'after');
    expect(car.atOnce).toBe(!bankFirst);
    await car.out();
    expect(asked(plate)).toEqual([bankFirst ? 1 : 0, 1]);
    expect(applied(plate)).toMatchObject([{ body: { carStock: 1 } }]);
  });

  test('the bank does not say whether it charged: nobody else is asked, and the driver scans when it is set aside', async () => {
    const plate = plateOf(6);
    park.bank.fault({ kind: 'silence', processed: true }, { interface: 'AutoPay', plate });
    park.bank.fault({ kind: 'silence' }, { interface: 'PayOrderStatus', plate });
    park.bank.owner(plate).set({ echo: 'never' });
    const car = await comes(plate, 'pays', 'never');
    const [attempt] = await until('set aside', async () => {
      const all = await park.station.get(attempts, `/attempts?uid=${car.uid}`);
      const found = all.filter(({ setAside }) => setAside);
      return found.length > 0 ? found : undefined;
    });
    expect(asked(plate)).toEqual([1, bankFirst ? 0 : 1]);
    await until('scanned', async () => (await park.bank.owner(plate).scanExit(OUT)).push?.done);
    await car.out();
    expect(asked(plate)).toEqual([1, bankFirst ? 0 : 1]);
    park.bank.owner(plate).set({ echo: 'after' });
    await park.bank.complete(attempt?.id ?? '');
  });
});
