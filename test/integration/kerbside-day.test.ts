import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { berthViewSchema } from '../../shared/contract/berths.ts';
import { Street, type Visit } from '../peers/berths/index.ts';
import { jpegOfSize } from '../peers/jpeg.ts';
import { ADMIN, StationProcess, stablePort, tempDirectory } from '../support/station-process.ts';
import { until } from '../support/until.ts';

/** A day at the kerb: what truly happened on the street, and what the station made of it. */

const MINUTE = 60_000;
const CODES = Array.from({ length: 20 }, (_, index) => `NS0001000100${String(index + 1).padStart(2, '0')}`);
/** Nothing watches it but people. */
const BARE = 'NS000100010021';
const code = (number: number): string => CODES[number - 1] ?? '';
const KEY = 'street-key-0001';
const wang = { name: '小王', password: 'a long night shift', role: 'attendant' };

const devices = [
  { serialNo: 'GEO-1', codes: CODES.slice(0, 10) },
  { serialNo: 'GEO-2', codes: CODES.slice(10), key: KEY },
  { serialNo: 'CAM-1', codes: CODES.slice(0, 8), sees: true },
  { serialNo: 'CAM-2', codes: CODES.slice(8, 15), sees: true, key: KEY },
];

const watched = (name: string, sees: boolean) =>
  devices.find((each) => (each.sees === true) === sees && each.codes.includes(name))?.serialNo;

const provision = {
  site: {
    ...{ code: '440300000001', name: '深南大道路内停车', kind: 'kerbside', totalSpaces: 21, openSpaces: 21 },
    rules: { kerbside: { settleSeconds: 1, leaveSeconds: 1, backdateMinutes: 300 }, verifyAboveFen: 0 },
  },
  areas: [{ id: 'r1', code: 1, name: '深南大道', spaces: 21 }],
  lanes: [],
  devices: devices.map(({ serialNo, sees, key }) => ({
    ...{ id: serialNo, kind: sees === true ? 'berth-camera' : 'berth-sensor', driver: 'berth-http' },
    settings: { serialNo, ...(key !== undefined && { key }) },
  })),
  berths: [...CODES, BARE].map((name) => {
    const [sensor, camera] = [watched(name, false), watched(name, true)];
    return { code: name, area: 'r1', road: '深南大道', ...(sensor && { sensor }), ...(camera && { camera }) };
  }),
  tariffs: [
    {
      ...{ id: 't1', name: '路内' },
      rules: [
        {
          vehicleClasses: ['small', 'medium', 'large'],
          freeMinutes: 15,
          followingPeriod: { minutes: 60, feeFen: 400 },
        },
      ],
    },
  ],
  users: [{ ...ADMIN, role: 'admin' }, wang],
  platforms: {},
};

const rowsSchema = z.object({ rows: z.array(berthViewSchema) });
const stayRow = z.looseObject({
  ...{
    uid: z.string(),
    plate: z.object({ text: z.string() }),
    status: z.string(),
    enteredAt: z.string(),
    exitedAt: z.string().nullable(),
  },
  ...{ chargeFen: z.int(), paidFen: z.int(), discountFen: z.int(), waivedFen: z.int(), owedFen: z.int() },
});
const staysSchema = z.object({ items: z.array(stayRow) });
const billed = z.object({ bill: z.object({ id: z.string(), toPayFen: z.int() }).nullable() });
const debtsSchema = z.object({ items: z.array(z.looseObject({ id: z.string(), uid: z.string().nullable() })) });

let station: StationProcess;
let data: string;
let port: number;
let street: Street;
let token: string;
let cashFen = 0;

