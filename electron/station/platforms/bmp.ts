/** BMP files as simple cameras write them: uncompressed, 24 or 32 bits a pixel. */

export interface Bitmap {
  /** Rows one after another without padding, as they stand in the file; blue first. */
  readonly pixels: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  /** The first row is the lowest one, as it usually is. */
  readonly upsideDown: boolean;
}

const HEADER_BYTES = 54;
const UNCOMPRESSED = 0;
const BIT_FIELDS = 3;

export const isBmp = (bytes: Uint8Array): boolean =>
  bytes.length >= HEADER_BYTES && bytes[0] === 0x42 && bytes[1] === 0x4d;

/** Throws for what is none, is of another kind, or is shorter than it says. */
export function readBmp(bytes: Uint8Array, mostPixels: number): Bitmap {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = file.readUInt32LE(10);
  const width = file.readInt32LE(18);
  const signedHeight = file.readInt32LE(22);
  const bits = file.readUInt16LE(28);
  const compression = file.readUInt32LE(30);
  const height = Math.abs(signedHeight);
  const plain = compression === UNCOMPRESSED || (compression === BIT_FIELDS && bits === 32);
  if ((bits !== 24 && bits !== 32) || !plain) throw new Error(`BMP of ${bits} bits, compression ${compression}`);
  if (width < 1 || height < 1 || width * height > mostPixels) throw new Error(`BMP of ${width} x ${height} pixels`);
  const rowBytes = width * (bits / 8);
  const stride = Math.ceil(rowBytes / 4) * 4;
  if (from + stride * (height - 1) + rowBytes > file.length) throw new Error('BMP that ends too early');
  const pixels = Buffer.allocUnsafe(rowBytes * height);
  for (let row = 0; row < height; row += 1)
    file.copy(pixels, row * rowBytes, from + row * stride, from + row * stride + rowBytes);
  return { pixels, width, height, channels: bits === 24 ? 3 : 4, upsideDown: signedHeight > 0 };
}
