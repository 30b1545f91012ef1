import { afterEach, describe, expect, it } from 'vitest';
import type { StationOptions } from '../platform-station.ts';
import { GATE_IN, GATE_OUT, MINUTE, VankeWorld } from './vanke-world.ts';

/** Devices that cannot be reached (硬件设备连接检查): which are told, in what words, how often. */

const NAME = 'receiveAbnormal';
const CHECK = 5 * MINUTE;
let world: VankeWorld;
afterEach(() => world.dispose());
async function open(abnormal: object = {}, options: StationOptions = {}): Promise<void> {
  const settings = { abnormal: { checkMs: CHECK, ...abnormal }, ...options.settings };
  world = await VankeWorld.open({ ...options, settings });
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
