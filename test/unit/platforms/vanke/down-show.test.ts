import { afterEach, expect, test } from 'vitest';
import { IN, OUT } from '../../../support/lane-world.ts';
import { type DownOptions, DownWorld, vankeLane } from './down-world.ts';

let world: DownWorld;
afterEach(() => world.dispose());

const open = async (options: DownOptions = {}): Promise<void> => {
  world = await DownWorld.open(options);
};
const DONE = { respCode: '0', respDesc: '' };
const show = (deviceNo: unknown, msg: unknown) => world.call('receiveShowMsg', { deviceNo, msg });

const LINES = [
  { text: '闽D782WY', alignment: 'left' },
  { text: '  临停车  ', alignment: 'center' },
  { text: '2017-01-01 至 2017-12-31', alignment: 'right' },
];

test('lines go to the display from the top, as they came, with their alignment', async () => {
  await open();
  expect(await show('led-hall', LINES)).toEqual(DONE);
  expect(world.shown).toEqual([{ id: 'led-hall', lines: LINES }]);
});

test('a text that holds the array is read like the array', async () => {
  await open();
  expect(await show('led-hall', JSON.stringify(LINES))).toEqual(DONE);
  expect(world.shown).toEqual([{ id: 'led-hall', lines: LINES }]);
});

test('blanks around the texts are padding where the manager says so', async () => {
  await open({ settings: { showMsg: { trim: true } } });
  expect(await show('led-hall', LINES)).toEqual(DONE);
  expect(world.shown[0]?.lines.map(({ text }) => text)).toEqual(['闽D782WY', '临停车', '2017-01-01 至 2017-12-31']);
});

test('alignment in any letters; missing it is left', async () => {
  await open();
  const msg = [
    { text: 'a', alignment: 'Center' },
    { text: 'b' },
    { text: '', alignment: '' },
    { text: 'd', alignment: null, x: 1 },
  ];
  expect(await show('led-hall', msg)).toEqual(DONE);
  expect(world.shown[0]?.lines).toEqual([
    { text: 'a', alignment: 'center' },
    { text: 'b', alignment: 'left' },
    { text: '', alignment: 'left' },
    { text: 'd', alignment: 'left' },
  ]);
});

test('the number of a lane’s reader or barrier is the display of that lane', async () => {
  await open({ settings: { devices: { 'led-in1': 'DWWE10232', 'cam-in1': 'LPR-E01' } } });
  for (const deviceNo of ['DWWE10232', ' LPR-E01 ', 'arm-in1', 'cam-out1', 'in1'])
    expect([deviceNo, await show(deviceNo, LINES)]).toEqual([deviceNo, DONE]);
  expect(world.shown.map(({ id }) => id)).toEqual(['led-in1', 'led-in1', 'led-in1', 'led-out1', 'led-in1']);
});

test('what is no display of ours, or not just one, is refused', async () => {
  await open({
    lanes: [vankeLane(IN, { display: undefined }), vankeLane(OUT)],
    settings: { devices: { 'led-out1': 'L', 'led-hall': 'L' } },
  });
  expect(await show('nobody', LINES)).toEqual({ respCode: '1', respDesc: '设备编号不存在' });
  expect(await show('cam-in1', LINES)).toEqual({ respCode: '1', respDesc: '该车道没有显示屏' });
  expect(await show('L', LINES)).toEqual({ respCode: '1', respDesc: '设备编号对应多个显示屏' });
  expect(world.shown).toEqual([]);
});

test('two lanes before one display are that display', async () => {
  const settings = { devices: { 'cam-in1': '7', 'cam-out1': '7' } };
  await open({ lanes: [vankeLane(IN, { display: 'led' }), vankeLane(OUT, { display: 'led' })], settings });
  expect(await show('7', LINES)).toEqual(DONE);
});

test('it says what became of the display', async () => {
  let end: ReturnType<NonNullable<DownOptions['show']>> = { outcome: 'refused', detail: '该设备不是显示屏' };
  await open({ show: () => end });
  expect(await show('led-hall', LINES)).toEqual({ respCode: '1', respDesc: '显示屏没有显示：该设备不是显示屏' });
  end = { outcome: 'unknown', detail: '超时' };
  expect(await show('led-hall', LINES)).toEqual({ respCode: '1', respDesc: '显示屏没有应答，结果未知：超时' });
});

const long = (characters: number): string => '岗'.repeat(characters);
const many = (lines: number) => Array.from({ length: lines }, () => ({ text: 'x' }));

test('as many and as long lines as there may be', async () => {
  await open();
  expect(await show('led-hall', many(16))).toEqual(DONE);
  expect(await show('led-hall', [{ text: long(100) }, { text: '𠮷'.repeat(100) }])).toEqual(DONE);
});

test.each([
  ['nothing', undefined, 'msg: 缺少参数'],
  ['null', null, 'msg: 缺少参数'],
  ['no line', [], 'msg: 没有任何一行'],
  ['an empty text', '', 'msg: 应为 json 数组'],
  ['one text', '欢迎光临', 'msg: 应为 json 数组'],
  ['a broken array in a text', '[{"text":"a"', 'msg: 应为 json 数组'],
  ['one line without its array', { text: 'a', alignment: 'left' }, 'msg: 应为 json 数组'],
  ['texts', ['a', 'b'], undefined],
  ['an array in a text in a text', JSON.stringify(JSON.stringify(LINES)), 'msg: 应为 json 数组'],
  ['a line without a text', [{ alignment: 'left' }], 'msg.0.text: 应为文本'],
  ['a number for a text', [{ text: 5 }], 'msg.0.text: 应为文本'],
  ['another alignment', [{ text: 'a', alignment: 'middle' }], 'msg.0.alignment: 应为 left、center 或 right'],
  ['too many lines', many(17), 'msg: 超过 16 行'],
  ['too long a line', [{ text: long(101) }], 'msg.0.text: 超过 100 个字符'],
  ['a line in a line', [{ text: 'a\nb' }], 'msg.0.text: 含有控制字符'],
])('%s is refused, and nothing is shown', async (_what, msg, why) => {
  await open();
  const answer = await show('led-hall', msg);
  expect(answer).toMatchObject({ respCode: '1' });
  if (why !== undefined) expect(answer['respDesc']).toBe(`参数有误：${why}`);
  expect(world.shown).toEqual([]);
});
