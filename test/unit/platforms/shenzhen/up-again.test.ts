import { afterEach, describe, expect, it } from 'vitest';
import { shenzhen } from '../../../../electron/station/platforms/shenzhen/index.ts';
import { recordUploadNotice } from '../../../../electron/station/platforms/shenzhen/messages/recordUploadNotice.ts';
import { OUT } from '../../../support/lane-world.ts';
import { SITE, settings } from './up-support.ts';
import { ANNA, CAR, UpWorld } from './up-world.ts';

let world: UpWorld;

afterEach(() => world.dispose());

/** Nobody looks into it here. */
const tinyJpeg = (): Uint8Array => Uint8Array.of(0xff, 0xd8, 0xff, 0xd9);

const recordOf = (uid: string): string => `${uid.slice(-15)}0001`;

/** The city asks for a record. */
async function ask(recordCode: string, requestId = 'ask-1') {
  return recordUploadNotice.receive({ recordCode }, { at: world.clock.now(), requestId }, world.context);
}

async function left(): Promise<string> {
  const uid = await world.parked(65);
  world.car(OUT.id);
  world.cash(world.bill(uid));
  await world.settled();
  return uid;
}

describe('a record that the city asks for', () => {
  it('is told once more as it stands now, entry before exit, though both were taken', async () => {
    world = await UpWorld.open();
    const uid = await left();
    world.forget();
    expect(await ask(recordOf(uid))).toMatchObject({ code: 0, data: { recordCode: recordOf(uid), found: true } });
    await world.settled();
    expect(world.asked.map(({ name }) => name)).toEqual(['parkRecordEntry', 'parkRecordExit']);
    expect(world.sent('parkRecordExit')[0]).toMatchObject({ recordCode: recordOf(uid), shouldPay: '1000' });
    // The same request again, as after a crash, is the same message.
    await ask(recordOf(uid));
    await world.settled();
    expect(world.asked).toHaveLength(2);
    await ask(recordOf(uid), 'ask-2');
    await world.settled();
    expect(world.asked).toHaveLength(4);
  });

  it('has no exit while the car is inside', async () => {
    world = await UpWorld.open();
    const uid = await world.parked(1);
    await world.settled();
    world.forget();
    await ask(recordOf(uid));
    await world.settled();
    expect(world.asked.map(({ name }) => name)).toEqual(['parkRecordEntry']);
  });

  it('takes the place of an exit that was refused: nobody can send that one a second time', async () => {
    world = await UpWorld.open();
    world.refuse('parkRecordExit', '金额不符');
    const uid = await left();
    expect(world.alarmsOf('message-refused')).toHaveLength(1);
    world.accept('parkRecordExit');
    await ask(recordOf(uid));
    await world.settled();
    expect(world.sent('parkRecordExit')).toHaveLength(2);
    const rows = world.read.outbox.ofStay(uid);
    expect(rows.map(({ message, state }) => [message, state])).toEqual([
      ['parkRecordEntry', 1],
      ['parkRecordExit', 3],
      ['parkRecordEntry', 1],
      ['parkRecordExit', 1],
    ]);
    expect(world.alarmsOf('message-refused')).toEqual([]);
    const refused = rows.find(({ state }) => state === 3)?.id ?? 0;
    expect(() => world.hub.retry(refused, ANNA)).toThrow();
    expect(
      world.hub.retryAll(
        rows.map(({ id }) => id),
        ANNA,
      ),
    ).toBe(0);
    await world.pass(60_000, 6);
    expect(world.sent('parkRecordExit')).toHaveLength(2);
    const [told] = world.read.journal.after(0, 1000).filter(({ kind }) => kind === 'message-discarded');
    expect(told).toMatchObject({
      actor: { kind: 'platform', name: 'shenzhen' },
      body: { outboxId: refused, reason: '平台要求重新上传该记录，已按最新内容另行上报' },
    });
  });

  it('that was refused once more waits for a person, and is asked for once more', async () => {
    world = await UpWorld.open();
    world.refuse('parkRecordExit', '金额不符');
    const uid = await left();
    await ask(recordOf(uid));
    await world.settled();
    // The same request, as after a crash.
    await ask(recordOf(uid));
    expect(world.read.outbox.ofStay(uid).map(({ state }) => state)).toEqual([1, 3, 1, 2]);
    world.accept('parkRecordExit');
    await ask(recordOf(uid), 'ask-2');
    await world.settled();
    expect(world.read.outbox.ofStay(uid).map(({ state }) => state)).toEqual([1, 3, 1, 3, 1, 1]);
    expect(world.sent('parkRecordExit')).toHaveLength(3);
  });

  it('again and again while the city is away is told once', async () => {
    world = await UpWorld.open();
    const uid = await left();
    for (const name of ['parkRecordEntry', 'parkRecordExit']) world.answerHttp(name, 502, '');
    for (const request of [1, 2, 3, 4, 5])
      expect(await ask(recordOf(uid), `ask-${request}`)).toMatchObject({ data: { found: true } });
    await world.pass(1000);
    await ask(recordOf(uid), 'ask-6');
    for (const name of ['parkRecordEntry', 'parkRecordExit']) world.answerHttp(name, 200, '{"code":0}');
    world.forget();
    await world.pass(6000, 6);
    expect(world.asked.map(({ name }) => name)).toEqual(['parkRecordEntry', 'parkRecordExit']);
  });

  it('has its entry before an exit that waits, and both behind a correction that waits', async () => {
    world = await UpWorld.open();
    world.answerHttp('parkRecordExit', 502, '');
    const uid = await left();
    world.answerHttp('parkRecordExit', 200, '{"code":0}');
    world.forget();
    await ask(recordOf(uid));
    await world.pass(6000, 6);
    expect(world.asked.map(({ name }) => name)).toEqual(['parkRecordEntry', 'parkRecordExit']);
    world.answerHttp('parkRecordUpdate', 502, '');
    const stay = world.read.stays.get(uid);
    if (!stay) throw new Error('no stay');
    world.write({
      ...{ kind: 'stay-corrected', key: uid, laneId: null, passageId: null, actor: ANNA },
      body: { what: 'time', before: stay, stay: { ...stay, enteredAt: stay.enteredAt - 1 }, reason: '', spaces: null },
    });
    await world.settled();
    world.answerHttp('parkRecordUpdate', 200, '{"code":0}');
    world.forget();
    await ask(recordOf(uid), 'ask-2');
    await world.settled();
    expect(world.asked).toEqual([]);
    await world.pass(6000, 6);
    expect(world.asked.map(({ name }) => name)).toEqual(['parkRecordUpdate', 'parkRecordEntry', 'parkRecordExit']);
  });

  it('counts as the exit that was told: the next one of the car is a correction', async () => {
    world = await UpWorld.open();
    world.refuse('parkRecordExit', '金额不符');
    const uid = await left();
    world.accept('parkRecordExit');
    await ask(recordOf(uid));
    await world.settled();
    const first = world.read.stays.get(uid);
    if (!first) throw new Error('no stay');
    world.write({
      ...{ kind: 'vehicle-exited', key: uid, laneId: OUT.id, passageId: null, actor: ANNA },
      body: {
        ...{ stay: { ...first, exitRecordId: 'again' }, lane: { id: OUT.id, name: OUT.name, number: OUT.number } },
        ...{ booth: null, how: 'paid', reason: null, spaces: world.lanes.spaces(), steps: [] },
      },
    });
    await world.settled();
    expect(world.sent('parkRecordExit')).toHaveLength(2);
    expect(world.sent('parkRecordUpdate')).toHaveLength(1);
  });

  it('that waits for the city anyhow is told once', async () => {
    world = await UpWorld.open();
    world.answerHttp('parkRecordEntry', 502, '');
    const uid = await left();
    world.answerHttp('parkRecordEntry', 200, '{"code":0}');
    world.forget();
    await ask(recordOf(uid));
    await world.pass(6000, 6);
    expect(world.asked.map(({ name }) => name)).toEqual(['parkRecordEntry', 'parkRecordExit']);
  });

  it('that nobody knows is not found', async () => {
    world = await UpWorld.open();
    expect(await ask('2603021602000000001')).toMatchObject({ code: 0, data: { found: false } });
    expect(await ask('x')).toMatchObject({ code: 0, data: { found: false } });
  });
});

