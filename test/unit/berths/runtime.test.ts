import { afterEach, describe, expect, it } from 'vitest';
import { blue, KerbRig, MINUTE, SECOND } from './kerb-rig.ts';

let rig: KerbRig;
afterEach(() => rig.dispose());

const kinds = (from: number) =>
  rig
    .events()
    .filter(({ seq }) => seq > from)
    .map(({ kind }) => kind);
const last = () => rig.events().at(-1)?.seq ?? 0;

describe('a stay at the kerb', () => {
  it('begins once the car has stood long enough, at the moment at which it came, and ends where the berth became free', async () => {
    rig = new KerbRig();
    const came = rig.clock.now();
    rig.geo(1, true, { at: came, sequence: 7 });
    await rig.wait(29 * SECOND);
    expect(rig.stays(1)).toEqual([]);
    await rig.wait(1 * SECOND);
    const stay = rig.stay(1);
    expect(stay).toMatchObject({
      ...{ status: 'inside', enteredAt: came, areaId: 'a1', berth: { id: 'b1', code: 'NS001' } },
      entryLane: { id: 'b1', name: 'NS001', number: 1 },
      segments: [{ areaId: 'a1', from: came, to: null }],
    });
    expect(stay.uid.startsWith('4403000000011')).toBe(true);
    await rig.wait(40 * MINUTE);
    const left = rig.clock.now();
    rig.geo(1, false, { at: left, sequence: 8 });
    await rig.wait(9 * SECOND);
    expect(rig.stay(1).uid).toBe(stay.uid);
    await rig.wait(1 * SECOND);
    expect(rig.stays(1)).toMatchObject([{ status: 'left', exitedAt: left, exitLane: { id: 'b1', number: 1 } }]);
    expect(rig.berths.state('b1')).toMatchObject({ occupied: false, since: left, uid: null, sequence: 8 });
  });

  it('tells its entry and the state of the berth in one commit, and so its exit', async () => {
    rig = new KerbRig();
    const commits: string[][] = [];
    rig.store.onCommitted((events) => commits.push(events.map(({ kind }) => kind)));
    rig.geo(1, true);
    await rig.wait(MINUTE);
    rig.geo(1, false);
    await rig.wait(MINUTE);
    expect(commits).toEqual([
      ['berth-observed'],
      ['vehicle-entered', 'berth-observed'],
      ['berth-observed'],
      ['vehicle-exited', 'berth-observed'],
    ]);
  });

  it('is none of a car that only reverses through, and goes on for one that comes back at once', async () => {
    rig = new KerbRig();
    rig.geo(1, true);
    await rig.wait(20 * SECOND);
    rig.geo(1, false);
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toEqual([]);
    const stay = await rig.parked(2, '粤B12345');
    rig.video(2, false, { at: rig.clock.now() });
    await rig.wait(9 * SECOND);
    rig.video(2, true, { at: rig.clock.now(), plate: blue('粤B12345') });
    await rig.wait(5 * MINUTE);
    expect(rig.stays(2)).toMatchObject([{ uid: stay.uid, status: 'inside' }]);
  });

  it('is two where another car stands there within those seconds', async () => {
    rig = new KerbRig();
    await rig.parked(1, '粤B12345');
    const left = rig.clock.now();
    rig.video(1, false, { at: left });
    await rig.wait(5 * SECOND);
    rig.video(1, true, { at: rig.clock.now(), plate: blue('粤C99999') });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([
      { plate: { text: '粤B12345' }, status: 'left', exitedAt: left },
      { plate: { text: '粤C99999' }, status: 'inside', enteredAt: left + 5 * SECOND },
    ]);
  });

  it('goes on after a power cut from what was stored, to the second, whatever was pending', async () => {
    rig = new KerbRig();
    const came = rig.clock.now();
    rig.video(1, true, { at: came, plate: blue('粤B12345') });
    rig.geo(2, true, { at: came });
    await rig.wait(MINUTE);
    const left = rig.clock.now();
    rig.geo(2, false, { at: left });
    rig.video(3, true, { at: left, plate: blue('粤B33333') });
    rig.restart();
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([{ plate: { text: '粤B12345' }, enteredAt: came, status: 'inside' }]);
    expect(rig.stays(2)).toMatchObject([{ enteredAt: came, exitedAt: left, status: 'left' }]);
    expect(rig.stays(3)).toMatchObject([{ plate: { text: '粤B33333' }, enteredAt: left, status: 'inside' }]);
  });

  it('keeps its times where everything is told late and at once', async () => {
    rig = new KerbRig();
    const at = rig.clock.now();
    await rig.wait(30 * MINUTE);
    const word = (occupied: boolean, minutes: number, sequence: number) => ({
      ...{ code: 'NS001', occupied, at: at + minutes * MINUTE, sequence, plate: null, confidence: null, photo: null },
    });
    rig.tell('geo1', 'geomagnetic', [word(true, 12, 3), word(true, 1, 1), word(false, 10, 2), word(false, 20, 4)]);
    await rig.wait(3 * SECOND);
    expect(rig.stays(1)).toMatchObject([
      { enteredAt: at + MINUTE, exitedAt: at + 10 * MINUTE },
      { enteredAt: at + 12 * MINUTE, exitedAt: at + 20 * MINUTE },
    ]);
  });
});

