import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { madeUpPlate } from '../../../electron/station/demo/plates.ts';
import { DEMO_CAMERAS, DEMO_LANES, demoProvision } from '../../../electron/station/demo/provision.ts';
import { type DemoDeps, runDemo } from '../../../electron/station/demo/run.ts';
import type { PlateRead } from '../../../electron/station/devices/device.ts';
import { findDriver } from '../../../electron/station/devices/registry.ts';
import { VirtualCamera } from '../../../electron/station/devices/virtual/camera.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import { suspicious } from '../../../shared/domain/plates.ts';
import { areaSchema, deviceSchema, laneSchema, siteSchema } from '../../../shared/domain/site.ts';
import { tariffSchema } from '../../../shared/domain/tariff.ts';
import { Bench } from './recording.ts';

/** A car park reduced to what the demo sees of it. Its entry needs a person for unread cars, its exit for money. */
class TinyPark {
  readonly bench = new Bench();
  readonly inside: Plate[] = [];
  readonly reads = { in: [] as PlateRead[], out: [] as PlateRead[] };
  readonly paidAfterMs: number[] = [];
  collects = true;
  shown = 0;
  #entry: 'idle' | 'attention' = 'idle';
  #exit: { readonly plate: Plate; readonly since: number } | null = null;

  constructor() {
    for (const id of Object.values(DEMO_CAMERAS))
      this.bench.devices.set(id, new VirtualCamera(id, {}, this.bench.deps));
    this.bench.onPlate = (read) => {
      if (read.deviceId === DEMO_CAMERAS.in) this.#arrive(read);
      else this.#leave(read);
    };
  }

  #arrive(read: PlateRead): void {
    this.reads.in.push(read);
    this.#entry = read.plate.kind === 'unread' ? 'attention' : 'idle';
    if (this.#entry === 'idle') this.inside.push(read.plate);
  }

  #leave(read: PlateRead): void {
    this.reads.out.push(read);
    if (this.#exit) throw new Error('two cars at the exit');
    this.#exit = { plate: read.plate, since: this.bench.clock.monotonic() };
  }

  readonly deps: DemoDeps = {
    ...this.bench.deps,
    lanes: {
      state: (laneId) =>
        laneId === DEMO_LANES.in
          ? { phase: this.#entry, passage: null }
          : {
              phase: this.#exit ? 'charging' : 'idle',
              passage: this.#exit && { id: 'p', bill: { dueFen: 500, arrears: [] } },
            },
      order: (_laneId, input) => {
        expect(input).toMatchObject({ type: 'collect', amountFen: 500 });
        if (!this.collects) throw new Error('the till is jammed');
        if (!this.#exit) throw new Error('nobody there');
        this.paidAfterMs.push(this.bench.clock.monotonic() - this.#exit.since);
        this.inside.splice(
          this.inside.findIndex((plate) => plate.text === this.#exit?.plate.text),
          1,
        );
        this.#exit = null;
      },
    },
    store: { read: { stays: { insidePlates: () => this.inside } } },
  };
}

const MINUTE = 60_000;
let park: TinyPark;
beforeEach(() => {
  park = new TinyPark();
});

describe('demo traffic', () => {
  it('brings a car within a minute, and in half an hour many in, some out, all paid', async () => {
    const stop = runDemo(park.deps);
    await park.bench.clock.advance(12_000);
    expect(park.reads.in.length).toBeGreaterThan(0);
    await park.bench.clock.advance(30 * MINUTE);
    stop();
    expect(park.reads.in.length).toBeGreaterThan(60);
    expect(park.reads.out.length).toBeGreaterThan(20);
    expect(park.inside.length).toBeLessThanOrEqual(40);
    expect(Math.min(...park.paidAfterMs)).toBeGreaterThanOrEqual(25_000);
    expect(Math.max(...park.paidAfterMs)).toBeLessThan(45_000);
    const plates = park.reads.in.map((read) => read.plate);
    expect(plates.some((plate) => plate.kind === 'new-energy-small')).toBe(true);
    expect(plates.some((plate) => plate.kind === 'unread')).toBe(true);
  });

  it('never lets a car in twice and lets out only cars that are inside', async () => {
    const inside = new Set<string>();
    const { onPlate } = park.bench;
    park.bench.onPlate = (read) => {
      if (read.deviceId === DEMO_CAMERAS.in && read.plate.text !== '') {
        expect(inside.has(read.plate.text)).toBe(false);
        inside.add(read.plate.text);
      }
      if (read.deviceId === DEMO_CAMERAS.out) expect(inside.delete(read.plate.text)).toBe(true);
      onPlate(read);
    };
    const stop = runDemo(park.deps);
    await park.bench.clock.advance(10 * MINUTE);
    stop();
    expect(park.bench.lines).toEqual([]);
  });

  it('goes on at the entry when nobody can pay, one car at the exit, until the car park is full', async () => {
    park.collects = false;
    const stop = runDemo(park.deps);
    await park.bench.clock.advance(60 * MINUTE);
    stop();
    expect(park.reads.out).toHaveLength(1);
    expect(park.inside).toHaveLength(40);
    expect(park.bench.lines[0]?.fields['error']).toBe('the till is jammed');
  });

  it('ends when it is stopped', async () => {
    runDemo(park.deps)();
    await park.bench.clock.advance(10 * MINUTE);
    expect(park.reads.in).toEqual([]);
  });

  it('does nothing without the cameras of the demo', () => {
    park.bench.devices.clear();
    runDemo(park.deps)();
    expect(park.bench.lines).toHaveLength(1);
  });
});

it('made-up plates are of known classes and consistent with their colour', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })), (chance) => {
      const plate = madeUpPlate({ random: () => chance.next().value });
      expect(plate.kind).not.toBe('irregular');
      expect(suspicious(plate)).toBe(false);
    }),
  );
});

it('the demo car park is a valid configuration whose parts fit together', () => {
  siteSchema.parse(demoProvision.site);
  const areas = demoProvision.areas.map((area) => areaSchema.parse(area).id);
  const tariffs = demoProvision.tariffs.map((tariff) => tariffSchema.parse(tariff).id);
  const devices = new Map(demoProvision.devices.map((device) => [device.id, deviceSchema.parse(device)]));
  for (const device of devices.values())
    expect(findDriver(device.kind, device.driver)?.settings.safeParse(device.settings).success).toBe(true);
  const lanes = demoProvision.lanes.map((lane) => laneSchema.parse(lane));
  expect(lanes.map((lane) => [lane.id, lane.name])).toEqual([
    [DEMO_LANES.in, '东门入口'],
    [DEMO_LANES.out, '东门出口'],
  ]);
  for (const lane of lanes) {
    expect(areas).toContain(lane.area);
    expect(devices.get(lane.camera ?? '')?.kind).toBe('camera');
    expect(devices.get(lane.barrier ?? '')?.kind).toBe('barrier');
    if (lane.tariff !== undefined) expect(tariffs).toContain(lane.tariff);
  }
});
