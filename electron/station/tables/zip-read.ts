import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { damaged, refusal } from './limits.ts';

/** A part of the archive, as the central directory tells it. Its sizes are claims until it has been unpacked. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly headerAt: number;
}

/** Bytes that may still be unpacked, over all parts together. */
export interface Budget {
  left: number;
}

/** A piece of an unpacked part, and how much of its packed form has been read by then (0 to 1). */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly fraction: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_SIZE = 22;
const MAX_COMMENT = 0xffff;
const MAX_ENTRIES = 10_000;
const ZIP64 = 0xffff_ffff;
const PIECE = 256 * 1024;

/** The parts of a ZIP archive by name, in lower case and with `/`. Throws ConflictError when it is none, or is damaged. */
export function zipEntries(bytes: Buffer): Map<string, ZipEntry> {
  const end = endOfDirectory(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw refusal('table-too-large', `压缩包内文件过多（超过 ${MAX_ENTRIES} 个）`);
  const found = new Map<string, ZipEntry>();
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw damaged('压缩目录不完整');
    const nameLength = bytes.readUInt16LE(at + 28);
    const extraLength = bytes.readUInt16LE(at + 30);
    const next = at + 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32);
    if (next > end) throw damaged('压缩目录不完整');
    if (bytes.readUInt16LE(at + 8) & 1) throw refusal('table-unsupported', '文件已加密，请取消密码后再导入');
    const name = bytes
      .toString('utf8', at + 46, at + 46 + nameLength)
      .replaceAll('\\', '/')
      .toLowerCase();
    found.set(name, entryAt(bytes, at, name, bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength)));
    at = next;
  }
  return found;
}

function endOfDirectory(bytes: Buffer): number {
  const lowest = Math.max(0, bytes.length - END_SIZE - MAX_COMMENT);
  for (let at = bytes.length - END_SIZE; at >= lowest; at--) if (bytes.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  throw damaged('压缩包不完整，文件可能没有下载完');
}

function entryAt(bytes: Buffer, at: number, name: string, extra: Buffer): ZipEntry {
  const sizes = [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
  // Programs that write as they go announce the large form even where the small one would do.
  const large = zip64Field(extra);
  let read = 0;
  const [size = 0, packedSize = 0, headerAt = 0] = sizes.map((value) => {
    if (value !== ZIP64) return value;
    if (read + 8 > large.length) throw damaged('压缩目录不完整');
    read += 8;
    return Number(large.readBigUInt64LE(read - 8));
  });
  return { name, method: bytes.readUInt16LE(at + 10), crc: bytes.readUInt32LE(at + 16), packedSize, size, headerAt };
}

function zip64Field(extra: Buffer): Buffer {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2))
    if (extra.readUInt16LE(at) === 1) return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  return extra.subarray(0, 0);
}

/**
 * Unpacks one part piece by piece, counting what comes out rather than what the directory claims, so that a bomb is
 * found while it swells. The checksum is compared at the end.
 */
export async function* unpacked(bytes: Buffer, entry: ZipEntry, budget: Budget): AsyncGenerator<Piece> {
  const packed = packedBytes(bytes, entry);
  let crc = 0;
  let size = 0;
  for await (const piece of entry.method === 0 ? stored(packed) : inflated(packed)) {
    size += piece.bytes.length;
    budget.left -= piece.bytes.length;
    if (budget.left < 0) throw refusal('table-too-large', '文件解压后过大，已拒绝读取');
    crc = crc32(piece.bytes, crc);
    yield piece;
  }
  if (crc !== entry.crc || size !== entry.size) throw damaged('校验和不符');
}

function packedBytes(bytes: Buffer, entry: ZipEntry): Buffer {
  const { headerAt, packedSize, method } = entry;
  if (headerAt + 30 > bytes.length || bytes.readUInt32LE(headerAt) !== LOCAL_HEADER) throw damaged('压缩包不完整');
  if (method !== 0 && method !== 8) throw refusal('table-unsupported', '不支持的压缩方式，请用 Excel 或 WPS 重新保存');
  const from = headerAt + 30 + bytes.readUInt16LE(headerAt + 26) + bytes.readUInt16LE(headerAt + 28);
  if (from + packedSize > bytes.length) throw damaged('压缩包不完整');
  return bytes.subarray(from, from + packedSize);
}

function* stored(packed: Buffer): Generator<Piece> {
  for (let at = 0; at < packed.length; at += PIECE) {
    const bytes = packed.subarray(at, at + PIECE);
    yield { bytes, fraction: (at + bytes.length) / packed.length };
  }
}

async function* inflated(packed: Buffer): AsyncGenerator<Piece> {
  const inflate = createInflateRaw({ chunkSize: PIECE });
  const source = Readable.from([packed], { objectMode: false });
  source.pipe(inflate);
  try {
    for await (const chunk of inflate) {
      if (!(chunk instanceof Uint8Array)) continue;
      yield { bytes: chunk, fraction: Math.min(1, inflate.bytesWritten / packed.length) };
    }
  } catch (error) {
    throw isZlibError(error) ? damaged('压缩数据无法解压') : error;
  } finally {
    source.destroy();
    inflate.destroy();
  }
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (String(error.code).startsWith('Z_') || error.code === 'ERR_STREAM_PREMATURE_CLOSE');
