import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceState } from '../../../../electron/station/platforms/platform.ts';
import { BOTH, IN, OUT } from '../../../support/lane-world.ts';
import { ANNA } from '../platform-station.ts';
import { RegistryWorld } from './registry-world.ts';

type Outcome = 'done' | 'refused' | 'unknown';

let world: RegistryWorld;
let iron: DeviceState[];
let ends: Outcome | 'never';
afterEach(() => world.dispose());
beforeEach(() => {
  ends = 'done';
  iron = [barrier('arm-in1'), barrier('arm-out1'), barrier('arm-both1')];
  world = new RegistryWorld({
    lanes: [IN, OUT, BOTH],
    arms: () => (ends === 'never' ? new Promise(() => undefined) : Promise.resolve({ outcome: ends, detail: '' })),
    devices: {
      states: () => iron,
      show: async () => ({ outcome: 'refused', detail: '' }),
      photograph: async () => ({ why: '' }),
    },
  });
});

const barrier = (id: string, over: Partial<DeviceState> = {}): DeviceState => ({
  ...{ id, kind: 'barrier', state: 'online', via: null, address: null, ...over },
});
const gateState = async (barCode = 'arm-in1'): Promise<unknown> =>
  (await world.done('gateStatus', { parkId: '80010001', barCode }))['gateState'];
/** A hand of the house at the arm. */
async function gate(action: 'open' | 'close' | 'hold' | 'release-hold', outcome: typeof ends = 'done'): Promise<void> {
  ends = outcome;
  const reason = world.rules.current().openReasons[0] ?? '';
  world.lanes.gate(IN.id, action, reason, ANNA);
  await world.clock.advance(0);
}

describe('gateStatus', () => {
  it.each(['arm-in1', 'cam-in1', 'in1'])('answers for the barrier, its camera and its lane: %s', async (barCode) => {
    iron[0] = barrier('arm-in1', { arm: 'open' });
    expect(await world.done('gateStatus', { barCode })).toEqual({ barCode, state: 1, gateState: 1 });
  });

  it.each(['GATE-99', 'arm', 'a1', '1'])('does not know %s', async (barCode) => {
    expect(await world.ask('gateStatus', { barCode })).toMatchObject({ code: 404, data: {} });
  });

  it.each([{}, { barCode: '' }, { barCode: 'x'.repeat(37) }, { barCode: ['arm-in1'] }])('refuses %j', async (data) => {
    expect((await world.ask('gateStatus', data)).code).toBe(400);
  });

  it.each([
    ['online', 1],
    ['offline', 0],
    ['unknown', 0],
  ] as const)('says whether it works: %s', async (state, told) => {
    iron[0] = barrier('arm-in1', { state });
    expect((await world.done('gateStatus', { barCode: 'arm-in1' }))['state']).toBe(told);
  });

  it.each([
    ['closed', 0],
    ['open', 1],
    ['moving', 2],
    ['unknown', 9],
  ] as const)('goes by what the arm says of itself: %s', async (arm, told) => {
    iron[0] = barrier('arm-in1', { arm });
    expect(await gateState()).toBe(told);
  });

  it('of an arm that says nothing: what it was told last, while that can still be so', async () => {
    expect(await gateState()).toBe(9);
    await gate('hold');
    expect(await gateState()).toBe(3);
    await gate('release-hold');
    expect(await gateState()).toBe(0);
    await gate('open', 'never');
    expect(await gateState()).toBe(2);
  });

  it.each([
    ['hold', 'unknown'],
    ['close', 'refused'],
    ['open', 'unknown'],
  ] as const)('nobody knows where an arm is that did not do as it was told: %s %s', async (action, outcome) => {
    await gate(action, outcome);
    expect(await gateState()).toBe(9);
  });

  it('an arm that was opened for a car is open while that car is there, and nobody knows later', async () => {
    world.car(IN.id);
    await world.clock.advance(0);
    expect(await gateState()).toBe(1);
  });

  it('changes nothing', async () => {
    const before = world.rows();
    await gateState();
    expect(world.rows()).toBe(before);
  });
});
