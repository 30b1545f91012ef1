import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { bookingViewSchema } from '../../shared/contract/bookings.ts';
import { cardViewSchema, rechargePlanViewSchema } from '../../shared/contract/cards.ts';
import { couponViewSchema, merchantViewSchema } from '../../shared/contract/coupons.ts';
import { debtViewSchema } from '../../shared/contract/debts.ts';
import { importFaultSchema, importViewSchema } from '../../shared/contract/imports.ts';
import { eventViewSchema } from '../../shared/contract/journal.ts';
import { listEntryViewSchema } from '../../shared/contract/lists.ts';
import { stayViewSchema } from '../../shared/contract/stays.ts';
import { occupancySchema } from '../../shared/domain/occupancy.ts';
import { provision } from '../support/provision.ts';
import { StationProcess, tempDirectory } from '../support/station-process.ts';
import { rawRows } from '../support/table.ts';
import { until } from '../support/until.ts';

const manager = { name: '老陈', password: 'a short day shift', role: 'manager' };

const seeded = {
  ...{ number: 'SEED-1', type: 'monthly', plates: ['鲁B70001'], spaces: 2 },
  ...{ validTo: '2030-12-31T23:59:59+08:00', areas: ['a1'] },
};

let station: StationProcess;
const data = tempDirectory();
beforeAll(async () => {
  station = await StationProcess.start({
    data,
    provision: { ...provision({ users: [manager] }), cards: [seeded] },
  });
});
afterAll(async () => {
  await station.dispose();
  rmSync(data, { recursive: true, force: true });
});

const post = <S extends z.ZodType>(schema: S, path: string, body: object): Promise<z.output<S>> =>
  station.send(schema, path, body);
const problem = z.object({ code: z.string(), data: z.object({ reason: z.string() }).optional(), detail: z.string() });

async function refused(path: string, body: object, method = 'POST'): Promise<z.output<typeof problem>> {
  const token = await station.signIn();
  return problem.parse(await (await station.raw(`/api/v1${path}`, { method, body, token })).json());
}

test('a card from the provision file is there, and its life goes on over the API', async () => {
  const { items } = await station.get(pageOf(cardViewSchema), '/cards?plate=70001');
  expect(items).toMatchObject([{ number: 'SEED-1', spaces: 2, areas: ['a1'], source: 'provision' }]);
  const id = items[0]?.id ?? '';

  const fields = { name: '月租', type: 'monthly', priceFen: 30_000, unit: 'months', amount: 1, gift: 0 };
  const plan = await post(rechargePlanViewSchema, '/recharge-plans', fields);
  const order = { what: { planId: plan.id }, orderNo: 'R-1', method: 'cash' };
  const renewed = await post(cardViewSchema, `/cards/${id}/recharge`, order);
  expect(renewed.validTo).toBe('2031-01-31T23:59:59.000+08:00');
  expect(await post(cardViewSchema, `/cards/${id}/recharge`, order)).toEqual(renewed);

  await post(cardViewSchema, `/cards/${id}/plates`, { how: 'add', plates: ['鲁B·70002'] });
  expect(await refused('/cards', { type: 'vip', plates: ['鲁B70002'], validTo: seeded.validTo })).toMatchObject({
    code: 'CONFLICT',
    data: { reason: 'plate-on-other-card' },
    detail: expect.stringContaining('SEED-1'),
  });
  await post(cardViewSchema, `/cards/${id}/cancel`, { reason: '搬走' });
  const history = await station.get(z.array(eventViewSchema), `/cards/${id}/history`);
  expect(history.map((event) => event.kind)).toEqual(Array.from({ length: 4 }, () => 'card-changed'));
  expect((await station.get(pageOf(cardViewSchema), '/cards?state=active&endingWithinDays=30')).items).toEqual([]);
});

