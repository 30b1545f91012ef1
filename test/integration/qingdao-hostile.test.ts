import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { startFaultProxy } from '../peers/fault-proxy.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { startAedes } from '../peers/mqtt/index.ts';
import type { Fault, Violation } from '../peers/qingdao/index.ts';
import { CarPark } from '../support/car-park.ts';
import { faultsInTheCity } from '../support/city-books.ts';
import { seeded } from '../support/random.ts';
import { until } from '../support/until.ts';

const CARS = 60;
const image = jpegOfSize(4_000);
/** Another day with `CITY_SEED=…`. */
const SEED = Number(process.env['CITY_SEED'] ?? 20_261_122);

/** How likely each is, for a request. 204 and 400 are refusals, which a person sends again afterwards. */
const WEATHER: readonly (readonly [chance: number, fault: Fault])[] = [
  [0.03, { kind: 'answer-lost' }],
  [0.02, { kind: 'cut' }],
  [0.02, { kind: 'duplicate', answer: 'second' }],
  [0.03, { kind: 'overtaken', ms: 300 }],
  [0.01, { kind: 'silence' }],
  [0.01, { kind: 'silence', processed: true }],
  [0.02, { kind: 'slow-body', ms: 150 }],
  [0.02, { kind: 'down' }],
  [0.02, { kind: 'http-status', status: 500 }],
  [0.01, { kind: 'http-status', status: 502, processed: true }],
  [0.02, { kind: 'result-code', code: 500 }],
  [0.01, { kind: 'result-code', code: 204, msg: '处理失败' }],
  [0.02, { kind: 'garbage' }],
  [0.01, { kind: 'html' }],
  [0.05, { kind: 'delay', ms: 120 }],
];

type Habit = 'cash' | 'contract' | 'phone' | 'account' | 'stays' | 'white';
const HABITS: readonly Habit[] = ['cash', 'contract', 'phone', 'account', 'stays', 'white'];

