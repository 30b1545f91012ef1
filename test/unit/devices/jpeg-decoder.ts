/** A baseline JPEG decoder for tests, from ITU T.81 alone: three components, no subsampling, 8-bit tables. */
export function decodeJpeg(file: Uint8Array): { width: number; height: number; rgb: Uint8Array } {
  const at = (index: number): number => {
    const byte = file[index];
    if (byte === undefined) throw new RangeError('the file ends too early');
    return byte;
  };
  if (at(0) !== 0xff || at(1) !== 0xd8) throw new Error('no SOI');
  if (at(file.length - 2) !== 0xff || at(file.length - 1) !== 0xd9) throw new Error('no EOI');
  const quant: number[] = [];
  const tables = new Map<number, Map<string, number>>();
  let [width, height, pos] = [0, 0, 2];
  for (;;) {
    if (at(pos) !== 0xff) throw new Error('no marker');
    const marker = at(pos + 1);
    const length = at(pos + 2) * 256 + at(pos + 3);
    const body = file.subarray(pos + 4, pos + 2 + length);
    pos += 2 + length;
    if (marker === 0xdb) quant.push(...body.subarray(1, 65));
    if (marker === 0xc0)
      [height, width] = [(body[1] ?? 0) * 256 + (body[2] ?? 0), (body[3] ?? 0) * 256 + (body[4] ?? 0)];
    if (marker === 0xc4) tables.set(body[0] ?? 0, huffman(body));
    if (marker === 0xda) break;
  }
  if (quant.length !== 64) throw new Error('one table of 64 expected');

  let bit = 0;
  const next = (): number => {
    const value = (at(pos) >> (7 - bit)) & 1;
    if (++bit === 8) {
      bit = 0;
      if (at(pos) === 0xff && at(pos + 1) !== 0) throw new Error('a marker inside the data');
      pos += at(pos) === 0xff ? 2 : 1;
    }
    return value;
  };
  const bits = (count: number): number => {
    let value = 0;
    for (let n = 0; n < count; n++) value = value * 2 + next();
    return value;
  };
  const signed = (count: number): number => {
    const value = bits(count);
    return count > 0 && value < 2 ** (count - 1) ? value - 2 ** count + 1 : value;
  };
  const symbol = (table: Map<string, number> | undefined): number => {
    for (let code = ''; code.length <= 16; ) {
      code += next();
      const found = table?.get(code);
      if (found !== undefined) return found;
    }
    throw new Error('no such code');
  };

  const rgb = new Uint8Array(width * height * 3);
  const dc = [0, 0, 0];
  for (let top = 0; top < height; top += 8)
    for (let left = 0; left < width; left += 8) {
      const planes = dc.map((_, component) => {
        const coefficients = new Array<number>(64).fill(0);
        dc[component] = (dc[component] ?? 0) + signed(symbol(tables.get(0x00)));
        coefficients[0] = (dc[component] ?? 0) * (quant[0] ?? 0);
        for (let k = 1; k < 64; k++) {
          const code = symbol(tables.get(0x10));
          if (code === 0) break;
          k += code >> 4;
          coefficients[NATURAL[k] ?? 0] = signed(code & 15) * (quant[k] ?? 0);
        }
        return inverse(coefficients);
      });
      for (let pixel = 0; pixel < 64; pixel++) {
        const [y, cb, cr] = planes.map((plane) => plane[pixel] ?? 0) as [number, number, number];
        const target = ((top + (pixel >> 3)) * width + left + (pixel & 7)) * 3;
        const color = [y + 1.402 * cr, y - 0.344136 * cb - 0.714136 * cr, y + 1.772 * cb];
        for (const [index, value] of color.entries())
          rgb[target + index] = Math.min(255, Math.max(0, Math.round(value + 128)));
      }
    }
  return { width, height, rgb };
}

function huffman(body: Uint8Array): Map<string, number> {
  const codes = new Map<string, number>();
  let [code, value] = [0, 17];
  for (let length = 1; length <= 16; length++) {
    for (let n = 0; n < (body[length] ?? 0); n++) {
      if (code >= 2 ** length - 1) throw new Error('a code of ones only is not allowed');
      codes.set((code++).toString(2).padStart(length, '0'), body[value++] ?? 0);
    }
    code *= 2;
  }
  return codes;
}

/** Where each coefficient of the zigzag order stands in its block, as the standard prints it. */
const NATURAL = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55, 62, 63,
];

function inverse(coefficients: readonly number[]): number[] {
  const scale = (u: number): number => (u === 0 ? Math.SQRT1_2 : 1);
  return Array.from({ length: 64 }, (_, pixel) => {
    const [y, x] = [pixel >> 3, pixel & 7];
    let sum = 0;
    for (const [index, value] of coefficients.entries()) {
      if (value === 0) continue;
      const [v, u] = [index >> 3, index & 7];
      sum +=
        scale(u) *
        scale(v) *
        value *
        Math.cos(((2 * x + 1) * u * Math.PI) / 16) *
        Math.cos(((2 * y + 1) * v * Math.PI) / 16);
    }
    return sum / 4;
  });
}
