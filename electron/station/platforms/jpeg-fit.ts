import type Decoding from 'sharp';
import type { Sharp } from 'sharp';
import { errorText } from '../runtime/errors.ts';
import { isBmp, readBmp } from './bmp.ts';

/** A picture as a platform takes it, or why there is none. */
export type Fitted =
  | { readonly kind: 'fits'; readonly jpeg: Uint8Array }
  | { readonly kind: 'unfit'; readonly reason: string }
  /** Nothing is wrong with the picture: this machine cannot make it smaller. */
  | { readonly kind: 'no-decoder'; readonly reason: string };

type Decoder = typeof Decoding;

/** Larger than any camera's picture; what claims more is none, or wants our memory. */
const MOST_PIXELS = 60_000_000;
const MOST_SECONDS = 20;

/** First less detail, then less size: a plate stays readable longer in a coarse picture than in a small one. */
const STEPS: readonly { readonly quality: number; readonly scale: number }[] = [
  ...[84, 72, 60].map((quality) => ({ quality, scale: 1 })),
  ...[0.75, 0.55, 0.4, 0.28, 0.2, 0.12].map((scale) => ({ quality: 66, scale })),
];

/** So many times too large after the first step: less detail alone will not do. */
const HOPELESS = 2.5;

const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;

const begins = (bytes: Uint8Array, at: number, text: string): boolean =>
  Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text;

/** Told by its first bytes; the decoder knows more forms, and some of them are programs rather than pictures. */
const isPicture = (bytes: Uint8Array): boolean =>
  isJpeg(bytes) ||
  begins(bytes, 0, '\x89PNG\r\n\x1a\n') ||
  (begins(bytes, 0, 'RIFF') && begins(bytes, 8, 'WEBP')) ||
  isBmp(bytes);

/** One picture at a time: each is decoded as a whole. */
let line: Promise<unknown> = Promise.resolve();

/**
 * A picture as a JPEG of at most `maxBytes`. A JPEG that is small enough stays as it was taken, byte by byte; anything else is
 * encoded anew, upright, on threads of its own.
 */
export async function fitJpeg(bytes: Uint8Array, maxBytes: number): Promise<Fitted> {
  if (isJpeg(bytes) && bytes.length <= maxBytes) return { kind: 'fits', jpeg: bytes };
  if (!isPicture(bytes)) return { kind: 'unfit', reason: 'the photo is no JPEG, PNG, WebP or BMP' };
  const turn = line.then(() => encode(bytes, maxBytes));
  line = turn;
  return await turn;
}

/** Never rejects. */
async function encode(bytes: Uint8Array, maxBytes: number): Promise<Fitted> {
  let decoder: Decoder;
  try {
    // Loaded when the first picture needs it: most never do, and a station without it still opens barriers.
    ({ default: decoder } = await import('sharp'));
  } catch (error) {
    return { kind: 'no-decoder', reason: errorText(error) };
  }
  try {
    const open = opener(decoder, bytes);
    const upright = await open().autoOrient().metadata();
    const { width, height } = upright.autoOrient;
    let ratio = 0;
    for (const { quality, scale } of STEPS) {
      if (scale === 1 && ratio > HOPELESS) continue;
      const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
      const picture = open().autoOrient();
      const jpeg = await (scale === 1 ? picture : picture.resize({ ...size, fit: 'fill' }))
        .timeout({ seconds: MOST_SECONDS })
        .jpeg({ quality })
        .toBuffer();
      ratio = jpeg.length / maxBytes;
      if (ratio <= 1) return { kind: 'fits', jpeg };
    }
    return { kind: 'unfit', reason: `the photo does not fit into ${maxBytes} bytes, however small it is made` };
  } catch (error) {
    return { kind: 'unfit', reason: `the photo cannot be read: ${errorText(error).slice(0, 200)}` };
  }
}

function opener(sharp: Decoder, bytes: Uint8Array): () => Sharp {
  sharp.cache(false);
  sharp.concurrency(1);
  if (!isBmp(bytes))
    return () => sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'none' }).flatten({ background: '#ffffff' });
  const { pixels, width, height, channels, upsideDown } = readBmp(bytes, MOST_PIXELS);
  return () => {
    // The fourth byte of a pixel is no transparency, and is usually zero.
    const picture = sharp(pixels, { raw: { width, height, channels } }).removeAlpha();
    // Blue comes first in a BMP.
    const inOrder = picture.recomb([
      [0, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
    ]);
    return upsideDown ? inOrder.flip() : inOrder;
  };
}
