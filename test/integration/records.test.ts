import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { actViewSchema, doubtfulStaySchema } from '../../shared/contract/exceptions.ts';
import { eventViewSchema } from '../../shared/contract/journal.ts';
import { caseViewSchema } from '../../shared/contract/payments.ts';
import { stayViewSchema } from '../../shared/contract/stays.ts';
import { occupancySchema } from '../../shared/domain/occupancy.ts';
import { RealSite, type Who } from '../support/real-site.ts';

let site: RealSite;
beforeAll(async () => {
  site = await RealSite.open();
});
afterAll(() => site.close());

const cases = pageOf(caseViewSchema);
const stays = pageOf(stayViewSchema);
const exported = z.object({ what: z.string(), rows: z.int(), filter: z.record(z.string(), z.string()) });

async function file(who: Who, path: string): Promise<{ readonly status: number; readonly text: string }> {
  const response = await site.station.raw(`/api/v1${path}`, { token: await site.token(who) });
  return { status: response.status, text: await response.text() };
}

const register = (plate: string, minutesAgo: number, more: object = {}) =>
  site.as('chen', stayViewSchema, '/sessions', {
    ...{ plate, plateColor: 'blue', laneId: 'in1', enteredAt: site.at(-minutesAgo), proof: '停车票' },
    ...more,
  });

test('cars inside: all of them oldest first, by area with what lies within it, and as many as the spaces say', async () => {
  await register('鲁B60001', 300);
  await register('鲁B60002', 30, { laneId: 'inner1' });
  await register('鲁B60003', 90, { vehicleClass: 'large' });
  const plates = async (query: string): Promise<string[]> =>
    (await site.as('wang', stays, `/sessions/stale?hours=0${query}`)).items.map(({ plate }) => plate.text);
  expect(await plates('')).toEqual(['鲁B60001', '鲁B60003', '鲁B60002']);
  expect(await plates('&areaId=a1')).toEqual(['鲁B60001', '鲁B60003', '鲁B60002']);
  expect(await plates('&areaId=a2')).toEqual(['鲁B60002']);
  expect(await plates('&vehicleClass=large')).toEqual(['鲁B60003']);
  expect(await plates('&plate=6000&parkingType=monthly')).toEqual([]);
  const { whole, correction, areas } = await site.as('wang', occupancySchema, '/spaces');
  expect(whole.inside - correction).toBe(3);
  for (const { areaId, counted } of areas) expect(await plates(`&areaId=${areaId}`)).toHaveLength(counted);
});

test('the whole of what matches leaves as a file; the journal says who took it, and cashiers take none', async () => {
  expect((await file('wang', '/sessions/file')).status).toBe(403);
  expect((await file('wang', '/journal/file')).status).toBe(403);
  const taken = await file('chen', `/sessions/file?format=csv&plate=${encodeURIComponent('鲁B6')}&vehicleClass=small`);
  const lines = taken.text.trim().split(/\r?\n/);
  expect(lines[0]).toContain('停车记录');
  expect(lines[1]).toMatch(/车牌含 鲁B6.*车型 小型车.*导出人：老陈/);
  expect(lines[2]).toContain('停车费（元）');
  expect(lines.slice(3).map((line) => line.split(',')[0])).toEqual(['鲁B60002', '鲁B60001']);
  const [event] = await site.as('chen', z.array(eventViewSchema), '/audit?kind=exported&limit=1');
  expect(exported.parse(event?.body)).toMatchObject({ what: 'stays', rows: 2, filter: { plate: '鲁B6' } });

  const uid = (await site.stay('鲁B60001')).uid;
  const journal = await file('chen', `/journal/file?format=csv&key=${uid}`);
  const rows = journal.text.trim().split(/\r?\n/).slice(3);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatch(/老陈.*车辆入场.*人工补录/);
  const audited = await site.as('chen', z.array(eventViewSchema), `/audit?key=${uid}`);
  expect(audited.map(({ kind }) => kind)).toEqual(['vehicle-entered']);
});

