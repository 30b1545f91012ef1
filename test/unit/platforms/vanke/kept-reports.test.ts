import { afterEach, describe, expect, it } from 'vitest';
import { STATION } from '../../../../shared/domain/events.ts';
import { plate } from '../../../support/lane-world.ts';
import { MINUTE, VankeWorld } from './vanke-world.ts';

/** Reports that do not arrive: when they are tried again, and in what order. */

const NAME = 'receiveAbnormal';
const CHECK = 5 * MINUTE;
let world: VankeWorld;
afterEach(() => world.dispose());
async function open(): Promise<void> {
  world = await VankeWorld.open({ settings: { abnormal: { checkMs: CHECK } } });
}
const checks = (n = 1) => world.pass(n * CHECK, n);

describe('reports that do not arrive', () => {
  /** Three faults, one after the other, while nobody answers. */
  async function threeFaults(): Promise<void> {
    await open();
    world.answerHttp(NAME, 500, '');
    for (const device of ['cam-in1', 'cam-out1', 'arm-in1']) {
      world.device(device, device.startsWith('arm') ? 'barrier' : 'camera', 'offline');
      await checks();
    }
    await world.settled();
  }
  const devices = () => world.sent(NAME).map(({ deviceNo }) => deviceNo);
  /** Those that were answered, in order. */
  const arrived = () => world.read.outbox.search({ offset: 0, limit: 9 }).items.filter(({ state }) => state === 1);

  it('are tried five times a second apart, and then once a minute, the oldest alone', async () => {
    await open();
    const times: number[] = [];
    world.device('cam-in1', 'camera', 'offline');
    await world.pass(CHECK - 1);
    const began = world.clock.now() + 1;
    world.answer(NAME, () => {
      times.push(world.clock.now() - began);
      return { nothing: 'known' };
    });
    for (let second = 0; second < 130; second += 1) await world.pass(second === 0 ? 1 : 1000);
    expect(times).toEqual([0, 1_000, 2_000, 3_000, 4_000, 64_000, 124_000]);
  });

  it('arrive at once, the oldest first, when another push is answered', async () => {
    await threeFaults();
    expect(new Set(devices())).toEqual(new Set(['cam-in1']));
    const before = devices().length;
    world.answerHttp(NAME, 200, '{"respCode":"0","respDesc":""}');
    world.write({
      ...{ key: null, laneId: 'in1', passageId: 'p', actor: STATION, kind: 'gate-crossed' },
      body: { platform: 'vanke', plate: plate('粤B12345'), asked: null },
    });
    await world.comes('all of them', () => arrived().length === 4);
    expect(devices().slice(before)).toEqual(['cam-in1', 'cam-out1', 'arm-in1']);
  });

  it('arrive at once when a car is allowed at a lane', async () => {
    await threeFaults();
    world.answerHttp(NAME, 200, '{"respCode":"0","respDesc":""}');
    world.arrives('in1');
    await world.comes('all of them', () => arrived().length === 3);
  });

  it('arrive at once when the platform calls', async () => {
    await threeFaults();
    const before = devices().length;
    world.answerHttp(NAME, 200, '{"respCode":"0","respDesc":""}');
    // What it wants may be nonsense: that it is the platform counts.
    await world.push('checkConnect');
    await world.comes('all of them', () => arrived().length === 3);
    expect(devices().slice(before)).toEqual(['cam-in1', 'cam-out1', 'arm-in1']);
  });

  it('do not leave for whoever calls without a right token', async () => {
    await threeFaults();
    const before = devices().length;
    await world.push('checkConnect', { token: '0'.repeat(32) });
    await world.pass(1000);
    expect(devices()).toHaveLength(before);
  });

  it('stay in their order over a restart', async () => {
    await threeFaults();
    const before = devices().length;
    world.answerHttp(NAME, 200, '{"respCode":"0","respDesc":""}');
    await world.reopened();
    await world.comes('all of them', () => arrived().length === 3);
    expect(devices().slice(before)).toEqual(['cam-in1', 'cam-out1', 'arm-in1']);
  });

  it('and are refused hold back none of those behind them, and are not repeated', async () => {
    await open();
    world.answer(NAME, { respCode: '1', respDesc: '设备编号不存在' });
    world.device('cam-in1', 'camera', 'offline');
    await checks();
    world.device('cam-out1', 'camera', 'offline');
    await checks(3);
    expect(devices()).toEqual(['cam-in1', 'cam-out1']);
  });
});
