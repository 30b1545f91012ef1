import { afterEach, describe, expect, it } from 'vitest';
import { exitAmounts, exitMoney } from '../../../../electron/station/platforms/shenzhen/exits.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { IN, OUT, plate } from '../../../support/lane-world.ts';
import { settings } from './up-support.ts';
import { ANNA, CAR, HOUR, MINUTE, UpWorld } from './up-world.ts';

let world: UpWorld;

afterEach(() => world.dispose());

const correct = (uid: string, before: Stay, stay: Stay, what: 'plate' | 'time' | 'void' | 'reopened') =>
  world.write({
    ...{ kind: 'stay-corrected', key: uid, laneId: null, passageId: null, actor: ANNA },
    body: { what, before, stay, reason: '更正', spaces: null },
  });

function stayOf(uid: string): Stay {
  const stay = world.read.stays.get(uid);
  if (!stay) throw new Error('no stay');
  return stay;
}

/** Parked for 65 minutes, 10 yuan, paid in cash at the exit. */
async function left(): Promise<string> {
  const uid = await world.parked(65);
  world.car(OUT.id);
  world.cash(world.bill(uid));
  await world.settled();
  return uid;
}

it('tells an entry and an exit with exactly the fields of their tables', async () => {
  world = await UpWorld.open();
  const uid = await left();
  const recordCode = `${uid.slice(-15)}0001`;
  const { enteredAt, exitedAt } = stayOf(uid);
  expect(world.sent('parkRecordEntry')).toEqual([
    {
      ...{ accessKey: '0667bb1c1aa7fb1f', signature: expect.stringMatching(/^[0-9A-F]{40}$/) },
      ...{ timestamp: expect.stringMatching(/^\d{13}$/), plateNumber: CAR, plateColor: '0', parkCode: '80010001' },
      ...{ berthCode: '', carType: '0', entryTime: String(enteredAt), recordCode },
      ...{ inFeaturePic: '', inPlatePic: '', dataSouce: '1' },
    },
  ]);
  expect(world.sent('parkRecordExit')).toEqual([
    {
      ...{ accessKey: '0667bb1c1aa7fb1f', signature: expect.stringMatching(/^[0-9A-F]{40}$/) },
      ...{ timestamp: expect.stringMatching(/^\d{13}$/), plateNumber: CAR, plateColor: '0', parkCode: '80010001' },
      ...{ berthCode: '', carType: '0', entryTime: String(enteredAt), exitTime: String(exitedAt), recordCode },
      ...{ outFeaturePic: '', outPlatePic: '', dataSouce: '1', shouldPay: '1000', actualPay: '1000', agioMoney: '0' },
    },
  ]);
});

it('tells the entry again when a car inside gets its first plate, and corrects whatever else is put right', async () => {
  world = await UpWorld.open();
  const uid = await world.parked(5);
  const known = stayOf(uid);
  const nobody = { ...known, plate: plate('') };
  correct(uid, nobody, { ...known, plate: plate('粤B00001') }, 'plate');
  await world.settled();
  expect(world.fieldsOf('parkRecordEntry', 'plateNumber')).toEqual([CAR, '粤B00001']);
  const renamed = { ...known, plate: plate('粤B00002') };
  correct(uid, { ...known, plate: plate('粤B00001') }, renamed, 'plate');
  correct(uid, renamed, { ...renamed, enteredAt: known.enteredAt - MINUTE }, 'time');
  await world.settled();
  const updates = world.sent('parkRecordUpdate');
  expect(updates.map((told) => [told['plateNumber'], told['entryTime'], told['exitTime']])).toEqual([
    ['粤B00002', String(known.enteredAt), undefined],
    ['粤B00002', String(known.enteredAt - MINUTE), undefined],
  ]);
  expect(world.sent('parkRecordEntry')).toHaveLength(2);
  // Nothing that the city knows was changed.
  correct(uid, renamed, { ...renamed, reviewedAt: 1 }, 'time');
  await world.settled();
  expect(world.sent('parkRecordUpdate')).toHaveLength(2);
});

it('corrects a record after its exit with the time of the exit, and the first plate of a car that has left as a correction', async () => {
  world = await UpWorld.open();
  const uid = await left();
  const known = stayOf(uid);
  correct(uid, { ...known, plate: plate('') }, { ...known, plate: plate('粤B00001') }, 'plate');
  await world.settled();
  expect(world.sent('parkRecordEntry')).toHaveLength(1);
  expect(world.fieldsOf('parkRecordUpdate', 'exitTime')).toEqual([String(known.exitedAt)]);
});

