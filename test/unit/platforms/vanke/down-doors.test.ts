import { afterEach, beforeEach, expect, test } from 'vitest';
import { vanke } from '../../../../electron/station/platforms/vanke/index.ts';
import { IN, OUT } from '../../../support/lane-world.ts';
import { type Data, HOUR } from '../platform-station.ts';
import { type DownOptions, DownWorld, NOW, vankeLane } from './down-world.ts';
import { APP_SECRET, settings, tokenFor } from './support.ts';

let world: DownWorld;
const options: DownOptions = {
  // Nobody has the word at the entry, so that nothing happens there by itself.
  lanes: [vankeLane(IN, { authority: undefined }), vankeLane(OUT)],
  settings: { openGate: { lanes: 'all' } },
};
beforeEach(async () => {
  world = await DownWorld.open(options);
});
afterEach(() => world.dispose());

const again = async (more: DownOptions): Promise<void> => {
  await world.dispose();
  world = await DownWorld.open({ ...options, ...more, settings: { ...options.settings, ...more.settings } });
};

const OPEN = { deviceNo: 'cam-in1', openMode: '3' };
const raw = (fields: Data): string => JSON.stringify(world.body(fields));

test('it is JSON by name, too: a page in somebody’s browser can send no such thing', async () => {
  for (const contentType of ['application/json;charset=UTF-8', 'Application/JSON ; charset=utf-8'])
    expect(await world.call('checkConnect', {}, { contentType })).toMatchObject({ respCode: '0' });
  for (const contentType of [
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'text/plain; application/json',
  ])
    expect(await world.call('receiveOpenGate', OPEN, { contentType })).toMatchObject({ respCode: '1' });
  expect(world.moves).toEqual([]);
});

test('the three that are ignored never look at what is asked, and still ask who asks', async () => {
  for (const name of ['queryInOutRecord', 'queryInOutPayRecord', 'queryPrePayRecord']) {
    for (const fields of [{}, { beginTime: 5, plateNumber: [], recordType: {} }])
      expect(await world.call(name, fields)).toEqual({ respCode: '1', respDesc: 'not supported' });
    expect(await world.call(name, { token: 'x' })).toEqual({ respCode: '1', respDesc: 'token 错误' });
    expect(await world.call(name, { parkingLotId: 'x' })).toMatchObject({ respDesc: '停车场编号不存在' });
  }
});

test('the heartbeat is answered, and tells that the way down is open', async () => {
  expect(world.platform.status().downlink).toBe('none');
  expect(await world.call('checkConnect', { token: 'x' })).toMatchObject({ respCode: '1' });
  expect(world.platform.status().downlink).toBe('none');
  expect(await world.call('checkConnect')).toEqual({ respCode: '0', respDesc: '' });
  expect(world.platform.status().downlink).toBe('online');
  await world.restarted();
  expect(world.platform.status().downlink).toBe('online');
  world.clock.jumpWall(25 * HOUR);
  expect(world.platform.status().downlink).toBe('none');
});

test('the time may be off by as much as is set, either way, and by anything where it is set to 0', async () => {
  const at = (time: string) => world.call('checkConnect', { time }).then(({ respCode }) => respCode);
  expect(await at('20260302 08:00:09')).toBe('0');
  expect(await at('20260302 08:10:09')).toBe('0');
  expect(await at('20260302 08:00:08')).toBe('1');
  expect(await at('20260302 08:10:10')).toBe('1');
  await again({ settings: { security: { windowSeconds: 1 } } });
  expect(await at('20260302 08:05:08')).toBe('0');
  expect(await at('20260302 08:05:07')).toBe('1');
  await again({ settings: { security: { windowSeconds: 0 } } });
  for (const time of ['19990101 00:00:00', '20990101 00:00:00']) expect(await at(time)).toBe('0');
  expect(await at('20990101 00:00:60')).toBe('1');
});

const ALLOWED = [
  '203.0.113.7',
  '198.51.100.0/24',
  '2001:db8::1',
  '2001:db8:5::/48',
  '::ffff:192.0.2.9',
  '::ffff:192.0.3.0/120',
];

