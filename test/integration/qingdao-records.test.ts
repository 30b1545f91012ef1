import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { type RunView, runViewSchema } from '../../shared/contract/reconciliations.ts';
import { stayViewSchema } from '../../shared/contract/stays.ts';
import { shanghaiDate } from '../../shared/domain/time.ts';
import { CarPark } from '../support/car-park.ts';
import { until } from '../support/until.ts';

const parkingInfo = {
  address: '东海西路 1 号',
  ...{ regionCode: '370202', areaCode: '01', priceType: 1, feeScale: '每小时 5 元', parkingType: 2 },
  ...{ bmapX: '120.389455', bmapY: '36.072227', gmapX: '120.382915', gmapY: '36.066348' },
};

/** A picture that is larger than the city takes, as a good camera makes it. */
async function largePicture(): Promise<Buffer> {
  const pixels = Buffer.alloc(1000 * 700 * 3);
  let block = Buffer.from('a wet evening');
  for (let at = 0; at < pixels.length; at += block.length) {
    block = createHash('sha512').update(block).digest();
    block.copy(pixels, at);
  }
  return await sharp(pixels, { raw: { width: 1000, height: 700, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** Compares a day as a manager does, and waits for what came of it. */
async function compare(park: CarPark, date: string): Promise<RunView> {
  const { id } = await park.station.send(runViewSchema, '/reconciliations', { platform: 'qingdao', date });
  return await until('the comparison has ended', async () => {
    const run = await park.station.get(runViewSchema, `/reconciliations/${id}`);
    return run.state === 'running' ? undefined : run;
  });
}
const differing = ({ theirs }: RunView): string[] => {
  if (theirs.kind !== 'told') throw new Error(`the city told nothing: ${JSON.stringify(theirs)}`);
  return theirs.figures.filter(({ agrees }) => !agrees).map(({ message }) => message);
};

test('更正、作废、大照片和停车场信息都按平台的规矩送到，当天对账逐项一致', async () => {
  const park = await CarPark.open({ city: { settings: { parkingInfo } } });
  onTestFinished(() => park.close());
  const { city, station } = park;
  await city.waitFor(() => city.city.info.length > 0, 'the data of the car park');
  expect(city.city.info).toMatchObject([{ ...parkingInfo, parkingCode: city.city.parkingCode }]);

  // Registered with a misread plate, half an hour late; and one that never was.
  const misread = await park.register('鲁B01C81', 60);
  const enteredAt = new Date(park.now() - 90 * 60_000).toISOString();
  const correct = (uid: string, what: object) =>
    station.send(stayViewSchema, `/sessions/${uid}/correct`, { reason: '看照片更正', ...what });
  await correct(misread.uid, { plate: '鲁B01C01', plateColor: 'blue' });
  await correct(misread.uid, { enteredAt });
  const ghost = await park.register('鲁B99999', 30);
  await correct(ghost.uid, { void: true });

  const image = await largePicture();
  await park.entry.push('鲁B22222', { image });
  await park.exit.push('鲁B01C01');
  const { bill } = await park.laneWhen('out1', 'asks for money', (lane) => lane.bill !== null);
  await park.collect(bill?.dueFen ?? 0);
  await park.outboxEmpty(20_000);

  expect(city.violations).toEqual([]);
  expect(city.received('uploadCarInData')).toHaveLength(3);
  // Each stay keeps its order; stays do not wait for one another.
  const told = (of: string) =>
    city.city.corrections.flatMap(({ uid, operateType }) => (uid === of ? [operateType] : []));
  expect([told(misread.uid), told(ghost.uid)]).toEqual([[0, 0], [1]]);
  expect(city.books.stay(misread.uid).entry).toMatchObject({ plateNo: '鲁B01C01' });
  expect(city.books.stay(ghost.uid).entry).toBeUndefined();
  const sizes = [...city.books.photos.values()].map(({ jpeg }) => jpeg?.length ?? 0);
  expect(image.length).toBeGreaterThan(375_000);
  expect(Math.max(...sizes)).toBeGreaterThan(100_000);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(375_000);

  const today = shanghaiDate(park.now());
  expect(differing(await compare(park, today))).toEqual([]);
  city.forget('exits');
  expect(differing(await compare(park, today))).toEqual(['uploadCarOutData']);
});
