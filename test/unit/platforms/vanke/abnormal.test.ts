import { afterEach, describe, expect, it } from 'vitest';
import { STATION } from '../../../../shared/domain/events.ts';
import { plate } from '../../../support/lane-world.ts';
import type { StationOptions } from '../platform-station.ts';
import { GATE_IN, GATE_OUT, HOUR, MINUTE, VankeWorld } from './vanke-world.ts';

/** receiveAbnormal (接收异常信息): which faults are told, how often, and in what order they arrive after an absence. */

const NAME = 'receiveAbnormal';
const CHECK = 5 * MINUTE;
let world: VankeWorld;
afterEach(() => world.dispose());
async function open(abnormal: object = {}, options: StationOptions = {}): Promise<void> {
  world = await VankeWorld.open({
    ...options,
    settings: { abnormal: { checkMs: CHECK, ...abnormal }, ...options.settings },
  });
}
/** What arrived: code, number of the device, words. */
const told = () => world.sent(NAME).map(({ abnormalCode, deviceNo, msg }) => [abnormalCode, deviceNo, msg]);
const codes = () => world.sent(NAME).map(({ abnormalCode }) => abnormalCode);
const checks = (n = 1) => world.pass(n * CHECK, n);

describe('a device that cannot be reached', () => {
  it('is told at the next check, in the words of the template of its kind', async () => {
    await open({}, { settings: { devices: { 'led-in1': 'DWWE10232' } } });
    world.device('led-in1', 'display', 'offline');
    world.device('cam-out1', 'camera', 'offline');
    world.device('arm-in1', 'barrier', 'offline');
    await world.pass(CHECK - 1);
    expect(told()).toEqual([]);
    await world.pass(1);
    await world.heard(NAME, 3);
    expect(told()).toEqual([
      ['1301', 'arm-in1', '东二门01道的栏杆机【arm-in1】连接异常！'],
      ['1101', 'DWWE10232', '东二门01道的显示屏【DWWE10232】连接异常！'],
      ['1201', 'cam-out1', '东二门02道的车牌识别器【cam-out1】连接异常！'],
    ]);
  });

  it('carries the fields of the table and no other', async () => {
    await open();
    world.device('cam-in1', 'camera', 'offline');
    await checks();
    await world.heard(NAME);
    expect(Object.keys(world.sent(NAME)[0] ?? {}).sort()).toEqual(
      ['abnormalCode', 'appId', 'deviceNo', 'msg', 'parkingLotId', 'time', 'token', 'version'].sort(),
    );
  });

  it('is told once, and again only after it was there in between', async () => {
    await open();
    world.device('cam-in1', 'camera', 'offline');
    await checks(12);
    expect(codes()).toEqual(['1201']);
    world.device('cam-in1', 'camera', 'online');
    await checks(2);
    expect(codes()).toEqual(['1201']);
    world.device('cam-in1', 'camera', 'offline');
    await checks(2);
    expect(codes()).toEqual(['1201', '1201']);
  });

  it('is not told anew after a restart, though nothing is known of it at first', async () => {
    await open();
    world.device('cam-in1', 'camera', 'offline');
    await checks();
    world.device('cam-in1', 'camera', 'unknown');
    await world.reopened();
    await checks(2);
    world.device('cam-in1', 'camera', 'offline');
    await checks(2);
    expect(codes()).toEqual(['1201']);
    world.device('cam-in1', 'camera', 'online');
    await checks();
    world.device('cam-in1', 'camera', 'offline');
    await checks();
    expect(codes()).toEqual(['1201', '1201']);
  });

  it('is told after all where the program died before it could be', async () => {
    await open();
    const at = world.clock.now() - MINUTE;
    world.device('cam-in1', 'camera', 'offline');
    await world.hub.stop();
    world.store.write((tx) => tx.memory.put('vanke', 'device-faults', JSON.stringify([['cam-in1', at]])));
    await world.reopened();
    await checks(3);
    expect(codes()).toEqual(['1201']);
  });

  it('is told at every check where the site wants that', async () => {
    await open({ repeat: true });
    world.device('cam-in1', 'camera', 'offline');
    await checks(3);
    expect(codes()).toEqual(['1201', '1201', '1201']);
  });

  it('that nothing was heard of yet, that no lane uses, or whose code is left empty is not told', async () => {
    await open({ codes: { display: '' } });
    world.device('cam-in1', 'camera', 'unknown');
    world.device('cam-spare', 'camera', 'offline');
    world.device('led-in1', 'display', 'offline');
    world.device('printer', 'printer', 'offline');
    await checks(3);
    expect(told()).toEqual([]);
  });

  it('of two lanes is told once, of a lane without the platform’s word, too', async () => {
    const { authority: _authority, ...free } = GATE_OUT;
    await open({}, { lanes: [GATE_IN, { ...free, display: 'led-in1' }] });
    world.device('led-in1', 'display', 'offline');
    world.device('cam-out1', 'camera', 'offline');
    await checks();
    await world.heard(NAME, 2);
    expect(codes()).toEqual(['1101', '1201']);
  });

  it.each([
    ['东二门01道', '东二门01道', 7],
    ['东门入口', '东门入口03道', 3],
    ['入口', '入口12道', 12],
  ])('at the lane %s is told as at %s', async (name, place, number) => {
    await open({}, { lanes: [{ ...GATE_IN, name, number }] });
    world.device('cam-in1', 'camera', 'offline');
    await checks();
    await world.heard(NAME);
    expect(told()).toEqual([['1201', 'cam-in1', `${place}的车牌识别器【cam-in1】连接异常！`]]);
  });
});

