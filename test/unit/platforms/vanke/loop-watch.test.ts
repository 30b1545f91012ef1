import { afterEach, describe, expect, it } from 'vitest';
import { STATION } from '../../../../shared/domain/events.ts';
import { HOUR, MINUTE, VankeWorld } from './vanke-world.ts';

/** A loop that is pressed too long (车辆压线圈过长): told once for each time. */

const NAME = 'receiveAbnormal';
let world: VankeWorld;
afterEach(() => world.dispose());
async function open(abnormal: object = {}): Promise<void> {
  world = await VankeWorld.open({ settings: { abnormal } });
}
/** What arrived: code, number of the device, words. */
const told = () => world.sent(NAME).map(({ abnormalCode, deviceNo, msg }) => [abnormalCode, deviceNo, msg]);
const codes = () => world.sent(NAME).map(({ abnormalCode }) => abnormalCode);

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
      await world.pass(1_001);
      world.loop('in1', role, true);
      await world.pass(30_000);
      await world.heard(NAME, 2);
    },
  );

  it('that flickers is pressed all the while: told thirty seconds after it began, and once', async () => {
    await open();
    const flickers = async (): Promise<void> => {
      world.loop('in1', 'trigger-loop', false);
      await world.pass(1_000);
      world.loop('in1', 'trigger-loop', true);
    };
    world.loop('in1', 'trigger-loop', true);
    await world.pass(14_000);
    await flickers();
    await world.pass(14_500);
    // Thirty seconds are over while it is free: not known to be pressed.
    await flickers();
    await world.pass(0);
    await world.heard(NAME);
    for (let times = 0; times < 5; times += 1) {
      await world.pass(20_000);
      await flickers();
    }
    await world.pass(MINUTE, 3);
    expect(codes()).toEqual(['1401']);
    // And is a presence of its own after it was free for longer.
    world.loop('in1', 'trigger-loop', false);
    await world.pass(1_001);
    world.loop('in1', 'trigger-loop', true);
    await world.pass(30_000);
    await world.heard(NAME, 2);
  });

  it('that flickers and stays free is not told', async () => {
    await open();
    world.loop('in1', 'trigger-loop', true);
    await world.pass(29_500);
    world.loop('in1', 'trigger-loop', false);
    await world.pass(MINUTE, 3);
    expect(told()).toEqual([]);
  });

  it('that is let go in time is not told', async () => {
    await open({ loopSeconds: 10 });
    for (let car = 0; car < 5; car += 1) {
      world.loop('in1', 'safety-loop', true);
      await world.pass(9_999);
      world.loop('in1', 'safety-loop', false);
      await world.pass(1_001);
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

  it('of each of two cameras at a lane counts by itself', async () => {
    await open();
    const input = (deviceId: string, on: boolean): void =>
      world.write({
        ...{ key: null, laneId: 'in1', passageId: null, actor: STATION, kind: 'lane-input' },
        body: { deviceId, role: 'trigger-loop', on },
      });
    input('cam-a', true);
    await world.pass(10_000);
    input('cam-b', true);
    await world.pass(10_000);
    input('cam-a', false);
    await world.pass(19_999);
    expect(told()).toEqual([]);
    await world.pass(1);
    await world.heard(NAME);
    expect(codes()).toEqual(['1401']);
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