const start = async (): Promise<void> => {
  station = await StationProcess.start({ data, port, provision });
  token = await station.signIn(wang.name, wang.password);
};
const ask = async (path: string, body: object): Promise<unknown> => {
  const response = await station.raw(`/api/v1${path}`, { method: 'POST', body, token });
  const told: unknown = await response.json();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(told)}`);
  return told;
};
const berths = async () => (await station.get(rowsSchema, '/berths')).rows;
const berth = async (name: string) => {
  const found = (await berths()).find((each) => each.code === name);
  if (!found) throw new Error(`no berth ${name}`);
  return found;
};
const carIn = (name: string) => until(`a car in ${name}`, async () => (await berth(name)).car, 10_000);

async function payAtWindow(name: string): Promise<void> {
  const { uid } = await carIn(name);
  const { bill } = billed.parse(await ask(`/sessions/${uid}/bill`, {}));
  if (!bill) throw new Error(`nothing due in ${name}`);
  cashFen += bill.toPayFen;
  await ask(`/bills/${bill.id}/pay`, { method: 'cash', receivedFen: bill.toPayFen + 100 });
}

beforeAll(async () => {
  data = tempDirectory();
  port = await stablePort();
  await start();
  street = new Street(() => station.url, devices);
}, 60_000);
afterAll(() => station?.dispose());

test('a street of cars comes and goes, by devices that are late and repeat themselves, over the death of the station', async () => {
  const began = Date.now() - 180 * MINUTE;
  const at = (minutes: number): number => began + Math.round(minutes * MINUTE);
  street.device('CAM-2').speaksText = true;
  await ask('/shifts', { booth: 'street', floatFen: 0 });

  // In the morning: cars with plates, cars whose plates come later, and cars that nobody can read.
  for (let number = 1; number <= 8; number++)
    await street.arrive(code(number), {
      at: at(number),
      plate: `粤B1000${number}`,
      photo: jpegOfSize(4_000).toString('base64'),
    });
  for (let number = 9; number <= 20; number++) await street.arrive(code(number), { at: at(number) });
  for (const number of [9, 10, 11]) await street.reads(code(number), `粤B2000${number % 10}`);
  await street.heartbeats();
  await street.device('GEO-1').again();

  // People walk by: they see plates, and a car where nothing else looks.
  for (const number of [16, 17]) {
    const { uid } = await carIn(code(number));
    const { id } = await berth(code(number));
    await ask(`/berths/${id}/plate`, { uid, plate: `粤B3000${number % 10}`, plateColor: 'blue' });
    const visit = street.visits.find((each) => each.code === code(number));
    if (visit) visit.plate = `粤B3000${number % 10}`;
  }
  const bare: Visit = { code: BARE, from: Math.floor(at(30) / 1000) * 1000, to: null, plate: '粤B40001' };
  street.visits.push(bare);
  const { id: bareId } = await berth(BARE);
  const seen = { occupied: true, at: new Date(bare.from).toISOString(), plate: bare.plate, plateColor: 'blue' };
  await ask(`/berths/${bareId}/observation`, seen);

  // Some pay and go, some only go; one berth is driven through.
  await payAtWindow(code(1));
  await street.leave(code(1));
  for (const number of [2, 3, 12, 18]) await street.leave(code(number), { at: at(100 + number) });
  await street.passes(code(2), 500, at(130));

  // The network of one camera is gone for a while: what it saw comes later, in order.
  const camera = street.device('CAM-1');
  camera.offline = true;
  await street.leave(code(4), { at: at(140) });
  await street.arrive(code(4), { at: at(150), plate: '粤B50004' });

  // The station dies with cars coming and going.
  await station.kill9();
  await street.leave(code(5), { at: at(160) });
  await street.arrive(code(5), { at: at(165), plate: '粤B50005' });
  await street.leave(code(19), { at: at(166) });
  expect(street.device('GEO-1').waiting).toBeGreaterThan(0);
  await start();
  camera.offline = false;
  await street.flush();
  await street.heartbeats();
  for (const device of street.devices) await device.again();

  // In the evening: who is still there and known pays, and some leave owing.
  for (const number of [6, 9, 16]) {
    await payAtWindow(code(number));
    await street.leave(code(number));
  }
  await payAtWindow(BARE);
  bare.to = Math.floor(Date.now() / 1000) * 1000;
  await ask(`/berths/${bareId}/observation`, { occupied: false, at: new Date(bare.to).toISOString() });
  await street.leave(code(10));
  await until(
    'everybody who left is known to have left',
    async () => {
      const taken = (await berths()).flatMap((each) => (each.car ? [each.code] : []));
      const truly = street.visits.flatMap((each) => (each.to === null ? [each.code] : []));
      return taken.toSorted().join() === truly.toSorted().join();
    },
    10_000,
  );
  const debts = await station.get(debtsSchema, '/debts?state=open');
  const mine = debts.items.slice(0, 2);
  for (const { id } of mine) {
    const paid = z
      .object({ amountFen: z.int() })
      .parse(await ask(`/debts/${id}/pay`, { method: 'cash', receivedFen: 10_000 }));
    cashFen += paid.amountFen;
  }
  expect(mine).toHaveLength(2);

  // Every visit is one stay, to the millisecond, and every stay was a visit.
  const all = (await station.get(staysSchema, '/sessions?limit=200')).items;
  const told = (visit: { plate: string; from: number; to: number | null }): string =>
    `${visit.plate} ${visit.from} ${visit.to ?? 'inside'}`;
  const second = (ms: number): number => Math.floor(ms / 1000) * 1000;
  const truth = street.visits.map(({ plate, from, to }) =>
    told({ plate: plate ?? '', from: second(from), to: to === null ? null : second(to) }),
  );
  const stays = all.map(({ plate, enteredAt, exitedAt }) =>
    told({
      plate: plate.text,
      from: second(Date.parse(enteredAt)),
      to: exitedAt === null ? null : second(Date.parse(exitedAt)),
    }),
  );
  expect(stays.toSorted()).toEqual(truth.toSorted());

  // The money adds up: of each stay, in the drawer, and in the history.
  for (const stay of all)
    if (stay.status === 'left')
      expect(stay.chargeFen).toBe(stay.paidFen + stay.discountFen + stay.waivedFen + stay.owedFen);
  const drawer = z.object({ id: z.string() }).nullable();
  const shifts = await station.get(z.object({ items: z.array(drawer.unwrap()) }), '/shifts');
  const report = z.looseObject({ drawer: z.looseObject({ expectedFen: z.int() }) });
  expect((await station.get(report, `/shifts/${shifts.items[0]?.id}/report`)).drawer.expectedFen).toBe(cashFen);
  expect(all.reduce((sum, { paidFen }) => sum + paidFen, 0)).toBe(cashFen);
  const verified = await station.send(z.looseObject({ whole: z.boolean() }), '/journal/verify', { photos: true });
  expect(verified).toMatchObject({ whole: true, findings: [] });

  // Who asks about one of them gets its whole record.
  const one = all.find(({ plate }) => plate.text === '粤B10001');
  const evidence = await station.raw(`/api/v1/sessions/${one?.uid}/evidence`, { token: await station.signIn() });
  expect(evidence.status).toBe(200);
  expect(await evidence.text()).toContain(code(1));
  const today = new Date(Date.now() + 8 * 60 * MINUTE).toISOString().slice(0, 10);
  for (const name of ['totals', 'collectors', 'lanes', 'flow', 'free']) {
    const asked = await station.raw(`/api/v1/reports/${name}?period=${today}`, { token: await station.signIn() });
    expect([name, asked.status]).toEqual([name, 200]);
  }
  const balance = z.looseObject({ holds: z.boolean(), wrong: z.array(z.unknown()) });
  expect(await station.get(balance, `/reports/balance?date=${today}`)).toMatchObject({ holds: true, wrong: [] });
  const errors = station.logs().filter(({ level }) => level >= 50);
  expect(errors).toEqual([]);
}, 120_000);
