import { expect, test } from 'vitest';
import { resample } from '../../peers/baud.ts';
import { MangledWire, type Wire, type WireFault } from '../../peers/wire.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** What leaves towards the station, piece by piece, for pieces written `apart` ms apart. */
async function sent(fault: WireFault, pieces: readonly string[], apart = 0): Promise<string[]> {
  const clock = new FakeClock();
  const left: string[] = [];
  const wire: Wire = {
    write: (bytes) => left.push(Buffer.from(bytes).toString('hex')),
    onBytes: () => () => undefined,
  };
  const mangled = new MangledWire(wire, clock);
  mangled.fault('out', fault);
  for (const piece of pieces) {
    mangled.write(Buffer.from(piece, 'hex'));
    await clock.advance(apart);
  }
  await clock.advance(1_000);
  return left;
}

test('splits, merges, drops, inverts and adds noise', async () => {
  expect(await sent({}, ['0102', '03'])).toEqual(['0102', '03']);
  expect(await sent({ split: 1 }, ['0102', '03'])).toEqual(['01', '02', '03']);
  expect(await sent({ gatherMs: 10 }, ['0102', '03'], 5)).toEqual(['010203']);
  expect(await sent({ drop: 1 }, ['0102', '03'])).toEqual(['02']);
  expect(await sent({ drop: 'all' }, ['0102', '03'])).toEqual([]);
  expect(await sent({ flip: 9 }, ['0102', '03'])).toEqual(['0100', '03']);
  expect(await sent({ before: Buffer.of(0xff), after: Buffer.of(0) }, ['0102'])).toEqual(['ff010200']);
});

test('what is late does not overtake', async () => {
  const clock = new FakeClock();
  const heard: string[] = [];
  let arrive: (bytes: Buffer) => void = () => undefined;
  const onBytes = (listener: (bytes: Buffer) => void): (() => void) => {
    arrive = listener;
    return () => undefined;
  };
  const mangled = new MangledWire({ write: () => undefined, onBytes }, clock);
  mangled.onBytes((bytes) => heard.push(bytes.toString('hex')));
  mangled.fault('in', { delayMs: 50 });
  arrive(Buffer.of(1));
  mangled.fault('in', {});
  arrive(Buffer.of(2));
  await clock.advance(49);
  expect(heard).toEqual([]);
  await clock.advance(1);
  expect(heard).toEqual(['01', '02']);
});

test('at another speed the same levels are other bytes', () => {
  const bytes = Buffer.from('0105000000008c3a', 'hex');
  expect(resample(bytes, 9_600, 9_600)).toEqual(bytes);
  expect(resample(bytes, 9_600, 9_800)).toEqual(bytes);
  // 55 is 0 10101010 1 on the line, read twice as fast 0 01100110 (no stop bit), 0 01100111 1.
  expect(resample(Buffer.of(0x55), 9_600, 19_200).toString('hex')).toBe('66e6');
  expect(resample(bytes, 9_600, 4_800)).not.toEqual(bytes);
});
