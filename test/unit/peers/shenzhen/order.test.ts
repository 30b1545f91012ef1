import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../peers/shenzhen/index.ts';
import { BERTH, DEVICE, ENTRANCE, ENTRY, EXIT, FREE, PARK, RECORD, STATUS, UPDATE } from './samples.ts';
import { broken, rules, type World, world } from './support.ts';
import { MINUTE, NOW } from './wire.ts';

const LOST = { kind: 'answer-lost' } as const;
const berth = (state: number, at: number, sequence: number): JsonObject => ({
  ...BERTH,
  ...{ state, reportTime: at, sequence },
});

/** Sends it once with its answer lost. */
async function lose(w: World, name: string, fields: JsonObject): Promise<void> {
  const fault = w.cloud.fault(LOST, { interface: name, times: 1 });
  expect(await w.park.tries(name, fields)).toBe('no answer');
  fault.clear();
}

async function entered(): Promise<World> {
  const w = await world();
  await w.park.says('park', PARK);
  await w.park.says('parkRecordEntry', ENTRY);
  return w;
}

describe('records', () => {
  test('an entry before the car park is doubted, and an exit or a correction without an entry', async () => {
    const w = await world();
    await w.park.says('parkRecordEntry', ENTRY);
    expect(await w.park.says('parkRecordExit', { ...EXIT, recordCode: 'R2' })).toBe(0);
    expect(rules(w.cloud.doubts)).toEqual(['order', 'unknown-record']);
    expect(await w.park.says('parkRecordUpdate', { ...UPDATE, recordCode: 'R3' })).toBe(404);
    expect(broken(w)).toEqual(['unknown-record']);
  });

  test('an exit never comes twice', async () => {
    const w = await entered();
    expect(await w.park.says('parkRecordExit', EXIT)).toBe(0);
    await w.clock.advance(MINUTE);
    expect(await w.park.says('parkRecordExit', EXIT)).toBe(1);
    expect(await w.park.says('parkRecordExit', { ...EXIT, shouldPay: 900, actualPay: 700 })).toBe(1);
    expect(broken(w)).toEqual(['second-exit', 'changed', 'changed']);
  });

  test('unless nobody answered, after the pause, and unchanged', async () => {
    const w = await entered();
    await lose(w, 'parkRecordExit', EXIT);
    expect(w.cloud.waiting()).toEqual([`parkRecordExit ${RECORD}`]);
    await w.clock.advance(5_000);
    expect(await w.park.says('parkRecordExit', EXIT)).toBe(0);
    expect([broken(w), w.cloud.waiting()]).toEqual([[], []]);
    const other = await entered();
    await lose(other, 'parkRecordExit', EXIT);
    await other.clock.advance(5_000);
    await other.park.says('parkRecordExit', { ...EXIT, plateNumber: '粤B54321' });
    expect(broken(other)).toEqual(['changed']);
  });

  test('pauses of 5, 15, 60 seconds and 5 minutes', async () => {
    const w = await entered();
    for (const pause of [5_000, 15_000, 60_000, 300_000, 300_000]) {
      await lose(w, 'parkRecordExit', EXIT);
      await w.clock.advance(pause);
    }
    expect(broken(w)).toEqual([]);
    await lose(w, 'parkRecordExit', EXIT);
    await w.clock.advance(60_000);
    expect(await w.park.says('parkRecordExit', EXIT)).toBe(1);
    expect(broken(w)).toEqual(['pace']);
  });

  test('a duplicate is as good as a success', async () => {
    const w = await entered();
    w.cloud.style.duplicate = { code: 1001, msg: '记录已存在，请勿重复上传' };
    await lose(w, 'parkRecordExit', EXIT);
    await w.clock.advance(5_000);
    expect(await w.park.says('parkRecordExit', EXIT)).toBe(1001);
    expect([broken(w), w.cloud.waiting()]).toEqual([[], []]);
    await w.clock.advance(15_000);
    await w.park.says('parkRecordExit', EXIT);
    expect(broken(w)).toEqual(['second-exit']);
  });

  test('nothing overtakes what waits for its answer', async () => {
    const w = await world();
    await w.park.says('park', PARK);
    await lose(w, 'parkRecordEntry', ENTRY);
    expect(await w.park.says('parkRecordExit', EXIT)).toBe(1);
    expect(broken(w)).toEqual(['order']);
  });

  test('an entry may be told anew, but not as it was before that', async () => {
    const w = await entered();
    await w.park.says('parkRecordEntry', { ...ENTRY, plateNumber: '粤B54321' });
    expect([broken(w), rules(w.cloud.doubts)]).toEqual([[], ['changed']]);
    await w.park.says('parkRecordEntry', ENTRY);
    await w.park.says('parkRecordEntry', { ...ENTRY, plateNumber: '粤B00000', timestamp: NOW - 1 });
    expect(broken(w)).toEqual(['stale', 'stale']);
    await w.clock.advance(MINUTE);
    await w.park.says('parkRecordEntry', { ...ENTRY, plateNumber: '粤B54321' });
    expect(broken(w).slice(2)).not.toEqual([]);
  });

  test('a closed car park tells all amounts', async () => {
    const w = await entered();
    const { shouldPay: _, actualPay: __, agioMoney: ___, ...rest } = EXIT;
    expect(await w.park.says('parkRecordExit', rest)).toBe(400);
    expect(broken(w)).toEqual(['presence']);
  });

  test('after a death it may come again', async () => {
    const w = await entered();
    await w.park.says('parkRecordExit', EXIT);
    w.cloud.carParkDied();
    expect(await w.park.says('parkRecordExit', EXIT)).toBe(0);
    expect(broken(w)).toEqual([]);
  });
});

