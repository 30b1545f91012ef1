import { afterEach, expect, it } from 'vitest';
import { signatureOf } from '../../../../electron/station/platforms/shenzhen/signature.ts';
import { KEYS, SITE, settings } from './up-support.ts';
import { device, type Told, UpWorld } from './up-world.ts';

let world: UpWorld;

afterEach(() => world?.dispose());

const signed = (told: Told | undefined, unsigned: readonly string[]): boolean =>
  told?.['signature'] === signatureOf(told ?? {}, KEYS.accessSecret, unsigned);

it('names the elements of berthState, and fills its text, as the city wants', async () => {
  world = await UpWorld.built({
    hardware: [device('eye', 'berth-camera')],
    settings: { site: SITE, reports: { berthState: { code: 'berthNo', state: 'status', length: 700 } } },
  });
  for (let number = 1; number <= 14; number += 1)
    world.observe(world.addBerth(number, { camera: 'eye' }), number === 2);
  await world.start();
  const texts = world.fieldsOf('berthStatus', 'berthState').map(String);
  expect(texts).toHaveLength(1);
  expect(JSON.parse(texts[0] ?? '').slice(0, 2)).toEqual([
    { berthNo: 'NS000100000001', status: 0 },
    { berthNo: 'NS000100000002', status: 1 },
  ]);
  const same = { reports: { berthState: { code: 'state' } } };
  expect(() => settings(same)).toThrow('different names');
});

it('spells dataSouce as the city does', async () => {
  world = await UpWorld.open({ settings: { site: SITE, wire: { dataSourceField: 'dataSource', dataSource: 3 } } });
  await world.parked(1);
  await world.settled();
  const [told] = world.sent('parkRecordEntry');
  expect(told).toMatchObject({ dataSource: '3' });
  expect(told).not.toHaveProperty('dataSouce');
  expect(signed(told, [])).toBe(true);
});

it.each([
  [true, []],
  [false, ['image']],
] as const)('signs the picture of the car park: %s', async (parkImageSigned, unsigned) => {
  const image = 'http://a.example/park.jpg';
  world = await UpWorld.open({ settings: { site: { ...SITE, image }, wire: { parkImageSigned } } });
  const [park] = world.sent('park');
  expect(park).toMatchObject({ image });
  expect(signed(park, unsigned)).toBe(true);
});
