import { expect, test } from 'vitest';
import { jpegOfSize, TINY_JPEG_BASE64, tinyJpeg } from '../../peers/jpeg.ts';

/** Markers of a JPEG up to its scan, with the lengths that the segments claim; throws when a claim leads astray. */
function markers(jpeg: Buffer): number[] {
  const found: number[] = [];
  let at = 2;
  while (found.at(-1) !== 0xda) {
    if (jpeg[at] !== 0xff) throw new Error(`no marker at ${at}`);
    found.push(jpeg.readUInt8(at + 1));
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  return found;
}

test('the tiny picture has all segments that a decoder needs', () => {
  expect(markers(tinyJpeg())).toEqual([0xe0, 0xdb, 0xc0, 0xc4, 0xc4, 0xda]);
  expect(tinyJpeg().subarray(-2).toString('hex')).toBe('ffd9');
  expect(tinyJpeg().toString('base64')).toBe(TINY_JPEG_BASE64);
});

test.each([159, 163, 164, 1_000, 159 + 65_537, 159 + 65_538, 159 + 65_541, 375_000, 375_003])(
  'of %i bytes, still well formed',
  (size) => {
    const jpeg = jpegOfSize(size);
    expect(jpeg.length).toBe(size);
    expect(new Set(markers(jpeg))).toEqual(new Set([...(size > 159 ? [0xfe] : []), 0xe0, 0xdb, 0xc0, 0xc4, 0xda]));
  },
);

test('a size that no comment can fill is refused', () => {
  for (const size of [0, 158, 160, 162]) expect(() => jpegOfSize(size)).toThrow(RangeError);
});
