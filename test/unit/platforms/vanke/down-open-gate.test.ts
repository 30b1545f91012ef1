import { afterEach, expect, test } from 'vitest';
import { vankeSettingsSchema } from '../../../../electron/station/platforms/vanke/config.ts';
import { IN, OUT } from '../../../support/lane-world.ts';
import { ANNA, type Data } from '../platform-station.ts';
import { CAR, type DownOptions, DownWorld, vankeLane } from './down-world.ts';
import { settingsInput } from './support.ts';

let world: DownWorld;
afterEach(() => world.dispose());

const open = async (options: DownOptions = {}): Promise<void> => {
  world = await DownWorld.open(options);
};
const DONE = { respCode: '0', respDesc: '' };
const gate = (fields: Data) => world.call('receiveOpenGate', { deviceNo: 'cam-in1', ...fields });
/** Who told the arm what, and why. */
const commanded = () =>
  world.events('gate-commanded').map(({ laneId, actor, body }) => [laneId, actor.name, body.action, body.reason]);
const refusals = () =>
  world.events('gate-refused').map(({ laneId, actor, body }) => ({ laneId, by: actor.name, ...body }));

test('forced opens whoever stands there, or nobody, as the platform’s own doing', async () => {
  await open();
  expect(await gate({ openMode: '3' })).toEqual(DONE);
  expect(world.moves).toEqual(['in1 open']);
  expect(commanded()).toEqual([['in1', 'vanke', 'open', '万科平台远程开闸（强制）']]);
  // The same once more is done once more: there is no request id.
  expect(await gate({ openMode: 3, plateNumber: CAR })).toEqual(DONE);
  expect(world.moves).toEqual(['in1 open', 'in1 open']);
});

test('in normal mode it opens for the very plate that stands there, however it is spelled', async () => {
  await open();
  world.car(IN.id, CAR);
  expect(await gate({ openMode: '2', plateNumber: ' 粤b·12345 ' })).toEqual(DONE);
  expect(world.moves).toEqual(['in1 open']);
  expect(commanded()).toEqual([['in1', 'vanke', 'open', `万科平台远程开闸（正常，车牌 ${CAR}）`]]);
  expect(world.read.stays.inside(CAR)).toMatchObject({ status: 'inside' });
});

test('full-width characters are the same plate', async () => {
  await open();
  world.car(IN.id, CAR);
  expect(await gate({ openMode: '2', plateNumber: '粤Ｂ１２３４５' })).toEqual(DONE);
  expect(world.moves).toEqual(['in1 open']);
});

test('another plate moves nothing, is answered 1, and is in the audit log', async () => {
  await open();
  world.car(IN.id, CAR);
  expect(await gate({ openMode: '2', plateNumber: '粤B54321' })).toMatchObject({ respCode: '1' });
  expect(world.moves).toEqual([]);
  expect(refusals()).toMatchObject([
    { laneId: 'in1', by: 'vanke', platform: 'vanke', action: 'open', plate: '粤B54321' },
  ]);
  expect(world.events('gate-refused')[0]?.passageId).toBe(world.lanes.state(IN.id).passage?.id);
  // The car still stands there, and its own plate opens.
  expect(await gate({ openMode: '2', plateNumber: CAR })).toEqual(DONE);
});

test('a plate for an empty lane moves nothing', async () => {
  await open();
  const answer = await gate({ openMode: '2', plateNumber: CAR });
  expect(answer).toMatchObject({ respCode: '1' });
  expect(world.moves).toEqual([]);
  expect(refusals()).toMatchObject([{ laneId: 'in1', plate: CAR, reason: answer['respDesc'] }]);
});

test.each([
  ['an empty', ''],
  ['a null', null],
  ['no', undefined],
])('normal mode with %s plate is forced, and the log says so', async (_what, plateNumber) => {
  await open();
  world.car(IN.id, CAR);
  expect(await gate({ openMode: '2', plateNumber })).toEqual(DONE);
  expect(world.moves).toEqual(['in1 open']);
  expect(commanded()).toEqual([['in1', 'vanke', 'open', '万科平台远程开闸（正常模式未给车牌，按强制）']]);
});

test.each([[undefined], [null], [''], [' '], ['4'], ['-1'], ['02'], ['open'], [2.5], [4], [true], [['2']], [{}]])(
  'without a mode that there is (%j) nothing opens, plate or no plate',
  async (openMode) => {
    await open();
    world.car(IN.id, CAR);
    const before = world.read.journal.last();
    for (const plateNumber of ['', CAR]) expect(await gate({ openMode, plateNumber })).toMatchObject({ respCode: '1' });
    expect(world.moves).toEqual([]);
    expect(world.read.journal.last()).toEqual(before);
  },
);