describe('a device that tells late, one word at a time', () => {
  it('makes no stay of what was over long before anybody heard of it', async () => {
    rig = new KerbRig();
    const at = rig.clock.now();
    await rig.wait(60 * MINUTE);
    rig.geo(1, true, { at, sequence: 1 });
    await rig.wait(SECOND);
    rig.geo(1, false, { at: at + 2 * SECOND, sequence: 2 });
    await rig.wait(SECOND);
    rig.geo(1, true, { at: at + MINUTE, sequence: 3 });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([{ enteredAt: at + MINUTE, status: 'inside' }]);
  });

  it('does not undo what another one told of a later moment', async () => {
    rig = new KerbRig();
    const at = rig.clock.now();
    rig.video(1, true, { at, sequence: 1, plate: blue('粤B12345') });
    rig.geo(1, true, { at, sequence: 1 });
    await rig.wait(60 * MINUTE);
    rig.geo(1, false, { at: at + 10 * MINUTE, sequence: 2 });
    rig.geo(1, true, { at: at + 20 * MINUTE, sequence: 3 });
    await rig.wait(MINUTE);
    rig.video(1, false, { at: at + 10 * MINUTE + SECOND, sequence: 2 });
    rig.video(1, true, { at: at + 20 * MINUTE, sequence: 3, plate: blue('粤C99999') });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([
      { plate: { text: '粤B12345' }, exitedAt: at + 10 * MINUTE },
      { plate: { text: '粤C99999' }, enteredAt: at + 20 * MINUTE, status: 'inside' },
    ]);
  });
});

