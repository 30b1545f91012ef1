import { beforeEach, describe, expect, it } from 'vitest';
import { findDriver } from '../../../electron/station/devices/registry.ts';
import { VirtualBarrier, virtualBarrier } from '../../../electron/station/devices/virtual/barrier.ts';
import { VirtualCamera, virtualCamera } from '../../../electron/station/devices/virtual/camera.ts';
import { UNREAD_PLATE } from '../../../shared/domain/plate.ts';
import { toPlate } from '../../../shared/domain/plates.ts';
import { Bench } from './recording.ts';

const PLATE = toPlate('鲁BD12345', 'green');

let bench: Bench;
let camera: VirtualCamera;
let barrier: VirtualBarrier;

beforeEach(async () => {
  bench = new Bench();
  camera = new VirtualCamera('cam', virtualCamera.settings.parse({}), bench.deps);
  barrier = new VirtualBarrier('bar', virtualBarrier.settings.parse({ camera: 'cam' }), bench.deps);
  bench.devices.set('cam', camera).set('bar', barrier);
  await camera.start();
  await barrier.start();
});

describe('the virtual camera', () => {
  it('reports the car it is shown, each time as a new read with a photo', () => {
    camera.shows(PLATE);
    camera.shows(UNREAD_PLATE);
    expect(bench.reads.map(({ plate, stored, serialNo }) => ({ plate, stored, serialNo }))).toEqual([
      { plate: PLATE, stored: false, serialNo: 'cam' },
      { plate: UNREAD_PLATE, stored: false, serialNo: 'cam' },
    ]);
    expect(bench.reads[0]?.plateId).not.toBe(bench.reads[1]?.plateId);
    for (const { photo } of bench.reads) expect(photo?.byteLength).toBeLessThan(30_000);
  });

  it('sends a picture when asked, also of an empty lane', async () => {
    expect(await camera.snapshot()).toMatchObject({ outcome: 'done' });
    await bench.clock.advance(1000);
    expect(bench.snapshots).toHaveLength(1);
  });

  it('has no relays', async () => {
    expect(await camera.gate()).toMatchObject({ outcome: 'refused' });
  });
});

describe('the virtual barrier', () => {
  it('tells of a car that backs off, and of none that rolls under the arm already', async () => {
    barrier.carStands();
    barrier.carBacksOff();
    barrier.carBacksOff();
    expect(bench.inputs).toEqual(['bar trigger-loop on', 'bar trigger-loop off']);
    barrier.carStands();
    await barrier.gate('open');
    await bench.clock.advance(1600);
    barrier.carBacksOff();
    await bench.clock.advance(20_000);
    expect(bench.inputs.slice(2)).toEqual([
      'bar trigger-loop on',
      'bar safety-loop on',
      'bar trigger-loop off',
      'bar safety-loop off',
    ]);
  });

  it('lets the waiting car pass over its loops, and closes behind it', async () => {
    camera.shows(PLATE);
    expect(await barrier.gate('open')).toMatchObject({ outcome: 'done' });
    await bench.clock.advance(1000);
    expect(barrier.arm()).toBe('moving');
    await bench.clock.advance(20_000);
    expect(bench.arms).toEqual(['bar closed', 'bar moving', 'bar open', 'bar moving', 'bar closed']);
    expect(bench.inputs).toEqual([
      'bar trigger-loop on',
      'bar safety-loop on',
      'bar trigger-loop off',
      'bar safety-loop off',
    ]);
  });

  it('says nothing while a command is being given, only afterwards', async () => {
    camera.shows(PLATE);
    const before = bench.arms.length + bench.inputs.length;
    const outcome = barrier.gate('open');
    expect(bench.arms.length + bench.inputs.length).toBe(before);
    await outcome;
  });

  it('closes by itself when no car passes', async () => {
    await barrier.gate('open');
    await bench.clock.advance(1550 + 9_999);
    expect(barrier.arm()).toBe('open');
    await bench.clock.advance(1 + 1500);
    expect(barrier.arm()).toBe('closed');
  });

  it('never closes onto a car', async () => {
    camera.shows(PLATE);
    await barrier.gate('open');
    await bench.clock.advance(1550 + 100);
    await barrier.gate('close');
    await bench.clock.advance(2300);
    expect(barrier.arm()).toBe('open');
    await bench.clock.advance(2000);
    expect(barrier.arm()).toBe('closed');
  });

  it('stays up for a second car that was let through while the first was under it', async () => {
    camera.shows(PLATE);
    await barrier.gate('open');
    await bench.clock.advance(1550 + 1500);
    camera.shows(toPlate('鲁B12345', 'blue'));
    await barrier.gate('open');
    await bench.clock.advance(20_000);
    expect(bench.inputs.filter((line) => line === 'bar safety-loop off')).toHaveLength(2);
    expect(bench.arms.filter((line) => line === 'bar open')).toHaveLength(1);
    expect(barrier.arm()).toBe('closed');
  });

  it('held open, lets every car pass and refuses to close until released', async () => {
    await barrier.gate('hold');
    await bench.clock.advance(60_000);
    camera.shows(PLATE);
    await bench.clock.advance(10_000);
    camera.shows(PLATE);
    await bench.clock.advance(10_000);
    expect(bench.inputs.filter((line) => line === 'bar safety-loop off')).toHaveLength(2);
    expect(await barrier.gate('close')).toMatchObject({ outcome: 'refused' });
    expect(barrier.arm()).toBe('open');
    await barrier.gate('release-hold');
    await bench.clock.advance(2000);
    expect(barrier.arm()).toBe('closed');
  });
});

describe('a barrier on the relays of a camera', () => {
  const definition = findDriver('barrier', 'camera');
  const make = (cameraId: string) => {
    if (!definition) throw new Error('not registered');
    return definition.create('b', definition.settings.parse({ camera: cameraId }), bench.deps);
  };

  it('hands commands to the camera and knows nothing about the arm', async () => {
    const device = make('cam');
    await device.start();
    if (!('gate' in device && 'arm' in device)) throw new Error('not a barrier');
    const { gate, arm } = device as VirtualBarrier;
    expect(await gate.call(device, 'open')).toMatchObject({ detail: 'a virtual camera has no relays' });
    expect(arm.call(device)).toBe('unknown');
    expect(device.lastSeenAt()).toBe(camera.lastSeenAt());
  });

  it.each(['nobody', 'bar'])('does not start with "%s" for a camera', async (id) => {
    await expect(make(id).start()).rejects.toThrow(/no camera/);
  });
});

it('drivers are found by kind and name', () => {
  expect(findDriver('camera', 'vzenith-http')?.settings.safeParse({}).success).toBe(false);
  expect(findDriver('camera', 'virtual')).not.toBe(findDriver('barrier', 'virtual'));
  expect(findDriver('printer', 'vzenith-http')).toBeUndefined();
});
