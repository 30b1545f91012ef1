import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { SystemClock } from '../../electron/station/runtime/clock.ts';
import { Store } from '../../electron/station/store/store.ts';
import { contract } from '../../shared/contract/index.ts';
import { shiftReportSchema, shiftViewSchema } from '../../shared/contract/shifts.ts';
import { aStay, entered } from '../support/events.ts';
import { provision } from '../support/provision.ts';
import { StationProcess } from '../support/station-process.ts';

const wang = { name: '小王', password: 'a long night shift', role: 'attendant' };
const zhao = { name: '小赵', password: 'always forgotten', role: 'attendant' };
const chen = { name: '老陈', password: 'a short day shift', role: 'manager' };

let station: StationProcess;
let db: Database.Database;
let store: Store;
const tokens = new Map<string, string>();

beforeAll(async () => {
  station = await StationProcess.start({ provision: provision({ users: [wang, zhao, chen] }) });
  for (const user of [wang, zhao, chen]) tokens.set(user.name, await station.signIn(user.name, user.password));
  db = new Database(join(station.data, 'gatehouse.db'), { timeout: 5000 });
  store = new Store(db, new SystemClock());
}, 60_000);
afterAll(async () => {
  db?.close();
  await station?.dispose();
});

const call = (who: { readonly name: string }, path: string, method = 'GET', body?: object): Promise<Response> =>
  station.raw(`/api/v1${path}`, { method, token: tokens.get(who.name) ?? '', ...(body === undefined ? {} : { body }) });

async function shift(who: { readonly name: string }, path: string, body: object = {}) {
  const response = await call(who, path, 'POST', body);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return shiftViewSchema.parse(JSON.parse(text));
}

const problem = z.object({ status: z.int(), data: z.object({ reason: z.string() }).optional() });
async function refusal(who: { readonly name: string }, path: string, body?: object): Promise<string> {
  const response = await call(who, path, body === undefined ? 'GET' : 'POST', body);
  const document = problem.parse(await response.json());
  return document.data?.reason ?? String(document.status);
}

/** What the lane at the exit would write when cash is taken there. */
function takeCash(uid: string, fen: number, shiftId: string): void {
  store.write((tx) => {
    tx.record(entered(uid));
    const stay = tx.stays.get(uid);
    if (!stay) throw new Error('no stay');
    const now = stay.enteredAt + 60_000;
    const lane = { id: 'out1', name: '东门出口', number: 2 };
    tx.record({
      kind: 'bill-paid',
      key: uid,
      laneId: 'out1',
      passageId: null,
      actor: { kind: 'user', name: wang.name },
      body: {
        billId: `bill-${uid}`,
        stay: { ...stay, chargeFen: fen, dueFen: fen, paidFen: fen },
        lane,
        ...{ chargeFen: fen, dueFen: fen, paidFen: fen, method: 'cash', scene: 'gate', via: null },
        ...{ billedAt: now, paidAt: now, steps: [], discountFen: 0, discounts: [], receivedFen: fen, changeFen: 0 },
        ...{ reference: null, attemptId: null, shiftId, debtId: null },
      },
    });
  });
}

interface Route {
  readonly method: string;
  readonly path: string;
}
const procedure = z.object({ '~orpc': z.object({ route: z.object({ method: z.string(), path: z.string() }) }) });
function routesOf(router: unknown): Route[] {
  const parsed = procedure.safeParse(router);
  if (parsed.success) return [parsed.data['~orpc'].route];
  return typeof router === 'object' && router !== null ? Object.values(router).flatMap(routesOf) : [];
}

/** Everything that can be read as `who`: every GET of the contract, with ids that exist, and the first live frame. */
async function readAll(who: { readonly name: string }, shiftId: string, uid: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const fill: readonly (readonly [RegExp, string])[] = [
    [/^\/shifts/, shiftId],
    [/^\/sessions/, uid],
    [/^\/lanes/, 'out1'],
  ];
  const query = `booth=1&period=2026-03-02&date=2026-03-02&limit=500&pageSize=200&plate=${encodeURIComponent('鲁B12345')}`;
  for (const { method, path } of routesOf(contract)) {
    if (method !== 'GET' || path === '/live') continue;
    const id = fill.find(([prefix]) => prefix.test(path))?.[1] ?? '1';
    const response = await call(who, `${path.replace(/\{[^}]+\}/g, id)}?${query}`);
    found.set(`GET ${path} → ${response.status}`, await response.text());
  }
  const gone = new AbortController();
  const headers = { authorization: `Bearer ${tokens.get(who.name)}` };
  const live = await fetch(`${station.url}/api/v1/live?afterSeq=0`, { headers, signal: gone.signal });
  const reader = live.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let chunks = 0; chunks < 50 && reader && !/"seq":\d+,"siteName"[\s\S]*\n\n/.test(text); chunks += 1) {
    const { value, done } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  gone.abort();
  found.set('GET /live', text);
  return found;
}

/** Names of the answers that contain a number by itself, in fen or as yuan; four digits within a hash are none. */
function telling(answers: ReadonlyMap<string, string>, fen: number): string[] {
  const wanted = new RegExp(`(?<![\\w.])(${fen}|${fen / 100})(?!\\w)`);
  return [...answers].filter(([, text]) => wanted.test(text)).map(([name]) => name);
}

