import { afterEach, expect, test } from 'vitest';
import { laneSchema } from '../../../../shared/domain/site.ts';
import { AREAS, BOTH, IN, INNER_IN, INNER_OUT, OUT } from '../../../support/lane-world.ts';
import { type Arms, type Data, HOUR, MINUTE } from '../platform-station.ts';
import { CAR, KEYTOP_ACTOR, type KeytopOptions, KeytopWorld } from './keytop-world.ts';

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
const CARD = 'oABCDEFGHIJKLMN0001';
const OTHER = 'oABCDEFGHIJKLMN0002';
const scan = (deviceCode = 'in1', cardNo: unknown = CARD, fields: Data = {}) =>
  world.call('OnlineCarInOut', { deviceCode, cardNo, ...fields });
const refused = (resMsg: unknown) => ({ resCode: 1, resMsg, data: null });
/** Comes in, and stands inside for so long. */
const inside = async (minutes = 0, cardNo = CARD): Promise<string> => {
  expect(await scan('in1', cardNo)).toEqual(DONE);
  const stay = world.read.stays.insideIdentity(cardNo);
  await world.clock.advance(5 * MINUTE);
  world.clock.jumpWall(minutes * MINUTE);
  if (!stay) throw new Error('it did not come in');
  return stay.uid;
};
const opened = (lane: string) => moves.filter((move) => move === `${lane} open`).length;

test('at an entrance the card begins a stay and the arm goes up, whether or not a camera saw the car', async () => {
  await open();
  world.car(IN.id, '');
  const spaces = world.lanes.spaces();
  expect(await scan()).toEqual(DONE);
  expect(moves).toEqual(['in1 open']);
  expect(world.read.stays.insideIdentity(CARD)).toMatchObject({
    status: 'inside',
    identity: CARD,
    entryLane: { id: 'in1' },
  });
  expect(world.told('car-identified').map(({ actor, body }) => [actor, body.identity])).toEqual([[KEYTOP_ACTOR, CARD]]);
  expect(world.lanes.spaces().inside).toBe(spaces.inside + 1);
  await world.clock.advance(5 * MINUTE);
  expect(await scan('in1', OTHER)).toEqual(DONE);
  expect(opened('in1')).toBe(2);
  expect(world.told('vehicle-entered')).toHaveLength(2);
});

test.each([
  ['oABCDEFGHIJ1', '参数有误：cardNo: 应超过 12 个字符'],
  ['', '参数有误：cardNo: 缺少参数'],
  [null, '参数有误：cardNo: 缺少参数'],
  ['o'.repeat(65), '参数有误：cardNo: 过长'],
  [['oABCDEFGHIJKLMN0001'], '参数有误：cardNo: 应为文本'],
])('a card number that will not do (%j) changes nothing', async (cardNo, why) => {
  await open();
  const before = world.read.journal.last();
  expect(await scan('in1', cardNo)).toEqual(refused(why));
  expect(world.read.journal.last()).toEqual(before);
  expect(moves).toEqual([]);
});

test('the shortest and the longest, and one that came as a number, are card numbers', async () => {
  await open();
  for (const cardNo of ['o234567890123', 'o'.repeat(64), 9_007_199_254_740]) {
    expect(await scan('in1', cardNo)).toEqual(DONE);
    expect(world.read.stays.insideIdentity(String(cardNo))).toBeDefined();
    await world.clock.advance(5 * MINUTE);
  }
});

test('a card that is inside already does not come in again', async () => {
  await open();
  await inside(5);
  const before = world.read.journal.last();
  expect(await scan()).toEqual(refused('该卡号已有车辆在场'));
  expect(world.read.journal.last()).toEqual(before);
  expect(opened('in1')).toBe(1);
});

test('the same scan again is answered as before, and nothing moves twice; also after a restart', async () => {
  await open();
  expect(await scan()).toEqual(DONE);
  const { seq } = world.read.journal.last();
  expect(await scan()).toEqual(DONE);
  await world.clock.advance(40_000);
  await world.restarted();
  expect(await scan()).toEqual(DONE);
  expect(opened('in1')).toBe(1);
  expect(world.told('vehicle-entered')).toHaveLength(1);
  expect(world.told('gate-commanded').every((event) => event.seq <= seq)).toBe(true);
  world.clock.jumpWall(MINUTE);
  expect(await scan()).toEqual(refused('该卡号已有车辆在场'));
});

test('a repeat does not let in the car behind, which its own driver gets in', async () => {
  await open();
  world.car(IN.id, '');
  expect(await scan()).toEqual(DONE);
  await world.clock.advance(5000);
  world.car(IN.id, '');
  expect(await scan()).toEqual(DONE);
  expect(opened('in1')).toBe(1);
  expect(await scan('in1', OTHER)).toEqual(DONE);
  expect(opened('in1')).toBe(2);
  expect(world.read.stays.insideIdentity(OTHER)).toBeDefined();
});

