import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type ConfigurationDocument, configurationDocumentSchema } from '../../shared/contract/configuration.ts';
import { VzenithCamera } from '../peers/vzenith/index.ts';
import { CarPark } from '../support/car-park.ts';
import { StationProcess, tempDirectory } from '../support/station-process.ts';
import { until } from '../support/until.ts';

const view = z.object({ revision: z.int(), configured: z.boolean(), document: configurationDocumentSchema });
const applied = z.object({ revision: z.int(), reopens: z.boolean() });
const anything = z.unknown();

let park: CarPark;
beforeEach(async () => {
  park = await CarPark.open();
});
afterEach(async () => {
  await park.close();
});

const configuration = (station: StationProcess = park.station) => station.get(view, '/configuration');

/** The document without its rules, as the settings screens send it. */
function edited(document: ConfigurationDocument, change: (draft: ConfigurationDocument) => void): unknown {
  const draft = structuredClone(document);
  change(draft);
  const { rules: _rules, ...site } = draft.site;
  return { ...draft, site };
}

function withThirdLane(draft: ConfigurationDocument): void {
  draft.lanes.push({
    ...{ id: 'in2', name: '西门入口', direction: 'in', number: 3, area: 'a1', reversible: false },
    camera: 'cam-in2',
  });
  draft.devices.push({ id: 'cam-in2', kind: 'camera', driver: 'vzenith-http', settings: { serialNo: 'SN-IN-2' } });
}

const apply = (document: unknown, expectedRevision: number, station: StationProcess = park.station) =>
  station.send(applied, '/configuration', { document, expectedRevision });

/** Resolves when the station has opened itself again so many times. */
const opened = (times: number, station: StationProcess = park.station): Promise<unknown> =>
  until(
    `opened ${times} times`,
    () => station.stderr.filter((line) => line.includes('"the station runs"')).length >= times || undefined,
    15_000,
  );

test('a lane and a camera are added while a car waits to pay: it is still there, pays, and a car drives in by the new lane', async () => {
  await park.register('鲁B01C01', 90);
  await park.exit.push('鲁B01C01');
  const before = await park.laneWhen('out1', 'asks for money', ({ bill }) => bill !== null);
  const { revision, document } = await configuration();
  const answer = await apply(edited(document, withThirdLane), revision);
  expect(answer).toEqual({ revision: revision + 1, reopens: true });
  await opened(2);

  const after = await park.lane('out1');
  expect(after.passage?.id).toBe(before.passage?.id);
  expect(after.bill).toEqual(before.bill);
  await park.collect(before.bill?.dueFen ?? 0, before.passage?.id);
  expect(await park.stayOf('鲁B01C01')).toMatchObject({ status: 'left' });

  const camera = new VzenithCamera({ serialno: 'SN-IN-2', ipaddr: '192.168.1.103', url: park.station.cameraUrl });
  expect((await camera.push('鲁B01N01')).reply?.info).toBe('ok');
  expect(await park.stayOf('鲁B01N01')).toMatchObject({ status: 'inside', entryLane: { id: 'in2' } });
  await camera.stop();

  const [event] = await park.events('config-applied');
  expect(event).toMatchObject({ actor: { kind: 'user', name: 'admin' }, body: { source: 'screens' } });
  expect(event?.body['changes']).toMatchObject([
    { part: 'lanes', what: 'added', name: '西门入口' },
    { part: 'devices', what: 'added', id: 'cam-in2' },
  ]);
});

test('of two people who change the same revision one is told so', async () => {
  const { revision, document } = await configuration();
  const renamed = (name: string) =>
    edited(document, (draft) => {
      draft.site.name = name;
    });
  const token = await park.station.signIn();
  const answers = await Promise.all(
    ['甲的名字', '乙的名字'].map((name) =>
      park.station.raw('/api/v1/configuration', {
        method: 'POST',
        body: { document: renamed(name), expectedRevision: revision },
        token,
      }),
    ),
  );
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
  await opened(2);
  expect((await configuration()).revision).toBe(revision + 1);
});

test('a car inside an area keeps the area, and a car at a lane its lane; what is wrong is told with its place', async () => {
  await park.entry.push('鲁B01C02');
  await park.register('鲁B01C03', 90);
  await park.exit.push('鲁B01C03');
  await park.laneWhen('out1', 'asks for money', ({ bill }) => bill !== null);
  const { document } = await configuration();
  const check = async (change: (draft: ConfigurationDocument) => void) =>
    z
      .object({ faults: z.array(z.object({ path: z.array(z.union([z.string(), z.int()])), messageZh: z.string() })) })
      .parse(await park.station.send(anything, '/configuration/check', { document: edited(document, change) })).faults;
  expect(
    await check((draft) => {
      draft.lanes = draft.lanes.filter(({ id }) => id !== 'out1');
    }),
  ).toEqual([expect.objectContaining({ path: ['lanes'], messageZh: '车道上有车，请等它离开后再改' })]);
  expect(
    await check((draft) => {
      draft.areas = [{ id: 'a9', code: 9, name: '新区', spaces: 1, access: 'all' }];
      draft.lanes = draft.lanes.map((lane) => ({ ...lane, area: 'a9' }));
    }),
  ).toContainEqual(expect.objectContaining({ path: ['areas'], messageZh: '区域内还有 2 辆车，不能删除或移动' }));
  expect(
    await check((draft) => {
      const [lane] = draft.lanes;
      if (lane) lane.camera = 'cam-9';
    }),
  ).toEqual([expect.objectContaining({ path: ['lanes', 0, 'camera'], messageZh: '没有设备“cam-9”' })]);
});

