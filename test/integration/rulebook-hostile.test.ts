import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { verifyReportSchema } from '../../shared/contract/evidence.ts';
import { contract } from '../../shared/contract/index.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { allEvents, faultsInTheBooks } from '../support/books.ts';
import { PEOPLE, RealSite } from '../support/real-site.ts';
import { median, until } from '../support/until.ts';

/** Whatever is sent to whichever call: a problem document in Chinese comes back, the books stay true, and cars pass. */

let site: RealSite;
beforeAll(async () => {
  site = await RealSite.open();
});
afterAll(() => site.close());

const definition = z.object({
  '~orpc': z.object({
    route: z.object({ method: z.string(), path: z.string() }),
    meta: z.object({ access: z.enum(['public', 'attendant', 'manager', 'admin']) }),
    inputSchema: z.custom<z.ZodType>().optional(),
  }),
});
type Procedure = z.output<typeof definition>['~orpc'];

function proceduresOf(router: unknown): Procedure[] {
  const parsed = definition.safeParse(router);
  if (parsed.success) return [parsed.data['~orpc']];
  return typeof router === 'object' && router !== null ? Object.values(router).flatMap(proceduresOf) : [];
}
const procedures = proceduresOf(contract);

/** Calls that end a sign-in or lock its screen, or whose answer never ends. */
const APART = new Set(['/sign-out', '/lock', '/live', '/sign-in', '/resume', '/set-up', '/demo-sign-in']);
const walked = procedures.filter(({ route }) => !APART.has(route.path));

const problem = z.object({
  type: z.string(),
  title: z.string().regex(/\p{Script=Han}/u),
  status: z.int(),
  detail: z.string().regex(/\p{Script=Han}/u),
  code: z.string().regex(/^[A-Z_]+$/),
});
const SECRETS = [
  ...Object.values(PEOPLE).map(({ password }) => password),
  ...['scrypt', '.ts:', 'node_modules', 'SqliteError', 'ZodError', '    at '],
];

/** Checks an answer that is no success; a success is anything in the 200s. */
async function checked(what: string, response: Response): Promise<number> {
  const text = await response.text();
  if (response.ok) return response.status;
  expect([what, response.status < 500, text.slice(0, 300)]).toEqual([what, true, text.slice(0, 300)]);
  expect([what, response.headers.get('content-type')]).toEqual([
    what,
    expect.stringContaining('application/problem+json'),
  ]);
  const document = problem.safeParse(JSON.parse(text));
  expect([what, text.slice(0, 300), document.success]).toEqual([what, text.slice(0, 300), true]);
  for (const secret of SECRETS) expect([what, text.includes(secret)]).toEqual([what, false]);
  return response.status;
}

const fill = (path: string, id: string): string => `/api/v1${path.replace(/\{[^}]+\}/g, encodeURIComponent(id))}`;

/** Cars keep coming while `work` goes on; each is let in, and the one in the middle quickly. */
async function whileCarsPass(work: () => Promise<void>): Promise<void> {
  const times: number[] = [];
  let busy = true;
  const cars = (async () => {
    for (let n = 0; busy && n < 200; n += 1) {
      const { reply, attempts } = await site.camera('in1').push(`鲁H${String(++plates).padStart(5, '0')}`, { image });
      expect(reply?.info).toBe('ok');
      times.push(attempts[0]?.ms ?? NaN);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  })();
  try {
    await work();
  } finally {
    busy = false;
  }
  await cars;
  expect(site.station.running).toBe(true);
  expect(times.length).toBeGreaterThan(1);
  expect(median(times)).toBeLessThan(250);
  expect(Math.max(...times)).toBeLessThan(3000);
}
let plates = 0;
const image = jpegOfSize(40_000);

test('each call refuses every role below its own, and nobody gets in without a sign-in', async () => {
  expect(procedures.length).toBeGreaterThan(150);
  const below = { attendant: [], manager: ['wang'], admin: ['wang', 'chen'] } as const;
  const tokens = { wang: await site.token('wang'), chen: await site.token('chen') };
  for (const { route, meta } of procedures) {
    if (meta.access === 'public') continue;
    const { method } = route;
    const nobody = await site.station.raw(fill(route.path, '1'), { method });
    expect([route.path, await checked(route.path, nobody)]).toEqual([route.path, 401]);
    for (const who of below[meta.access]) {
      const body = method === 'GET' ? {} : { body: {} };
      const response = await site.station.raw(fill(route.path, '1'), { method, token: tokens[who], ...body });
      expect([route.path, who, await checked(route.path, response)]).toEqual([route.path, who, 403]);
    }
  }
});

/** Text that somebody hopes is run, read as markup, or too much. */
const TEXTS = [
  "'; DROP TABLE stays; --",
  '<img src=x onerror=alert(1)>',
  '\u0000\u202e\ud800',
  '../../etc/passwd',
  ' ',
];
const NUMBERS = [-1, 0.5, 1e21, Number.MAX_SAFE_INTEGER];
const DATES = ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59+08:00', '+275760-09-13T00:00:00Z', '2026-02-30T00:00:00Z'];

const jsonSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  get properties() {
    return z.record(z.string(), jsonSchema).optional();
  },
  get items() {
    return jsonSchema.optional();
  },
  get anyOf() {
    return z.array(jsonSchema).optional();
  },
  get oneOf() {
    return z.array(jsonSchema).optional();
  },
});
type JsonSchema = z.output<typeof jsonSchema>;
const shapeOf = (schema: z.ZodType | undefined): JsonSchema =>
  schema ? jsonSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })) : {};