test('asked again while the arm is on its way it waits for that very command; an arm that did not move is told again', async () => {
  const ends: ((outcome: 'done' | 'unknown') => void)[] = [];
  await open({ arms: () => new Promise((resolve) => ends.push((outcome) => resolve({ outcome, detail: '' }))) });
  const [first, second] = [scan(), scan()];
  await world.clock.advance(0);
  expect(ends).toHaveLength(1);
  ends[0]?.('unknown');
  expect(await Promise.all([first, second])).toEqual(Array(2).fill(refused('闸机没有应答，结果未知')));
  const third = scan();
  await world.clock.advance(0);
  ends[1]?.('done');
  expect(await third).toEqual(DONE);
  expect(await scan()).toEqual(DONE);
  expect(moves).toEqual(['in1 open', 'in1 open']);
  expect(world.told('vehicle-entered')).toHaveLength(1);
});

test('an arm that says nothing keeps the third party waiting no longer than is set', async () => {
  await open({ arms: () => new Promise(() => undefined), settings: { gate: { answerMs: 900 } } });
  let answer: unknown;
  const asked = scan().then((told) => {
    answer = told;
  });
  await world.clock.advance(899);
  expect(answer).toBeUndefined();
  await world.clock.advance(1);
  await asked;
  expect(answer).toEqual(refused('闸机尚未应答，结果未知'));
});

test('at an exit a card that owes nothing leaves; the scan again is answered as before', async () => {
  await open();
  const uid = await inside(1);
  expect(await scan('out1')).toEqual(DONE);
  expect(moves).toEqual(['in1 open', 'out1 open']);
  expect(world.read.stays.get(uid)).toMatchObject({ status: 'left' });
  expect(await scan('out1')).toEqual(DONE);
  expect(opened('out1')).toBe(1);
  await world.clock.advance(5 * MINUTE);
  expect(await scan('out1')).toEqual(refused('该卡号没有在场车辆'));
});

test('an open fee keeps the arm shut; the bill stands, and is not made anew by the next scan', async () => {
  await open();
  const uid = await inside(65);
  world.car(OUT.id, '');
  expect(await scan('out1')).toEqual(refused('停车费未缴清：应缴 10.00 元'));
  const bill = world.bill(uid);
  expect(bill).toMatchObject({ state: 'open', dueFen: 1000 });
  const { seq } = world.read.journal.last();
  expect(await scan('out1')).toEqual(refused('停车费未缴清：应缴 10.00 元'));
  expect(world.bill(uid)).toEqual(bill);
  expect(world.read.journal.last().seq).toBe(seq);
  expect(opened('out1')).toBe(0);
  world.cash(bill);
  await world.clock.advance(0);
  expect(opened('out1')).toBe(1);
  expect(await scan('out1')).toEqual(DONE);
  expect(opened('out1')).toBe(1);
});

test('a card that nobody inside has brings no car before the exit, seen or unseen', async () => {
  await open();
  const before = world.read.journal.last();
  expect(await scan('out1')).toEqual(refused('该卡号没有在场车辆'));
  expect(world.read.journal.last()).toEqual(before);
  world.car(OUT.id, '');
  const { seq } = world.read.journal.last();
  expect(await scan('out1')).toEqual(refused('该卡号没有在场车辆'));
  expect(world.read.journal.last().seq).toBe(seq);
  expect(moves).toEqual([]);
});

test('another car that stands there is left alone: one with a plate, and one whose driver is paying', async () => {
  await open();
  await inside(65);
  await inside(65, OTHER);
  const uid = await world.parked(65, CAR);
  world.car(OUT.id, CAR);
  const bill = world.bill(uid);
  expect(await scan('out1')).toEqual(refused('车道上是有牌车，不能按无牌车办理'));
  expect(world.bill(uid)).toEqual(bill);
  expect(world.lanes.state(OUT.id)).toMatchObject({ phase: 'charging', passage: { uid } });
  world.lanes.order(OUT.id, { type: 'cancel', reason: '让行', actor: KEYTOP_ACTOR });
  expect((await scan('out1', OTHER)).resMsg).toMatch(/^停车费未缴清/);
  const { passage } = world.lanes.state(OUT.id);
  expect(await scan('out1')).toEqual(refused('车道上另一辆无牌车正在办理，请稍后再扫'));
  expect(world.lanes.state(OUT.id).passage).toEqual(passage);
  expect(opened('out1')).toBe(0);
});

test('a full car park answers in words, and lets the same card in once there is a space', async () => {
  await open({ site: { openSpaces: 1, rules: { full: { small: 'refuse', medium: 'refuse', large: 'refuse' } } } });
  await world.parked(5);
  expect(await scan()).toEqual(refused('车位已满，暂不能进场'));
  expect(world.lanes.state(IN.id)).toMatchObject({
    phase: 'attention',
    passage: { attention: 'lot-full', identity: CARD },
  });
  expect(opened('in1')).toBe(1);
  world.car(OUT.id);
  await world.clock.advance(0);
  expect(await scan()).toEqual(DONE);
  expect(opened('in1')).toBe(2);
});