test('killed at any moment of a change, the station stands with the old configuration or with the new one, whole', async () => {
  const { revision, document } = await configuration();
  for (const [turn, pause] of [0, 15, 60, 330].entries()) {
    const now = await configuration();
    const name = `第 ${turn} 次`;
    const body = {
      document: edited(document, (draft) => {
        draft.site.name = name;
        if (turn % 2 === 0) withThirdLane(draft);
      }),
      expectedRevision: now.revision,
    };
    const token = await park.station.signIn();
    const sent = park.station.raw('/api/v1/configuration', { method: 'POST', body, token }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, pause));
    await park.station.kill9();
    const answered = await sent;
    await park.restart();
    const after = await configuration();
    const isNew = after.document.site.name === name;
    expect(after.revision).toBe(isNew ? now.revision + 1 : now.revision);
    if (isNew) expect(after.document.lanes).toHaveLength(turn % 2 === 0 ? 3 : 2);
    // What was answered with a yes is there.
    if (answered?.status === 200) expect(isNew).toBe(true);
    if (!isNew) expect(after.document).toEqual(now.document);
  }
  expect((await configuration()).revision).toBeGreaterThan(revision);
}, 120_000);

test('a manager goes back to an earlier configuration; rules that were changed need no new start', async () => {
  const { revision, document } = await configuration();
  await apply(edited(document, withThirdLane), revision);
  await opened(2);
  const rules = await park.station.send(z.looseObject({}), '/rules', { graceMinutes: 33 }, 'PATCH');
  expect(rules['graceMinutes']).toBe(33);
  expect((await configuration()).document.site.rules.graceMinutes).toBe(33);

  const answer = await park.station.send(applied, `/configuration/revisions/${revision}/restore`, {
    expectedRevision: revision + 1,
  });
  expect(answer).toEqual({ revision: revision + 2, reopens: true });
  await opened(3);
  const now = await configuration();
  expect(now.document.lanes.map(({ id }) => id)).toEqual(['in1', 'out1']);
  expect(now.document.site.rules.graceMinutes).toBe(15);
});

test('a new station gets everything from the screens: first its administrator, then the whole car park', async () => {
  const data = tempDirectory();
  const station = await StationProcess.start({ data });
  try {
    const setUp = await station.raw('/api/v1/set-up', {
      method: 'POST',
      body: { name: 'admin', password: 'correct horse battery' },
    });
    expect(setUp.status).toBe(200);
    expect(await configuration(station)).toMatchObject({ revision: 0, configured: false });
    const { document } = await configuration();
    const tariffs = [
      {
        ...{ id: 't1', name: '标准' },
        rules: [
          {
            vehicleClasses: ['small', 'medium', 'large'],
            firstPeriod: { minutes: 60, feeFen: 700 },
            followingPeriod: { minutes: 60, feeFen: 100 },
          },
        ],
      },
    ];
    const whole = { ...document, tariffs, site: { ...document.site, name: '新车场' } };
    expect(
      await station.send(applied, '/configuration', { document: whole, expectedRevision: 0, source: 'wizard' }),
    ).toEqual({
      ...{ revision: 1, reopens: true },
    });
    await opened(2, station);
    expect(await configuration(station)).toMatchObject({ revision: 1, configured: true });
    const status = z.object({ siteName: z.string() });
    expect(await station.get(status, '/status')).toEqual({ siteName: '新车场' });
    const quote = await station.get(z.array(z.looseObject({ id: z.string() })), '/tariffs');
    expect(quote.map(({ id }) => id)).toContain('t1');
  } finally {
    await station.dispose();
  }
});

test('a configuration that is right on paper and cannot run is given up, and everybody is told', async () => {
  const { revision, document } = await configuration();
  const own = park.keys.userPrivateKey;
  const draft = edited(document, (each) => {
    each.platforms.qingdao = {
      ...{ enabled: true, baseUrl: 'https://127.0.0.1:9', accessId: '1', parkingCode: '1001' },
      ...{ platformPublicKey: park.keys.platformPublicKey, userPrivateKey: own },
      http: { caFile: '/nowhere/ca.pem' },
    };
  });
  await apply(draft, revision);
  await opened(2);
  const now = await configuration();
  expect(now.document.platforms).toEqual({});
  expect(now.revision).toBe(revision + 2);
  const alarms = await park.events('alarm');
  expect(alarms.map(({ body }) => body['code'])).toContain('configuration-refused');
  expect(park.station.stderr.join('\n')).not.toContain(own.slice(100, 140));
});
