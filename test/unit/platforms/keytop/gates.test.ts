import { afterEach, expect, test } from 'vitest';
import { type Lane, laneSchema } from '../../../../shared/domain/site.ts';
import { IN, OUT } from '../../../support/lane-world.ts';
import { ANNA, type Arms, type Data, HOUR } from '../platform-station.ts';
import { CAR, type KeytopOptions, KeytopWorld } from './keytop-world.ts';

let world: KeytopWorld;
let moves: string[];
afterEach(() => world.dispose());

const done: Arms = () => Promise.resolve({ outcome: 'done', detail: '' });
const open = async (options: KeytopOptions = {}): Promise<void> => {
  moves = [];
  const ends = typeof options.arms === 'function' ? options.arms : done;
  world = await KeytopWorld.open({
    ...options,
    arms: (lane, action) => {
      moves.push(`${lane} ${action}`);
      return ends(lane, action);
    },
  });
};
const DONE = { resCode: 0, resMsg: '', data: null };
const control = (controlType: unknown, fields: Data = {}) =>
  world.call('GateControl', { deviceCode: 'in1', deviceType: 0, controlType, ...fields });
const refusals = () =>
  world.told('gate-refused').map(({ laneId, actor, body }) => ({ laneId, by: actor.name, ...body }));
const audited = () => world.read.journal.list({ limit: 50, audited: true }).map(({ kind }) => kind);

test('open, close, keep raised and end it: the arm moves as the third party’s own doing, and that is in the log of doings', async () => {
  await open();
  for (const type of [1, 2, 11, 12]) expect(await control(type)).toEqual(DONE);
  expect(moves).toEqual(['in1 open', 'in1 close', 'in1 hold', 'in1 release-hold']);
  expect(
    world.told('gate-commanded').map(({ actor, body }) => [actor.kind, actor.name, body.action, body.reason]),
  ).toEqual([
    ['platform', 'keytop', 'open', '科拓平台远程开闸'],
    ['platform', 'keytop', 'close', '科拓平台远程落闸'],
    ['platform', 'keytop', 'hold', '科拓平台远程常抬'],
    ['platform', 'keytop', 'release-hold', '科拓平台远程解除常抬'],
  ]);
  expect(audited()).toEqual(Array(4).fill('gate-commanded'));
});

test('nobody enters or leaves by it, nothing is charged and nothing counted, whoever stands there', async () => {
  await open();
  const uid = await world.parked(HOUR / 60_000);
  world.car(OUT.id, CAR);
  const bill = world.bill(uid);
  const spaces = world.lanes.spaces();
  expect(world.lanes.state(OUT.id).phase).toBe('charging');
  moves.length = 0;
  expect(await control(1, { deviceCode: 'out1' })).toEqual(DONE);
  expect(moves).toEqual(['out1 open']);
  expect(world.read.stays.get(uid)).toMatchObject({ status: 'inside' });
  expect(world.bill(uid)).toEqual(bill);
  expect(world.lanes.spaces()).toEqual(spaces);
  expect([...world.told('vehicle-exited'), ...world.told('bill-paid')]).toEqual([]);
  // A car that stands at an entrance unread is no entry either.
  world.car(IN.id, '');
  expect(await control('1')).toEqual(DONE);
  expect(world.told('vehicle-entered')).toHaveLength(1);
  expect(world.lanes.spaces()).toEqual(spaces);
});

test.each([[undefined], [null], [''], [0], [3], [10], ['open'], [1.5], [true], [[1]], [{}], [-1], ['01x']])(
  'without a code that there is (%j) nothing moves and nothing is written',
  async (controlType) => {
    await open();
    const before = world.read.journal.last();
    const { resCode, resMsg, data } = await control(controlType);
    expect([resCode, data]).toEqual([1, null]);
    expect(resMsg).toMatch(/^参数有误：controlType: /);
    expect(moves).toEqual([]);
    expect(world.read.journal.last()).toEqual(before);
  },
);

test('kept raised once, however often it is asked for; and let go once', async () => {
  await open();
  for (let time = 0; time < 3; time += 1) expect(await control(11)).toEqual(DONE);
  expect(world.lanes.state(IN.id).held).toBe(true);
  // A held arm is up: an order to open might end that.
  expect(await control(1)).toEqual(DONE);
  expect(moves).toEqual(['in1 hold']);
  for (let time = 0; time < 3; time += 1) expect(await control(12)).toEqual(DONE);
  expect(moves).toEqual(['in1 hold', 'in1 release-hold']);
  expect(world.lanes.state(IN.id).held).toBe(false);
});

test('an arm that is kept raised is not closed beside that: it is let go first', async () => {
  await open();
  world.lanes.gate(IN.id, 'hold', '高峰', ANNA);
  await world.clock.advance(0);
  expect(await control(2)).toEqual({ resCode: 1, resMsg: '闸杆常抬中，请先解除常抬', data: null });
  expect(moves).toEqual(['in1 hold']);
  expect(refusals()).toEqual([
    { laneId: 'in1', by: 'keytop', platform: 'keytop', action: 'close', plate: '', reason: '闸杆常抬中，请先解除常抬' },
  ]);
  expect(audited()).toContain('gate-refused');
});

test('what a site does not allow moves nothing and is in the log of doings', async () => {
  await open({ settings: { gate: { allowed: false } } });
  for (const type of [1, 2, 11, 12])
    expect(await control(type)).toEqual({ resCode: 1, resMsg: '本车场未开放远程道闸控制', data: null });
  expect(moves).toEqual([]);
  expect(refusals().map(({ action }) => action)).toEqual(['open', 'close', 'hold', 'release-hold']);
});