test('a day in bad weather: afterwards the city holds what the station holds, and nothing happened twice', async () => {
  const random = seeded(SEED);
  const broker = await startAedes();
  onTestFinished(() => broker.stop());
  const mqttLine = await startFaultProxy(broker.port);
  onTestFinished(() => mqttLine.stop());
  const park = await CarPark.open({
    city: {
      ...{ brokerUrl: broker.url, sharesTime: true, overLine: true },
      settings: {
        mqtt: {
          ...{ url: `mqtt://127.0.0.1:${mqttLine.port}`, reconnectFirstMs: 100, reconnectMaxMs: 1000 },
          connectTimeoutMs: 2000,
        },
        outbox: { firstMs: 100, maxMs: 1000, probeMs: 100 },
        timeouts: { connectMs: 500, headersMs: 600, bodyMs: 600, totalMs: 1000 },
        applyPayment: { timeoutMs: 500 },
        departurePay: { pollFirstMs: 1000, pollMaxMs: 2000 },
      },
    },
    provision: { channels: ['qingdao'] },
  });
  onTestFinished(() => park.close());
  await park.hearing();
  const { city, entry, exit } = park;

  // An application that came to nothing is answered by the same code as one that cannot be charged now.
  const nothing = { kind: 'result-code', code: 204, msg: '处理失败' } as const;
  city.fault(nothing, { interface: 'applyPayment', chance: () => random() < 0.2 });
  for (const [chance, fault] of WEATHER) city.fault(fault, { chance: () => random() < chance });
  city.downlink.fault({ kind: 'duplicate' }, { chance: () => random() < 0.2 });
  city.downlink.fault({ kind: 'hold' }, { chance: () => random() < 0.1 });
  city.downlink.fault({ kind: 'delay', ms: 80 }, { chance: () => random() < 0.2 });

  const cars = Array.from({ length: CARS }, (_, index) => ({
    plate: `鲁${'ACDEFG'[index % 6] ?? 'A'}${String(10_007 + index * 1_379).slice(0, 5)}`,
    habit: HABITS[index % HABITS.length] ?? 'cash',
  }));
  const trouble = async (turn: number): Promise<void> => {
    if (turn % 7 === 3) await city.downlink.release('reversed');
    if (turn % 9 === 4) park.line.cut();
    if (turn % 11 === 6) mqttLine.cut();
    park.line.set(turn % 13 === 7 ? { delayMs: 15 } : {});
    if (turn % 17 === 9) park.line.set({ cutAfter: { down: 200 } });
  };
  const killed = async (): Promise<void> => {
    await park.station.kill9();
    await park.restart();
  };

  for (const [turn, { plate, habit }] of cars.entries()) {
    await trouble(turn);
    const owner = city.owner(plate).set({ announces: true, pays: 'never' });
    if (habit === 'contract')
      owner.set({ contract: { noSense: 1, moneyLimit: 9000, departurePay: 1 }, pays: 'later', delayMs: 200 });
    if (habit === 'account') owner.set({ pays: 'at-once', noticeAlways: true, discount: 100 });
    if (habit === 'white') await city.publishSpecialCar({ plateNo: plate, operateType: 1, operate: 0 });
    expect([plate, (await entry.push(plate, { image })).reply?.info]).toEqual([plate, 'ok']);
    await park.pass(3);
    if (turn === 21) await killed();
  }
  for (const [turn, { plate, habit }] of cars.entries()) {
    await trouble(turn + 5);
    if (habit === 'stays') continue;
    await park.pass(4);
    if (habit === 'phone') await byPhone(plate);
    await leaves(plate);
    if (turn === 40) await killed();
  }

  // The weather clears. What was refused is sent again by a person.
  city.clearFaults();
  city.downlink.clearFaults();
  await city.downlink.release('reversed');
  park.line.set({});
  const left = async () => {
    const [waiting, refused] = [await park.outbox('&status=waiting'), await park.outbox('&status=refused')];
    if (refused.total > 0)
      await park.station.send(z.unknown(), '/outbox/retry', { status: 'refused', platform: 'qingdao' });
    return [
      ...[...waiting.items, ...refused.items].map(({ message, lastError }) => `${message}: ${lastError}`),
      ...(await park.stays('')).filter(({ owedFen }) => owedFen > 0).map(({ plate }) => `${plate.text} owes`),
      ...city.unconfirmed().map((notice) => `${notice.interface} ${notice.requestId} is not confirmed`),
    ];
  };
  await until('everything is settled', async () => (await left()).length === 0, 15_000).catch(() => undefined);
  expect(await left()).toEqual([]);

  expect(await faultsInTheCity(park)).toEqual([]);
  // A car whose entry was refused, and waits for a person, is asked for all the same: the city says no, and the booth charges.
  const early = ({ rule, interface: name }: Violation): boolean => rule === 'order' && name === 'applyPayment';
  expect(city.violations.filter((each) => !early(each))).toEqual([]);
  expect(city.unproven).toEqual([]);
  expect(city.failures).toEqual([]);
  // What arrived twice arrived the same both times.
  expect(city.repeats.flatMap(({ changed }) => changed)).toEqual([]);

  // In spite of the weather each way to pay was gone.
  const payTypes = new Set([...city.books.payments.values()].map(({ record }) => record['payType']));
  expect(payTypes).toEqual(new Set([101, 102, 103]));

  const stays = await park.stays('');
  expect(stays.map(({ plate }) => plate.text).sort()).toEqual(cars.map(({ plate }) => plate).sort());
  for (const stay of stays) {
    const { payments } = await park.stay(stay.uid);
    if (stay.status === 'left') expect(stay.paidFen + stay.discountFen, stay.plate.text).toBe(stay.chargeFen);
    expect(new Set(payments.map(({ billId }) => billId)).size, stay.plate.text).toBe(payments.length);
  }
  const white = cars.filter(({ habit }) => habit === 'white').map(({ plate }) => plate);
  const added = (await park.events('list-changed')).map(({ body }) =>
    z.object({ plate: z.string() }).parse(body['entry']),
  );
  expect(added.map(({ plate }) => plate).sort()).toEqual(white.toSorted());
  expect(entry.arm.openings.length).toBeLessThanOrEqual(CARS);
  expect(exit.arm.openings.length).toBeLessThanOrEqual(stays.filter(({ status }) => status === 'left').length);
  expect([...entry.protocolFaults, ...exit.protocolFaults]).toEqual([]);
  process.stdout.write(
    `${city.log.length} requests, ${city.repeats.length} repeats, ${city.received('downloadUID').length} lists asked for\n`,
  );

  /** The owner pays in the app, if question and answer come through. */
  async function byPhone(plate: string): Promise<void> {
    const bill = await city
      .owner(plate)
      .ask({}, 1500)
      .catch(() => undefined);
    if (bill && bill.shouldPay > 0) await city.owner(plate).pay(bill.billID, 102);
  }

  /** The car comes to the exit, and somebody charges it where the city does not. */
  async function leaves(plate: string): Promise<void> {
    await exit.push(plate, { image });
    let seen = '';
    let looks = 0;
    const gone = async (): Promise<boolean> => {
      const stay = await park.stayOf(plate);
      if (stay.status === 'left') return true;
      const { phase, passage } = await park.lane('out1');
      const asked = z.array(z.object({ state: z.string(), detail: z.string() }));
      const attempts = await park.station.get(asked, `/attempts?uid=${stay.uid}`);
      seen = JSON.stringify({ phase, plate: passage?.plate.text, attempts, bill: passage?.bill });
      looks += 1;
      // A city that has been silent for a while is not asked: then nobody waits for it.
      const asking = attempts.length === 0 ? looks < 20 : attempts.some(({ state }) => /created|sent/.test(state));
      if (phase !== 'charging' || passage?.plate.text !== plate || asking) return false;
      // The bill may change or be paid in this very moment.
      await park.collect(passage.bill?.toPayFen ?? 0, passage.id).catch((error: unknown) => {
        seen += String(error);
      });
      return false;
    };
    const stuck = (): void => {
      const said = park.station.logs().filter(({ level }) => level >= 40);
      expect({ seen, said: said.slice(-5) }, `${plate} has left`).toBeNull();
    };
    await until(`${plate} has left`, gone, 15_000).catch(stuck);
  }
}, 120_000);
