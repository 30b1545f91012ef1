import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { pageOf } from '../../shared/contract/base.ts';
import { bookingViewSchema } from '../../shared/contract/bookings.ts';
import { cardViewSchema, rechargePlanViewSchema } from '../../shared/contract/cards.ts';
import { couponViewSchema, merchantViewSchema } from '../../shared/contract/coupons.ts';
import { type EventView, eventViewSchema } from '../../shared/contract/journal.ts';
import { listEntryViewSchema } from '../../shared/contract/lists.ts';
import { caseViewSchema } from '../../shared/contract/payments.ts';
import { shiftViewSchema } from '../../shared/contract/shifts.ts';
import { quoteSchema, stayViewSchema } from '../../shared/contract/stays.ts';
import { visitorViewSchema } from '../../shared/contract/visitors.ts';
import { eventBodies, eventKinds } from '../../shared/domain/events.ts';
import { toRfc3339 } from '../../shared/domain/time.ts';
import { RealSite, type Who } from '../support/real-site.ts';
import { rawRows } from '../support/table.ts';

/** What attendants may decide alone, and where a manager is needed; and that the journal names whoever it was. */

let site: RealSite;
let shiftId = '';
beforeAll(async () => {
  site = await RealSite.open({ rules: { shiftRequired: true, staleDays: 2 } });
});
afterAll(() => site.close());

const rows = z.array(eventViewSchema);
const events = (who: Who, query: string): Promise<EventView[]> => site.as(who, rows, `/events?limit=500&${query}`);
const why = async (who: Who, path: string, body?: object): Promise<string> => (await site.ask(who, path, body)).why;
const named = (plate: string): string => encodeURIComponent(plate);

test('a card is recharged by a plan, into the drawer of whoever takes the cash; anything else is a manager', async () => {
  const validTo = '2031-01-01T00:00:00+08:00';
  const owner = { owner: '王小明', phone: '13800138000' };
  const fields = { type: 'stored-value', plates: ['鲁B31001'], validTo, ...owner };
  const card = await site.as('chen', cardViewSchema, '/cards', fields);
  const plan = await site.as('chen', rechargePlanViewSchema, '/recharge-plans', {
    ...{ name: '充100', type: 'stored-value', priceFen: 10_000, unit: 'money', amount: 10_000, gift: 0 },
  });
  const path = `/cards/${card.id}/recharge`;
  const free = { what: { unit: 'money', amount: 1_000_000, paidFen: 0 } };
  expect(await why('wang', path, free)).toBe('FORBIDDEN');
  const byPlan = { what: { planId: plan.id } };
  expect(await why('wang', path, byPlan)).toBe('method-missing');
  expect(await why('wang', path, { ...byPlan, method: 'wechat' })).toBe('FORBIDDEN');
  expect(await why('wang', path, { ...byPlan, method: 'cash' })).toBe('shift-required');
  shiftId = (await site.as('wang', shiftViewSchema, '/shifts', { booth: '1', floatFen: 20_000 })).id;
  // Somebody else's shift is not theirs to fill, whatever they send along.
  expect(await why('li', path, { ...byPlan, method: 'cash', shiftId })).toBe('shift-required');
  const charged = await site.as('wang', cardViewSchema, path, { ...byPlan, method: 'cash', shiftId: 'another' });
  expect(charged.balanceFen).toBe(10_000);
  const [told] = await events('chen', `kind=card-changed&key=card:${card.id}`);
  expect(told?.body).toMatchObject({ why: 'recharged', paidFen: 10_000, method: 'cash', shiftId });
  expect((await site.as('chen', cardViewSchema, path, free)).balanceFen).toBe(1_010_000);
});