test('a shift from the float to the next cashier, over the API; before the count nothing tells the cashier what should be there', async () => {
  const opened = await shift(wang, '/shifts', { booth: '1', floatFen: 31_700 });
  const { id } = opened;
  takeCash('uid-1', 1_111, id);
  takeCash('uid-2', 2_053, id);
  expect((await call(wang, `/shifts/${id}/paid-out`, 'POST', { amountFen: 417, remark: '买水' })).status).toBe(200);
  const cashIn = 1_111 + 2_053;
  const expected = 31_700 + cashIn - 417;

  expect(await refusal(wang, `/shifts/${id}/count`, { count: { 10000: 3 } })).toBe('till-open');
  await shift(wang, `/shifts/${id}/pause`);
  expect(await refusal(wang, `/shifts/${id}/resume`, { password: 'guessed wrong' })).toBe('wrong-password');
  expect(await refusal(wang, `/shifts/${id}/resume`, { password: zhao.password, name: zhao.name })).toBe(
    'not-your-shift',
  );
  expect((await shift(wang, `/shifts/${id}/resume`, { password: chen.password, name: chen.name })).state).toBe('open');
  await shift(wang, `/shifts/${id}/pause`);

  for (const person of [wang, zhao]) {
    const before = await readAll(person, id, 'uid-1');
    expect([...before.keys()].filter((name) => name.endsWith('200')).length).toBeGreaterThan(8);
    for (const figure of [expected, cashIn, cashIn - 417]) expect(telling(before, figure)).toEqual([]);
  }
  // The same search finds the figure where it may be read, and the frame that was searched was one.
  const known = await readAll(chen, id, 'uid-1');
  expect(telling(known, expected)).toContain('GET /shifts/{id}/report → 200');
  expect(known.get('GET /live')).toContain('"paid-out"');
  expect(await refusal(wang, `/shifts/${id}/report`)).toBe('not-counted');
  expect(await refusal(zhao, `/shifts/${id}/report`)).toBe('not-your-shift');
  const seen = z.object({ total: z.int() });
  expect(seen.parse(await (await call(zhao, `/shifts?cashier=${encodeURIComponent(wang.name)}`)).json()).total).toBe(0);
  expect(seen.parse(await (await call(wang, '/shifts')).json()).total).toBe(1);
  expect(await refusal(wang, '/reports/totals?period=2026-03')).toBe('403');
  const early = shiftReportSchema.parse(await (await call(chen, `/shifts/${id}/report`)).json());
  expect(early.drawer).toMatchObject({ expectedFen: expected, countedFen: null });

  const counted = await shift(wang, `/shifts/${id}/count`, { count: { 10000: 3, 2000: 2, 100: 4 } });
  expect(counted).toMatchObject({
    state: 'counted',
    expectedFen: expected,
    countedFen: 34_400,
    differenceFen: 34_400 - expected,
  });
  expect(await refusal(wang, `/shifts/${id}/count`, { count: { 10000: 4 } })).toBe('shift-counted');
  expect(await refusal(wang, `/shifts/${id}/close`, {})).toBe('reason-required');
  await shift(wang, `/shifts/${id}/close`, { reason: '找零差错', leftFen: 30_000 });
  for (const action of ['count', 'paid-out', 'pause', 'close', 'resume'])
    expect(
      await refusal(wang, `/shifts/${id}/${action}`, { count: {}, amountFen: 1, remark: 'x', password: wang.password }),
    ).toBe('shift-closed');

  const report = shiftReportSchema.parse(await (await call(wang, `/shifts/${id}/report`)).json());
  expect(report.received).toEqual([{ method: 'cash', scene: 'gate', count: 2, amountFen: cashIn }]);
  expect(report.drawer).toMatchObject({ differenceReason: '找零差错', bookedAfterCountFen: 0 });

  expect(await refusal(zhao, '/shifts', { booth: '1' })).toBe('previous-unconfirmed');
  await shift(zhao, `/shifts/${id}/confirm`, { count: { 10000: 3 } });
  expect(await shift(zhao, '/shifts', { booth: '1' })).toMatchObject({
    floatFen: 30_000,
    cashier: zhao.name,
    state: 'open',
  });
}, 60_000);

test('a manager reads the reports of a day, and its balance', async () => {
  const day = new Date(aStay('x').enteredAt + 8 * 3_600_000).toISOString().slice(0, 10);
  const totals = z.object({ totals: z.object({ receivedTotal: z.object({ count: z.int(), amountFen: z.int() }) }) });
  const told = totals.parse(await (await call(chen, `/reports/totals?period=${day}`)).json());
  expect(told.totals.receivedTotal).toEqual({ count: 2, amountFen: 3_164 });
  const balance = z.object({
    holds: z.boolean(),
    drawers: z.array(z.object({ takenFen: z.int(), bookedFen: z.int() })),
  });
  const balanced = balance.parse(await (await call(chen, `/reports/balance?date=${day}`)).json());
  expect(balanced).toMatchObject({ holds: true, drawers: [{ takenFen: 3_164, bookedFen: 3_164 }] });
  for (const path of ['collectors', 'lanes'])
    expect((await call(chen, `/reports/${path}?period=${day}`)).status).toBe(200);
  expect((await call(chen, '/reports/balance?date=2026-13-01')).status).toBe(400);
});
