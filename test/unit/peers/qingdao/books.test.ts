import { describe, expect, test } from 'vitest';
import type { ParkClient } from './park-client.ts';
import { CHECK, DOWNLOAD, ENTRY, EXIT, FILE, INFO, MODIFY, PAYMENT, PHOTO, UID } from './samples.ts';
import { otherStay, world } from './support.ts';

const DAY = '2026-03-02';
const NEXT = '2026-03-03';

async function wholeStay(park: ParkClient): Promise<void> {
  await park.send('uploadCarInData', ENTRY);
  await park.send('uploadPhoto', PHOTO, FILE);
  await park.send('uploadPayRecord', PAYMENT);
  await park.send('uploadCarOutData', EXIT);
}

describe('corrections', () => {
  test('take the place of the entry, and are no second entry', async () => {
    const { platform, park } = await world();
    await park.send('uploadCarInData', ENTRY);
    const corrected = { ...MODIFY, plateNo: '鲁B01C02', uploadTime: '2026-03-02 08:20:00' };
    expect(await park.send('uploadModifyCarInData', corrected)).toMatchObject({ resultCode: '200' });
    expect(platform.books.stay(UID).entry).toMatchObject({ plateNo: '鲁B01C02' });
    expect(platform.books.entries.get(UID)?.record).not.toHaveProperty('operateType');
    expect(platform.city.corrections).toMatchObject([{ uid: UID, operateType: 0, before: { plateNo: '鲁B01C01' } }]);
    await park.send('uploadModifyCarInData', { ...corrected, uploadTime: '2026-03-02 08:21:00' });
    expect(platform.repeats).toMatchObject([{ interface: 'uploadModifyCarInData', uid: UID, changed: [] }]);
    await park.send('uploadCarInData', { ...ENTRY, arriveID: 'E2' });
    expect(platform.violations.map(({ rule }) => rule)).toEqual(['second-record']);
  });

  test('delete a stay, which is kept apart and takes nothing more', async () => {
    const { platform, park } = await world();
    await park.send('uploadCarInData', ENTRY);
    await park.send('uploadPhoto', PHOTO, FILE);
    await park.send('uploadModifyCarInData', { ...MODIFY, operateType: 1 });
    expect(platform.figures(DAY)).toMatchObject({ arriveNum: 0, photoNum: 0 });
    expect(platform.city.corrections[0]?.removed.map(({ id }) => id)).toEqual(['E1', 'P1']);
    expect(platform.violations).toEqual([]);
    await park.send('uploadCarOutData', EXIT);
    await park.send('uploadModifyCarInData', MODIFY);
    await park.send('uploadCarInData', ENTRY);
    expect(platform.violations.map(({ rule }) => rule)).toEqual(['order', 'order', 'order']);
  });

  test('may leave the photos where they are', async () => {
    const { platform, park } = await world();
    platform.style.deletes = 'entry';
    await park.send('uploadCarInData', ENTRY);
    await park.send('uploadPhoto', PHOTO, FILE);
    await park.send('uploadModifyCarInData', { ...MODIFY, operateType: 1 });
    expect(platform.figures(DAY)).toMatchObject({ arriveNum: 0, photoNum: 1 });
  });

  test('of a stay that is not known are a violation', async () => {
    const { platform, park } = await world();
    expect(await park.send('uploadModifyCarInData', MODIFY)).toMatchObject({ resultCode: '400' });
    expect(platform.violations).toMatchObject([{ rule: 'order', field: 'uid' }]);
  });
});

