import { Readable } from 'node:stream';
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';

/** A part of an archive: small ones as they are, a large one as a stream of pieces. */
export interface ZipPart {
  readonly name: string;
  readonly content: string | AsyncIterable<string>;
}

interface Written {
  readonly name: Buffer;
  readonly flags: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

/** Version 2.0, and no time of its own: the same table gives the same file. 1980-01-01 is the first day ZIP knows. */
const VERSION = 20;
const DATE = 0x0021;
/** Checksum and sizes follow the data. */
const FOLLOWS = 0x0008;
const DEFLATE = 8;

/** A ZIP archive as it comes into being; no part is ever whole in memory but the small ones. */
export async function* zipChunks(parts: Iterable<ZipPart>): AsyncGenerator<Uint8Array> {
  const written: Written[] = [];
  let at = 0;
  for (const { name, content } of parts) {
    const entry = yield* typeof content === 'string'
      ? small(Buffer.from(name), content, at)
      : large(Buffer.from(name), content, at);
    written.push(entry.written);
    at += entry.length;
  }
  let directory = 0;
  for (const entry of written) {
    const header = directoryEntry(entry);
    directory += header.length;
    yield header;
  }
  yield endOfDirectory(written.length, directory, at);
}

type Entry = { readonly written: Written; readonly length: number };

function* small(name: Buffer, content: string, at: number): Generator<Uint8Array, Entry> {
  const bytes = Buffer.from(content);
  const data = deflateRawSync(bytes);
  const written = { name, flags: 0, crc: crc32(bytes), packed: data.length, size: bytes.length, at };
  const header = localHeader(written);
  yield header;
  yield data;
  return { written, length: header.length + data.length };
}

async function* large(name: Buffer, content: AsyncIterable<string>, at: number): AsyncGenerator<Uint8Array, Entry> {
  const sums = { crc: 0, size: 0, packed: 0 };
  const header = localHeader({ name, flags: FOLLOWS, crc: 0, packed: 0, size: 0, at });
  yield header;
  for await (const chunk of deflated(content, sums)) yield chunk;
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(0x08074b50, 0);
  writeSums(tail, 4, sums);
  yield tail;
  return { written: { name, flags: FOLLOWS, at, ...sums }, length: header.length + sums.packed + tail.length };
}

interface Sums {
  crc: number;
  size: number;
  packed: number;
}

/** Packs piece by piece, on zlib's own threads; `sums` is complete when the generator is. */
async function* deflated(content: AsyncIterable<string>, sums: Sums): AsyncGenerator<Uint8Array> {
  const source = Readable.from(counted(content, sums), { objectMode: false });
  const deflate = createDeflateRaw();
  source.on('error', (error) => deflate.destroy(error));
  source.pipe(deflate);
  try {
    for await (const chunk of deflate) {
      if (!(chunk instanceof Uint8Array)) continue;
      sums.packed += chunk.length;
      yield chunk;
    }
  } finally {
    source.destroy();
    deflate.destroy();
  }
}

async function* counted(content: AsyncIterable<string>, sums: Sums): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    const bytes = Buffer.from(piece);
    sums.crc = crc32(bytes, sums.crc);
    sums.size += bytes.length;
    yield bytes;
  }
}

function writeSums(buffer: Buffer, at: number, { crc, packed, size }: Pick<Written, 'crc' | 'packed' | 'size'>): void {
  buffer.writeUInt32LE(crc, at);
  buffer.writeUInt32LE(packed, at + 4);
  buffer.writeUInt32LE(size, at + 8);
}

function localHeader(entry: Written): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(entry.flags, 6);
  header.writeUInt16LE(DEFLATE, 8);
  header.writeUInt16LE(DATE, 12);
  writeSums(header, 14, entry);
  header.writeUInt16LE(entry.name.length, 26);
  return Buffer.concat([header, entry.name]);
}

function directoryEntry(entry: Written): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(VERSION, 6);
  header.writeUInt16LE(entry.flags, 8);
  header.writeUInt16LE(DEFLATE, 10);
  header.writeUInt16LE(DATE, 14);
  writeSums(header, 16, entry);
  header.writeUInt16LE(entry.name.length, 28);
  header.writeUInt32LE(entry.at, 42);
  return Buffer.concat([header, entry.name]);
}

function endOfDirectory(count: number, size: number, at: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return end;
}