test('a case says beforehand who may not close it and why; it is handed over to somebody who works here', async () => {
  await site.as('wang', stayViewSchema, '/sessions', { plate: '鲁B60009', plateColor: 'blue', laneId: 'in1' });
  const { uid } = await site.stay('鲁B60009');
  const seenBy = async (who: Who) => (await site.as(who, cases, `/cases?uid=${uid}`)).items[0];
  const id = encodeURIComponent((await seenBy('wang'))?.id ?? '');
  expect((await seenBy('wang'))?.hindrance).toBe('managers-only');
  expect((await seenBy('chen'))?.hindrance).toBeNull();

  expect((await site.ask('wang', `/cases/${id}/hand-over`, { to: '老陈' })).why).toBe('case-not-taken');
  await site.as('wang', caseViewSchema, `/cases/${id}/take`, {});
  expect((await site.ask('li', `/cases/${id}/hand-over`, { to: '小李' })).why).toBe('case-taken');
  expect((await site.ask('wang', `/cases/${id}/hand-over`, { to: '路人' })).why).toBe('NOT_FOUND');
  const theirs = await site.as('wang', caseViewSchema, `/cases/${id}/hand-over`, { to: '老陈' });
  expect(theirs.owner).toBe('老陈');
  expect((await seenBy('li'))?.hindrance).toBe('case-taken');
  const [told] = await site.as('chen', z.array(eventViewSchema), `/events?kind=case-changed&key=${uid}&limit=1`);
  expect(told).toMatchObject({ actor: { name: '小王' }, body: { change: 'taken', case: { owner: '老陈' } } });

  const summary = z.object({
    open: z.int(),
    mine: z.int(),
    byKind: z.array(z.object({ kind: z.string(), open: z.int() })),
  });
  const before = await site.as('chen', summary, '/cases/summary');
  expect(before).toMatchObject({ open: 1, mine: 1, byKind: [{ kind: 'no-entry', open: 1 }] });
  await site.as('chen', caseViewSchema, `/cases/${id}/close`, { resolution: '票根已核对' });
  expect(await site.as('chen', summary, '/cases/summary')).toMatchObject({ open: 0, mine: 0, byKind: [] });
  expect((await seenBy('chen'))?.hindrance).toBe('case-closed');
});

test('cars in doubt are listed with why and since when, until somebody reviewed them', async () => {
  const doubtful = pageOf(doubtfulStaySchema);
  const seen = async () => (await site.as('wang', doubtful, '/exceptions/doubtful')).items;
  expect(await seen()).toEqual([]);
  await register('鲁B61001', 50);
  await site.order('wang', 'out1', 'hold', { on: true, reason: '领导安排' });
  await site.pass(1);
  await site.order('wang', 'out1', 'hold', { on: false, reason: '恢复' });
  const all = await seen();
  expect(all.map(({ stay }) => stay.plate.text)).toContain('鲁B61001');
  const one = all.find(({ stay }) => stay.plate.text === '鲁B61001');
  expect(one?.doubts).toMatchObject([{ kind: 'held-open', detail: '车道 out1' }]);
  expect(one?.since).toBe(one?.doubts[0]?.at);
  const many = (await site.as('wang', doubtful, '/exceptions/doubtful?pageSize=1&page=2')).items;
  expect(many).toEqual(all.slice(1, 2));

  const uid = one?.stay.uid ?? '';
  await site.as('wang', stayViewSchema, `/sessions/${uid}/review`, { reason: '照片一致' });
  expect(await seen()).toHaveLength(all.length - 1);
  expect((await seen()).map(({ stay }) => stay.uid)).not.toContain(uid);
  // Who comes afterwards was not inside while the arm was up.
  await register('鲁B61002', 0);
  expect((await seen()).map(({ stay }) => stay.plate.text)).not.toContain('鲁B61002');
});