test('lists, bookings, coupons and debts, each refused what makes no sense', async () => {
  const entry = { list: 'black', plate: '鲁B70010', strategy: 'no-exit' };
  expect(await post(listEntryViewSchema, '/lists', entry)).toMatchObject({ strategy: 'no-exit', plateColor: null });
  const yellow = await post(listEntryViewSchema, '/lists', { ...entry, plateColor: 'yellow', strategy: 'warn' });
  expect(yellow).toMatchObject({ strategy: 'warn', plateColor: 'yellow' });
  const painted = await station.raw(`/api/v1/lists/${yellow.id}`, {
    ...{ method: 'PATCH', token: await station.signIn(), body: { plateColor: 'black' } },
  });
  expect(listEntryViewSchema.parse(await painted.json())).toMatchObject({ id: yellow.id, plateColor: 'black' });
  const unknown = await station.raw('/api/v1/lists', {
    ...{ method: 'POST', token: await station.signIn(), body: { ...entry, plateColor: 'unknown' } },
  });
  expect(unknown.status).toBe(400);
  const both = await station.get(pageOf(listEntryViewSchema), '/lists?plate=70010');
  expect(new Set(both.items.map(({ plateColor }) => plateColor))).toEqual(new Set(['black', null]));
  const [from, to] = ['2026-01-01T00:00:00+08:00', '2036-01-02T00:00:00+08:00'];
  const booking = await post(bookingViewSchema, '/bookings', { plate: '鲁B70011', from, to });
  expect(await post(bookingViewSchema, `/bookings/${booking.id}/cancel`, {})).toMatchObject({ state: 'cancelled' });
  const second = await post(bookingViewSchema, '/bookings', { plate: '鲁B70014', from, to });
  const gone = await station.raw(`/api/v1/bookings/${second.id}`, { method: 'DELETE', token: await station.signIn() });
  expect(gone.status).toBe(200);
  const found = await station.get(pageOf(bookingViewSchema), '/bookings?plate=70014');
  expect(found.items.map(({ state }) => state)).toEqual(['cancelled']);
  expect(await refused('/bookings', { plate: '鲁B70011', from: to, to: from })).toMatchObject({
    data: { reason: 'validity-reversed' },
  });
  const shop = await post(merchantViewSchema, '/merchants', { name: '超市', couponsLeft: 1 });
  const coupon = { merchantId: shop.id, plate: '鲁B70012', kind: 'minutes', value: 60, validTo: to };
  await post(couponViewSchema, '/coupons', coupon);
  expect(await refused('/coupons', coupon)).toMatchObject({ data: { reason: 'quota-used-up' } });
  const debt = await post(debtViewSchema, '/debts', { plate: '鲁B70013', amountFen: 900, reason: '冲卡' });
  expect(await post(debtViewSchema, `/debts/${debt.id}/cancel`, { reason: '误记' })).toMatchObject({
    state: 'cancelled',
    reason: '冲卡（已核销：误记）',
  });
});

test('an entry by hand stands on the terms that the car has', async () => {
  await post(listEntryViewSchema, '/lists', {
    list: 'white',
    plate: '鲁B70030',
    validFrom: '2026-01-01T00:00:00+08:00',
  });
  const stay = await post(stayViewSchema, '/sessions', { plate: '鲁B70030', laneId: 'in1' });
  expect(stay.parkingType).toBe('special');
  await post(stayViewSchema, `/sessions/${stay.uid}/correct`, { void: true, reason: '误补录' });
});

test('an entry by hand is corrected, counted, recounted, and closed as stale', async () => {
  const enteredAt = new Date(Date.now() - 10 * 86_400_000).toISOString();
  const body = { plate: '鲁B70020', laneId: 'in1', enteredAt, proof: '停车票 0012' };
  const stay = await post(stayViewSchema, '/sessions', body);
  const unlicensed = await post(stayViewSchema, '/sessions', { laneId: 'in1', identity: 'QR-1' });
  expect(unlicensed.plate.text).toBe('');
  expect(await refused('/sessions', { laneId: 'in1', identity: 'QR-1' })).toMatchObject({
    data: { reason: 'already-inside' },
  });
  const corrected = await post(stayViewSchema, `/sessions/${stay.uid}/correct`, { plate: '鲁B70021', reason: '误读' });
  expect(corrected.plate.text).toBe('鲁B70021');
  expect(await refused(`/sessions/${stay.uid}/correct`, { feeFen: 5, reason: 'x' })).toMatchObject({
    data: { reason: 'still-inside' },
  });
  expect((await station.get(occupancySchema, '/spaces')).areas).toMatchObject([{ areaId: 'a1', inside: 2 }]);
  expect((await post(occupancySchema, '/spaces/recount', { actualInside: 7, reason: '盘点' })).whole.inside).toBe(7);
  const closed = z.object({ closed: z.int(), skipped: z.array(z.unknown()) });
  const stale = { which: { olderThanDays: 5 }, reason: '车已不在' };
  expect(await post(closed, '/sessions/close-stale', stale)).toEqual({ closed: 1, skipped: [] });
});