describe('whose word counts', () => {
  it('writes nothing for what is known, however often it is told', async () => {
    rig = new KerbRig();
    const at = rig.clock.now();
    rig.geo(1, true, { at, sequence: 1 });
    await rig.wait(MINUTE);
    const before = last();
    for (let i = 0; i < 5; i++) {
      rig.geo(1, true, { at, sequence: 1 });
      rig.geo(1, true);
      rig.geo(2, false, { at: null });
      await rig.wait(MINUTE);
    }
    expect(kinds(before)).toEqual(['berth-observed']);
  });

  it('lets a person’s word stand until a device tells a change after it', async () => {
    rig = new KerbRig();
    const at = rig.clock.now();
    rig.geo(1, true, { at, sequence: 1 });
    await rig.wait(5 * MINUTE);
    rig.person(1, false);
    expect(rig.stays(1)).toMatchObject([{ status: 'left', exitedAt: at + 5 * MINUTE }]);
    await rig.wait(MINUTE);
    for (const again of [{ at, sequence: 1 }, { at }, {}]) rig.geo(1, true, again);
    await rig.wait(MINUTE);
    expect(rig.berths.state('b1')).toMatchObject({ occupied: false, source: 'person' });
    rig.restart();
    rig.geo(1, true, {});
    await rig.wait(MINUTE);
    expect(rig.berths.state('b1')).toMatchObject({ occupied: false, source: 'person' });
    rig.geo(1, false, { at: rig.clock.now(), sequence: 2 });
    rig.geo(1, true, { at: rig.clock.now(), sequence: 3 });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toHaveLength(2);
  });

  it('does not let a sensor talk a camera out of a plate at once, and lets it tell a later change', async () => {
    rig = new KerbRig();
    rig.geo(1, false, { at: rig.clock.now(), sequence: 1 });
    await rig.wait(SECOND);
    rig.video(1, true, { at: rig.clock.now(), plate: blue('粤B12345') });
    await rig.wait(5 * SECOND);
    const slow = { at: rig.clock.now(), sequence: 2 };
    rig.geo(1, false, slow);
    await rig.wait(MINUTE);
    rig.geo(1, false, slow);
    rig.geo(1, false);
    await rig.wait(MINUTE);
    expect(rig.stay(1).plate.text).toBe('粤B12345');
    const left = rig.clock.now();
    rig.geo(1, false, { at: left, sequence: 4 });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([{ status: 'left', exitedAt: left }]);
  });

  it('takes an old word for nothing, and one of a device that was restarted for what it is', async () => {
    rig = new KerbRig();
    const at = rig.clock.now();
    await rig.wait(10 * MINUTE);
    rig.geo(1, false, { at: at + MINUTE, sequence: 8 });
    rig.geo(1, true, { at: at + 5 * MINUTE, sequence: 9 });
    rig.geo(1, false, { at: at + 2 * MINUTE, sequence: 8 });
    rig.geo(1, false, { at: at + MINUTE });
    rig.video(1, false, { at: at + 4 * MINUTE });
    expect(rig.berths.state('b1').occupied).toBe(true);
    rig.geo(1, false, { at: rig.clock.now(), sequence: 1 });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([{ status: 'left', exitedAt: at + 10 * MINUTE }]);
  });

  it('ends the stay of a car that nobody saw go where the camera tells when another one came', async () => {
    rig = new KerbRig();
    await rig.parked(1, '粤B12345');
    await rig.wait(10 * MINUTE);
    // Read again, differently: one car.
    rig.video(1, true, { plate: blue('粤B1234S') });
    rig.video(1, true, { plate: blue('粤C99999') });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toHaveLength(1);
    const at = rig.clock.now();
    rig.video(1, true, { at, plate: blue('粤C99999') });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([
      { status: 'left', exitedAt: at },
      { status: 'inside', enteredAt: at, plate: { text: '粤C99999' } },
    ]);
  });

  it('leaves the plate that a person told to the person, where a camera first tells of the same car', async () => {
    rig = new KerbRig();
    rig.person(1, true, { plate: '粤B12345' });
    await rig.wait(20 * SECOND);
    rig.video(1, true, { at: rig.clock.now(), plate: blue('粤C99999') });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([{ plate: { text: '粤B12345' }, status: 'inside' }]);
  });

  it('takes no moment from a clock that is ahead, nor from one that is days behind', async () => {
    rig = new KerbRig();
    const now = rig.clock.now();
    rig.geo(1, true, { at: now + 3_600_000 });
    rig.geo(2, true, { at: now - 5 * 86_400_000 });
    await rig.wait(MINUTE);
    expect([rig.stay(1).enteredAt, rig.stay(2).enteredAt]).toEqual([now, now]);
  });

  it('answers for berths of other devices that they are unknown, and for one out of use begins nothing', async () => {
    rig = new KerbRig();
    expect(rig.tell('geo2', 'geomagnetic', [])).toEqual({ unknown: [], failed: [] });
    expect(rig.geo(2, true, { code: 'NS001' })).toEqual({ unknown: ['NS001'], failed: [] });
    const berth = rig.berth(9, { inUse: false });
    rig.geo(9, true, { at: rig.clock.now() });
    await rig.wait(10 * MINUTE);
    expect(rig.stays(9)).toEqual([]);
    const body = { change: 'updated', berth: { ...berth, inUse: true } } as const;
    rig.record({
      key: null,
      laneId: null,
      passageId: null,
      actor: { kind: 'user', name: 'x' },
      kind: 'berth-changed',
      body,
    });
    const opened = rig.clock.now();
    await rig.wait(MINUTE);
    expect(rig.stays(9)).toMatchObject([{ enteredAt: opened }]);
  });
});

describe('pictures', () => {
  it('are evidence of the stay, once it has begun, of its coming and of its going', async () => {
    rig = new KerbRig();
    const photo = new Uint8Array([0xff, 0xd8, 0xff]);
    rig.video(1, true, { at: rig.clock.now(), photo });
    await rig.wait(MINUTE);
    const { uid } = rig.stay(1);
    rig.video(1, true, { plate: blue('粤B12345'), photo });
    rig.video(1, true, { plate: blue('粤B12345'), photo });
    await rig.wait(MINUTE);
    rig.video(1, false, { at: rig.clock.now(), photo });
    await rig.wait(MINUTE);
    const kept = rig.store.read.photos.ofStay(uid).map(({ purpose }) => purpose);
    expect(kept.sort()).toEqual(['entry', 'entry', 'exit']);
  });
});