describe('an exit', () => {
  it('that the city refused waits for a person, and is never sent again by itself', async () => {
    world = await UpWorld.open();
    world.refuse('parkRecordExit', '金额不符');
    const uid = await left();
    await world.pass(HOUR, 12);
    expect(world.sent('parkRecordExit')).toHaveLength(1);
    const row = world.read.outbox.ofStay(uid).find(({ message }) => message === 'parkRecordExit');
    expect([row?.state, row?.last_error]).toEqual([2, '1 金额不符']);
  });

  it('that the city has already is as good as taken', async () => {
    world = await UpWorld.open();
    world.refuse('parkRecordExit', '出场记录重复上传');
    const uid = await left();
    await world.pass(1000);
    const states = world.read.outbox.ofStay(uid).map(({ state }) => state);
    expect(states).toEqual([1, 1]);
  });

  it('of a record that the city does not know is not taken for a duplicate', async () => {
    world = await UpWorld.open();
    world.refuse('parkRecordEntry', 'park does not exist');
    await world.parked(5);
    await world.settled();
    await world.pass(5100);
    expect(world.sent('parkRecordEntry')).toHaveLength(2);
  });

  it('taken back and made again is told as a correction with its new time', async () => {
    world = await UpWorld.open();
    const uid = await left();
    const first = stayOf(uid);
    const inside = { ...first, status: 'inside' as const, exitLane: null, exitedAt: null, exitRecordId: null };
    correct(uid, first, inside, 'reopened');
    await world.settled();
    expect(world.sent('parkRecordUpdate')).toEqual([]);
    const exitedAt = world.clock.now() + 5;
    const stay = { ...first, exitedAt, exitRecordId: 'again' };
    world.write({
      ...{ kind: 'vehicle-exited', key: uid, laneId: OUT.id, passageId: null, actor: ANNA },
      body: {
        ...{ stay, lane: { id: OUT.id, name: OUT.name, number: OUT.number }, booth: null, how: 'paid', reason: null },
        ...{ spaces: world.lanes.spaces(), steps: [] },
      },
    });
    await world.settled();
    expect(world.sent('parkRecordExit')).toHaveLength(1);
    expect(world.fieldsOf('parkRecordUpdate', 'exitTime')).toEqual([String(exitedAt)]);
    expect(world.read.outbox.ofStay(uid).map(({ state }) => state)).toEqual([1, 1, 1]);
  });

  it('stands for a stay that a person closed, unless the site says otherwise', async () => {
    world = await UpWorld.open();
    const uid = await world.parked(65);
    const stay = stayOf(uid);
    world.write({
      ...{ kind: 'stay-closed', key: uid, laneId: null, passageId: null, actor: ANNA },
      body: { stay: { ...stay, status: 'abnormal' }, reason: 'stale', spaces: world.lanes.spaces() },
    });
    await world.settled();
    const [told] = world.sent('parkRecordExit');
    expect([told?.['exitTime'], told?.['shouldPay']]).toEqual([String(world.clock.now()), '0']);
    await world.dispose();
    world = await UpWorld.open({ settings: { reports: { closedStays: 'none' } } });
    const other = await world.parked(65);
    correct(other, stayOf(other), { ...stayOf(other), status: 'abnormal' }, 'void');
    await world.settled();
    expect(world.sent('parkRecordExit')).toEqual([]);
  });
});

describe('the money of an exit', () => {
  const stay = (more: Partial<Stay>) => ({
    chargeFen: 1000,
    discountFen: 0,
    waivedFen: 0,
    paidFen: 0,
    owedFen: 0,
    ...more,
  });
  const amounts = (more: Partial<Stay>, reports = {}) =>
    Object.values(exitAmounts(exitMoney({ ...base(), ...stay(more) }), settings({ reports })));
  const base = (): Stay => stayOf(uid);
  let uid = '';

  it('always adds up, whatever happened', async () => {
    world = await UpWorld.open();
    uid = await world.parked(1);
    expect(amounts({ paidFen: 800, discountFen: 200 })).toEqual([1000, 800, 200]);
    expect(amounts({ waivedFen: 1000 })).toEqual([1000, 0, 1000]);
    expect(amounts({ paidFen: 300, owedFen: 700 })).toEqual([1000, 300, 700]);
    expect(amounts({ paidFen: 300, owedFen: 700 }, { owedAs: 'left-out' })).toEqual([300, 300, 0]);
    expect(amounts({ paidFen: 300, discountFen: 200, owedFen: 500 }, { owedAs: 'left-out' })).toEqual([500, 300, 200]);
    expect(amounts({ paidFen: 1200 })).toEqual([1200, 1200, 0]);
    expect(amounts({ chargeFen: 0 })).toEqual([0, 0, 0]);
  });

  it('is left out of an open car park where the site says so', async () => {
    world = await UpWorld.open({
      settings: { site: { rsType: 0, longitude: 114, latitude: 22 }, reports: { amounts: 'closed' } },
    });
    await left();
    expect(world.fieldsOf('parkRecordExit', 'shouldPay')).toEqual([undefined]);
  });
});

describe('a berth code', () => {
  it('of fourteen characters stands in the record; another is left empty, and people are told once', async () => {
    world = await UpWorld.built();
    const odd = world.addBerth(1, { code: 'A-1' });
    await world.start();
    expect(world.alarmsOf('shenzhen-berth-codes')[0]).toContain('1 个泊位的编号不是 14 位（A-1）');
    const uid = await world.parked(1);
    for (const [id, code] of [
      ['b2', 'NS000100010001'],
      [odd.id, odd.code],
    ] as const) {
      const stay = { ...stayOf(uid), uid: `${uid.slice(0, -3)}${code.length}9`, berth: { id, code } };
      world.write({
        ...{ kind: 'vehicle-entered', key: stay.uid, laneId: IN.id, passageId: null, actor: ANNA },
        body: { stay, lane: stay.entryLane, booth: null, spaces: world.lanes.spaces(), how: 'automatic' },
      });
    }
    await world.settled();
    expect(world.fieldsOf('parkRecordEntry', 'berthCode')).toEqual(['', 'NS000100010001', '']);
    world.addBerth(1, { code: 'NS000100010009' });
    expect(world.alarmsOf('shenzhen-berth-codes')).toEqual([]);
  });
});
