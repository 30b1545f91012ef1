import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { eventViewSchema } from '../../shared/contract/journal.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';

const audited = z.array(eventViewSchema);
const attendant = { name: '小王', password: 'a long night shift', role: 'attendant' };

async function openCarPark(): Promise<CarPark> {
  const park = await CarPark.open({ provision: { users: [attendant] } });
  onTestFinished(() => park.close());
  return park;
}

test('the arm opened by hand: who, why, when, and what the camera saw', async () => {
  const park = await openCarPark();
  const { entry, station } = park;
  entry.view = jpegOfSize(12_345);
  const token = await station.signIn(attendant.name, attendant.password);
  const before = Date.now();
  const opened = await station.raw('/api/v1/lanes/in1/open', { method: 'POST', body: { reason: '救护车' }, token });
  expect(opened.status).toBe(200);
  await entry.waitFor(() => entry.arm.state === 'open', 'open arm');
  expect(entry.arm.openings.map((pulse) => pulse.cause.kind)).toEqual(['comet']);

  const [event] = (await station.get(audited, `/audit?user=${encodeURIComponent(attendant.name)}`)).filter(
    ({ kind }) => kind === 'gate-commanded',
  );
  expect(event).toMatchObject({
    ...{ laneId: 'in1', actor: { kind: 'user', name: attendant.name } },
    body: { action: 'open', origin: 'manual', reason: '救护车' },
  });
  const at = Date.parse(event?.at ?? '');
  expect(at).toBeGreaterThanOrEqual(before - 1000);
  expect(at).toBeLessThanOrEqual(Date.now());
  const photoId = z.string().parse(event?.body['photoId']);
  const photo = await until('the picture', () => park.photo(photoId).catch(() => undefined));
  expect(photo).toEqual(entry.view);
  expect(entry.snapshots.map(({ status }) => status)).toEqual([200]);
  // It admitted nobody.
  expect((await park.events('vehicle-entered')).length).toBe(0);
});

test('the arm opened by hand behind a car that was let through: its picture is no evidence, a fresh one is', async () => {
  const park = await openCarPark();
  const { entry, station } = park;
  const ofTheCar = jpegOfSize(11_111);
  await entry.push('鲁B40009', { image: ofTheCar });
  await park.laneWhen('in1', 'cleared', ({ phase }) => phase === 'cleared');
  entry.view = jpegOfSize(12_222);
  const token = await station.signIn(attendant.name, attendant.password);
  await station.raw('/api/v1/lanes/in1/open', { method: 'POST', body: { reason: '跟车' }, token });
  const [event] = (await station.get(audited, '/audit')).filter(({ kind }) => kind === 'gate-commanded');
  const photoId = z.string().parse(event?.body['photoId']);
  const photo = await until('the picture', () => park.photo(photoId).catch(() => undefined));
  expect(photo).toEqual(entry.view);
});

test('a reason is demanded, and nothing moves without one', async () => {
  const park = await openCarPark();
  const token = await park.station.signIn();
  for (const body of [{}, { reason: '' }, { reason: '   ' }, undefined]) {
    const answer = await park.station.raw('/api/v1/lanes/in1/open', { method: 'POST', body, token });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  }
  expect(await park.events('gate-commanded')).toEqual([]);
  expect(park.entry.arm.pulses).toEqual([]);
});

test('a collection: who took how much, with the photo of the car at the exit', async () => {
  const park = await openCarPark();
  const { exit, station } = park;
  const image = jpegOfSize(23_456);
  const { uid } = await park.register('鲁B40001', 61);
  await exit.push('鲁B40001', { image });
  const token = await station.signIn(attendant.name, attendant.password);
  const body = { method: 'cash', amountFen: 700 };
  const collected = await station.raw('/api/v1/lanes/out1/collect', { method: 'POST', body, token });
  expect(collected.status).toBe(200);
  await exit.waitFor(() => exit.arm.openings[0], 'opening');

  const trail = await station.get(audited, `/audit?user=${encodeURIComponent(attendant.name)}`);
  const paid = trail.find(({ kind }) => kind === 'bill-paid');
  expect(paid).toMatchObject({ key: uid, laneId: 'out1', body: { paidFen: 700, method: 'cash' } });
  const opened = trail.find(({ kind }) => kind === 'gate-commanded');
  expect(opened).toMatchObject({ laneId: 'out1', passageId: paid?.passageId, body: { origin: 'payment' } });
  expect(await park.photo(z.string().parse(opened?.body['photoId']))).toEqual(image);
  const [payment] = (await park.stay(uid)).payments;
  expect(payment).toMatchObject({ operator: attendant.name, amountFen: 700 });
});
