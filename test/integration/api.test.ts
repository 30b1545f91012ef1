import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { contract } from '../../shared/contract/index.ts';
import { CarPark } from '../support/car-park.ts';
import { ADMIN, StationProcess } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const attendant = { name: '小王', password: 'a long night shift', role: 'attendant' };
const manager = { name: '老陈', password: 'a short day shift', role: 'manager' };
const careless = { name: '小赵', password: 'always forgotten', role: 'attendant' };

/** RFC 9457, with the contract's code. */
const problem = z.object({
  type: z.string(),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
  code: z.string().min(1),
});

async function problemOf(response: Response): Promise<z.output<typeof problem>> {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const document = problem.parse(await response.json());
  expect(document.status).toBe(response.status);
  return document;
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly access: string;
}

const procedure = z.object({
  '~orpc': z.object({
    route: z.object({ method: z.string(), path: z.string() }),
    meta: z.object({ access: z.string() }),
  }),
});

/** Every procedure of the contract. */
function routesOf(router: unknown): Route[] {
  const parsed = procedure.safeParse(router);
  if (parsed.success) return [{ ...parsed.data['~orpc'].route, access: parsed.data['~orpc'].meta.access }];
  return typeof router === 'object' && router !== null ? Object.values(router).flatMap(routesOf) : [];
}
const routes = routesOf(contract);
const concrete = (path: string): string => `/api/v1${path.replace(/\{[^}]+\}/g, '1')}`;

let park: CarPark;
beforeAll(async () => {
  park = await CarPark.open({ city: {}, provision: { users: [attendant, manager, careless] } });
});
afterAll(async () => {
  await park.close();
});