test('under an arm that is held up the car is written down, and nothing moves', async () => {
  await open();
  world.lanes.gate(IN.id, 'hold', '高峰', KEYTOP_ACTOR);
  await world.clock.advance(0);
  expect(await scan()).toEqual(DONE);
  expect(moves).toEqual(['in1 hold']);
  expect(world.read.stays.insideIdentity(CARD)).toBeDefined();
});

test('a lane for both ways lets in whom it does not know and out whom it does, seen by its one camera or not', async () => {
  await open({ lanes: [laneSchema.parse(BOTH)] });
  for (const seen of [false, true]) {
    if (seen) world.car(BOTH.id, '');
    expect(await scan('both1')).toEqual(DONE);
    expect(world.read.stays.insideIdentity(CARD)).toBeDefined();
    await world.clock.advance(5 * MINUTE);
    if (seen) world.car(BOTH.id, '');
    expect(await scan('both1')).toEqual(DONE);
    expect(world.read.stays.insideIdentity(CARD)).toBeUndefined();
    await world.clock.advance(5 * MINUTE);
  }
  expect(moves).toEqual(Array(4).fill('both1 open'));
  expect(world.told('vehicle-entered')).toHaveLength(2);
  expect(world.told('vehicle-exited')).toHaveLength(2);
});

test('into an inner area comes who is inside already, once, and out of it again', async () => {
  expect(AREAS.find(({ id }) => id === INNER_IN.area)?.parent).toBe(IN.area);
  await open({ lanes: [IN, OUT, INNER_IN, INNER_OUT] });
  await inside();
  expect(await scan('inner-in')).toEqual(DONE);
  await world.clock.advance(5 * MINUTE);
  expect(await scan('inner-in')).toEqual(refused('该卡号已有车辆在场'));
  expect(await scan('inner-out')).toEqual(DONE);
  expect(moves).toEqual(['in1 open', 'inner-in open', 'inner-out open']);
  expect(world.told('vehicle-entered')).toHaveLength(1);
});

test('a lane that is nobody’s changes nothing', async () => {
  await open();
  const before = world.read.journal.last();
  expect(await scan('in9')).toEqual(refused('没有编码为 in9 的设备'));
  expect(await scan('')).toEqual(refused('参数有误：deviceCode: 缺少参数'));
  expect(await world.call('OnlineCarInOut', { deviceCode: 'in1' })).toEqual(refused('参数有误：cardNo: 缺少参数'));
  expect(world.read.journal.last()).toEqual(before);
});

test('a plain day: hours later the fee is asked for at the exit, and a bill that was settled on the phone opens at the scan', async () => {
  await open();
  const uid = await inside();
  world.clock.jumpWall(2 * HOUR);
  expect((await scan('out1')).resCode).toBe(1);
  world.cash(world.bill(uid));
  await world.clock.advance(0);
  expect(world.read.stays.get(uid)).toMatchObject({ status: 'left' });
  expect(opened('out1')).toBe(1);
});

const priced = (payMoney: number) => world.answer('AutonomousCalfee', { resCode: 0, resMsg: '', data: [{ payMoney }] });

test('where the third party prices, the answer waits for its price: nothing to pay opens, a fee does not', async () => {
  await open({ settings: { pricing: { enabled: true } } });
  await inside(65);
  priced(0);
  expect(await scan('out1')).toEqual(DONE);
  expect(opened('out1')).toBe(1);
  await inside(65, OTHER);
  priced(1234);
  expect(await scan('out1', OTHER)).toEqual(refused('停车费未缴清：应缴 12.34 元'));
  expect(opened('out1')).toBe(1);
});

test('a price that nobody tells opens nothing; one that is late is not waited for longer than is set', async () => {
  await open({ settings: { pricing: { enabled: true } } });
  await inside(65);
  world.answer('AutonomousCalfee', { resCode: 1, resMsg: '没有这辆车', data: null });
  expect(await scan('out1')).toEqual(refused('暂时无法计算停车费，请等待工作人员处理'));
  world.answer('AutonomousCalfee', () => undefined);
  const asked = world.sent('AutonomousCalfee').length;
  const waiting = scan('out1');
  await world.comes('the question', () => world.sent('AutonomousCalfee').length === asked + 1);
  await world.clock.advance(2500);
  expect(await waiting).toEqual(refused('正在计算停车费，请稍后再扫'));
  // The same scan meanwhile asks nobody again.
  expect(await scan('out1')).toEqual(refused('正在计算停车费，请稍后再扫'));
  expect(world.sent('AutonomousCalfee')).toHaveLength(asked + 1);
  expect(opened('out1')).toBe(0);
});
