import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { verifyReportSchema } from '../../shared/contract/evidence.ts';
import { eventViewSchema } from '../../shared/contract/journal.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import type { ParkingRecord } from '../peers/shenzhen/index.ts';
import { faultsInTheCloud } from '../support/shenzhen-books.ts';
import { BERTHS, KerbSite } from '../support/shenzhen-kerb.ts';
import { until } from '../support/until.ts';

const MINUTE = 60_000;
/** A heartbeat of five minutes, in a test's length. */
const STATUS_MS = 1_500;
const photo = jpegOfSize(3_000).toString('base64');
const code = (number: number): string => BERTHS[number - 1] ?? '';
const second = (ms: number): number => Math.floor(ms / 1_000);
const events = z.array(eventViewSchema);

test('a street whose city hears of every berth once, of every stay in order, and of its money to the fen', async () => {
  const site = await KerbSite.open({
    settings: { reports: { berthStatusMs: STATUS_MS, freeNumQuietMs: 300 } },
  });
  onTestFinished(() => site.close());
  const { cloud, street } = site;
  Object.assign(cloud.pace, { everyMs: STATUS_MS, toleranceMs: 500 });
  await cloud.whenOnline();
  const began = Date.now() - 90 * MINUTE;
  const plateOf = (number: number): string => `粤B7000${number}`;

  const recordIn = (berthCode: string): ParkingRecord | undefined =>
    [...cloud.state.records.values()].findLast(({ known }) => known['berthCode'] === berthCode);
  const entered = (berthCode: string): Promise<ParkingRecord> =>
    until(
      `the entry in ${berthCode}`,
      () => {
        const record = recordIn(berthCode);
        return record?.entry && !record.exit ? record : undefined;
      },
      8_000,
    );
  const left = (record: ParkingRecord): Promise<unknown> =>
    until(`the exit of ${record.recordCode}`, () => cloud.record(record.recordCode)?.exit, 8_000);
  const isTold = (berthCode: string, state: '0' | '1'): Promise<unknown> =>
    until(`${berthCode} is ${state}`, () => cloud.state.berths.get(berthCode)?.state === state, 8_000);

  // Cars that a camera reads at once, two that it reads later, one that a person reads, one that nobody does.
  for (const number of [1, 2, 3, 4]) {
    await street.arrive(code(number), { at: began + number * 1_000, plate: plateOf(number), photo });
  }
  for (const number of [5, 6, 7, 9]) await street.arrive(code(number), { at: began + number * 1_000 });
  for (const number of [1, 2, 3, 4, 5, 6, 7, 9]) {
    await isTold(code(number), '1');
    await entered(code(number));
  }
  for (const number of [5, 6]) await street.reads(code(number), plateOf(number));
  const nine = await site.berth(code(9));
  const seen = { uid: nine.car?.uid, plate: plateOf(9), plateColor: 'blue' };
  await site.station.send(z.unknown(), `/berths/${nine.id}/plate`, seen);
  for (const visit of street.visits) if (visit.code === code(9)) visit.plate = plateOf(9);
  for (const number of [5, 6, 9])
    await until(`the plate in ${number}`, () => recordIn(code(number))?.entry?.['plateNumber'] === plateOf(number));
  // The latest wins: without a plate first, with it then, under one number.
  for (const number of [5, 6, 9]) {
    const told = cloud.received('parkRecordEntry').filter(({ fields }) => fields['berthCode'] === code(number));
    expect(told.map(({ fields }) => fields['plateNumber'])).toEqual(['', plateOf(number)]);
    expect(new Set(told.map(({ fields }) => fields['recordCode'])).size).toBe(1);
  }

  // What a device says again is told nobody: berthInfo is of changes. The cameras are heard of in their rhythm.
  await street.heartbeats();
  for (const device of street.devices) await device.again();
  const status = (device: string) => cloud.received('berthStatus').filter(({ fields }) => fields['barCode'] === device);
  await until('both cameras live', () => status('CAM-1').length >= 2 && status('CAM-2').length >= 2, 8_000);
  for (const number of [1, 2, 3, 4, 5, 6, 7, 9]) expect(cloud.state.berths.get(code(number))?.history).toHaveLength(1);
  // From here on the second camera says nothing.
  const camera = street.device('CAM-2');
  camera.offline = true;
  const silentSince = Date.now();

  // Paid while it stands, with a coupon, and owed; who owes pays at home.
  const [one, two, three] = [await entered(code(1)), await entered(code(2)), await entered(code(3))];
  const paid = await cloud.app.pay(one.recordCode, { customer: 'one', order: 'both-at-once', repeat: 1 });
  expect(paid.told.map((call) => call.code)).toEqual([0, 0, 0, 0]);
  const discounted = await cloud.app.pay(two.recordCode, {
    ...{ customer: 'two', order: 'order-first', coupons: [cloud.app.coupons.cash(300)] },
  });
  expect(discounted.quote.answer?.data).toMatchObject({ agioMoney: 300 });
  for (const [number, record] of [[1, one] as const, [2, two] as const, [3, three] as const]) {
    await street.leave(code(number));
    await left(record);
    await isTold(code(number), '0');
  }
  expect(cloud.record(three.recordCode)?.exit).toMatchObject({ actualPay: '0' });
  const owed = await cloud.app.pay(three.recordCode, { customer: 'three' });
  expect(owed.charge?.fen).toBeGreaterThan(0);
  const afterwards = new Map([[three.recordCode, owed.charge?.fen ?? 0]]);
  expect((await cloud.feeQuery(three.recordCode)).answer?.data).toMatchObject({ needPay: 0 });

  // Nobody ever read the one in berth 7: it is let go, and a person is told.
  const seven = await entered(code(7));
  await street.device('GEO-1').change(code(7), false, Date.now());
  for (const visit of street.visits) if (visit.code === code(7)) visit.to = Date.now();
  await left(seven);
  expect(cloud.record(seven.recordCode)?.exit).toMatchObject({ actualPay: '0', plateNumber: '' });

  // The city cannot be reached while a berth changes three times: it is told how it is, not how it was.
  const away = cloud.fault({ kind: 'request-lost' });
  await street.arrive(code(10));
  await until('the car is there', async () => (await site.berth(code(10))).car !== null);
  await street.leave(code(10));
  await until('it has left', async () => (await site.berth(code(10))).car === null);
  await street.arrive(code(10));
  await until('the next is there', async () => (await site.berth(code(10))).car !== null);
  await until('it was tried', () => away.hits > 2);
  away.clear();
  await isTold(code(10), '1');
  expect(cloud.state.berths.get(code(10))?.history).toHaveLength(1);
  await until(
    'both stays',
    () => [...cloud.state.records.values()].filter(({ known }) => known['berthCode'] === code(10)).length === 2,
    8_000,
  );

  // It dies with cars standing; one leaves and one comes meanwhile, and the devices know.
  await site.kill9();
  const [four, restarted] = [await entered(code(4)), cloud.log.length];
  await street.leave(code(4));
  await street.arrive(code(11));
  await site.restart();
  await cloud.whenOnline(10_000);
  await street.flush();
  await street.heartbeats();
  await left(four);
  await entered(code(11));
  await isTold(code(4), '0');
  await isTold(code(11), '1');
  // At a start the whole set is told.
  const since = (name: string) => cloud.log.slice(restarted).filter((line) => line.interface === name);
  const known = [1, 2, 3, 4, 5, 6, 7, 9, 10, 11].map(code);
  await until('the full set', () =>
    known.every((each) => since('berthInfo').some(({ fields }) => fields['berthCode'] === each)),
  );
  expect(since('park').length).toBeGreaterThan(0);

  // The silent camera is told as such once its time is over, and nothing more is said in its name.
  await until('CAM-2 is told as silent', () => cloud.state.devices.get('CAM-2')?.['state'] === '0', 20_000);
  expect(Date.now() - silentSince).toBeGreaterThan(5_000);
  expect(cloud.state.devices.get('CAM-1')?.['state']).toBe('1');
  const silent = status('CAM-2').length;
  const lively = status('CAM-1').length;
  await until('CAM-1 goes on', () => status('CAM-1').length >= lively + 2, 8_000);
  expect(status('CAM-2')).toHaveLength(silent);

  // At the end: every visit is one record, each change one message, and every record comes once more.
  await site.outboxEmpty();
  await cloud.waitFor(() => cloud.waiting().length === 0, 'nothing is left to be said');
  const told = [...cloud.state.records.values()].map(({ known: last, exit }) =>
    [
      last['berthCode'],
      last['plateNumber'],
      second(Number(last['entryTime'])),
      exit ? second(Number(exit['exitTime'])) : 'inside',
    ].join(' '),
  );
  const truth = street.visits.map(({ code: where, plate, from, to }) =>
    [where, plate ?? '', second(from), to === null ? 'inside' : second(to)].join(' '),
  );
  expect(told.toSorted()).toEqual(truth.toSorted());
  for (const { code: where, to } of street.visits.filter(
    ({ code: each }, index, all) => all.findLastIndex((one) => one.code === each) === index,
  ))
    expect([where, cloud.state.berths.get(where)?.state]).toEqual([where, to === null ? '1' : '0']);
  const inside = street.visits.filter(({ to }) => to === null).length;
  await until('free spaces', () => cloud.state.freeSpaces?.count === 12 - inside);
  for (const record of cloud.state.records.values())
    if (record !== cloud.record(three.recordCode))
      expect([record.recordCode, (await cloud.askFor(record.recordCode)).differences]).toEqual([record.recordCode, []]);
  await site.outboxEmpty();
  const journal = await site.station.get(events, '/events?limit=500');
  expect(await faultsInTheCloud({ station: site.station, cloud, journal }, afterwards)).toEqual([]);
  expect(cloud.failures).toEqual([]);
  expect(cloud.violations).toEqual([]);
  expect(cloud.doubts.filter(({ detail }) => !detail.endsWith('is told anew instead of corrected'))).toEqual([]);
  expect(await site.station.send(verifyReportSchema, '/journal/verify', {})).toMatchObject({
    whole: true,
    findings: [],
  });
}, 90_000);
