/**
 * A small baseline JPEG encoder (ITU T.81), for made-up pictures of flat areas. Huffman tables are free to choose: here the
 * commonest symbol has one bit and all others share one length, which costs little on flat areas and needs no printed tables.
 */

/** An RGB picture, three bytes a pixel, rows from the top. Both sides must be multiples of 8. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

const QUANT = 6;

/** Order in which the 64 coefficients of a block are written: along the diagonals, back and forth. */
const ZIGZAG: readonly number[] = Array.from({ length: 64 }, (_, index) => index).sort((a, b) => {
  const [sumA, sumB] = [(a >> 3) + (a & 7), (b >> 3) + (b & 7)];
  if (sumA !== sumB) return sumA - sumB;
  return sumA % 2 === 0 ? (b >> 3) - (a >> 3) : (a >> 3) - (b >> 3);
});

/** COS[u * 8 + x]: the basis of the transform with its scale. */
const COS: readonly number[] = Array.from({ length: 64 }, (_, index) => {
  const [u, x] = [index >> 3, index & 7];
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

/** `head` is coded in one bit, the `rest` in `length` bits each. */
interface Table {
  readonly head: number;
  readonly rest: readonly number[];
  readonly length: number;
}

const DC: Table = { head: 0, rest: Array.from({ length: 11 }, (_, index) => index + 1), length: 5 };
const AC: Table = {
  head: 0x00,
  rest: [0xf0, ...Array.from({ length: 160 }, (_, index) => (Math.floor(index / 10) << 4) | ((index % 10) + 1))],
  length: 9,
};

const codes = (table: Table): ReadonlyMap<number, readonly [bits: number, length: number]> =>
  new Map([
    [table.head, [0, 1]],
    ...table.rest.map((symbol, index) => [symbol, [(1 << (table.length - 1)) | index, table.length]] as const),
  ]);
const DC_CODES = codes(DC);
const AC_CODES = codes(AC);

class BitWriter {
  readonly bytes: number[] = [];
  #held = 0;
  #count = 0;

  write(bits: number, length: number): void {
    for (let shift = length - 1; shift >= 0; shift--) {
      this.#held = (this.#held << 1) | ((bits >> shift) & 1);
      if (++this.#count < 8) continue;
      this.bytes.push(this.#held);
      // A byte FF inside the data would be taken for a marker.
      if (this.#held === 0xff) this.bytes.push(0);
      this.#held = 0;
      this.#count = 0;
    }
  }

  /** Fills the last byte with ones, as the standard asks. */
  finish(): void {
    while (this.#count !== 0) this.write(1, 1);
  }

  symbol(table: ReadonlyMap<number, readonly [number, number]>, symbol: number): void {
    const code = table.get(symbol);
    if (!code) throw new RangeError(`no code for symbol ${symbol}`);
    this.write(code[0], code[1]);
  }
}

const sizeOf = (value: number): number => 32 - Math.clz32(Math.abs(value));
/** Negative values are written as their ones' complement. */
const bitsOf = (value: number, size: number): number => (value < 0 ? value + (1 << size) - 1 : value);

function transform(block: Float64Array): Int16Array {
  const rows = new Float64Array(64);
  const out = new Int16Array(64);
  for (let y = 0; y < 8; y++)
    for (let u = 0; u < 8; u++) {
      let sum = 0;
      for (let x = 0; x < 8; x++) sum += (block[y * 8 + x] ?? 0) * (COS[u * 8 + x] ?? 0);
      rows[y * 8 + u] = sum;
    }
  for (let v = 0; v < 8; v++)
    for (let u = 0; u < 8; u++) {
      let sum = 0;
      for (let y = 0; y < 8; y++) sum += (rows[y * 8 + u] ?? 0) * (COS[v * 8 + y] ?? 0);
      out[v * 8 + u] = Math.round(sum / QUANT);
    }
  return out;
}

function writeBlock(writer: BitWriter, coefficients: Int16Array, previousDc: number): number {
  const dc = coefficients[0] ?? 0;
  const size = sizeOf(dc - previousDc);
  writer.symbol(DC_CODES, size);
  writer.write(bitsOf(dc - previousDc, size), size);
  let run = 0;
  for (let position = 1; position < 64; position++) {
    const value = coefficients[ZIGZAG[position] ?? 0] ?? 0;
    if (value === 0) {
      run++;
      continue;
    }
    for (; run > 15; run -= 16) writer.symbol(AC_CODES, 0xf0);
    const bits = sizeOf(value);
    writer.symbol(AC_CODES, (run << 4) | bits);
    writer.write(bitsOf(value, bits), bits);
    run = 0;
  }
  if (run > 0) writer.symbol(AC_CODES, 0x00);
  return dc;
}

function isFlat(rgb: Uint8Array, width: number, top: number, left: number): boolean {
  const origin = (top * width + left) * 3;
  for (let y = 0; y < 8; y++)
    for (let index = 0; index < 24; index++)
      if (rgb[origin + y * width * 3 + index] !== rgb[origin + (index % 3)]) return false;
  return true;
}

/** Weights of red, green and blue in Y, Cb and Cr, and what is taken off to centre each on zero. */
const COMPONENTS = [
  [0.299, 0.587, 0.114, 128],
  [-0.168736, -0.331264, 0.5, 0],
  [0.5, -0.418688, -0.081312, 0],
] as const;

const segment = (marker: number, ...data: number[]): number[] => [
  0xff,
  marker,
  (data.length + 2) >> 8,
  (data.length + 2) & 0xff,
  ...data,
];

const huffman = (id: number, table: Table): number[] => {
  const counts = Array.from({ length: 16 }, (_, index) =>
    index === 0 ? 1 : index === table.length - 1 ? table.rest.length : 0,
  );
  return segment(0xc4, id, ...counts, table.head, ...table.rest);
};

/** A complete JPEG file. */
export function encodeJpeg({ width, height, rgb }: Picture): Uint8Array {
  if (width % 8 !== 0 || height % 8 !== 0) throw new RangeError('sides must be multiples of 8');
  const writer = new BitWriter();
  const previous = [0, 0, 0];
  const block = new Float64Array(64);
  const flat = new Int16Array(64);
  for (let top = 0; top < height; top += 8)
    for (let left = 0; left < width; left += 8) {
      const oneColor = isFlat(rgb, width, top, left);
      for (const [index, [red, green, blue, centre]] of COMPONENTS.entries()) {
        const valueAt = (at: number): number =>
          red * (rgb[at] ?? 0) + green * (rgb[at + 1] ?? 0) + blue * (rgb[at + 2] ?? 0) - centre;
        if (oneColor) {
          // Most of a drawn picture: the transform of an even block is known.
          flat[0] = Math.round((valueAt((top * width + left) * 3) * 8) / QUANT);
          previous[index] = writeBlock(writer, flat, previous[index] ?? 0);
          continue;
        }
        for (let pixel = 0; pixel < 64; pixel++)
          block[pixel] = valueAt(((top + (pixel >> 3)) * width + left + (pixel & 7)) * 3);
        previous[index] = writeBlock(writer, transform(block), previous[index] ?? 0);
      }
    }
  writer.finish();
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...segment(0xe0, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0),
    ...segment(0xdb, 0, ...new Array<number>(64).fill(QUANT)),
    ...segment(0xc0, 8, height >> 8, height & 0xff, width >> 8, width & 0xff, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0),
    ...huffman(0x00, DC),
    ...huffman(0x10, AC),
    ...segment(0xda, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0),
    ...writer.bytes,
    ...[0xff, 0xd9],
  ]);
}