test('a visitor of an attendant stays a day and comes three times at most', async () => {
  const visit = (to: number, more: object = {}) => ({ plate: '鲁B31002', from: site.at(0), to: site.at(to), ...more });
  const day = 24 * 60;
  expect(await why('wang', '/visitors', visit(day + 1))).toBe('beyond-limit');
  expect(await why('wang', '/visitors', visit(60, { visitsLeft: null }))).toBe('beyond-limit');
  expect(await why('wang', '/visitors', visit(60, { visitsLeft: 4 }))).toBe('beyond-limit');
  const one = await site.as('wang', visitorViewSchema, '/visitors', visit(day));
  expect(one.visitsLeft).toBe(1);
  const longer = { to: site.at(10 * day) };
  expect((await site.ask('wang', `/visitors/${one.id}`, longer, 'PATCH')).why).toBe('beyond-limit');
  expect((await site.ask('chen', `/visitors/${one.id}`, longer, 'PATCH')).status).toBe(200);
  expect((await site.as('chen', visitorViewSchema, '/visitors', visit(99 * day))).visitsLeft).toBeNull();
  await site.as('chen', z.unknown(), '/rules', { attendantVisitorHours: 0 }, 'PATCH');
  expect(await why('wang', '/visitors', visit(5))).toBe('beyond-limit');
});

test('an entry by hand without proof is billed like any other, and a case for a manager', async () => {
  const entry = (plate: string, minutesAgo: number, proof?: string) => ({
    ...{ plate, plateColor: 'blue', laneId: 'in1', enteredAt: site.at(-minutesAgo) },
    ...(proof === undefined ? {} : { proof }),
  });
  const casesOf = async (plate: string) =>
    (await site.as('chen', pageOf(caseViewSchema), '/cases?kind=no-entry')).items.filter(
      (each) => each.plate === plate,
    );
  await site.as('wang', stayViewSchema, '/sessions', entry('鲁B31003', 300, '停车票 7'));
  expect(await casesOf('鲁B31003')).toEqual([]);
  await site.as('wang', stayViewSchema, '/sessions', entry('鲁B31004', 90, '  '));
  expect(await casesOf('鲁B31004')).toHaveLength(1);
  expect((await site.as('wang', quoteSchema, `/quote?plate=${named('鲁B31004')}`)).doubts).toEqual([]);
  await site.as('chen', stayViewSchema, '/sessions', entry('鲁B31005', 3 * 1440));
  // How long is too long says the rule.
  const stale = await site.as('wang', pageOf(stayViewSchema), '/sessions/stale');
  expect(stale.items.map(({ plate }) => plate.text)).toEqual(['鲁B31005']);
});

test('what was paid in advance for a booking is taken off its bill, once', async () => {
  const booked = { plate: '鲁B31006', from: site.at(-60), to: site.at(30), passes: 'many', prepaidFen: 500 };
  const { id } = await site.as('chen', bookingViewSchema, '/bookings', booked);
  expect((await site.read('in1', '鲁B31006')).phase).toBe('cleared');
  await site.pass(121);
  // Half an hour is covered; 91 minutes cost 5 + 2 × 2 yuan.
  const { bill } = await site.read('out1', '鲁B31006');
  expect(bill).toMatchObject({ chargeFen: 900, discountFen: 500, dueFen: 400 });
  expect(bill?.discounts).toMatchObject([{ discount: { origin: '预约预付' }, amountFen: 500 }]);
  await site.order('wang', 'out1', 'collect', { method: 'cash', amountFen: 400, receivedFen: 400 });
  const credited = async (): Promise<unknown> =>
    (await site.as('chen', pageOf(bookingViewSchema), `/bookings?plate=${named('鲁B31006')}`)).items[0]?.creditedFen;
  expect(await credited()).toBe(500);

  await site.as('chen', bookingViewSchema, `/bookings/${id}`, { to: site.at(30) }, 'PATCH');
  expect((await site.read('in1', '鲁B31006')).phase).toBe('cleared');
  await site.pass(121);
  expect((await site.read('out1', '鲁B31006')).bill).toMatchObject({ discountFen: 0, dueFen: 900 });
  await site.order('wang', 'out1', 'collect', { method: 'cash', amountFen: 900, receivedFen: 900 });
  expect(await credited()).toBe(500);
});

