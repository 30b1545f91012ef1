import { afterEach, describe, expect, it } from 'vitest';
import { upMessages } from '../../../../electron/station/platforms/vanke/messages.ts';
import type { EventBody, JournalEvent } from '../../../../shared/domain/events.ts';
import { STATION } from '../../../../shared/domain/events.ts';
import type { Plate } from '../../../../shared/domain/plate.ts';
import { settings } from './support.ts';
import { VankeWorld } from './vanke-world.ts';

/** 2017-08-18 17:14:14 in Shanghai. */
const READ_AT = 1_503_047_654_000;
const head = { key: null, laneId: 'in1', passageId: 'pass1', seq: 7, at: READ_AT + 5_400, hash: '00', actor: STATION };
const plateOf = (changes: Partial<Plate> = {}): Plate => ({
  ...{ text: '粤B12345', color: 'blue', kind: 'ordinary' },
  ...changes,
});
const UNREAD = plateOf({ text: '', color: 'unknown', kind: 'unread' });

const told = (changes: Partial<EventBody<'authority-told'>> = {}, at: Partial<typeof head> = {}): JournalEvent => ({
  ...{ ...head, ...at, kind: 'authority-told' },
  body: {
    ...{ platform: 'vanke', why: 'held', plate: plateOf(), confidence: 97.6, recognizedAt: READ_AT },
    ...{ photoId: 'ph_1', direction: 'in', ...changes },
  },
});
const crossed = (
  changes: Partial<EventBody<'gate-crossed'>> = {},
  at: { readonly passageId?: string | null; readonly seq?: number; readonly laneId?: string } = {},
): JournalEvent => ({
  ...{ ...head, ...at, kind: 'gate-crossed' },
  body: { platform: 'vanke', plate: plateOf(), asked: plateOf(), ...changes },
});

/** All that projection may look at: whatever else it asked for would throw. */
function projected(event: JournalEvent) {
  const chosen = settings();
  const pure = new Proxy(Object.create(null), {
    get: (_target, name) => {
      if (name === 'settings') return chosen;
      throw new Error(`projection looked at ${String(name)}`);
    },
  });
  return upMessages.flatMap((message) => message.project(event, pure));
}

const worlds: VankeWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.dispose();
});
async function open(...options: Parameters<typeof VankeWorld.open>): Promise<VankeWorld> {
  const world = await VankeWorld.open(...options);
  worlds.push(world);
  return world;
}

/** What the platform gets of an event. */
async function sentOf(event: JournalEvent, options: Parameters<typeof VankeWorld.open>[0] = {}) {
  const world = await open({
    ...options,
    settings: { photo: { publicUrl: 'https://park.example:8443/x' }, ...options.settings },
  });
  world.write(event);
  const name = event.kind === 'gate-crossed' ? 'receiveCrossGate' : 'receivePlateNumber';
  await world.heard(name);
  const { token: _t, time: _s, version: _v, appId: _a, parkingLotId: _p, ...fields } = world.sent(name)[0] ?? {};
  return { world, fields };
}

describe('a recognition under a held arm', () => {
  it('carries exactly the fields of the table', async () => {
    const { fields } = await sentOf(told());
    expect(fields).toEqual({
      ...{ deviceNo: 'cam-in1', recognitionTime: '20170818 17:14:14', plateNumber: '粤B12345', color: 'blue' },
      ...{ reliability: 98, uuid: expect.stringMatching(/^[0-9a-f]{32}$/) },
      image: expect.stringMatching(/^https:\/\/park\.example:8443\/x\/vankePhoto\/[\w.-]+\.jpg$/),
    });
  });

  it('leaves out what is not known, and has an address also where no picture was taken', async () => {
    const { fields } = await sentOf(told({ confidence: null, photoId: null }));
    expect(Object.keys(fields).sort()).toEqual([
      'color',
      'deviceNo',
      'image',
      'plateNumber',
      'recognitionTime',
      'uuid',
    ]);
    expect(fields['image']).toMatch(/^https:\/\/park\.example:8443\/x\/vankePhoto\/.+\.jpg$/);
  });

  it('of a car that could not be read has an empty plate and the colour other', async () => {
    expect((await sentOf(told({ plate: UNREAD }))).fields).toMatchObject({ plateNumber: '', color: 'other' });
  });

  it.each([
    ['blue', 'blue'],
    ['yellow', 'yellow'],
    ['white', 'white'],
    ['black', 'black'],
    ['green', 'green'],
    ['yellow-green', 'green'],
    ['unknown', 'other'],
  ] as const)('of a %s plate is %s', (color, code) => {
    expect(projected(told({ plate: plateOf({ color }) }))[0]?.body).toMatchObject({ color: code });
  });

  it.each([
    [0, 0],
    [99.5, 100],
    [101, 100],
    [-1, 0],
    [80, 80],
  ])('of a confidence of %d is reliable to %d', (confidence, reliability) => {
    expect(projected(told({ confidence }))[0]?.body).toMatchObject({ reliability });
  });

  it('is told by the camera that looks that way, under its number at the platform', async () => {
    const { fields } = await sentOf(told({ direction: 'out' }, { laneId: 'out1' }), {
      settings: { devices: { 'cam-out1': 'LPR-E01' } },
    });
    expect(fields).toMatchObject({ deviceNo: 'LPR-E01' });
  });

  it('of a lane that is gone since is told under that lane', async () => {
    expect((await sentOf(told({}, { laneId: 'old9' }))).fields).toMatchObject({ deviceNo: 'old9' });
  });

  it('has arrived with the answer "1", too, and is not asked about again', async () => {
    const world = await open();
    world.answer('receivePlateNumber', { respCode: '1', respDesc: '黑名单' });
    world.write(told());
    await world.heard('receivePlateNumber');
    await world.pass(60_000, 30);
    expect(world.sent('receivePlateNumber')).toHaveLength(1);
    expect(world.read.outbox.search({ offset: 0, limit: 9 }).items.map(({ state }) => state)).toEqual([1]);
  });

  it('of another platform is none of ours', () => {
    expect(projected(told({ platform: 'keytop' }))).toEqual([]);
  });
});

