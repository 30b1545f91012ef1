import { describe, expect, it, onTestFinished, test } from 'vitest';
import { shenzhenSettingsSchema } from '../../../../electron/station/platforms/shenzhen/config.ts';
import { testShenzhen } from '../../../../electron/station/platforms/shenzhen/connection-test.ts';
import { ShenzhenDownlink } from '../../../../electron/station/platforms/shenzhen/downlink.ts';
import { downMessages } from '../../../../electron/station/platforms/shenzhen/messages.ts';
import { type CallOptions, type CloudOptions, startCloud } from '../../../peers/shenzhen/index.ts';
import { freePort } from '../../../peers/sockets.ts';
import { IN, OUT } from '../../../support/lane-world.ts';
import { until } from '../../../support/until.ts';
import type { Data } from '../platform-station.ts';
import { WallClock } from './link-world.ts';
import { RegistryWorld } from './registry-world.ts';

/** The independent cloud against our line, in every framing and role, with bytes as odd as it can make them. */

const GATE = 'arm-in1';

async function met(agreed: CloudOptions = {}, own: Data = {}) {
  const clock = new WallClock();
  const world = new RegistryWorld({
    ...{ lanes: [IN, OUT], arms: true },
    devices: {
      states: () => [{ id: GATE, kind: 'barrier', state: 'online', via: null, address: null, arm: 'closed' }],
      show: async () => ({ outcome: 'refused', detail: '' }),
      photograph: async () => ({ why: '' }),
    },
  });
  clock.byMs = world.clock.now() - Date.now();
  const cloud = await startCloud({ ...agreed, now: () => clock.now(), monotonic: () => performance.now() });
  const listens = agreed.tcp?.role === 'client';
  const port = listens ? await freePort() : cloud.tcpPort;
  const settings = shenzhenSettingsSchema.parse({
    ...{ ...cloud.keys, baseUrl: cloud.baseUrl },
    downlink: {
      ...{ host: '127.0.0.1', port, allow: ['127.0.0.1'], role: listens ? 'server' : 'client' },
      ...{ framing: agreed.tcp?.framing ?? 'len4be', reconnectSeconds: [1], frameMs: 1000, ...own },
    },
  });
  if (!settings.downlink) throw new Error('no line');
  const line = new ShenzhenDownlink({ ...world.context, settings, clock }, settings.downlink, undefined, downMessages);
  onTestFinished(async () => {
    await line.stop();
    await cloud.close();
    await world.dispose();
  });
  line.start();
  if (listens)
    await until('the cloud is connected', () =>
      cloud.tcp.connect('127.0.0.1', port).then(
        () => true,
        () => false,
      ),
    );
  await cloud.whenOnline();
  return { world, cloud, line, settings };
}

const rightAfter = async (cloud: Awaited<ReturnType<typeof startCloud>>): Promise<void> => {
  await cloud.whenOnline();
  expect((await cloud.gateStatus(GATE)).code).toBe(0);
};

describe.each(['len4be', 'len4le', 'line'] as const)('framing %s', (framing) => {
  it.each(['server', 'client'] as const)('the cloud as %s asks, however it spells and cuts', async (role) => {
    const { cloud } = await met({ tcp: { framing, role } });
    const spellings: readonly CallOptions[] = [
      {},
      { lowerCase: true, seconds: true, numbers: 'string' },
      { reversed: true, escapes: true, headExtra: true, extra: true, ...(framing === 'line' ? {} : { blanks: true }) },
      { bare: true, fragment: 1 },
      { nulls: true, fragment: 7, pauseMs: 1 },
    ];
    for (const spelling of spellings) {
      const call = await cloud.gateStatus(GATE, spelling);
      expect([spelling, call.code, call.violations]).toEqual([spelling, 0, []]);
    }
    const many = await cloud.flood(100, GATE);
    expect(many.every(({ code }) => code === 0)).toBe(true);
    expect(cloud.violations).toEqual([]);
  });
});

