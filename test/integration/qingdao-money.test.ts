import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type AedesBroker, startAedes } from '../peers/mqtt/index.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';

const links = z.array(z.object({ platform: z.string(), downlink: z.string() }));
const PROMPT_MS = 5_000;

/** What the city says of money and what it hears, judged by a platform that was written from the specification alone. */
describe('money with the city platform', () => {
  let broker: AedesBroker;
  let park: CarPark;
  beforeAll(async () => {
    broker = await startAedes();
    const settings = { departurePay: { pollFirstMs: 1000 } };
    park = await CarPark.open({ city: { brokerUrl: broker.url, settings }, provision: { channels: ['qingdao'] } });
    const online = async () => (await park.station.get(links, '/outbox/summary'))[0]?.downlink === 'online';
    await until('the line to the broker', online, 10_000);
  });
  afterAll(async () => {
    await park.close();
    await broker.stop();
  });
  afterEach(async () => {
    await park.outboxEmpty();
    expect(park.city.violations).toEqual([]);
    expect(park.city.unproven).toEqual([]);
    for (const { latencyMs } of park.city.downlink.confirms) expect(latencyMs).toBeLessThan(PROMPT_MS);
  });

  const asked = (name: string, plateNo: string) =>
    park.city.log.flatMap(({ interface: of, body }) => (of === name && body?.plateNo === plateNo ? [body] : []));
  const gone = (plate: string) =>
    until(`${plate} has left`, async () => (await park.stayOf(plate)).status === 'left', 10_000);

  test('paid in the app: the car leaves without stopping', async () => {
    await park.register('鲁B10001', 90);
    const bill = await park.city.owner('鲁B10001').set({ discount: 200 }).prepay();
    expect(bill.shouldPay).toBe(700);
    await until('paid', async () => (await park.stayOf('鲁B10001')).paidFen === 500, 10_000);
    await park.exit.push('鲁B10001');
    await gone('鲁B10001');
    await park.outboxEmpty();
    expect(asked('uploadPayRecord', '鲁B10001')).toMatchObject([
      { billID: bill.billID, shouldPay: 700, actualPay: 500, payType: 102, billWay: 1 },
    ]);
  });

  test('paid at the exit by the city', async () => {
    await park.register('鲁B20002', 90);
    park.city.owner('鲁B20002').set({ pays: 'at-once', noticeAlways: true, paidType: 2 });
    await park.exit.push('鲁B20002');
    await gone('鲁B20002');
    expect(asked('applyPayment', '鲁B20002')).toMatchObject([{ carStock: 0, shouldPay: 700 }]);
  });

  test('not paid by the city: the cashier charges', async () => {
    await park.register('鲁B30003', 90);
    await park.exit.push('鲁B30003');
    const lane = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
    await until('asked', () => asked('applyPayment', '鲁B30003').length === 1);
    await park.collect(700, lane.passage?.id);
    await gone('鲁B30003');
  });

  test('leaves first and is charged after', async () => {
    const contract = { noSense: 1, moneyLimit: 5000, departurePay: 1 } as const;
    park.city.owner('鲁B40004').set({ contract, pays: 'later', delayMs: 1500, announces: true });
    await park.register('鲁B40004', 90);
    await until('the contract', () =>
      park.city.downlink.confirms.some((each) => each.params['plateNo'] === '鲁B40004'),
    );
    await park.exit.push('鲁B40004');
    await gone('鲁B40004');
    await until('paid', async () => (await park.stayOf('鲁B40004')).paidFen === 700, 10_000);
    expect(asked('applyPayment', '鲁B40004')).toMatchObject([{ carStock: 1, shouldPay: 700 }]);
    await park.outboxEmpty();
    expect(asked('uploadPayRecord', '鲁B40004')).toMatchObject([{ payType: 101, billWay: 1 }]);
  });

  test('arrears in the city stop the car, are paid here and written off there', async () => {
    // The city tells no numbers of its bills, so it has to know the car by its plate.
    park.city.style.cancelUnknown = 'all';
    const owner = park.city.owner('鲁B50005').set({
      ...{ arrears: [{ billID: 'elsewhere-1', amount: 1200 }], prevent: 1, announces: true },
    });
    await park.register('鲁B50005', 90);
    await until('told', () => park.city.downlink.confirms.some((each) => each.interface === 'confirmOverDueResult'));
    await park.exit.push('鲁B50005');
    const stopped = await park.laneWhen('out1', 'stopped', ({ passage }) => passage?.attention === 'arrears');
    await park.order('out1', 'approve', { passageId: stopped.passage?.id, attention: 'arrears', reason: '一并收取' });
    const lane = await park.laneWhen('out1', 'charging', ({ phase }) => phase === 'charging');
    await park.collect(1900, lane.passage?.id);
    await gone('鲁B50005');
    await until('written off', () => owner.account.writtenOff.length === 1);
    expect(owner.account.unPay).toBe(0);
  });
});
