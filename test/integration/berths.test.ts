import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { berthViewSchema } from '../../shared/contract/berths.ts';
import { eventViewSchema } from '../../shared/contract/journal.ts';
import { provision } from '../support/provision.ts';
import { StationProcess, tempDirectory } from '../support/station-process.ts';

const manager = { name: '老陈', password: 'a short day shift', role: 'manager' };
const wang = { name: '小王', password: 'a long night shift', role: 'attendant' };
const data = tempDirectory();

/** A street of two berths from the provision file, without a lane. */
const street = {
  ...provision({ users: [manager, wang] }),
  site: { code: '1001', name: '深南大道', kind: 'kerbside', totalSpaces: 3, openSpaces: 3 },
  areas: [{ id: 'a1', code: 1, name: '北段', spaces: 3 }],
  lanes: [],
  devices: [],
  berths: [
    { code: 'NS001', area: 'a1', road: '深南大道', side: 'left' },
    { code: 'NS002', area: 'a1', road: '深南大道' },
  ],
};

let station: StationProcess;
beforeAll(async () => {
  station = await StationProcess.start({ data, provision: street });
});
afterAll(async () => {
  await station.dispose();
  rmSync(data, { recursive: true, force: true });
});

const listed = z.object({ rows: z.array(berthViewSchema) });
const problem = z.object({ code: z.string(), data: z.object({ reason: z.string() }).optional() });
const codes = async (): Promise<string[]> => (await station.get(listed, '/berths')).rows.map(({ code }) => code);

async function call(
  path: string,
  method: string,
  body: object,
  as?: typeof wang,
): Promise<{ status: number; json: unknown }> {
  const token = await (as ? station.signIn(as.name, as.password) : station.signIn());
  const answer = await station.raw(`/api/v1${path}`, { method, body, token });
  return { status: answer.status, json: await answer.json() };
}

test('a street without a lane: its berths come from the file, people change them, and a restart brings nothing back', async () => {
  const { rows } = await station.get(listed, '/berths');
  expect(rows).toMatchObject([
    { code: 'NS001', number: 1, side: 'left', occupied: null, car: null, device: null, inUse: true },
    { code: 'NS002', number: 2, side: 'right', position: 2 },
  ]);
  const added = await station.send(berthViewSchema, '/berths', { code: 'NS003', areaId: 'a1' });
  expect(added.number).toBe(3);
  expect(problem.parse((await call('/berths', 'POST', { code: 'NS003', areaId: 'a1' })).json)).toMatchObject({
    code: 'CONFLICT',
    data: { reason: 'berth-code-taken' },
  });
  expect((await call(`/berths/${added.id}`, 'PATCH', { road: '香山西街', inUse: false })).json).toMatchObject({
    ...{ code: 'NS003', road: '香山西街', inUse: false },
  });
  expect((await call(`/berths/${rows[1]?.id}`, 'DELETE', { reason: '道路改造' })).status).toBe(200);
  expect((await call(`/berths/${rows[1]?.id}`, 'DELETE', {})).status).toBe(404);

  await station.sigterm();
  station = await StationProcess.start({ data, provision: street });
  expect(await codes()).toEqual(['NS001', 'NS003']);
  const told = await station.get(z.array(eventViewSchema), '/events?limit=200');
  expect(told.filter(({ kind }) => kind === 'berth-changed')).toHaveLength(5);
});

test('an attendant sees the berths and may not change the register', async () => {
  expect((await call('/berths', 'POST', { code: 'NS009', areaId: 'a1' }, wang)).status).toBe(403);
  const token = await station.signIn(wang.name, wang.password);
  const answer = await station.raw('/api/v1/berths', { method: 'GET', token });
  expect(listed.parse(await answer.json()).rows.length).toBe(2);
});

test('the settings say when berths and spaces differ, keep an area with berths, and forget seeds that were used up', async () => {
  const view = z.object({ document: z.looseObject({ berths: z.array(z.unknown()), areas: z.array(z.unknown()) }) });
  const { document } = await station.get(view, '/configuration');
  expect(document.berths).toEqual([]);
  const check = async (given: object) =>
    z
      .object({
        faults: z.array(z.looseObject({ messageZh: z.string() })),
        notices: z.array(z.looseObject({ kind: z.string(), count: z.int().nullable() })),
        changes: z.array(z.looseObject({ part: z.string() })),
      })
      .parse((await call('/configuration/check', 'POST', { document: given })).json);
  // One is in use, three are said to be there.
  expect((await check(document)).notices).toMatchObject([{ kind: 'berths-differ', count: 1 }]);
  const moved = await check({ ...document, areas: [{ id: 'a2', code: 1, name: '南段', spaces: 3 }] });
  expect(moved.faults.map(({ messageZh }) => messageZh)).toEqual(['区域“a1”还有 2 个泊位登记在内，不能删除']);
  // What a file says of a berth that is here, or was, counts for nothing, even where it is wrong by now.
  const again = await check({
    ...document,
    berths: [
      { code: 'NS002', area: 'gone' },
      { code: 'NS010', area: 'a1' },
    ],
  });
  expect(again.faults).toEqual([]);
  expect(again.changes).toMatchObject([{ part: 'berths', what: 'added', id: 'NS010' }]);
});

test('what the register holds is found in its pages of imports and exports', async () => {
  const token = await station.signIn();
  const file = await station.raw('/api/v1/exports/berths?format=csv', { method: 'GET', token });
  expect(file.headers.get('content-type')).toContain('text/csv');
  expect(await file.text()).toMatch(/NS001,1,北段,深南大道,左侧,1,,,是/);
  expect((await station.get(pageOf(z.unknown()), '/imports')).total).toBe(0);
});