/** Something that fits in shape and is odd in content; `turn` chooses which oddity. */
function odd(schema: JsonSchema, turn: number): unknown {
  if (schema.enum) return schema.enum[turn % schema.enum.length];
  if (schema.const !== undefined) return schema.const;
  const among = schema.anyOf ?? schema.oneOf;
  const chosen = among?.[turn % among.length];
  if (chosen) return odd(chosen, turn);
  if (schema.format === 'date-time') return DATES[turn % DATES.length];
  switch (schema.type) {
    case 'string':
      return TEXTS[turn % TEXTS.length];
    case 'integer':
    case 'number':
      return turn % 2 === 0 ? 1 : NUMBERS[turn % NUMBERS.length];
    case 'boolean':
      return turn % 2 === 0;
    case 'array':
      return [odd(schema.items ?? {}, turn)];
    case 'null':
      return null;
    default:
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, each]) => [name, odd(each, turn + name.length)]),
      );
  }
}

test('odd content in every field of every call is stored as text or refused; nothing breaks and no car waits', async () => {
  const token = await site.token('admin');
  const before = site.station.logs().filter(({ level }) => level >= 50).length;
  const outcomes = new Map<number, number>();
  const shaped = walked.map(({ route, inputSchema }) => ({ route, schema: shapeOf(inputSchema) }));
  await whileCarsPass(async () => {
    for (let turn = 0; turn < 5; turn += 1)
      await inTurns(shaped, 4, async ({ route, schema }) => {
        // What would have to wait for a whole reading of the journal, five times.
        if (route.path === '/journal/verify' && turn > 0) return;
        const content = odd(schema, turn);
        const fields = new URLSearchParams();
        if (route.method === 'GET' && typeof content === 'object' && content !== null)
          for (const [name, value] of Object.entries(content)) fields.set(name, String(value));
        const path = fill(route.path, turn === 0 ? '1' : (TEXTS[turn % TEXTS.length]?.trim() || 'x').toWellFormed());
        const sent = route.method === 'GET' ? {} : { body: content };
        const what = `${route.method} ${route.path} ${turn}`;
        const url = route.method === 'GET' ? `${path}?${fields.toString()}` : path;
        const status = await checked(what, await site.station.raw(url, { method: route.method, token, ...sent }));
        outcomes.set(status, (outcomes.get(status) ?? 0) + 1);
      });
  });
  expect(outcomes.get(200) ?? 0).toBeGreaterThan(20);
  expect(outcomes.get(400) ?? 0).toBeGreaterThan(100);
  const failures = site.station.logs().filter(({ level }) => level >= 50);
  expect(failures.slice(before)).toEqual([]);
});

async function inTurns<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