describe('pictures', () => {
  const open = (photo: object) => UpWorld.open({ settings: { site: SITE, photo } });
  const fetched = (path: string, method = 'GET') => {
    const { inbound } = world.platform;
    if (!inbound.serves(method, path)) return undefined;
    return inbound.handle({
      ...{ method, path, query: '', contentType: '', headers: {} },
      body: new Uint8Array(),
      remote: '',
    });
  };

  it('have an address of at most 100 characters that opens the picture, for so many days', async () => {
    world = await open({ publicUrl: 'http://parking-lot-0001.shenzhen.example:8700', days: 2 });
    world.car('in1', CAR, tinyJpeg());
    await world.settled();
    const [link = ''] = world.fieldsOf('parkRecordEntry', 'inFeaturePic');
    expect(link).toMatch(/^http:\/\/parking-lot-0001\.shenzhen\.example:8700\/sz\//);
    expect(link.length).toBeLessThanOrEqual(100);
    const { pathname } = new URL(link);
    const answer = await fetched(pathname);
    expect(answer).toMatchObject({ status: 200, contentType: 'image/jpeg' });
    expect(Buffer.from(answer?.body ?? '').equals(Buffer.from(tinyJpeg()))).toBe(true);
    const other = pathname.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    expect((await fetched(other))?.status).toBe(404);
    expect(fetched('/sz/../secret')).toBeUndefined();
    expect(fetched(pathname, 'POST')).toBeUndefined();
    world.clock.jumpWall(2 * 86_400_000 + 1000);
    expect((await fetched(pathname))?.status).toBe(404);
  });

  it('are not told where nobody knows our address, nor where the site wants none', async () => {
    for (const photo of [{}, { form: 'none', publicUrl: 'http://a.example' }]) {
      world = await open(photo);
      world.car('in1', CAR, tinyJpeg());
      await world.settled();
      expect(world.fieldsOf('parkRecordEntry', 'inFeaturePic')).toEqual(['']);
      await world.dispose();
    }
    world = await open({});
  });
});

it('has settings that the example of the documentation is enough for', () => {
  expect(settings().wire.body).toBe('form');
  expect(shenzhen.settings.safeParse({ baseUrl: 'ftp://x' }).success).toBe(false);
});
