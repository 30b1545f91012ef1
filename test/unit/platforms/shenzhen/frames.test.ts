import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FrameFault,
  FrameReader,
  type Framing,
  frameOf,
} from '../../../../electron/station/platforms/shenzhen/frames.ts';

const FRAMINGS: readonly Framing[] = ['len4be', 'len4le', 'line'];
const MOST = 10_485_760;

/** Written by hand, so that the writer cannot hide what the reader gets wrong. */
function wire(payload: string, framing: Framing): Buffer {
  const bytes = Buffer.from(payload, 'utf8');
  if (framing === 'line') return Buffer.concat([bytes, Buffer.from([10])]);
  const { length } = bytes;
  const head = [length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255];
  return Buffer.concat([Buffer.from(framing === 'len4be' ? head : head.reverse()), bytes]);
}

function all(reader: FrameReader): string[] {
  const frames: string[] = [];
  for (let frame = reader.next(); frame; frame = reader.next()) frames.push(frame.toString('utf8'));
  return frames;
}

const payload = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3000 }).filter((text) => !/[\n\r]/.test(text));

describe('frames', () => {
  it('come out as they went in, however the bytes are cut or joined', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FRAMINGS),
        fc.array(payload, { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 20 }),
        (framing, payloads, pieces) => {
          const bytes = Buffer.concat(payloads.map((each) => wire(each, framing)));
          const reader = new FrameReader(framing, MOST);
          const frames: string[] = [];
          for (let from = 0, piece = 0; from < bytes.length; piece += 1) {
            const to = from + (pieces[piece % pieces.length] ?? 1);
            reader.push(bytes.subarray(from, to));
            frames.push(...all(reader));
            from = to;
          }
          expect(frames).toEqual(payloads);
          expect(reader.pending).toBe(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each(FRAMINGS)('are written as they are read: %s', (framing) => {
    expect(frameOf('{"a":"粤"}', framing)).toEqual(wire('{"a":"粤"}', framing));
  });

  it('come out of single bytes', () => {
    const reader = new FrameReader('len4be', MOST);
    for (const byte of wire('x'.repeat(200_000), 'len4be')) reader.push(Buffer.from([byte]));
    expect(all(reader)).toEqual(['x'.repeat(200_000)]);
    expect(reader.room).toBe(0);
  });

  it.each([
    ['zero', [0, 0, 0, 0]],
    ['one more than allowed', [0, 0xa0, 0, 1]],
    ['minus one', [255, 255, 255, 255]],
    ['the beginning of an HTTP request', [...Buffer.from('POST')]],
  ])('are refused before anything is kept: a length of %s', (_what, head) => {
    const reader = new FrameReader('len4be', MOST);
    reader.push(Buffer.from(head));
    expect(() => reader.next()).toThrow(FrameFault);
    expect(reader.room).toBeLessThan(10_000);
  });

  it('take room for what came, not for what was announced', () => {
    const reader = new FrameReader('len4be', MOST);
    reader.push(Buffer.from([0, 0xa0, 0, 0, 1]));
    expect(reader.next()).toBeUndefined();
    expect(reader.room).toBeLessThan(10_000);
  });

  it('are refused as soon as a line is too long, or empty', () => {
    const long = new FrameReader('line', 1024);
    long.push(Buffer.alloc(1025, 65));
    expect(() => long.next()).toThrow(FrameFault);
    const empty = new FrameReader('line', 1024);
    empty.push(Buffer.from('\r\n'));
    expect(() => empty.next()).toThrow(FrameFault);
  });

  it('may end in a carriage return where they are lines', () => {
    const reader = new FrameReader('line', 1024);
    reader.push(Buffer.from('{"a":1}\r\n{"b":2}\n{"c"'));
    expect(all(reader)).toEqual(['{"a":1}', '{"b":2}']);
    expect(reader.pending).toBe(4);
  });

  it('may be longer from when that is allowed', () => {
    const reader = new FrameReader('len4be', 1024);
    reader.allow(4096);
    reader.push(wire('x'.repeat(2000), 'len4be'));
    expect(all(reader)).toHaveLength(1);
  });
});