describe('a day', () => {
  test('is counted by each record’s own time', async () => {
    const { platform, park } = await world();
    await park.send('uploadCarInData', ENTRY);
    await park.send('uploadPhoto', { ...PHOTO, time: '2026-03-03 00:00:00' }, FILE);
    await park.send('uploadPayRecord', { ...PAYMENT, dealTime: '2026-03-03 00:10:00' });
    await park.send('uploadPayRecord', { ...PAYMENT, billID: 'B2', actualPay: 450 });
    await park.send('uploadCarOutData', { ...EXIT, endTime: '2026-03-03 00:10:05' });
    expect(platform.figures(DAY)).toEqual({ arriveNum: 1, leaveNum: 0, photoNum: 0, payNum: 1, payTotal: 450 });
    expect(platform.figures(NEXT)).toEqual({ arriveNum: 0, leaveNum: 1, photoNum: 1, payNum: 1, payTotal: 500 });
  });

  test.each([
    [{}, 0, 0],
    [{ arriveNum: 2 }, 1, 0],
    [{ leaveNum: 0 }, 2, 0],
    [{ payTotal: 501 }, 4, 0],
    [{ payNum: 2 }, 4, 0],
    [{ arriveNum: 0, leaveNum: 0, payNum: 0, payTotal: 0, photoNum: 0 }, 7, 1],
    [{ photoNum: 2 }, 0, 1],
  ])('is compared kind by kind: %o', async (claim, accountMark, photoMark) => {
    const { platform, park } = await world();
    await wholeStay(park);
    const answer = await park.send('uploadCheckRecord', { ...CHECK, ...claim });
    expect(answer).toEqual({ resultCode: '200', msg: '操作成功', accountMark, photoMark });
    expect(platform.city.checks).toMatchObject([{ day: DAY, accountMark, photoMark, own: { payTotal: 500 } }]);
  });

  test('whose books are lost takes its records without keeping them', async () => {
    const { platform, park } = await world();
    await wholeStay(park);
    expect(platform.loseDay(DAY).map(({ id }) => id)).toEqual(['E1', 'X1', 'B1', 'P1']);
    await park.send('uploadCarInData', { ...ENTRY, ...otherStay(1), arriveID: 'E9' });
    expect(platform.figures(DAY)).toEqual({ arriveNum: 0, leaveNum: 0, photoNum: 0, payNum: 0, payTotal: 0 });
    platform.findDay(DAY);
    expect(await park.send('uploadCheckRecord', CHECK)).toMatchObject({ accountMark: 7, photoMark: 1 });
    for (const type of [0, 1, 2, 3])
      expect(await park.send('downloadUID', { ...DOWNLOAD, type })).toMatchObject({ data: { result: [] } });
    await wholeStay(park);
    expect(await park.send('uploadCheckRecord', CHECK)).toMatchObject({ accountMark: 0, photoMark: 0 });
    expect(platform.figures(DAY)).toEqual({ arriveNum: 1, leaveNum: 1, photoNum: 1, payNum: 1, payTotal: 500 });
    expect(platform.violations).toEqual([]);
    expect(platform.repeats).toEqual([]);
  });

  test('can lose single records and hold ones that were never sent', async () => {
    const { platform, park } = await world();
    await wholeStay(park);
    expect(platform.forget('payments', ({ id }) => id === 'B1')).toHaveLength(1);
    platform.plant('entries', { ...ENTRY, ...otherStay(1), arriveID: 'E9' });
    expect(await park.send('uploadCheckRecord', CHECK)).toMatchObject({ accountMark: 5, photoMark: 0 });
    expect(await park.send('downloadUID', { ...DOWNLOAD, type: 2 })).toMatchObject({ data: { result: [] } });
    expect(await park.send('downloadUID', DOWNLOAD)).toMatchObject({
      data: {
        result: [
          { UID, arriveID: 'E1' },
          { UID: otherStay(1).uid, arriveID: 'E9' },
        ],
      },
    });
    await park.send('uploadPayRecord', PAYMENT);
    expect(platform.violations).toEqual([]);
    expect(platform.books.entries.get(otherStay(1).uid)?.planted).toBe(true);
  });
});

test('records that took long are told', async () => {
  const { clock, platform, park } = await world();
  await park.send('uploadCarInData', { ...ENTRY, arriveTime: '2026-03-02 10:00:00' });
  expect(platform.delayed()).toEqual([]);
  await clock.advance(5_001);
  await park.send('uploadPhoto', { ...PHOTO, time: '2026-03-02 10:00:00' }, FILE);
  platform.plant('payments', PAYMENT);
  expect(platform.delayed()).toEqual([{ book: 'photos', uid: UID, id: 'P1', ms: 5_001 }]);
  expect(platform.delayed(6_000)).toEqual([]);
});

describe('the list of a day', () => {
  test.each([
    [0, 'arriveID', 'E1'],
    [1, 'endID', 'X1'],
    [2, 'billID', 'B1'],
    [3, 'photoID', 'P1'],
  ])('type %d names %s', async (type, key, id) => {
    const { park } = await world();
    await wholeStay(park);
    const answer = await park.send('downloadUID', { ...DOWNLOAD, type });
    expect(answer.data).toEqual({ result: [{ UID, [key]: id }] });
    const other = await park.send('downloadUID', { ...DOWNLOAD, type, accountDate: NEXT });
    expect(other.data).toEqual({ result: [] });
  });

  const ONE = [{ UID, arrivalID: 'E1' }];
  test.each([
    ['array', ONE],
    ['object-text', JSON.stringify({ result: ONE })],
    ['array-text', JSON.stringify(ONE)],
    ['bare', `"result":${JSON.stringify(ONE)}`],
  ] as const)('may be written as %s, with another key', async (uidList, data) => {
    const { platform, park } = await world();
    await wholeStay(park);
    platform.style.uidList = uidList;
    platform.style.uidListKeys = ['arrivalID', 'exitID', 'billID', 'photoID'];
    platform.style.resultCodeAs = 'number';
    expect(await park.send('downloadUID', DOWNLOAD)).toEqual({ resultCode: 200, msg: '操作成功', data });
  });
});

test('the basic data are kept, each version', async () => {
  const { platform, park } = await world();
  await park.send('uploadParkingInfo', INFO);
  await park.send('uploadParkingInfo', { ...INFO, openBerthNum: 131 });
  expect(platform.city.info.map(({ openBerthNum }) => openBerthNum)).toEqual([130, 131]);
});
