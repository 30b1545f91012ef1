import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportTable, tableOf } from '../../../electron/station/registry/imports/export.ts';
import { applied, upload } from '../../support/importing.ts';
import { CLERK, LiveClock, type World, world } from '../../support/registry.ts';

let park: World;
beforeEach(() => {
  park = world(new LiveClock());
});
afterEach(async () => {
  await park.imports.stop();
  park.dispose();
});

const faultsOf = (id: string) => park.store.read.imports.faults(id, { offset: 0, limit: 100 });
const register = () => park.store.read.berths.all();

test('a street comes in by file, with road sections by their names, and the same file again changes nothing', async () => {
  const file = [
    '泊位编号,路段,道路,侧,位置,地磁,视频,启用',
    'NS001,地面,深南大道,左,10,geo-1,,是',
    'NS002,inner,深南大道,右侧,20,,eye-1,否',
  ].join('\n');
  const done = await applied(park.imports, (await upload(park.imports, 'berths', file)).id);
  expect(done).toMatchObject({ state: 'done', added: 2 });
  expect(register()).toMatchObject([
    {
      code: 'NS001',
      number: 1,
      areaId: 'outer',
      side: 'left',
      position: 10,
      sensor: 'geo-1',
      camera: null,
      inUse: true,
    },
    { code: 'NS002', number: 2, areaId: 'inner', side: 'right', position: 20, camera: 'eye-1', inUse: false },
  ]);
  expect((await upload(park.imports, 'berths', file)).unchanged).toBe(2);
  // A column that the file has and that is empty empties; one that it has not stays.
  const shorter = await upload(park.imports, 'berths', '编号,路段,地磁\nNS001,地面,');
  expect(await applied(park.imports, shorter.id)).toMatchObject({ updated: 1 });
  expect(register()[0]).toMatchObject({ road: '深南大道', side: 'left', sensor: null });
});

test('a file names what is wrong with it, row by row and under the right title', async () => {
  park.berths.add({ code: 'NS001', areaId: 'outer', number: 5 }, CLERK);
  const head = '泊位编号,序号,路段,地磁设备,视频设备';
  const rows = ['NS002,5,地面,,', 'NS003,6,月球,,', 'NS004,7,地面,eye-1,', 'NS005,8,地面,,cam-9'];
  const job = await upload(park.imports, 'berths', [head, ...rows].join('\n'));
  expect(job.state).toBe('faulty');
  expect(faultsOf(job.id)).toMatchObject([
    { rowNumber: 2, column: '序号', reason: expect.stringContaining('NS001') },
    { rowNumber: 3, column: '路段', reason: expect.stringContaining('月球') },
    { rowNumber: 4, column: '地磁设备' },
    { rowNumber: 5, column: '视频设备', reason: expect.stringContaining('cam-9') },
  ]);
  expect(register()).toHaveLength(1);
});

test('codes and numbers stand once in a file, and either every row has a number or none', async () => {
  const faults = async (rows: readonly string[]) => {
    const job = await upload(park.imports, 'berths', ['泊位编号,序号,路段', ...rows].join('\n'));
    return faultsOf(job.id).map(({ rowNumber, column }) => ({ rowNumber, column }));
  };
  expect(await faults(['A,1,地面', 'A,2,地面'])).toEqual([{ rowNumber: 3, column: '泊位编号' }]);
  expect(await faults(['A,1,地面', 'B,1,地面'])).toEqual([{ rowNumber: 3, column: '序号' }]);
  // The first would be given 1 on the way, which the second asks for.
  expect(await faults(['A,,地面', 'B,1,地面'])).toEqual([{ rowNumber: 3, column: '序号' }]);
});

test('an export is in the order of the numbers and follows the filter of the screen', async () => {
  for (const number of [3, 1, 2])
    park.berths.add(
      { code: `NS00${number}`, number, areaId: number === 2 ? 'inner' : 'outer', road: '香山西街' },
      CLERK,
    );
  const codes = async (filter: Parameters<typeof exportTable>[1]['filter']): Promise<string[]> => {
    const table = tableOf(park.tables, 'berths');
    const file = await exportTable({ ...park, table }, { format: 'csv', filter, by: '老陈' }, undefined);
    return [...file.bytes.toString('utf8').matchAll(/^NS\d+/gm)].map(([code]) => code);
  };
  expect(await codes({})).toEqual(['NS001', 'NS002', 'NS003']);
  expect(await codes({ type: 'outer' })).toEqual(['NS001', 'NS003']);
  expect(await codes({ state: 'out' })).toEqual([]);
  expect(await codes({ text: 'ns003' })).toEqual(['NS003']);
  expect(await codes({ road: '香山' })).toEqual([]);
  expect(await codes({ text: '香山' })).toHaveLength(3);
});