/** The first frame of the live picture that holds events. */
async function liveEvents(who: Who): Promise<EventView[]> {
  const gone = new AbortController();
  const headers = { authorization: `Bearer ${await site.token(who)}` };
  const response = await fetch(`${site.station.url}/api/v1/live`, { headers, signal: gone.signal });
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let frame: RegExpExecArray | null = null;
  for (let chunks = 0; chunks < 200 && reader && !frame; chunks += 1) {
    const { value, done } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
    frame = /^data: (.*"events".*)$/m.exec(text.slice(0, text.lastIndexOf('\n') + 1));
  }
  gone.abort();
  const payload: unknown = JSON.parse(frame?.[1] ?? '{}');
  const bare = z.object({ events: rows });
  return (z.object({ json: bare }).safeParse(payload).data?.json ?? bare.parse(payload)).events;
}

test('attendants follow the lanes without drawers, phone numbers and drafts; the audit is the manager', async () => {
  for (const query of ['user=admin', 'key=card:1', `key=${named('shift:1')}`])
    expect([query, await why('wang', `/events?${query}`)]).toEqual([query, 'FORBIDDEN']);
  const whole = await events('chen', '');
  expect(JSON.stringify(whole)).toContain(shiftId);
  expect(JSON.stringify(whole)).toContain('13800138000');

  const { uid } = await site.stay('鲁B31006');
  const live = await liveEvents('wang');
  expect(JSON.stringify(await liveEvents('chen'))).toContain(shiftId);
  expect(live.map(({ kind }) => kind)).toContain('bill-paid');
  const seen = [
    ...(await events('wang', '')),
    ...(await events('wang', `key=${uid}`)),
    ...(await events('wang', 'laneId=out1')),
    ...(await events('wang', 'kind=card-changed')),
    ...(await site.as(
      'wang',
      rows,
      `/cards/${(await site.as('wang', pageOf(cardViewSchema), '/cards')).items[0]?.id}/history`,
    )),
    ...live,
  ];
  expect(seen.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['bill-paid', 'card-changed', 'vehicle-exited']));
  const text = JSON.stringify(seen.map(({ body }) => body));
  for (const secret of ['13800138000', '王小明', '"receivedFen":900']) expect(text).not.toContain(secret);
  for (const { kind, body } of seen.filter((event) => event.kind !== 'shift-changed'))
    expect([kind, JSON.stringify(body).includes(shiftId)]).toEqual([kind, false]);
  // What is left still has the shape of its kind: the booth's list of events tells it in words.
  for (const { kind, body } of seen) {
    const known = eventKinds.find((each) => each === kind);
    expect([kind, known && eventBodies[known].safeParse(body).success]).toEqual([kind, true]);
  }
  // Rows of longer ago add up to a shift: only those of one stay.
  await site.pass(121);
  expect(await events('wang', 'kind=bill-paid')).toEqual([]);
  expect((await events('wang', `kind=bill-paid&key=${uid}`)).length).toBeGreaterThan(0);
  expect((await events('chen', 'kind=bill-paid')).length).toBeGreaterThan(0);
});