async function upload(what: string, fileName: string, bytes: Uint8Array): Promise<z.output<typeof importViewSchema>> {
  const { id } = await post(importViewSchema, '/imports', { what, fileName, bytes: bytes.length });
  const piece = 100_000;
  for (let offset = 0; offset < bytes.length; offset += piece) {
    const base64 = Buffer.from(bytes.subarray(offset, offset + piece)).toString('base64');
    await post(importViewSchema, `/imports/${id}/pieces`, { offset, base64 });
  }
  return stateOf(id, ['ready', 'faulty', 'failed']);
}

const stateOf = (id: string, states: readonly string[]) =>
  until(`import ${id}`, async () => {
    const view = await station.get(importViewSchema, `/imports/${id}`);
    return states.includes(view.state) ? view : undefined;
  });

test('a table goes in, is told what is wrong with it, is applied, and comes out as a workbook', async () => {
  const table = (type: string): Buffer =>
    Buffer.from(
      [
        '卡号,类型,车牌,有效期止',
        ...Array.from(
          { length: 4000 },
          (_, i) => `N${i},${i === 7 ? type : '月租卡'},鲁C${String(i).padStart(5, '0')},2030-12-31`,
        ),
      ].join('\n'),
    );
  const faulty = await upload('cards', '月租.csv', table('什么'));
  expect(faulty).toMatchObject({ state: 'faulty', faultCount: 1 });
  const faults = await station.get(pageOf(importFaultSchema), `/imports/${faulty.id}/faults`);
  expect(faults.items).toMatchObject([{ rowNumber: 9, column: '类型', value: '什么' }]);
  expect(await refused(`/imports/${faulty.id}/apply`, {})).toMatchObject({ data: { reason: 'not-ready' } });

  const ready = await upload('cards', '月租.csv', table('VIP卡'));
  expect(ready).toMatchObject({ state: 'ready', rows: 4000, added: 4000 });
  await post(importViewSchema, `/imports/${ready.id}/apply`, {});
  expect(await stateOf(ready.id, ['done', 'failed'])).toMatchObject({ state: 'done', added: 4000, progress: 1 });

  const token = await station.signIn(manager.name, manager.password);
  const response = await station.raw('/api/v1/exports/cards?type=vip', { token });
  expect(response.headers.get('content-disposition')).toContain('.xlsx');
  const rows = await rawRows(new Uint8Array(await response.arrayBuffer()), 'cards.xlsx');
  expect(rows.at(-1)?.cells.slice(0, 3)).toEqual(['N7', 'VIP卡', '鲁C00007']);
  expect(rows).toHaveLength(4);
});

test('a station that is killed in the middle of an import finishes it when it comes back', async () => {
  const rows = Array.from({ length: 12_000 }, (_, i) => `白名单,鲁D${String(i).padStart(5, '0')}`);
  const ready = await upload('lists', '白名单.csv', Buffer.from(['名单,车牌', ...rows].join('\n')));
  await post(importViewSchema, `/imports/${ready.id}/apply`, {});
  const half = await until('some rows were applied', async () => {
    const view = await station.get(importViewSchema, `/imports/${ready.id}`);
    return view.state === 'applying' && view.added > 0 ? view : undefined;
  });
  await station.kill9();
  expect(half.added).toBeLessThan(rows.length);
  station = await StationProcess.start({ data });
  expect(await stateOf(ready.id, ['done', 'failed'])).toMatchObject({ state: 'done', added: rows.length, updated: 0 });
  const finished = await station.get(z.array(eventViewSchema), '/events?kind=import-finished');
  expect(finished.filter((event) => event.key === ready.id)).toHaveLength(1);
  const lists = await station.get(pageOf(listEntryViewSchema), '/lists?plate=鲁D&list=white');
  expect(lists.total).toBe(rows.length);
});
