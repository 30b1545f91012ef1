import { describe, expect, test } from 'vitest';
import { wireTime } from '../../../peers/vanke/index.ts';
import { broken, CROSS, lost, READ, UUID, type World, world } from './support.ts';

const poll = ({ park }: World) => park.says('receivePlateNumber', READ);

describe('polling', () => {
  test('not sooner than every two seconds, as the site is set', async () => {
    const here = await world();
    here.cloud.decision = 'refuse';
    await poll(here);
    await here.clock.advance(1_790);
    await poll(here);
    expect(broken(here)).toEqual(['pace']);
    await here.clock.advance(1_810);
    await poll(here);
    here.cloud.pace.pollMs = 500;
    await here.clock.advance(1_000);
    await poll(here);
    expect(broken(here)).toEqual(['pace']);
  });

  test('after a failure at once, and not after "0"', async () => {
    const here = await world();
    here.cloud.fault({ kind: 'answer-lost' }, { times: 1 });
    await here.park.tries('receivePlateNumber', READ);
    expect(await poll(here)).toBe('0');
    expect(broken(here)).toEqual([]);
    await here.clock.advance(2_000);
    expect(await poll(here)).toBe('1');
    expect(broken(here)).toEqual(['after-allowed']);
  });

  test('an answer that a killed car park may not have kept is asked for again', async () => {
    const here = await world();
    await poll(here);
    here.cloud.carParkDied();
    await here.clock.advance(1_000);
    expect(await poll(here)).toBe('0');
    expect(broken(here)).toEqual([]);
  });

  test('five tries in a row without an answer, the first one included', async () => {
    const here = await world();
    await lost('receivePlateNumber', READ, 5, here);
    expect(broken(here)).toEqual([]);
    expect(here.cloud.recognitions()).toEqual([]);
    expect(here.cloud.books.differences()).toEqual([
      `recognition ${UUID} (粤B12345) was lost 5 times and never fetched`,
    ]);
    await poll(here);
    expect(broken(here)).toEqual(['tries']);
  });

  test('an answered "1" begins the count anew', async () => {
    const here = await world();
    here.cloud.decision = 'refuse';
    await lost('receivePlateNumber', READ, 4, here);
    await poll(here);
    await here.clock.advance(2_000);
    await lost('receivePlateNumber', READ, 5, here);
    expect(broken(here)).toEqual([]);
  });

  test.each(['deviceNo', 'recognitionTime', 'image', 'plateNumber', 'reliability'])('%s stays', async (name) => {
    const here = await world();
    here.cloud.decision = 'refuse';
    await poll(here);
    await here.clock.advance(2_000);
    const other = {
      deviceNo: 'X',
      recognitionTime: '20260302 10:00:00',
      image: 'http://a.example/2',
      plateNumber: '粤B2',
    };
    await here.park.says('receivePlateNumber', { ...READ, [name]: { ...other, reliability: 97 }[name] });
    expect(here.cloud.violations).toMatchObject([{ rule: 'changed', field: name }]);
  });

  test('every send bears its own time', async () => {
    const here = await world();
    here.cloud.decision = 'refuse';
    const time = wireTime(here.clock.now());
    for (let n = 0; n < 3; n += 1) {
      await here.park.says('receivePlateNumber', { ...READ, time });
      await here.clock.advance(2_000);
    }
    expect(broken(here)).toEqual(['stale']);
    await here.park.says('receivePlateNumber', { ...READ, time: '20260302 09:59:59' });
    expect(broken(here)).toEqual(['stale', 'stale']);
  });

  test('not after its car had crossed; after the next car is a doubt', async () => {
    const here = await world();
    const { cloud, park, clock } = here;
    cloud.decision = 'refuse';
    await poll(here);
    await clock.advance(2_000);
    await park.says('receivePlateNumber', { ...READ, uuid: 'next', plateNumber: '粤B00002' });
    await clock.advance(2_000);
    await poll(here);
    expect(cloud.doubts).toMatchObject([{ rule: 'order' }]);
    await park.says('receiveCrossGate', CROSS);
    expect(cloud.crossedUnallowed()).toMatchObject([{ uuid: UUID }]);
    await clock.advance(2_000);
    await poll(here);
    expect(broken(here)).toEqual(['after-crossed']);
  });

  test.each([
    ['0', ['after-opened']],
    ['1', []],
    ['2', ['after-opened']],
    ['3', ['after-opened']],
  ])('once the cloud has opened the gate in mode %s', async (openMode, expected) => {
    const here = await world();
    const { cloud, park, clock } = here;
    cloud.decision = 'refuse';
    await poll(here);
    await clock.advance(2_000);
    await cloud.openGate({ deviceNo: 'LPR-E02', openMode });
    await poll(here);
    park.answers = { receiveOpenGate: { respCode: '1', respDesc: '车牌不一致' } };
    await cloud.openGate({ deviceNo: 'LPR-E01', plateNumber: '粤B12345', openMode });
    await clock.advance(2_000);
    await poll(here);
    expect(broken(here)).toEqual([]);
    park.answers = {};
    await cloud.openGate({ deviceNo: 'LPR-E01', plateNumber: '粤B12345', openMode });
    await clock.advance(2_000);
    await poll(here);
    expect(broken(here)).toEqual(expected);
    await park.says('receiveCrossGate', { ...CROSS, crossTime: '20260302 10:00:06' });
    expect(cloud.crossedUnallowed()).toHaveLength(1 - expected.length);
    expect(cloud.gaps(UUID)).toEqual([2_000, 2_000, 2_000]);
  });

  test('where the gate stays open everybody is told of once, and until it is heard', async () => {
    const here = await world();
    const { cloud, clock } = here;
    cloud.decision = 'refuse';
    await cloud.openGate({ deviceNo: 'LPR-E01', openMode: '0' });
    await lost('receivePlateNumber', READ, 2, here);
    await poll(here);
    expect(broken(here)).toEqual([]);
    await clock.advance(2_000);
    await poll(here);
    expect(broken(here)).toEqual(['after-opened']);
    await cloud.openGate({ deviceNo: 'LPR-E01', openMode: '1' });
    for (let n = 0; n < 2; n += 1) {
      await clock.advance(2_000);
      await here.park.says('receivePlateNumber', { ...READ, uuid: 'b' });
    }
    expect(broken(here)).toEqual(['after-opened']);
  });

  test('a picture that is called by the plate is a doubt', async () => {
    const { cloud, park } = await world();
    await park.says('receivePlateNumber', { ...READ, image: 'http://a.example/%E7%B2%A4B12345.jpg' });
    await park.says('receivePlateNumber', { ...READ, uuid: 'b', image: 'http://a.example/100%.jpg' });
    expect(cloud.doubts).toMatchObject([{ rule: 'format', field: 'image' }]);
  });

  test('a reading that is told late is a doubt', async () => {
    const here = await world();
    await here.park.says('receivePlateNumber', { ...READ, recognitionTime: '20260302 09:58:59' });
    expect(here.cloud.doubts).toMatchObject([{ rule: 'time', field: 'recognitionTime' }]);
  });
});