test.each([
  ['203.0.113.7', true],
  ['::ffff:203.0.113.7', true],
  ['::FFFF:203.0.113.7', true],
  ['203.0.113.8', false],
  ['198.51.100.255', true],
  ['::ffff:198.51.100.1', true],
  ['198.51.101.1', false],
  ['2001:db8::1', true],
  ['2001:0db8:0:0::1', true],
  ['2001:db8::2', false],
  ['2001:db8:5:ffff::9', true],
  ['2001:db8:6::9', false],
  ['fe80::1%eth0', false],
  ['192.0.2.9', true],
  ['::ffff:192.0.2.9', true],
  ['192.0.3.77', true],
  ['192.0.4.77', false],
  ['127.0.0.1', false],
  ['::1', false],
  ['', false],
  ['nonsense', false],
  ['203.0.113.7, 10.0.0.1', false],
])('from %s: allowed %j', async (remote, allowed) => {
  await again({ settings: { security: { allow: ALLOWED } } });
  const answer = await world.call('receiveOpenGate', OPEN, { remote });
  expect(answer).toEqual(
    allowed ? { respCode: '0', respDesc: '' } : { respCode: '1', respDesc: '来源地址不在允许范围' },
  );
  expect(world.moves).toEqual(allowed ? ['in1 open'] : []);
});

test('who may not call is told the same, whatever was sent', async () => {
  await again({ settings: { security: { allow: ALLOWED } } });
  const answers = new Set<string>();
  for (const body of ['', '{}', raw(OPEN), raw({ ...OPEN, token: 'x' }), raw({ ...OPEN, parkingLotId: 'x' })])
    for (const name of ['receiveOpenGate', 'checkConnect', 'queryInOutRecord'])
      answers.add(JSON.stringify(await world.callRaw(name, body)));
  expect([...answers]).toEqual(['{"respCode":"1","respDesc":"来源地址不在允许范围"}']);
});

test('who has no token is told the same, whatever is right otherwise', async () => {
  const answers = new Set<string>();
  for (const more of [{}, { parkingLotId: 'x' }, { time: '19990101 00:00:00' }, { deviceNo: 'x' }, { time: 'never' }])
    answers.add(JSON.stringify(await world.call('receiveOpenGate', { ...OPEN, ...more }, { secret: 'guess' })));
  expect([...answers]).toEqual(['{"respCode":"1","respDesc":"token 错误"}']);
});

test('strangers are one line a minute in the log, and no secret is ever in it', async () => {
  for (let time = 0; time < 40; time += 1) await world.call('receiveOpenGate', OPEN, { secret: 'guess' });
  const lines = () => world.log.lines.filter(({ message }) => message.includes('turned away'));
  expect(lines()).toHaveLength(1);
  await world.call('receiveOpenGate', { ...OPEN, openMode: '' });
  const log = JSON.stringify(world.log.lines);
  expect(log).not.toContain(APP_SECRET);
  expect(log).not.toContain(tokenFor(NOW));
});

test('what we fail at ourselves is answered 1, logged, and can come again', async () => {
  const gate = world.lanes.opens.bind(world.lanes);
  world.lanes.opens = () => {
    throw new Error('disk full at /secret/place');
  };
  const answer = await world.call('receiveOpenGate', OPEN);
  expect(answer).toEqual({ respCode: '1', respDesc: '车场系统内部错误，请稍后再试' });
  expect(
    world.log.lines.some(({ level, fields }) => level === 'error' && String(fields['error']).startsWith('disk')),
  ).toBe(true);
  world.lanes.opens = gate;
  expect(await world.call('receiveOpenGate', OPEN)).toMatchObject({ respCode: '0' });
});

test('all nine are served under any prefix, by POST and in their own letters', () => {
  const { inbound } = world.platform;
  for (const name of [
    ...['receiveOpenGate', 'receiveShowMsg', 'queryPlaceStatus', 'queryUnPushCrossInfo', 'queryUnPushRecognitionInfo'],
    ...['queryInOutRecord', 'queryInOutPayRecord', 'queryPrePayRecord', 'checkConnect'],
  ])
    for (const path of [`/${name}`, `/a/b/${name}`, `//${name}`, `/${name}/`])
      expect([path, inbound.serves('POST', path), inbound.serves('GET', path)]).toEqual([path, true, false]);
  for (const path of [
    '/',
    '',
    '/receiveopengate',
    '/receiveOpenGate/x',
    '/xreceiveOpenGate',
    '/receivePlateNumber',
    '/receiveOpenGate%20',
  ])
    expect([path, inbound.serves('POST', path)]).toEqual([path, false]);
});

test('the number of one reader at two lanes is a fault of the configuration', () => {
  const lanes = [vankeLane(IN, { camera: 'cam-a' }), vankeLane(OUT, { camera: 'cam-b', exitCamera: 'cam-c' })];
  const faults = (devices: Data) => vanke.faults?.(settings({ devices }), lanes);
  expect(faults({})).toEqual([]);
  expect(faults({ 'cam-a': '1', 'cam-b': '2', 'cam-c': '2' })).toEqual([]);
  expect(faults({ 'cam-a': 'cam-c' })).toEqual([
    [['devices'], 'lanes "in1" and "out1" have a plate reader of the same number'],
  ]);
});