test('it says what became of the arm: refused, no answer, not yet', async () => {
  let end: ReturnType<Arms> = Promise.resolve({ outcome: 'refused', detail: '检修中' });
  await open({ arms: () => end });
  expect(await control(1)).toMatchObject({ resCode: 1, resMsg: '闸机没有执行：检修中' });
  end = Promise.resolve({ outcome: 'unknown', detail: '' });
  expect(await control(1)).toMatchObject({ resCode: 1, resMsg: '闸机没有应答，结果未知' });
  let answer: unknown;
  let release: (outcome: 'done') => void = () => undefined;
  end = new Promise((resolve) => {
    release = (outcome) => resolve({ outcome, detail: '' });
  });
  const asked = control(1).then((told) => {
    answer = told;
  });
  await world.clock.advance(2499);
  expect(answer).toBeUndefined();
  await world.clock.advance(1);
  await asked;
  expect(answer).toMatchObject({ resCode: 1, resMsg: '闸机尚未应答，结果未知' });
  // Asked again while it is on its way, it waits for that very command.
  const again = control(1);
  release('done');
  expect(await again).toEqual(DONE);
  expect(moves).toEqual(['in1 open', 'in1 open', 'in1 open']);
});

test('a lane is found by its code, by that of a device of its own, or by an address; what is nobody’s moves nothing', async () => {
  await open({ settings: { devices: { in1: '300', 'cam-out1': '301' } } });
  world.device('cam-in1', 'camera', 'online', '192.168.1.21');
  for (const deviceCode of ['300', 300, 'arm-in1', ' cam-in1 ']) expect(await control(1, { deviceCode })).toEqual(DONE);
  expect(await control(1, { deviceCode: '192.168.1.21', deviceType: 1 })).toEqual(DONE);
  expect(await control(1, { DEVICECODE: '301', deviceCode: undefined, deviceType: null })).toEqual(DONE);
  expect(moves).toEqual([...Array(5).fill('in1 open'), 'out1 open']);
  for (const fields of [
    { deviceCode: 'in1' },
    { deviceCode: '192.168.1.21' },
    { deviceCode: '300', deviceType: 1 },
    { deviceCode: '' },
    { deviceCode: '300', deviceType: 2 },
  ])
    expect(await control(1, fields)).toMatchObject({ resCode: 1, data: null });
  expect(moves).toHaveLength(6);
});

test('two lanes of one code are neither', async () => {
  await open({ settings: { devices: { in1: '300', out1: '300' } } });
  const { resCode, resMsg } = await control(1, { deviceCode: '300' });
  expect([resCode, resMsg]).toEqual([1, '编码 300 对应多条车道，无法确定是哪一条']);
  expect(moves).toEqual([]);
});

const withDisplay = (lane: Lane): Lane => laneSchema.parse({ ...lane, display: `led-${lane.id}` });
const led = (showInfo: unknown, fields: Data = {}) =>
  world.call('ShowLedMsg', { deviceCode: 'in1', showInfo, ...fields });

test('a text stands on the display of the lane, one segment a line', async () => {
  await open({ lanes: [withDisplay(IN), OUT] });
  const before = world.read.journal.last();
  expect(await led('欢迎光临|闽D02000||请入场 ')).toEqual(DONE);
  expect(world.shown).toEqual([
    {
      deviceId: 'led-in1',
      lines: ['欢迎光临', '闽D02000', '', '请入场'].map((text) => ({ text, alignment: 'left' })),
    },
  ]);
  expect(world.read.journal.last()).toEqual(before);
  expect(await led('a', { deviceCode: 'led-in1' })).toEqual(DONE);
  expect(await led('一\u0007二\r\n三|四')).toEqual(DONE);
  expect(world.shown.at(-1)?.lines.map(({ text }) => text)).toEqual(['一 二  三', '四']);
  expect(await led(Array.from({ length: 30 }, (_, line) => `${line}${'长'.repeat(200)}`).join('|'))).toEqual(DONE);
  expect(world.shown.at(-1)?.lines).toHaveLength(16);
  expect(world.shown.at(-1)?.lines.every(({ text }) => [...text].length === 100)).toBe(true);
});

test.each([[''], [null], [undefined], [' '], ['|'], [' | | '], [['a']], [{}], ['x'.repeat(10_001)]])(
  'nothing to show (%j) is an error',
  async (showInfo) => {
    await open({ lanes: [withDisplay(IN), OUT] });
    expect(await led(showInfo)).toMatchObject({ resCode: 1, data: null });
    expect(world.shown).toEqual([]);
  },
);

test('a lane without a display says so; a display that stands at no lane is found by its own code', async () => {
  await open({ settings: { devices: { 'led-hall': 'L9' } } });
  expect(await led('a')).toEqual({ resCode: 1, resMsg: '该车道没有显示屏', data: null });
  world.device('led-hall', 'display', 'online', '192.168.1.40');
  expect(await led('a', { deviceCode: 'L9' })).toEqual(DONE);
  expect(await led('a', { deviceCode: '192.168.1.40', deviceType: 1 })).toEqual(DONE);
  expect(await led('a', { deviceCode: 'led-hall' })).toMatchObject({ resCode: 1 });
  expect(world.shown.map(({ deviceId }) => deviceId)).toEqual(['led-hall', 'led-hall']);
});

test('an arm that no device moves is not moved, and that is the answer', async () => {
  world = await KeytopWorld.open();
  expect(await control(1)).toEqual({ resCode: 1, resMsg: '闸机没有执行：车道没有配置道闸', data: null });
});