test('the API document names every call of the contract', async () => {
  const schema = z.object({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
  const response = await park.station.raw('/api/openapi.json');
  expect(response.status).toBe(200);
  const { paths } = schema.parse(await response.json());
  const described = Object.entries(paths).flatMap(([path, calls]) =>
    Object.keys(calls).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes.length).toBeGreaterThan(25);
  expect(described.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
});

test('the shape of the provision file is published', async () => {
  const response = await park.station.raw('/api/provision.schema.json');
  const schema = z.object({ properties: z.record(z.string(), z.unknown()) });
  expect(Object.keys(schema.parse(await response.json()).properties)).toEqual(
    expect.arrayContaining(['site', 'areas', 'lanes', 'devices', 'tariffs', 'users', 'platforms']),
  );
});

describe('who may do what', () => {
  const guarded = routes.filter(({ access }) => access !== 'public');

  test('without a sign-in, and with a token that nobody issued, every call but the public ones is refused', async () => {
    expect(guarded.length).toBeGreaterThan(20);
    for (const token of [undefined, 'x'.repeat(43)])
      for (const { method, path } of guarded) {
        const response = await park.station.raw(concrete(path), { method, ...(token ? { token } : {}) });
        expect([method, path, response.status]).toEqual([method, path, 401]);
        expect((await problemOf(response)).code).toBe('UNAUTHORIZED');
      }
    for (const { method, path, access } of routes)
      if (access === 'public') {
        const response = await park.station.raw(concrete(path), { method });
        expect([method, path, response.status === 404]).toEqual([method, path, false]);
        await response.body?.cancel();
      }
  });

  test("an attendant is refused what is a manager's", async () => {
    const token = await park.station.signIn(attendant.name, attendant.password);
    const forbidden = routes.filter(({ access }) => access === 'manager' || access === 'admin');
    expect(forbidden.map(({ path }) => path)).toEqual(expect.arrayContaining(['/audit', '/outbox/{id}', '/lists']));
    for (const { method, path } of forbidden) {
      const response = await park.station.raw(concrete(path), { method, token });
      expect([method, path, response.status]).toEqual([method, path, 403]);
      expect((await problemOf(response)).code).toBe('FORBIDDEN');
    }
    for (const path of ['/lanes', '/sessions', '/outbox', '/outbox/summary', '/events', '/lists', '/me'])
      expect([path, (await park.station.raw(`/api/v1${path}`, { token })).status]).toEqual([path, 200]);
  });

  test('a manager reads the audit log and what is sent', async () => {
    await park.register('鲁B90001', 5);
    const token = await park.station.signIn(manager.name, manager.password);
    const { items } = await until('a message', async () => {
      const found = await park.outbox();
      return found.items.length > 0 ? found : undefined;
    });
    const detail = await park.station.raw(`/api/v1/outbox/${items[0]?.id}`, { token });
    expect(detail.status).toBe(200);
    expect(await detail.json()).toMatchObject({ message: 'uploadCarInData', body: { plateNo: '鲁B90001' } });
    expect((await park.station.raw('/api/v1/audit', { token })).status).toBe(200);
  });

  test('whoever signed out is out', async () => {
    const token = await park.station.signIn(attendant.name, attendant.password);
    expect((await park.station.raw('/api/v1/me', { token })).status).toBe(200);
    expect((await park.station.raw('/api/v1/sign-out', { method: 'POST', token })).status).toBe(200);
    expect((await park.station.raw('/api/v1/me', { token })).status).toBe(401);
  });

  test('the live picture ends for whoever signed out', async () => {
    const token = await park.station.signIn(attendant.name, attendant.password);
    const live = await park.station.raw('/api/v1/live', { token });
    expect(live.status).toBe(200);
    const frames = live.body?.getReader();
    expect((await frames?.read())?.done).toBe(false);
    await park.station.raw('/api/v1/sign-out', { method: 'POST', token });
    // Something happens at a lane: it is no longer theirs to see.
    await park.entry.push('鲁B90009');
    let seen = '';
    for (let part = await frames?.read(); part && !part.done; part = await frames?.read())
      seen += new TextDecoder().decode(part.value);
    expect(seen).toContain('UNAUTHORIZED');
    expect(seen).not.toContain('鲁B90009');
  });
});

describe('signing in', () => {
  const attempt = (name: string, password: string) =>
    park.station.raw('/api/v1/sign-in', { method: 'POST', body: { name, password } });

  test('a wrong password and an unknown name look the same', async () => {
    const wrong = await attempt(manager.name, 'not this one');
    const unknown = await attempt('nobody', 'not this one');
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await problemOf(wrong)).toEqual(await problemOf(unknown));
  });

  test('after five wrong passwords a name rests, even with the right one; others do not', async () => {
    for (let turn = 0; turn < 5; turn++) expect((await attempt(careless.name, `guess ${turn}`)).status).toBe(401);
    const locked = await attempt(careless.name, careless.password);
    expect(locked.status).toBe(429);
    const { code } = await problemOf(locked.clone());
    expect(code).toBe('TOO_MANY_REQUESTS');
    const { data } = z.object({ data: z.object({ retryAfterSeconds: z.int() }) }).parse(await locked.json());
    expect(data.retryAfterSeconds).toBeGreaterThan(0);
    expect(data.retryAfterSeconds).toBeLessThanOrEqual(60);
    expect((await attempt(attendant.name, attendant.password)).status).toBe(200);
    const refused = (await park.events('sign-in-refused')).filter(({ body }) => body['name'] === careless.name);
    expect(refused).toHaveLength(5);
  });

  test('the first user is made by a person, once', async () => {
    const station = await StationProcess.start({ realHashes: true });
    onTestFinished(() => station.dispose());
    const status = async () =>
      z.object({ state: z.string() }).parse(await (await station.raw('/api/v1/status')).json());
    expect(await status()).toEqual({ state: 'needs-setup' });
    for (const path of ['/lanes', '/sessions', '/events'])
      expect((await station.raw(`/api/v1${path}`)).status).toBe(401);
    const setUp = (name: string, password: string) =>
      station.raw('/api/v1/set-up', { method: 'POST', body: { name, password } });
    expect((await setUp('站长', 'short')).status).toBe(400);
    const made = await setUp('站长', 'long enough this time');
    expect(made.status).toBe(200);
    expect(await made.json()).toMatchObject({ user: { name: '站长', role: 'admin' } });
    expect(await status()).toEqual({ state: 'ready' });
    const second = await setUp('贼', 'long enough as well');
    expect([second.status, (await problemOf(second)).code]).toEqual([409, 'CONFLICT']);
    expect(await station.signIn('站长', 'long enough this time')).toBeTruthy();
    await expect(station.signIn('贼', 'long enough as well')).rejects.toThrow(/401/);
  });

  test('nobody makes a first user where there is one, and nobody signs in to a demo that is none', async () => {
    const body = { name: '贼', password: 'long enough as well' };
    expect((await park.station.raw('/api/v1/set-up', { method: 'POST', body })).status).toBe(409);
    expect((await park.station.raw('/api/v1/demo-sign-in', { method: 'POST' })).status).toBe(403);
  });
});

test('what is wrong is said as a problem document', async () => {
  const token = await park.station.signIn();
  const call = (path: string, method = 'GET', body?: unknown) =>
    park.station.raw(`/api/v1${path}`, { method, token, ...(body === undefined ? {} : { body }) });
  const cases: readonly (readonly [Response, number])[] = [
    [await call('/lanes/nowhere'), 404],
    [await call('/sessions/nobody'), 404],
    [await call('/photos/none'), 404],
    [await call('/photos/..%2f..%2fgatehouse.db'), 404],
    [await call('/outbox/999999'), 404],
    [await call('/outbox/x'), 400],
    [await call('/sessions?page=0'), 400],
    [await call('/sessions?pageSize=100000'), 400],
    [await call('/sessions?from=yesterday'), 400],
    [await call('/quote?plate=%E9%B2%81B00000'), 404],
    [await call('/lanes/in1/collect', 'POST', { method: 'gold', amountFen: 1 }), 400],
    [await call('/lanes/in1/collect', 'POST', { method: 'cash', amountFen: -1 }), 400],
    [await call('/lanes/in1/collect', 'POST', { method: 'cash', amountFen: 1.5 }), 400],
    [await call('/lanes/out1/collect', 'POST', { method: 'cash', amountFen: 500 }), 409],
    [await call('/sessions', 'POST', { plate: '', laneId: 'in1' }), 400],
    [await call('/sessions', 'POST', { plate: '鲁B90009', laneId: 'out1' }), 409],
  ];
  for (const [response, status] of cases) {
    expect([response.url, response.status]).toEqual([response.url, status]);
    await problemOf(response);
  }
  const broken = await fetch(`${park.station.url}/api/v1/sign-in`, {
    ...{ method: 'POST', body: '{"name":' },
    headers: { 'content-type': 'application/json' },
  });
  expect(broken.status).toBe(400);
  await problemOf(broken);
  const text = await fetch(`${park.station.url}/api/v1/sign-in`, {
    ...{ method: 'POST', body: JSON.stringify(ADMIN) },
    headers: { 'content-type': 'text/plain' },
  });
  expect(text.status).toBe(415);
  await problemOf(text);
  expect(park.station.logs().filter(({ level }) => level >= 50)).toEqual([]);
});

test('numbers for Prometheus', async () => {
  const response = await park.station.raw('/api/v1/metrics');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain');
  expect(await response.text()).toMatch(/^# (HELP|TYPE) /m);
});
