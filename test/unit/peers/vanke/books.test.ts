import { describe, expect, test } from 'vitest';
import { tinyJpeg } from '../../../peers/jpeg.ts';
import type { JsonObject } from '../../../peers/vanke/index.ts';
import { broken, CROSS, READ, UUID, type World, world } from './support.ts';

const ROW: JsonObject = Object.fromEntries(Object.entries(READ).filter(([name]) => name !== 'reliability'));

const rows = (data: readonly JsonObject[]): JsonObject => ({
  ...{ respCode: '0', total: data.length, pageSize: 10, currentPage: 1, data },
});

async function fetchAll({ cloud, park }: World, readings: readonly JsonObject[], crossings: readonly JsonObject[]) {
  park.answers = { queryUnPushRecognitionInfo: rows(readings), queryUnPushCrossInfo: rows(crossings) };
  await cloud.allUnPushRecognition('20260302 00:00:00');
  await cloud.allUnPushCross('20260302 00:00:00');
  expect(cloud.violations).toEqual([]);
}

describe('the books', () => {
  test('a car that was told of in part, and in part fetched, is known once', async () => {
    const here = await world();
    const { cloud, park } = here;
    const fault = cloud.fault({ kind: 'request-lost' });
    for (let n = 0; n < 5; n += 1) await park.tries('receivePlateNumber', READ);
    fault.clear();
    await park.says('receiveCrossGate', CROSS);
    expect(cloud.books.differences([{ plateNumber: '粤B12345' }])).toEqual([
      `recognition ${UUID} (粤B12345) was lost 5 times and never fetched`,
      'no recognition of 粤B12345 at any device',
    ]);
    await fetchAll(here, [ROW], []);
    expect(cloud.books.differences([{ plateNumber: '粤B12345', deviceNo: 'LPR-E01' }])).toEqual([]);
  });

  test('taken in, its answers lost, and fetched: once all the same', async () => {
    const here = await world();
    const fault = here.cloud.fault({ kind: 'answer-lost' });
    for (let n = 0; n < 5; n += 1) {
      await here.park.tries('receivePlateNumber', READ);
      await here.park.tries('receiveCrossGate', CROSS);
    }
    fault.clear();
    await fetchAll(here, [ROW], [CROSS]);
    expect(here.cloud.books.known('recognition')).toHaveLength(1);
    expect(here.cloud.books.differences([{ plateNumber: '粤B12345' }])).toEqual([]);
  });

  test('while nobody listened, and fetched', async () => {
    const here = await world();
    await here.cloud.goAway();
    await here.cloud.comeBack();
    await fetchAll(here, [ROW, { ...ROW, uuid: 'b', plateNumber: '粤B00002' }], [CROSS]);
    const passages = [{ plateNumber: '粤B12345' }, { plateNumber: '粤B00002', crossed: false }];
    expect(here.cloud.books.differences(passages)).toEqual([]);
    expect(here.cloud.books.differences([{ plateNumber: '粤B12345' }])).toEqual([
      'one recognition too many: 粤B00002 at LPR-E01 (b)',
    ]);
    expect(here.cloud.books.differences([...passages, { plateNumber: '', recognised: false }])).toEqual([
      'no crossing of a car without a plate at any device',
    ]);
  });

  test('answered and offered all the same, told and fetched otherwise, crossed before it was read', async () => {
    const here = await world();
    await here.park.says('receivePlateNumber', READ);
    await fetchAll(here, [{ ...ROW, plateNumber: '粤B12346' }], []);
    expect(here.cloud.books.differences()).toEqual([
      `recognition ${UUID} (粤B12345): plateNumber was told as 粤B12345 and fetched as 粤B12346`,
      `recognition ${UUID} (粤B12345) was answered and is offered as not pushed`,
    ]);
    const other = await world();
    await other.cloud.goAway();
    await fetchAll(other, [ROW], [{ ...CROSS, crossTime: '20260302 09:59:58' }]);
    await fetchAll(other, [ROW], [CROSS]);
    expect(other.cloud.books.differences()).toEqual([`queryUnPushCrossInfo tells ${UUID} anew`]);
  });
});

test('what was fetched as not pushed is not pushed any more', async () => {
  const here = await world();
  await here.cloud.goAway();
  await here.cloud.comeBack();
  await fetchAll(here, [ROW], [CROSS]);
  await here.park.says('receivePlateNumber', READ);
  await here.park.says('receiveCrossGate', CROSS);
  await here.park.says('receiveCrossGate', { ...CROSS, uuid: 'b' });
  expect(broken(here)).toEqual(['after-offered', 'after-offered']);
});

describe('pictures', () => {
  test('are opened where a recognition says, and nowhere else', async () => {
    const { cloud, park } = await world();
    const image = `${park.address}/pictures/1.jpg`;
    await park.says('receivePlateNumber', { ...READ, image });
    const uuid = UUID;
    park.raw = { status: 200, headers: { 'content-type': 'image/jpeg' }, body: tinyJpeg() };
    expect(await cloud.picture(uuid)).toMatchObject({ http: 200, bytes: tinyJpeg(), violations: [] });
    expect(park.heard.at(-1)).toMatchObject({ method: 'GET', path: '/any/prefix/pictures/1.jpg', body: '' });
    expect(cloud.violations).toEqual([]);
    const wrong = [
      { status: 302, headers: { location: image }, body: '' },
      { status: 404, body: '' },
      { status: 200, headers: { 'content-type': 'image/jpeg' }, body: tinyJpeg().subarray(0, 100) },
      { status: 200, headers: { 'content-type': 'text/html' }, body: tinyJpeg() },
    ];
    const before = park.heard.length;
    for (const raw of wrong) {
      park.raw = raw;
      expect((await cloud.picture(uuid)).violations).toMatchObject([{ rule: 'picture' }]);
    }
    expect(park.heard).toHaveLength(before + wrong.length);
    expect(cloud.violations).toHaveLength(4);
    await cloud.picture(uuid, { report: false });
    expect(cloud.violations).toHaveLength(4);
    expect((await cloud.picture('unheard of', { report: false })).violations).toMatchObject([{ rule: 'format' }]);
  });
});