describe('a recognition that was asked about in vain', () => {
  it('stands among the failed pushes without leaving again', async () => {
    const world = await open();
    world.write(told({ why: 'gave-up' }));
    await world.settled();
    await world.pass(60_000, 30);
    expect(world.sent('receivePlateNumber')).toEqual([]);
    const [row] = world.read.outbox.givenUp('vanke', 'receivePlateNumber', {
      ...{ from: READ_AT, to: READ_AT, offset: 0, limit: 10 },
    }).rows;
    expect(row?.body).toMatchObject({ failed: true, at: READ_AT, plateNumber: '粤B12345', laneId: 'in1' });
  });

  it('leaves once where a person sends it again, and is as before if that fails', async () => {
    const world = await open();
    world.write(told({ why: 'gave-up' }));
    await world.settled();
    const row = () => world.read.outbox.get(1);
    const again = async (): Promise<void> => {
      world.hub.retry(1, { kind: 'user', name: '店长' });
      await world.pass(30_000, 30);
    };
    world.answerHttp('receivePlateNumber', 500, '');
    await again();
    expect(world.sent('receivePlateNumber')).toMatchObject([{ plateNumber: '粤B12345', uuid: row()?.key }]);
    expect(row()).toMatchObject({ state: 4 });
    world.answerHttp('receivePlateNumber', 200, '{"respCode":"1","respDesc":""}');
    await again();
    expect(world.sent('receivePlateNumber')).toHaveLength(2);
    expect(row()).toMatchObject({ state: 1 });
  });
});

describe('a crossing', () => {
  it('carries exactly the fields of the table, and the uuid of what was asked', async () => {
    const { fields } = await sentOf(crossed());
    const [recognition] = projected(told());
    expect(fields).toEqual({
      ...{ deviceNo: 'cam-in1', plateNumber: '粤B12345', color: 'blue' },
      uuid: recognition?.key,
      crossTime: expect.stringMatching(/^\d{8} \d\d:\d\d:\d\d$/),
    });
  });

  it('is of the moment on the loop, not of sending', () => {
    expect(projected(crossed())[0]?.body).toMatchObject({ at: head.at });
  });

  it('goes by the plate that was asked about, also where the plate is another by now', () => {
    const drafts = projected(crossed({ plate: plateOf({ text: '粤B99999' }) }));
    expect(drafts[0]?.body).toMatchObject({ plateNumber: '粤B12345' });
    expect(drafts[0]?.key).toBe(projected(told())[0]?.key);
  });

  it('of a car that the platform was told nothing of has a uuid of its own, and no plate', () => {
    const of = (passageId: string | null, seq: number) => projected(crossed({ asked: null }, { passageId, seq }))[0];
    const drafts = [of(null, 7), of(null, 8), of('pass1', 9)];
    for (const draft of drafts) expect(draft?.body).toMatchObject({ plateNumber: '', color: 'other' });
    const uuids = [...drafts, projected(told())[0], projected(told({ plate: UNREAD }))[0]].map((each) => each?.key);
    expect(new Set(uuids).size).toBe(5);
    expect(of(null, 7)).toEqual(drafts[0]);
  });

  it('of another platform, or of no lane, is none of ours', () => {
    expect(projected(crossed({ platform: 'cmb' }))).toEqual([]);
    expect(projected({ ...crossed(), laneId: null })).toEqual([]);
  });

  it('waits for the recognition of the same car, and for no other', async () => {
    const world = await open();
    world.answerHttp('receivePlateNumber', 500, '');
    for (const event of [told(), crossed(), crossed({}, { passageId: 'pass2' })]) world.write(event);
    await world.settled();
    expect(world.sent('receiveCrossGate')).toHaveLength(1);
    await world.pass(10_000, 20);
    expect(world.sent('receivePlateNumber')).toHaveLength(5);
    expect(world.asked.at(-1)?.name).toBe('receiveCrossGate');
    expect(world.sent('receiveCrossGate')).toHaveLength(2);
  });
});
