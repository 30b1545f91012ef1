import { afterEach, describe, expect, it } from 'vitest';
import { KerbRig, MINUTE, SECOND } from './kerb-rig.ts';

let rig: KerbRig;
afterEach(() => rig.dispose());

/** A car came at count 900 and stands there for ten minutes. */
async function parked(at: number | null = null): Promise<void> {
  rig = new KerbRig();
  rig.geo(1, true, { at: at ?? rig.clock.now(), sequence: 900 });
  await rig.wait(10 * MINUTE);
}

describe('a sensor that lost its count', () => {
  it.each([0, 1, 3, 899, 900])('is heard at count %i without a moment it can be relied on for', async (sequence) => {
    await parked();
    const left = rig.clock.now();
    rig.geo(1, false, { sequence });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([{ status: 'left', exitedAt: left }]);
    rig.geo(1, true, { sequence: sequence + 1 });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toHaveLength(2);
  });

  it.each([0, 3, 900])('is heard at count %i where its moment is later than what it told before', async (sequence) => {
    await parked();
    const left = rig.clock.now() - 20 * SECOND;
    rig.geo(1, false, { at: left, sequence });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([{ status: 'left', exitedAt: left }]);
  });

  it('is heard at its first words also where its clock went back with it, from when that was told', async () => {
    rig = new KerbRig();
    await rig.wait(60 * MINUTE);
    await (async () => {
      rig.geo(1, true, { at: rig.clock.now(), sequence: 900 });
      await rig.wait(10 * MINUTE);
    })();
    const told = rig.clock.now();
    rig.geo(1, false, { at: told - 30 * MINUTE, sequence: 1 });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([{ status: 'left', exitedAt: told }]);
  });

  it('that says what is known says nothing new, and is heard afterwards', async () => {
    await parked();
    rig.geo(1, true, { sequence: 0 });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([{ status: 'inside' }]);
    rig.geo(1, false, { sequence: 1 });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([{ status: 'left' }]);
  });

  it('does not bring back what a person ended, by saying again what it said before', async () => {
    await parked();
    rig.person(1, false);
    rig.geo(1, true, { sequence: 0 });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([{ status: 'left' }]);
    expect(rig.berths.state('b1')).toMatchObject({ occupied: false, source: 'person' });
  });
});

describe('a device without a count whose clock went back', () => {
  it('is believed from when it was told, and the next car has a stay of its own', async () => {
    rig = new KerbRig();
    rig.geo(1, true, { at: rig.clock.now() });
    await rig.wait(MINUTE);
    const told = rig.clock.now();
    rig.geo(1, false, { at: told - 90 * SECOND });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toMatchObject([{ status: 'left', exitedAt: told }]);
    rig.geo(1, true, { at: rig.clock.now() - 90 * SECOND });
    await rig.wait(MINUTE);
    expect(rig.stays(1)).toHaveLength(2);
  });

  it('is told from a late copy of its own words', async () => {
    rig = new KerbRig();
    const moments: number[] = [];
    for (const occupied of [true, false, true, false, true]) {
      moments.push(rig.clock.now());
      rig.geo(1, occupied, { at: rig.clock.now() });
      await rig.wait(5 * MINUTE);
    }
    for (const index of [1, 3]) rig.geo(1, false, { at: moments[index] ?? null });
    rig.restart();
    for (const index of [3, 1]) rig.geo(1, false, { at: moments[index] ?? null });
    await rig.wait(MINUTE);
    expect(rig.stays(1).map(({ status }) => status)).toEqual(['left', 'left', 'inside']);
    expect(rig.alarms).toEqual([]);
  });
});

describe('what is not believed', () => {
  it('twice in a row is told to people once, until the device and the station agree', async () => {
    rig = new KerbRig();
    await rig.wait(60 * MINUTE);
    rig.video(1, true, { at: rig.clock.now(), sequence: 5 });
    await rig.wait(MINUTE);
    // The sensor was away, and holds what it saw long ago for how it is.
    const stale = { at: rig.clock.now() - 30 * MINUTE, sequence: 7 };
    rig.geo(1, false, stale);
    expect(rig.alarms).toEqual([]);
    for (let i = 0; i < 3; i++) rig.geo(1, false, stale);
    expect(rig.alarms).toEqual(['+berth-not-believed NS001']);
    rig.geo(1, true, { at: rig.clock.now(), sequence: 8 });
    expect(rig.alarms).toEqual(['+berth-not-believed NS001', '-berth-not-believed NS001']);
    expect(rig.stays(1)).toMatchObject([{ status: 'inside' }]);
  });

  it('is no trouble where a person said otherwise, or in copies', async () => {
    rig = new KerbRig();
    const at = rig.clock.now();
    rig.geo(1, true, { at, sequence: 1 });
    await rig.wait(5 * MINUTE);
    rig.person(1, false);
    for (let i = 0; i < 3; i++) rig.geo(1, true, { at, sequence: 1 });
    rig.geo(2, true, { at, sequence: 1 });
    rig.geo(2, false, { at: at + MINUTE, sequence: 2 });
    for (let i = 0; i < 3; i++) rig.geo(2, true, { at, sequence: 1 });
    expect(rig.alarms).toEqual([]);
    expect(rig.berths.state('b2').occupied).toBe(false);
  });
});
