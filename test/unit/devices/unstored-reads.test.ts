import { beforeEach, describe, expect, it } from 'vitest';
import type { PlateRead } from '../../../electron/station/devices/device.ts';
import { UnstoredReads } from '../../../electron/station/devices/unstored-reads.ts';
import { UnfitError } from '../../../electron/station/runtime/errors.ts';
import { plate } from '../../support/lane-world.ts';
import { Bench } from './recording.ts';

const SECOND = 1000;
const MEGABYTE = 1024 * 1024;

let bench: Bench;
let reads: UnstoredReads;

const read = (plateId: string | null, over: Partial<PlateRead> = {}): PlateRead => ({
  ...{ deviceId: 'cam1', serialNo: 's1', plateId, plate: plate('鲁B12345'), confidence: 99, trigger: 'automatic' },
  ...{ capturedAt: null, receivedAt: bench.clock.now(), stored: false, photo: null },
  ...over,
});
const full = (): void => {
  bench.onPlate = () => {
    throw new Error('disk full');
  };
};
const free = (): void => {
  bench.onPlate = () => undefined;
};
const taken = (): string[] => bench.cars.map(({ plateId, stored }) => `${plateId}${stored ? ' stored' : ''}`);

beforeEach(() => {
  bench = new Bench();
  reads = new UnstoredReads(bench.deps);
});

it('passes on at once what can be stored', () => {
  reads.take(read('1'));
  expect([taken(), reads.count]).toEqual([['1'], 0]);
});

describe('what cannot be stored', () => {
  it('is tried again after a second, and may be opened for then', async () => {
    full();
    reads.take(read('1'));
    free();
    await bench.clock.advance(999);
    expect(taken()).toEqual([]);
    await bench.clock.advance(1);
    expect([taken(), reads.count]).toEqual([['1'], 0]);
  });

  it('goes in as a stored one after three seconds, in its order, more and more seldom tried', async () => {
    full();
    for (const id of ['1', '2', '3']) reads.take(read(id));
    await bench.clock.advance(10 * 60 * SECOND);
    // 1, 3, 7, 15, 31, 63, then every 60 s; two of them each time show that it is no fault of theirs.
    expect(bench.reads.filter(({ plateId }) => plateId === '3').length).toBe(1);
    expect(bench.reads.length).toBeLessThan(50);
    free();
    await bench.clock.advance(60 * SECOND);
    expect([taken(), reads.count]).toEqual([['1 stored', '2 stored', '3 stored'], 0]);
  });

  it('lets the car that comes now go ahead once it is late, and goes before it while it is not', async () => {
    full();
    reads.take(read('old'));
    await bench.clock.advance(4 * SECOND);
    reads.take(read('just before'));
    free();
    reads.take(read('now'));
    expect(taken()).toEqual(['just before', 'now']);
    await bench.clock.advance(60 * SECOND);
    expect(taken()).toEqual(['just before', 'now', 'old stored']);
  });

  it('does not hold up the others when it is its own fault, nor is it tried for ever when nobody could read it', async () => {
    bench.onPlate = ({ plateId }) => {
      if (plateId === 'odd') throw new TypeError('a defect');
      if (plateId === 'unfit') throw new UnfitError('plate-read: nobody could read it');
    };
    reads.take(read('unfit'));
    reads.take(read('odd'));
    reads.take(read('1'));
    expect([taken(), reads.count]).toEqual([['1'], 1]);
    await bench.clock.advance(4 * SECOND);
    reads.take(read('2'));
    expect(taken()).toEqual(['1', '2']);
  });

  it('is one read with the picture that came behind it, and leaves no picture without its read', async () => {
    full();
    reads.take(read('1'));
    reads.take(read('1', { photo: Uint8Array.of(1) }));
    expect(reads.count).toBe(1);
    expect(bench.reads.filter(({ photo }) => photo)).toEqual([]);
    free();
    await bench.clock.advance(SECOND);
    expect(bench.cars).toMatchObject([{ plateId: '1', photo: Uint8Array.of(1) }]);
  });

  it('without an identity goes in once, with its picture', async () => {
    full();
    reads.take(read(null, { photo: Uint8Array.of(1) }));
    free();
    await bench.clock.advance(SECOND);
    expect(bench.cars).toMatchObject([{ plateId: null, photo: Uint8Array.of(1) }]);
  });

  it('is 200 reads at most, of which the oldest go, and 20 MB of pictures', async () => {
    full();
    for (let id = 1; id <= 203; id++) reads.take(read(String(id)));
    expect(reads.count).toBe(200);
    const lost = bench.lines.filter(({ message }) => message.startsWith('plates are lost'));
    expect(lost.length).toBe(3);
    reads = new UnstoredReads(bench.deps);
    for (let id = 1; id <= 21; id++) reads.take(read(String(id), { photo: new Uint8Array(MEGABYTE) }));
    free();
    await bench.clock.advance(60 * SECOND);
    expect(bench.cars.filter(({ photo }) => photo)).toHaveLength(20);
  });

  it('leaves turns to others once it works again: ten at once', async () => {
    full();
    for (let id = 1; id <= 25; id++) reads.take(read(String(id)));
    await bench.clock.advance(10 * SECOND);
    free();
    await bench.clock.advance(5 * SECOND);
    expect(taken().length).toBe(10);
    await bench.clock.advance(200);
    expect(taken().length).toBe(25);
  });

  it('gets a last chance at the end, and is said to be lost after that', async () => {
    full();
    reads.take(read('1', { plate: plate('鲁B99999') }));
    reads.stop();
    expect(bench.lines.at(-1)).toMatchObject({ level: 'error', fields: { plates: '鲁B99999' } });
    expect(reads.count).toBe(0);
    const before = bench.reads.length;
    await bench.clock.advance(60 * SECOND);
    expect(bench.reads.length).toBe(before);
  });
});
