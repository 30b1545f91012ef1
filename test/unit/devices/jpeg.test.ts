import { describe, expect, it } from 'vitest';
import { encodeJpeg } from '../../../electron/station/devices/virtual/jpeg-encoder.ts';
import { CAR_COLORS, drawScene } from '../../../electron/station/devices/virtual/scene.ts';
import { toPlate } from '../../../shared/domain/plates.ts';
import { decodeJpeg } from './jpeg-decoder.ts';

const gradient = (width: number, height: number) => {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rgb.set([(x * 255) / width, (y * 255) / height, 128], (y * width + x) * 3);
  return { width, height, rgb };
};

describe('made-up pictures', () => {
  it.each([
    ['a gradient', gradient(64, 48)],
    [
      'hard edges of full contrast',
      { width: 16, height: 16, rgb: Uint8Array.from({ length: 768 }, (_, index) => (Math.floor(index / 3) % 2) * 255) },
    ],
  ])('are files that a decoder of the standard reads back: %s', (_name, picture) => {
    const decoded = decodeJpeg(encodeJpeg(picture));
    expect([decoded.width, decoded.height]).toEqual([picture.width, picture.height]);
    const worst = decoded.rgb.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - (picture.rgb[index] ?? 0))),
      0,
    );
    expect(worst).toBeLessThan(16);
  });

  it('show the car in its paint and the plate in its colour', () => {
    const file = drawScene({ plate: toPlate('鲁B12345', 'blue'), paint: [168, 32, 36] });
    const { width, rgb } = decodeJpeg(file);
    const pixel = (x: number, y: number) => [...rgb.slice((y * width + x) * 3, (y * width + x) * 3 + 3)];
    const near = (a: readonly number[], b: readonly number[]) =>
      a.every((value, i) => Math.abs(value - (b[i] ?? 0)) < 12);
    expect(near(pixel(100, 220), [168, 32, 36])).toBe(true);
    expect(near(pixel(156, 212), [20, 70, 190])).toBe(true);
  });

  it('stay small, whatever the car', () => {
    for (const paint of CAR_COLORS)
      expect(drawScene({ plate: toPlate('粤B7K2X9', 'blue'), paint }).byteLength).toBeLessThan(30_000);
  });
});
