let table: ReadonlyMap<string, number> | undefined;

/** Every pair of GBK, asked of the decoder. */
function pairs(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('gbk');
  const all = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const read = decoder.decode(Uint8Array.of(lead, trail));
      if (read.length === 1 && read !== '\ufffd' && !all.has(read)) all.set(read, lead * 256 + trail);
    }
  return all;
}

/** Text as GBK; what it does not have becomes `?`. */
export function toGbk(text: string): Buffer {
  table ??= pairs();
  const bytes: number[] = [];
  for (const sign of text) {
    const pair = table.get(sign);
    if (sign < '\u0080') bytes.push(sign.charCodeAt(0));
    else if (pair === undefined) bytes.push(0x3f);
    else bytes.push(pair >> 8, pair & 0xff);
  }
  return Buffer.from(bytes);
}

/** Null for bytes that are no GBK. */
export function fromGbk(bytes: Buffer): string | null {
  try {
    return new TextDecoder('gbk', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
