import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  draftViewSchema,
  priceRowSchema,
  replayViewSchema,
  trialSchema,
  versionViewSchema,
} from '../../shared/contract/tariff-views.ts';
import { calendarSchema } from '../../shared/domain/calendar.ts';
import { feeSchema } from '../../shared/domain/tariff.ts';
import { CarPark } from '../support/car-park.ts';
import { provision } from '../support/provision.ts';
import { StationProcess } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const wang = { name: '小王', password: 'a long night shift', role: 'attendant' };
let park: CarPark;
beforeAll(async () => {
  park = await CarPark.open({ provision: { users: [wang] } });
}, 60_000);
afterAll(() => park?.close());

const anything = z.unknown();
const drafts = '/tariffs/drafts';
const rules = (feeFen: number, more: object = {}) => [
  { vehicleClasses: ['small', 'medium', 'large'], followingPeriod: { minutes: 60, feeFen }, ...more },
];
const create = (tariff: object) => park.station.send(draftViewSchema, drafts, { start: { kind: 'nothing', tariff } });
const versions = () => park.station.get(z.array(versionViewSchema), '/tariffs/versions');
const inRfc = (msFromNow: number): string => new Date(Date.now() + msFromNow).toISOString();

async function refusal(path: string, body: object, method = 'POST'): Promise<string> {
  const token = await park.station.signIn();
  const response = await park.station.raw(`/api/v1${path}`, { method, body, token });
  const text = await response.text();
  const problem = z.looseObject({ message: z.string().optional(), detail: z.string().optional() });
  const { message, detail } = problem.parse(JSON.parse(text));
  return `${response.status} ${message ?? ''}${detail ?? ''}`;
}