const ILLEGAL: readonly (readonly [what: string, options: CallOptions])[] = [
  ['another accessKey', { accessKey: 'ffffffffffffffff' }],
  ['no signature', { signature: 'absent' }],
  ['a wrong signature', { signature: 'F'.repeat(40) }],
  ['other content than was signed', { tampered: { barCode: 'other' } }],
  ['a stale timestamp', { clockOffsetMs: -3_600_000 }],
  ['another car park', { parkCode: '80019999' }],
  ['an unknown method', { method: 'openTheGate' }],
  ['no type', { type: 'absent' }],
  ['no barCode', { omit: ['barCode'] }],
  ['a list for data', { data: [] }],
  ['a text for data', { data: 'x' }],
  ['a number of 37 characters', { requestId: 'r'.repeat(37) }],
  ['no number', { requestId: '' }],
  ['no JSON', { payload: 'hello' }],
  ['a list', { payload: '[1]' }],
  ['bytes', { payload: Buffer.from([0xff, 0xfe, 0x00, 0x80]) }],
  ['a length of zero', { length: 0 }],
  ['an oversized length', { length: 10_485_761 }],
  ['a negative length', { length: -5 }],
  ['half a frame', { length: 4000 }],
];

test.each(ILLEGAL)(
  '%s: refused or cut off, nothing is done, and the line is there right after',
  async (_what, options) => {
    const { world, cloud } = await met();
    const rows = world.rows();
    const call = await cloud.gateStatus(GATE, options);
    expect(call.code).not.toBe(0);
    expect(world.rows()).toBe(rows);
    if (options.length === 4000) await until('cut off', () => cloud.connections[0]?.closedMs !== null);
    await rightAfter(cloud);
    expect(cloud.violations).toEqual([]);
  },
);

test('an answer is found again after the line broke in the middle of it, and nothing is done twice', async () => {
  const { world, cloud } = await met();
  const entry = { plateNumber: '粤B88888' };
  const lost = await cloud.blackWhiteDown(entry, { cutAnswer: true });
  expect(lost.outcome).toBe('closed');
  await cloud.whenOnline();
  const rows = world.rows();
  const again = await cloud.replay(lost);
  expect(again.code).toBe(0);
  expect(world.rows()).toBe(rows);
  const other = await cloud.blackWhiteDown({ plateNumber: '粤B77777' }, { requestId: lost.requestId, legal: false });
  expect(other.code).toBe(400);
  expect(world.read.lists.ofPlate('white', '粤B88888')).toHaveLength(1);
  expect(cloud.violations).toEqual([]);
});

test('a request that breaks off in the middle does nothing, and comes well the next time', async () => {
  const { world, cloud } = await met();
  const rows = world.rows();
  for (const cutAfter of [1, 4, 5, 100]) {
    const cut = await cloud.blackWhiteDown({ plateNumber: '粤B88888' }, { cutAfter });
    expect(cut.outcome).toBe('closed');
    expect(world.rows()).toBe(rows);
    await cloud.whenOnline();
  }
  expect((await cloud.blackWhiteDown({ plateNumber: '粤B88888' })).code).toBe(0);
  expect(cloud.violations).toEqual([]);
});

test('what is agreed otherwise is kept: names, signed heads and signed answers', async () => {
  const downMethods = new Map<'gateStatus', string>([['gateStatus', 'CPS3006']]);
  const { cloud } = await met(
    { downMethods, signHeader: true, signReplies: true },
    { methods: { CPS3006: 'gateStatus' }, signHeader: true, signReplies: true },
  );
  expect((await cloud.gateStatus(GATE)).code).toBe(0);
  expect(cloud.violations).toEqual([]);
});

describe('the connection test', () => {
  const tested = async (settings: Parameters<typeof testShenzhen>[0], world: RegistryWorld) => {
    const { ids, log } = world.context;
    const steps = await testShenzhen(settings, { ids, log, clock: new WallClock(), signal: AbortSignal.timeout(5000) });
    return steps.filter(({ line }) => line === 'downlink');
  };

  it('reaches the city, logs nobody in and leaves the line in use alone', async () => {
    const { world, cloud, settings } = await met();
    const steps = await tested(settings, world);
    expect(steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual(['address ok', 'tcp ok', 'connect skipped']);
    expect(steps.at(-1)?.detail).toContain('没有登录');
    expect(cloud.received('login')).toEqual([]);
  });

  it('says where nobody listens', async () => {
    const { world, settings } = await met();
    const { downlink } = settings;
    if (!downlink) throw new Error('no line');
    const steps = await tested({ ...settings, downlink: { ...downlink, port: await freePort() } }, world);
    expect(steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'address ok',
      'tcp failed',
      'connect skipped',
    ]);
  });

  it('has nothing to try where the city connects to us, or cannot call', async () => {
    const { world, settings } = await met();
    const { downlink } = settings;
    if (!downlink) throw new Error('no line');
    const waits = await tested({ ...settings, downlink: { ...downlink, role: 'server' } }, world);
    expect(waits.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual(['connect skipped']);
    expect(await tested({ ...settings, downlink: undefined }, world)).toEqual([]);
  });
});
