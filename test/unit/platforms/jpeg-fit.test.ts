import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type Fitted, fitJpeg } from '../../../electron/station/platforms/jpeg-fit.ts';

const LIMIT = 375_000;

/** Pixels that no encoder can press together: the same for the same seed. */
function noise(width: number, height: number): Buffer {
  const pixels = Buffer.alloc(width * height * 3);
  let block = Buffer.from('seed');
  for (let at = 0; at < pixels.length; at += block.length) {
    block = createHash('sha512').update(block).digest();
    block.copy(pixels, at);
  }
  return pixels;
}
const noisy = (width: number, height: number) => sharp(noise(width, height), { raw: { width, height, channels: 3 } });

/** Left half red, right half blue: enough to see which way up and in which order colours came. */
const halves = (width: number, height: number) => {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at += 1) pixels[at * 3 + (at % width < width / 2 ? 0 : 2)] = 230;
  return sharp(pixels, { raw: { width, height, channels: 3 } });
};

function jpegOf(fitted: Fitted): Buffer {
  if (fitted.kind !== 'fits') throw new Error(fitted.reason);
  expect(fitted.jpeg.length).toBeLessThanOrEqual(LIMIT);
  expect([...fitted.jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8]);
  return Buffer.from(fitted.jpeg);
}

async function colourAt(jpeg: Buffer, left: number, top: number): Promise<string> {
  const { data } = await sharp(jpeg)
    .extract({ left, top, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const [red = 0, , blue = 0] = data;
  return red > 150 && blue < 80 ? 'red' : blue > 150 && red < 80 ? 'blue' : `${[...data].join()}`;
}

/** A file as a simple camera writes it. */
function bmp(width: number, height: number, bits: 24 | 32, topDown: boolean): Buffer {
  const bytes = bits / 8;
  const stride = Math.ceil((width * bytes) / 4) * 4;
  const file = Buffer.alloc(54 + stride * height);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(topDown ? -height : height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const row = topDown ? y : height - 1 - y;
      // Red above, blue below.
      file[54 + row * stride + x * bytes + (y < height / 2 ? 2 : 0)] = 230;
    }
  return file;
}

describe('a JPEG that fits', () => {
  it('stays as it was taken, byte by byte', async () => {
    const photo = await halves(200, 100).jpeg().toBuffer();
    expect(jpegOf(await fitJpeg(photo, LIMIT)).equals(photo)).toBe(true);
  });
});

describe('a JPEG that is too large', () => {
  it('loses detail before it loses size', async () => {
    const photo = await noisy(900, 700).jpeg({ quality: 100 }).toBuffer();
    expect(photo.length).toBeGreaterThan(LIMIT);
    const jpeg = jpegOf(await fitJpeg(photo, LIMIT));
    expect(await sharp(jpeg).metadata()).toMatchObject({ format: 'jpeg', width: 900, height: 700 });
  });

  it('is made smaller when less detail is not enough, in its proportions', async () => {
    const photo = await noisy(1500, 1000).jpeg({ quality: 95 }).toBuffer();
    const { width, height } = await sharp(jpegOf(await fitJpeg(photo, LIMIT))).metadata();
    expect(width).toBeLessThan(1500);
    expect(width / height).toBeCloseTo(1.5, 2);
  });

  it('is upright afterwards, as its EXIF orientation says', async () => {
    const lying = await sharp(await halves(1600, 800).png().toBuffer())
      .composite([{ input: await noisy(1200, 400).png().toBuffer(), left: 200, top: 200 }])
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toBuffer();
    expect(lying.length).toBeGreaterThan(LIMIT);
    const jpeg = jpegOf(await fitJpeg(lying, LIMIT));
    const { width, height, orientation } = await sharp(jpeg).metadata();
    expect(height).toBeGreaterThan(width);
    expect(orientation ?? 1).toBe(1);
    expect(await colourAt(jpeg, Math.floor(width / 2), 5)).toBe('red');
    expect(await colourAt(jpeg, Math.floor(width / 2), height - 5)).toBe('blue');
  });

  it('that will not fit, however small, is refused', async () => {
    const photo = await noisy(600, 400).jpeg().toBuffer();
    expect(await fitJpeg(photo, 300)).toMatchObject({ kind: 'unfit', reason: expect.stringContaining('300 bytes') });
  });
});

describe('another kind of picture', () => {
  it.each(['png', 'webp'] as const)('%s becomes a JPEG', async (format) => {
    const photo = await halves(300, 200).toFormat(format).toBuffer();
    const jpeg = jpegOf(await fitJpeg(photo, LIMIT));
    expect(await colourAt(jpeg, 10, 100)).toBe('red');
    expect(await colourAt(jpeg, 290, 100)).toBe('blue');
  });

  it.each([
    [24, false],
    [24, true],
    [32, false],
    [32, true],
  ] as const)('a BMP of %i bits, from the top %s, becomes a JPEG', async (bits, topDown) => {
    // A width whose rows of 24 bits need padding.
    const jpeg = jpegOf(await fitJpeg(bmp(101, 60, bits, topDown), LIMIT));
    expect(await sharp(jpeg).metadata()).toMatchObject({ width: 101, height: 60 });
    expect(await colourAt(jpeg, 50, 5)).toBe('red');
    expect(await colourAt(jpeg, 50, 55)).toBe('blue');
  });

  it('transparent parts become white, not black', async () => {
    const photo = await sharp({ create: { width: 20, height: 20, channels: 4, background: '#0000' } })
      .png()
      .toBuffer();
    const { data } = await sharp(jpegOf(await fitJpeg(photo, LIMIT)))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(data[0]).toBeGreaterThan(250);
  });
});

describe('what is no picture', () => {
  const lying = bmp(10, 10, 24, false);
  lying.writeInt32LE(20_000_000, 18);
  const palette = bmp(10, 10, 24, false);
  palette.writeUInt16LE(8, 28);
  it.each([
    ['a text', Buffer.from('<html>not a picture</html>'), /no JPEG/],
    ['an SVG, which is a program', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /no JPEG/],
    ['nothing', Buffer.alloc(0), /no JPEG/],
    ['a PNG that is cut off in its head', Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'), /cannot be read/],
    ['a BMP that is shorter than it says', bmp(10, 10, 24, false).subarray(0, 100), /too early/],
    ['a BMP that claims to be enormous', lying, /20000000 x 10/],
    ['a BMP with a palette', palette, /8 bits/],
  ])('%s is refused with a reason', async (_what, bytes, reason) => {
    expect(await fitJpeg(bytes, LIMIT)).toMatchObject({ kind: 'unfit', reason: expect.stringMatching(reason) });
  });

  it('does not keep the next one from its turn', async () => {
    const bad = fitJpeg(Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'), LIMIT);
    const good = fitJpeg(await halves(30, 20).png().toBuffer(), LIMIT);
    expect([(await bad).kind, (await good).kind]).toEqual(['unfit', 'fits']);
  });
});

it('leaves this thread free meanwhile', async () => {
  const photo = await noisy(1500, 1000).jpeg({ quality: 95 }).toBuffer();
  const before = process.threadCpuUsage();
  const began = process.cpuUsage();
  await fitJpeg(photo, LIMIT);
  const here = process.threadCpuUsage(before);
  const everywhere = process.cpuUsage(began);
  expect(here.user + here.system).toBeLessThan((everywhere.user + everywhere.system) / 4);
});