test('acts by hand, edits and cars turned away are filtered and counted on the station', async () => {
  const counted = z.object({ total: z.int(), exact: z.boolean() });
  const counts = z.object({
    ...{ gates: counted, edits: counted, turnedAway: counted },
    stopped: z.array(z.object({ reason: z.string(), count: z.int() })),
  });
  const acts = (query: string, who: Who = 'chen') => site.as(who, pageOf(actViewSchema), `/exceptions/acts?${query}`);
  const from = site.at(0);
  const since = `from=${encodeURIComponent(from)}`;
  expect((await site.ask('wang', '/exceptions/acts?about=gates')).why).toBe('FORBIDDEN');
  expect((await site.ask('wang', '/exceptions/counts')).why).toBe('FORBIDDEN');

  await site.order('wang', 'in1', 'open', { reason: '施工车' });
  await site.read('in1', '鲁B62001');
  const stay = await site.stay('鲁B62001');
  await site
    .as('chen', stayViewSchema, `/sessions/${stay.uid}/correct`, { vehicleClass: 'large', reason: '是大车' })
    .catch(() => undefined);
  await site.as('chen', z.unknown(), '/lists', {
    ...{ list: 'black', plate: '鲁B62009', strategy: 'no-entry', validFrom: site.at(-60), validTo: site.at(600) },
  });
  await site.read('in1', '鲁B62009');
  await site.order('li', 'in1', 'cancel', { reason: '掉头' });

  const gates = await acts(`about=gates&${since}`);
  expect(gates.items.map(({ body, actor }) => [actor.name, body['action'], body['reason']])).toEqual([
    ['小王', 'open', '施工车'],
  ]);
  expect((await acts(`about=gates&${since}&user=${encodeURIComponent('小李')}`)).total).toBe(0);
  expect((await acts(`about=gates&${since}&loose=true`)).total).toBe(1);
  expect((await acts('about=gates')).total).toBeGreaterThan(1);

  const away = await acts(`about=turned-away&${since}`);
  expect(away.items.map(({ body, actor, stopped }) => [actor.name, body['how'], body['reason'], stopped])).toEqual([
    ['小李', 'cancelled', '掉头', 'blacklisted'],
  ]);
  const reviews = await acts('about=edits&edited=review');
  expect(reviews.items.map(({ actor, body }) => [actor.name, body['reason']])).toEqual([['小王', '照片一致']]);
  expect((await acts('about=edits&edited=void')).total).toBe(0);
  const found = await site.as('chen', counts, `/exceptions/counts?${since}`);
  expect(found).toMatchObject({
    gates: { total: 1, exact: true },
    turnedAway: { total: 1, exact: true },
    stopped: [{ reason: 'blacklisted', count: 1 }],
  });
  expect(found.edits.total).toBe((await acts(`about=edits&${since}`)).total);
});

test('a car without a plate is found by any part of its id, however that is typed', async () => {
  await register('', 20, { identity: 'openid-7X.k' });
  const ids = async (identity: string) =>
    (await site.as('wang', stays, `/sessions?status=inside&identity=${encodeURIComponent(identity)}`)).items.map(
      (stay) => stay.identity,
    );
  expect(await ids('ID7xk')).toEqual(['openid-7X.k']);
  expect(await ids('id-7x')).toEqual(['openid-7X.k']);
  expect(await ids('7Y')).toEqual([]);
});

test('who closes a car that is not stale yet is told what it owes, and leaves a case that somebody else ends', async () => {
  await register('鲁B64001', 60 * 24 * 40);
  await register('鲁B64002', 90);
  const which = { uids: [(await site.stay('鲁B64001')).uid, (await site.stay('鲁B64002')).uid] };
  const checked = z.object({ young: z.int(), dueFen: z.int(), first: z.array(z.object({ stay: stayViewSchema })) });
  const told = await site.as('chen', checked, '/sessions/close-stale/check', { which });
  expect(told).toMatchObject({ young: 1, dueFen: 700, first: [{ stay: { plate: { text: '鲁B64002' } } }] });
  await site.as('chen', z.unknown(), '/sessions/close-stale', { which, reason: '车已不在' });
  const opened = (await site.as('zhou', cases, `/cases?uid=${which.uids[1]}`)).items;
  expect(opened).toMatchObject([{ kind: 'closed-early', amountFen: 700, plate: '鲁B64002' }]);
  expect((await site.as('zhou', cases, `/cases?uid=${which.uids[0]}`)).items).toEqual([]);
  const id = encodeURIComponent(opened[0]?.id ?? '');
  expect((await site.ask('chen', `/cases/${id}/close`, { resolution: '没事' })).status).toBe(409);
});

test('a car that queues at an exit, or may be the one there, is not closed as long gone', async () => {
  await register('鲁B63001', 60 * 24 * 40);
  await register('鲁B63002', 60 * 24 * 40);
  await site.read('out1', '鲁B63001');
  await site.read('out1', '鲁B63002');
  const uids = [(await site.stay('鲁B63001')).uid, (await site.stay('鲁B63002')).uid];
  const closed = z.object({
    closed: z.int(),
    skipped: z.array(z.object({ uid: z.string(), reason: z.string(), message: z.string() })),
  });
  const done = await site.as('chen', closed, '/sessions/close-stale', { which: { uids }, reason: '车已不在' });
  expect(done).toMatchObject({
    closed: 0,
    skipped: [
      { uid: uids[0], reason: 'at-the-lane', message: '该车正在车道 out1，请在车道上处理' },
      { uid: uids[1], reason: 'at-the-lane', message: '该车正在车道 out1排队，请在车道上处理' },
    ],
  });
  await site.order('wang', 'out1', 'cancel', { reason: '掉头' });
});