test('常开 holds the arm once, and 恢复 lets it go once', async () => {
  await open();
  for (let time = 0; time < 3; time += 1) expect(await gate({ openMode: '0' })).toEqual(DONE);
  expect(world.moves).toEqual(['in1 hold']);
  expect(world.lanes.state(IN.id).held).toBe(true);
  for (let time = 0; time < 3; time += 1) expect(await gate({ openMode: '1' })).toEqual(DONE);
  expect(world.moves).toEqual(['in1 hold', 'in1 release-hold']);
  expect(world.lanes.state(IN.id).held).toBe(false);
  expect(commanded().map(([, by, , reason]) => [by, reason])).toEqual([
    ['vanke', '万科平台远程常开'],
    ['vanke', '万科平台远程恢复'],
  ]);
});

test('asked again while the arm is on its way, it waits for that very command', async () => {
  let end: (outcome: 'done') => void = () => undefined;
  await open({
    arms: () =>
      new Promise((resolve) => {
        end = (outcome) => resolve({ outcome, detail: '' });
      }),
  });
  const asked = [gate({ openMode: '0' }), gate({ openMode: '0' })];
  await world.clock.advance(100);
  end('done');
  expect(await Promise.all(asked)).toEqual([DONE, DONE]);
  expect(world.moves).toEqual(['in1 hold']);
});

test('恢复 at an arm that nobody holds moves nothing', async () => {
  await open();
  expect(await gate({ openMode: 1 })).toEqual(DONE);
  expect(world.moves).toEqual([]);
});

test('an arm that a person holds is held already, and the platform may let it go', async () => {
  await open();
  world.lanes.gate(IN.id, 'hold', '高峰', ANNA);
  await world.clock.advance(0);
  expect(await gate({ openMode: '0' })).toEqual(DONE);
  expect(world.moves).toEqual(['in1 hold']);
  expect(await gate({ openMode: '1' })).toEqual(DONE);
  expect(world.moves).toEqual(['in1 hold', 'in1 release-hold']);
});

test('a hold that the arm did not take is told again when it is asked for again', async () => {
  let outcome: 'unknown' | 'done' = 'unknown';
  await open({ arms: () => Promise.resolve({ outcome, detail: '相机离线' }) });
  expect(await gate({ openMode: '0' })).toEqual({ respCode: '1', respDesc: '闸机没有应答，结果未知：相机离线' });
  outcome = 'done';
  expect(await gate({ openMode: '0' })).toEqual(DONE);
  expect(await gate({ openMode: '0' })).toEqual(DONE);
  expect(world.moves).toEqual(['in1 hold', 'in1 hold']);
});

test('it says what became of the arm: refused, unknown, not yet', async () => {
  let end: ReturnType<NonNullable<DownOptions['arms']>> = Promise.resolve({ outcome: 'refused', detail: '检修中' });
  await open({ arms: () => end });
  expect(await gate({ openMode: '3' })).toEqual({ respCode: '1', respDesc: '闸机没有执行：检修中' });
  end = Promise.resolve({ outcome: 'unknown', detail: '' });
  expect(await gate({ openMode: '3' })).toEqual({ respCode: '1', respDesc: '闸机没有应答，结果未知' });
  end = new Promise(() => undefined);
  expect(await world.callFor(2500, 'receiveOpenGate', { deviceNo: 'cam-in1', openMode: '3' })).toEqual({
    respCode: '1',
    respDesc: '闸机尚未应答，结果未知',
  });
  expect(world.moves).toEqual(['in1 open', 'in1 open', 'in1 open']);
});

test('it waits for the end of its own command, and of no other', async () => {
  const ends: ((outcome: 'done' | 'refused') => void)[] = [];
  await open({
    arms: () => new Promise((resolve) => ends.push((outcome) => resolve({ outcome, detail: '' }))),
  });
  const first = gate({ openMode: '3' });
  const second = gate({ openMode: '3' });
  await world.clock.advance(0);
  expect(ends).toHaveLength(2);
  ends[1]?.('refused');
  expect(await second).toMatchObject({ respCode: '1', respDesc: '闸机没有执行' });
  ends[0]?.('done');
  expect(await first).toEqual(DONE);
});