describe('states', () => {
  test('a berth is told when it changes, with a growing sequence', async () => {
    const w = await world();
    await w.park.says('berthInfo', berth(1, NOW - 3_000, 17));
    await w.park.says('berthInfo', berth(0, NOW - 2_000, 18));
    expect(broken(w)).toEqual([]);
    await w.park.says('berthInfo', berth(0, NOW - 1_000, 19));
    await w.park.says('berthInfo', berth(1, NOW - 900, 18));
    expect(broken(w)).toEqual(['repeat', 'sequence']);
    w.cloud.carParkStarted();
    expect(await w.park.says('berthInfo', berth(0, NOW - 800, 20))).toBe(0);
  });

  test('after a break only the newest of a berth is told', async () => {
    const w = await world();
    await lose(w, 'berthInfo', berth(1, NOW - 1_000, 17));
    await w.clock.advance(MINUTE);
    await w.park.says('berthInfo', berth(0, NOW + 10_000, 18));
    await w.park.says('berthInfo', berth(1, NOW + 20_000, 19));
    expect(broken(w)).toEqual(['newest']);
  });

  test('free spaces at most every ten seconds', async () => {
    const w = await world();
    await w.park.says('freeNum', FREE);
    await w.clock.advance(5_000);
    await w.park.says('freeNum', { ...FREE, freeNum: 122 });
    expect(broken(w)).toEqual(['pace']);
    await w.clock.advance(5 * MINUTE);
    expect(await w.park.says('freeNum', FREE)).toBe(0);
  });

  test('a video device tells every five minutes, of its own berths, and only while it works', async () => {
    const w = await world();
    w.cloud.state.berthsOf.set('CAM-0007', ['NS000100010001']);
    await w.park.says('equipment', DEVICE);
    await w.park.says('berthStatus', STATUS);
    await w.clock.advance(5 * MINUTE);
    const later = { ...STATUS, createTime: '20260302100500' };
    await w.park.says('berthStatus', later);
    expect([broken(w), w.cloud.doubts]).toEqual([[], []]);
    await w.clock.advance(MINUTE);
    await w.park.says('berthStatus', { ...later, createTime: '20260302100600' });
    await w.park.says('berthStatus', { ...later, berthState: '[{"berthCode":"NS000100010002","state":1}]' });
    await w.park.says('equipment', { ...DEVICE, state: 0, createTime: '20260302100600' });
    await w.clock.advance(5 * MINUTE);
    await w.park.says('berthStatus', { ...later, createTime: '20260302101100' });
    expect(broken(w)).toEqual(['pace', 'berths', 'device']);
  });

  test('an entrance is told anew for another device, not for another time', async () => {
    const w = await world();
    const device = { equipmentCode: 'CAM-0007', state: 1, parkCode: '80010001', equipmentType: '3000' };
    const at = (createTime: string, more = {}): JsonObject => ({
      ...ENTRANCE,
      equipments: JSON.stringify([{ ...device, createTime, ...more }]),
    });
    await w.park.says('equipment', DEVICE);
    await w.park.says('entranceInfo', at('20260302100000'));
    expect(await w.park.says('entranceInfo', at('20260302100000', { state: 0 }))).toBe(0);
    expect(await w.park.says('entranceInfo', at('20260302100001', { state: 0 }))).toBe(1);
    expect(broken(w)).toEqual(['repeat']);
  });

  test('a device that says nothing for ten minutes is faulty', async () => {
    const w = await world();
    await w.park.says('equipment', DEVICE);
    await w.park.says('berthStatus', STATUS);
    await w.clock.advance(10 * MINUTE);
    expect(w.cloud.faulty()).toEqual([]);
    await w.clock.advance(1);
    expect(w.cloud.faulty()).toEqual(['CAM-0007']);
  });

  test('what does not change is not told again, unless the program starts', async () => {
    const w = await world();
    await w.park.says('equipment', DEVICE);
    await w.clock.advance(1_000);
    await w.park.says('equipment', DEVICE);
    expect(broken(w)).toEqual(['pace']);
    await w.park.says('park', PARK);
    expect(await w.park.says('equipment', DEVICE)).toBe(0);
  });
});