describe('a loop', () => {
  it.each(['trigger-loop', 'safety-loop'] as const)(
    '(%s) that is pressed for thirty seconds is told, once',
    async (role) => {
      await open();
      world.loop('in1', role, true);
      await world.pass(29_999);
      expect(told()).toEqual([]);
      await world.pass(1);
      await world.heard(NAME);
      expect(told()).toEqual([['1401', 'cam-in1', '东二门01道车辆压线圈过长！']]);
      world.loop('in1', role, true);
      await world.pass(HOUR, 4);
      expect(codes()).toEqual(['1401']);
      world.loop('in1', role, false);
      world.loop('in1', role, true);
      await world.pass(30_000);
      await world.heard(NAME, 2);
    },
  );

  it('that is let go in time is not told', async () => {
    await open({ loopSeconds: 10 });
    for (let car = 0; car < 5; car += 1) {
      world.loop('in1', 'safety-loop', true);
      await world.pass(9_999);
      world.loop('in1', 'safety-loop', false);
    }
    await world.pass(MINUTE, 3);
    expect(told()).toEqual([]);
  });

  it('that is pressed over a restart is told at its time, and not twice', async () => {
    await open();
    world.loop('in1', 'trigger-loop', true);
    await world.pass(20_000);
    await world.reopened();
    await world.pass(9_999);
    expect(told()).toEqual([]);
    await world.pass(1);
    await world.heard(NAME);
    await world.reopened();
    // As a camera says once more how its contacts are.
    world.loop('in1', 'trigger-loop', true);
    await world.pass(HOUR, 4);
    expect(codes()).toEqual(['1401']);
    world.loop('in1', 'trigger-loop', false);
    await world.reopened();
    world.loop('in1', 'trigger-loop', true);
    await world.pass(30_000);
    await world.heard(NAME, 2);
  });

  it('without a code, other contacts, and devices of no lane are not told', async () => {
    await open({ codes: { loop: '' } });
    world.loop('in1', 'trigger-loop', true);
    await world.pass(MINUTE);
    expect(told()).toEqual([]);
    await world.dispose();
    await open();
    const head = { key: null, passageId: null, actor: STATION };
    world.write({ ...head, laneId: 'in1', kind: 'lane-input', body: { deviceId: 'cam-in1', role: 'door', on: true } });
    world.write({ ...head, laneId: null, kind: 'lane-input', body: { deviceId: 'x', role: 'safety-loop', on: true } });
    await world.pass(MINUTE);
    expect(told()).toEqual([]);
  });
});

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