test('an arm that does not answer keeps the platform waiting no longer than is set', async () => {
  await open({ arms: () => new Promise(() => undefined), settings: { openGate: { answerMs: 800 } } });
  let answer: unknown;
  const asked = gate({ openMode: '3' }).then((told) => {
    answer = told;
  });
  await world.clock.advance(799);
  expect(answer).toBeUndefined();
  await world.clock.advance(1);
  await asked;
  expect(answer).toEqual({ respCode: '1', respDesc: '闸机尚未应答，结果未知' });
});

test('a reader that is not ours, and one whose number two lanes have, open nothing', async () => {
  await open({ settings: { devices: { 'cam-in1': 'LPR-1', 'cam-out1': 'LPR-1' } } });
  for (const deviceNo of ['LPR-2', 'cam-in1', 'in1', 'arm-in1', 'led-in1'])
    expect(await gate({ deviceNo, openMode: '3' })).toEqual({ respCode: '1', respDesc: '设备编号不存在' });
  expect(await gate({ deviceNo: 'LPR-1', openMode: '3' })).toEqual({ respCode: '1', respDesc: '设备编号对应多条车道' });
  expect(world.moves).toEqual([]);
  expect(refusals()).toEqual([]);
});

test('every reader of a lane is that lane', async () => {
  await open({
    lanes: [vankeLane(IN), vankeLane(OUT, { exitCamera: 'cam-back' })],
    settings: { devices: { 'cam-back': '900' } },
  });
  for (const deviceNo of ['cam-out1', '900', 900]) expect(await gate({ deviceNo, openMode: '3' })).toEqual(DONE);
  expect(world.moves).toEqual(['out1 open', 'out1 open', 'out1 open']);
});

test('where it has no word it opens nothing, unless the manager gave it all lanes', async () => {
  const lanes = [vankeLane(IN, { authority: undefined }), vankeLane(OUT)];
  await open({ lanes });
  for (const openMode of ['0', '1', '2', '3'])
    expect(await gate({ openMode })).toEqual({ respCode: '1', respDesc: '该车道没有交由万科决定开闸' });
  expect(world.moves).toEqual([]);
  expect(refusals().map(({ action }) => action)).toEqual(['hold', 'release-hold', 'open', 'open']);
  await world.dispose();
  await open({ lanes, settings: { openGate: { lanes: 'all' } } });
  expect(await gate({ openMode: '3' })).toEqual(DONE);
  expect(world.moves).toEqual(['in1 open']);
});

test('an open for a held arm moves nothing; it is done if the arm was heard to be up', async () => {
  let outcome: 'unknown' | 'done' = 'done';
  await open({ arms: () => Promise.resolve({ outcome, detail: '' }) });
  await gate({ openMode: '0' });
  expect(await gate({ openMode: '3' })).toEqual(DONE);
  await gate({ openMode: '1' });
  outcome = 'unknown';
  await gate({ openMode: '0' });
  expect(await gate({ openMode: '3' })).toEqual({ respCode: '1', respDesc: '闸机没有应答，结果未知' });
  expect(world.moves).toEqual(['in1 hold', 'in1 release-hold', 'in1 hold']);
});

test('for a car that has left the loop nothing opens by its plate', async () => {
  await open();
  world.lanes.triggerLoop(IN.id, true);
  world.car(IN.id, CAR);
  world.lanes.triggerLoop(IN.id, false);
  await world.clock.advance(5000);
  const answer = await gate({ openMode: '2', plateNumber: CAR });
  expect(answer).toMatchObject({ respCode: '1', respDesc: expect.stringContaining('离开') });
  expect(world.moves).toEqual([]);
  expect(refusals()).toMatchObject([{ action: 'open', plate: CAR, reason: answer['respDesc'] }]);
});

test('a car at the exit leaves with it, and its stay has ended', async () => {
  await open({ lanes: [vankeLane(IN, { authority: undefined }), vankeLane(OUT)] });
  const uid = await world.parked(90, CAR);
  world.car(OUT.id, CAR);
  // It is not let through by itself.
  expect(world.moves).toEqual(['in1 open']);
  expect(await gate({ deviceNo: 'cam-out1', openMode: '2', plateNumber: CAR, time: '20260302 09:35:09' })).toEqual(
    DONE,
  );
  expect(world.moves).toEqual(['in1 open', 'out1 open']);
  expect(world.read.stays.get(uid)).toMatchObject({ status: 'left' });
  expect(world.events('vehicle-exited')[0]).toMatchObject({ actor: { kind: 'platform', name: 'vanke' } });
});

test('an answer is never given before an arm had any time to do as told', () => {
  const waits = (answerMs: number) => vankeSettingsSchema.safeParse(settingsInput({ openGate: { answerMs } })).success;
  expect([0, 99, 100].map(waits)).toEqual([false, false, true]);
});