test('from a draft to what the lane charges, blocked by a failing case, and in force after a restart', async () => {
  await park.register('鲁B00001', 125);
  const draft = await create({ id: 't1', name: '新标准', rules: rules(900, { lostTicketFen: 4000 }) });
  const one = { name: '一小时', enteredAt: '2026-03-02T08:00:00+08:00', exitedAt: '2026-03-02T09:00:00+08:00' };
  await park.station.send(
    anything,
    '/tariffs/t1/cases',
    { cases: [{ ...one, vehicleClass: 'small', feeFen: 800 }] },
    'PUT',
  );
  const check = await park.station.get(z.looseObject({ publishable: z.boolean() }), `${drafts}/${draft.id}/check`);
  expect(check).toMatchObject({ publishable: false, cases: [{ passed: false, fee: { feeFen: 900 } }] });
  expect(await refusal(`${drafts}/${draft.id}/publish`, {})).toMatch(/^409 .*「一小时」应为 8\.00 元，算得 9\.00 元/);
  expect(await versions()).toMatchObject([{ state: 'in-force', source: 'provision', tariff: { version: 1 } }]);

  const csv = '用例名称,入场时间,出场时间,车型,应收（元）\n一小时,2026-03-02 08:00,2026-03-02 09:00,小型车,';
  const file = (text: string) => ({ fileName: 'cases.csv', base64: Buffer.from(text).toString('base64') });
  const faulty = await park.station.send(z.looseObject({}), '/tariffs/t1/cases/import', file(`${csv}九`));
  expect(faulty).toMatchObject({ ok: false, faults: [{ rowNumber: 2, column: '应收（元）', value: '九' }] });
  const taken = await park.station.send(z.looseObject({}), '/tariffs/t1/cases/import', file(`${csv}9`));
  expect(taken).toMatchObject({ ok: true, cases: [{ feeFen: 900 }] });

  const stay = { enteredAt: inRfc(0), exitedAt: inRfc(130 * 60_000), vehicleClass: 'small' };
  const tried = await park.station.send(trialSchema, `${drafts}/${draft.id}/trial`, stay);
  expect(tried.feeFen).toBe(2700);
  const table = await park.station.get(z.array(priceRowSchema), `${drafts}/${draft.id}/price-table`);
  expect(table[0]?.prices.find((price) => price.minutes === 120)?.feeFen).toBe(1800);
  const token = await park.station.signIn();
  const page = await park.station.raw(`/api/v1${drafts}/${draft.id}/price-table/file`, { token });
  expect(page.headers.get('content-type')).toMatch(/text\/html/);
  expect(await page.text()).toContain('新标准 价目表');
  await park.station.send(versionViewSchema, `${drafts}/${draft.id}/publish`, { revision: 1 });
  await park.station.sigterm();
  await park.restart();

  expect((await versions()).map(({ state, source }) => `${source} ${state}`)).toEqual([
    'provision superseded',
    'api in-force',
  ]);
  // Inside since before the change: the rule of its entry, first hour 5 yuan and three begun half-hours of 2.
  // Its connection may still be the one to the station before: what was not answered is sent again.
  await until('an answer to the camera', async () => (await park.exit.push('鲁B00001')).reply);
  const old = await park.laneWhen('out1', 'bill of the old car', (lane) => lane.phase === 'charging');
  expect(old.passage?.bill).toMatchObject({ chargeFen: 1100 });
  await park.collect(1100, old.passage?.id);
  await until('an answer to the camera', async () => (await park.entry.push('鲁B00002')).reply);
  const since = Date.parse((await park.stayOf('鲁B00002')).enteredAt);
  await park.pass(130);
  await park.exit.push('鲁B00002');
  const lane = await park.laneWhen(
    'out1',
    'bill of the new car',
    (each) => each.phase === 'charging' && each.passage?.plate.text === '鲁B00002',
  );
  expect(lane.passage?.bill).toMatchObject({ chargeFen: 2700 });
  const same = { enteredAt: new Date(since).toISOString(), exitedAt: new Date(since + 130 * 60_000).toISOString() };
  expect((await park.station.send(trialSchema, '/tariffs/t1/trial', same)).feeFen).toBe(2700);
  const lost = await park.station.get(z.object({ fee: feeSchema.nullable() }), '/tariffs/lost-ticket');
  expect(lost.fee?.feeFen).toBe(4000);
  await park.collect(2700, lane.passage?.id);
  expect((await park.events('tariff-published')).map((event) => event.actor.name)).toEqual(
    expect.arrayContaining(['admin', 'station']),
  );

  const again = await create({ id: 't1', name: '再改', rules: rules(1000) });
  const period = { from: inRfc(-3_600_000), to: inRfc(24 * 3_600_000) };
  const begun = await park.station.send(replayViewSchema, `${drafts}/${again.id}/replay`, period);
  const done = await until('the replay', async () => {
    const view = await park.station.get(replayViewSchema, `/tariffs/replays/${begun.id}`);
    return view.state === 'running' ? undefined : view;
  });
  expect(done).toMatchObject({ state: 'done', stays: 2, beforeFen: 1100 + 2700, afterFen: 3000 + 3000 });
  const listed = await park.station.get(z.looseObject({}), `/tariffs/replays/${begun.id}/differences`);
  expect(listed).toMatchObject({ total: 2, items: [{ plate: '鲁B00001', changeFen: 1900 }, { plate: '鲁B00002' }] });
  const sheet = await park.station.raw(`/api/v1/tariffs/replays/${begun.id}/export?format=xlsx`, {
    token: await park.station.signIn(),
  });
  expect(
    Buffer.from(await sheet.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
}, 60_000);

test('templates begin drafts, the calendar is kept, a scheduled version is called back', async () => {
  const { station } = park;
  const templates = await station.get(z.array(z.looseObject({ id: z.string() })), '/tariffs/templates');
  expect(templates.length).toBeGreaterThanOrEqual(8);
  const draft = await station.send(draftViewSchema, drafts, {
    start: { kind: 'template', templateId: 'beijing-kerbside' },
    tariffId: 'kerb',
  });
  const later = { effectiveFrom: inRfc(40 * 24 * 3_600_000) };
  await station.send(versionViewSchema, `${drafts}/${draft.id}/publish`, later);
  const gone = await station.send(versionViewSchema, '/tariffs/kerb/versions/1/withdraw', { reason: '试一试' });
  expect(gone).toMatchObject({ state: 'withdrawn', withdrawn: { by: 'admin', reason: '试一试' } });
  expect(JSON.stringify(await station.get(anything, '/tariffs'))).not.toContain('kerb');

  const days = [{ date: '2026-10-01', name: '国庆', kind: 'long' }];
  const calendar = await station.send(calendarSchema, '/calendar/holidays', { year: 2026, days });
  expect(calendar.holidays).toEqual([{ name: '国庆', from: '2026-10-01', to: '2026-10-01', kind: 'long' }]);
  expect(await station.get(calendarSchema, '/calendar')).toEqual(calendar);
  expect(await refusal('/calendar', { makeupWorkdays: ['2026-03-02'] }, 'PATCH')).toMatch(/^409 .*2026-03-02/);
});

test('hostile drafts are refused in words, and the station goes on', async () => {
  const [rule] = rules(100);
  const body = (tariff: object) => ({ start: { kind: 'nothing', tariff } });
  const base = { id: 'x', name: 'x' };
  expect(await refusal(drafts, body({ ...base, rules: Array.from({ length: 9_000 }, () => rule) }))).toMatch(/^4\d\d /);
  const many = { ...base, rules: Array.from({ length: 501 }, () => ({})) };
  expect(await refusal(drafts, body(many))).toMatch(/^409 .*rules: 超过 500 项/);
  expect(await refusal(drafts, body({ ...base, rules: rules(1e308) }))).toMatch(
    /^409 .*rules\[0\]\.followingPeriod\.feeFen/,
  );
  const deep = `{"start":{"kind":"nothing","tariff":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}}`;
  const response = await fetch(`${park.station.url}/api/v1${drafts}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await park.station.signIn()}` },
    body: deep,
  });
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect((await park.lane('in1')).id).toBe('in1');
});

test('an attendant may try and ask, and decides nothing', async () => {
  const token = await park.station.signIn(wang.name, wang.password);
  const status = async (path: string, method: string, body?: object): Promise<number> =>
    (await park.station.raw(`/api/v1${path}`, { method, token, ...(body ? { body } : {}) })).status;
  expect(await status('/tariffs/lost-ticket?vehicleClass=large', 'GET')).toBe(200);
  expect(await status('/calendar', 'GET')).toBe(200);
  expect(await status(drafts, 'GET')).toBe(403);
  expect(await status('/calendar', 'PATCH', { restDays: [] })).toBe(403);
  expect(await status('/tariffs/t1/cases', 'PUT', { cases: [] })).toBe(403);
});

test('a changed provision file is a new version from its start on', async () => {
  const given = provision();
  const station = await StationProcess.start({ provision: given });
  try {
    const [before] = await station.get(z.array(versionViewSchema), '/tariffs/versions');
    expect(before?.tariff.effectiveFrom).toBeUndefined();
    await station.sigterm();
    const tariffs = given.tariffs.map((tariff) => ({ ...tariff, rules: rules(300) }));
    for (const document of [
      { ...given, tariffs },
      { ...given, tariffs },
    ]) {
      const next = await StationProcess.start({ data: station.data, provision: document });
      const now = await next.get(z.array(versionViewSchema), '/tariffs/versions');
      expect(now.map(({ state }) => state)).toEqual(['superseded', 'in-force']);
      expect(now[1]?.tariff.effectiveFrom).toBeDefined();
      await next.sigterm();
    }
  } finally {
    await station.dispose();
  }
}, 60_000);