test('bodies too deep, too large, of the wrong sort or no JSON at all', async () => {
  const token = await site.token('admin');
  const post = (path: string, body: string, type = 'application/json') =>
    fetch(`${site.station.url}/api/v1${path}`, {
      ...{ method: 'POST', body, signal: AbortSignal.timeout(10_000) },
      headers: { 'content-type': type, authorization: `Bearer ${token}` },
    });
  const deep = `${'{"reason":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
  const bodies = [
    ...[deep, `[${'['.repeat(50_000)}${']'.repeat(50_000)}]`, '{"__proto__":{"role":"admin"},"reason":"x"}'],
    ...['null', '[]', '"text"', '12', 'true', '{', 'NaN', '{"reason":"x","reason":7}', ''],
  ];
  await whileCarsPass(async () => {
    for (const path of ['/lanes/in1/open', '/cards', '/imports', '/sessions/close-stale', '/tariffs/drafts'])
      for (const body of bodies) {
        const status = await checked(`${path} ${body.slice(0, 20)}`, await post(path, body));
        // An arm may well be opened with a reason and a field that nobody asked for.
        if (status < 400) expect([path, body.includes('__proto__')]).toEqual(['/lanes/in1/open', true]);
      }
    const huge = JSON.stringify({ offset: 0, base64: 'A'.repeat(2_000_000) });
    expect(await checked('huge', await post('/imports/x/pieces', huge))).toBe(413);
    expect(await checked('text', await post('/cards', '{}', 'text/plain'))).toBe(415);
    const large = { what: 'cards', fileName: 'x.csv', bytes: 21 * 1024 * 1024 };
    expect((await site.ask('admin', '/imports', large)).status).toBe(400);
    const small = await site.as('admin', z.object({ id: z.string() }), '/imports', { ...large, bytes: 10 });
    const more = { offset: 0, base64: Buffer.alloc(20).toString('base64') };
    expect((await site.ask('admin', `/imports/${small.id}/pieces`, more)).status).toBe(409);
    expect((await site.ask('admin', `/imports/${small.id}/pieces`, { ...more, offset: 5 })).status).toBe(409);
  });
});

test('a thousand requests at once are answered, and the arm is told meanwhile', async () => {
  const token = await site.token('wang');
  const paths = ['/lanes', '/sessions?plate=H0', '/events?limit=50', '/rules', '/spaces', '/cases', '/cards?plate=1'];
  const outcomes = new Map<number, number>();
  await whileCarsPass(async () => {
    await Promise.all(
      Array.from({ length: 1000 }, async (_, n) => {
        const path = paths[n % paths.length] ?? '/lanes';
        const response = await fetch(`${site.station.url}/api/v1${path}`, {
          headers: { authorization: `Bearer ${token}` },
          signal: AbortSignal.timeout(20_000),
        });
        const status = await checked(path, response);
        outcomes.set(status, (outcomes.get(status) ?? 0) + 1);
      }),
    );
  });
  expect([...outcomes.keys()].filter((status) => status !== 200 && status !== 429)).toEqual([]);
  expect(outcomes.get(200) ?? 0).toBeGreaterThan(500);
});

test('what names nothing is refused: blank names, plates of punctuation, booths without a lane', async () => {
  const refused: readonly (readonly [string, object, string])[] = [
    ['/merchants', { name: ' ' }, 'BAD_REQUEST'],
    ['/debts', { plate: '鲁B90001', amountFen: 1, reason: '  ' }, 'BAD_REQUEST'],
    ['/debts', { plate: '../../etc', amountFen: 1, reason: 'x' }, 'plate-odd'],
    ['/lists', { list: 'white', plate: "鲁B'--" }, 'plate-odd'],
    ['/shifts', { booth: '没有', floatFen: 0 }, 'no-such-booth'],
  ];
  for (const [path, body, why] of refused)
    expect([path, (await site.ask('chen', path, body)).why]).toEqual([path, why]);
});

test('ten cashiers at one car: it pays once, and leaves on one decision', async () => {
  const plate = '鲁B99001';
  await site.read('in1', plate);
  await site.pass(30);
  await site.read('out1', plate);
  const acts = Array.from({ length: 12 }, (_, n) =>
    n % 3 === 0
      ? site.ask('li', '/lanes/out1/release', { reason: '特种车辆' })
      : n % 3 === 1
        ? site.ask('wang', '/lanes/out1/collect', { method: 'cash', amountFen: 500 })
        : site.ask('wang', '/lanes/out1/owe', { reason: '没带钱' }),
  );
  const answers = await Promise.all(acts);
  expect([
    answers.filter(({ status }) => status === 200),
    answers.filter(({ status }) => status === 409),
  ]).toMatchObject([{ length: 1 }, { length: 11 }]);
  const stay = await site.stay(plate);
  expect([stay.status, stay.chargeFen, stay.paidFen + stay.waivedFen + stay.owedFen]).toEqual(['left', 500, 500]);
  expect(site.camera('out1').arm.openings.length).toBe(1);
});

test('after all that the books agree, also when it is killed in the middle of many payments', async () => {
  expect(await faultsInTheBooks(site)).toEqual([]);
  let paid = 0;
  const desk = async (number: number): Promise<void> => {
    for (let n = 0; n < 60; n += 1) {
      const plate = `鲁K${number}${String(n).padStart(4, '0')}`;
      const entry = { plate, laneId: 'in1', enteredAt: site.at(-90), proof: '停车票' };
      const { uid } = await site.as('wang', z.object({ uid: z.string() }), '/sessions', entry);
      const billed = z.object({ bill: z.object({ id: z.string(), toPayFen: z.int() }) });
      const { bill } = await site.as('wang', billed, `/sessions/${uid}/bill`, {});
      const cash = { method: 'cash', receivedFen: bill.toPayFen };
      await site.as('wang', z.object({ amountFen: z.int() }), `/bills/${bill.id}/pay`, cash);
      paid += 1;
    }
  };
  const desks = Promise.allSettled([1, 2, 3, 4, 5, 6].map(desk));
  await until('some were paid', () => paid > 5);
  await site.crash();
  expect((await desks).map(({ status }) => status)).toContain('rejected');
  expect((await allEvents(site)).filter(({ kind }) => kind === 'bill-paid').length).toBeGreaterThanOrEqual(paid);
  expect(await faultsInTheBooks(site)).toEqual([]);
  const report = await site.as('chen', verifyReportSchema, '/journal/verify', {});
  expect([report.whole, report.findings]).toEqual([true, []]);
});