describe('crossings', () => {
  test('once, five tries at most, always the same', async () => {
    const here = await world();
    const { park, clock } = here;
    await poll(here);
    await lost('receiveCrossGate', CROSS, 2, here);
    await park.says('receiveCrossGate', { ...CROSS, crossTime: '20260302 10:00:01' });
    expect(broken(here)).toEqual(['changed']);
    await clock.advance(1_000);
    await park.says('receiveCrossGate', CROSS);
    expect(broken(here)).toEqual(['changed', 'repeat']);
    await park.says('receivePlateNumber', { ...READ, uuid: 'b' });
    await lost('receiveCrossGate', { ...CROSS, uuid: 'b' }, 5, here);
    await park.says('receiveCrossGate', { ...CROSS, uuid: 'b' });
    expect(broken(here)).toEqual(['changed', 'repeat', 'tries']);
  });

  test('a plate put right by hand is a doubt', async () => {
    const here = await world();
    await poll(here);
    await here.park.says('receiveCrossGate', { ...CROSS, plateNumber: '粤B12346' });
    expect(broken(here)).toEqual([]);
    expect(here.cloud.doubts).toMatchObject([{ rule: 'changed', field: 'plateNumber' }]);
  });

  test('of one that was read while nobody listened', async () => {
    const here = await world();
    await here.cloud.goAway();
    await here.cloud.comeBack();
    await here.park.says('receiveCrossGate', CROSS);
    expect(broken(here)).toEqual([]);
    expect(here.cloud.books.differences()).toEqual([
      `crossing ${UUID} (粤B12345) is of no recognition that was told or fetched`,
    ]);
  });
});