test('what leaves as a file, and why something was taken back, stands in the journal', async () => {
  const response = await site.station.raw('/api/v1/exports/cards?format=csv&state=active', {
    token: await site.token('chen'),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.toString()).toContain('13800138000');
  const [exported] = await events('chen', 'kind=exported');
  expect(exported).toMatchObject({
    actor: { kind: 'user', name: '老陈' },
    body: { what: 'cards', format: 'csv', filter: { state: 'active' }, rows: 1 },
  });
  expect(exported?.body['sha256']).toBe(createHash('sha256').update(bytes).digest('hex'));

  const to = site.at(1000);
  const list = await site.as('chen', listEntryViewSchema, '/lists', { list: 'black', plate: '鲁B31010' });
  expect((await site.ask('chen', `/lists/${list.id}`, { reason: '误列' }, 'DELETE')).status).toBe(200);
  const shop = await site.as('chen', merchantViewSchema, '/merchants', { name: '超市' });
  const coupon = { merchantId: shop.id, plate: '鲁B31011', kind: 'free', value: 0, validTo: to };
  const given = await site.as('chen', couponViewSchema, '/coupons', coupon);
  await site.as('chen', couponViewSchema, `/coupons/${given.id}/cancel`, { reason: '退货' });
  const period = { plate: '鲁B31012', from: site.at(0), to };
  const booking = await site.as('chen', bookingViewSchema, '/bookings', period);
  await site.as('chen', bookingViewSchema, `/bookings/${booking.id}/cancel`, { reason: '改期' });
  const visitor = await site.as('chen', visitorViewSchema, '/visitors', period);
  await site.as('chen', visitorViewSchema, `/visitors/${visitor.id}/cancel`, { reason: '不来了' });
  const agreement = await site.as('chen', z.object({ id: z.string() }), '/agreements', {
    ...{ platform: 'cmb', plate: '鲁B31013', kind: 'auto-pay' },
  });
  expect((await site.ask('chen', `/agreements/${agreement.id}`, { reason: '解约' }, 'DELETE')).status).toBe(200);
  const { billId } = z
    .object({ billId: z.string() })
    .parse((await events('chen', 'kind=bill-paid')).find(({ body }) => body['receivedFen'] === 900)?.body);
  const asked = { billId, amountFen: 100, reason: '多收' };
  const refund = await site.as('wang', z.object({ id: z.string() }), '/refunds', asked);
  const rejected = z.object({ state: z.string(), decisionReason: z.string() });
  const no = await site.as('chen', rejected, `/refunds/${refund.id}/reject`, { reason: '核对无误' });
  expect(no).toEqual({ state: 'rejected', decisionReason: '核对无误' });
  const newest = async (kind: string): Promise<unknown> => (await events('chen', `kind=${kind}`))[0]?.body['reason'];
  expect([
    await newest('list-changed'),
    await newest('coupon-changed'),
    await newest('booking-changed'),
    await newest('visitor-changed'),
    await newest('agreement-changed'),
  ]).toEqual(['误列', '退货', '改期', '不来了', '解约']);
});

test('every report comes as a file that the journal names, and only for managers', async () => {
  const day = toRfc3339(site.now()).slice(0, 10);
  expect(await why('wang', `/reports/totals/file?period=${day}`)).toBe('FORBIDDEN');
  const token = await site.token('chen');
  for (const report of ['totals', 'collectors', 'lanes', 'flow', 'free', 'balance'])
    for (const format of ['csv', 'xlsx']) {
      const path = `/api/v1/reports/${report}/file?period=${day}&format=${format}`;
      const response = await site.station.raw(path, { token });
      expect([report, response.status]).toEqual([report, 200]);
      const bytes = new Uint8Array(await response.arrayBuffer());
      expect((await rawRows(bytes, `a.${format}`)).length).toBeGreaterThan(2);
      const [exported] = await events('chen', 'kind=exported');
      expect(exported?.body).toMatchObject({ what: `report-${report}`, format, filter: { period: day } });
    }
  const collectors = await site.station.raw(`/api/v1/reports/collectors/file?period=${day}&format=csv`, { token });
  expect(await collectors.text()).toContain('小王');
  const open = z.object({ count: z.int(), stale: z.int(), oldest: stayViewSchema });
  expect(await site.as('chen', open, '/reports/open')).toMatchObject({
    ...{ count: 3, stale: 1 },
    oldest: { plate: { text: '鲁B31005' } },
  });
  // The site's clock went on by hours: the cars may have left before midnight.
  const days = `${toRfc3339(site.now() - 86_400_000).slice(0, 10)}..${day}`;
  const flow = z.object({ exits: z.int(), turnover: z.number() });
  expect((await site.as('chen', flow, `/reports/flow?period=${days}`)).exits).toBeGreaterThan(0);
  const free = z.object({ byClass: z.array(z.object({ vehicleClass: z.string(), stays: z.int() })) });
  expect((await site.as('chen', free, `/reports/free?period=${days}`)).byClass).toMatchObject([
    { vehicleClass: 'small' },
  ]);
});
