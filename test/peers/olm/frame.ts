import { crc16 } from '../crc16.ts';

/** Version with a length of one byte, and with one of two, the low one first (their order is not documented). */
const SHORT = 0x64;
const LONG = 0xc8;

export interface OlmFrame {
  readonly address: number;
  readonly version: number;
  readonly packet: number;
  readonly command: number;
  readonly data: Buffer;
}

const headOf = (version: number): number => (version === LONG ? 7 : 6);

/** Finds frames in a stream of bytes, however it is torn. What is no frame, or has a bad CRC, is passed over byte by byte. */
export class OlmStream {
  /** Bytes that were passed over since the last frame. */
  skipped = 0;
  #bytes: Buffer = Buffer.alloc(0);

  take(bytes: Uint8Array): OlmFrame[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    const frames: OlmFrame[] = [];
    for (;;) {
      const found = this.#next();
      if (found === 'more') return frames;
      if (found !== 'skip') frames.push(found);
      else {
        this.#bytes = this.#bytes.subarray(1);
        this.skipped += 1;
      }
    }
  }

  /** The line was silent: what had begun will not go on. @returns whether something had */
  silence(): boolean {
    const began = this.#bytes.length > 0;
    this.skipped += this.#bytes.length;
    this.#bytes = Buffer.alloc(0);
    return began;
  }

  #next(): OlmFrame | 'more' | 'skip' {
    const bytes = this.#bytes;
    const version = bytes[1];
    if (version === undefined) return 'more';
    if (version !== SHORT && version !== LONG) return 'skip';
    const head = headOf(version);
    if (bytes.length < head) return 'more';
    const end = head + (version === LONG ? bytes.readUInt16LE(5) : (bytes[5] ?? 0));
    if (bytes.length < end + 2) return 'more';
    if (!crc16(bytes.subarray(0, end)).equals(bytes.subarray(end, end + 2))) return 'skip';
    this.#bytes = bytes.subarray(end + 2);
    return {
      address: bytes[0] ?? 0,
      ...{ version, packet: bytes.readUInt16LE(2), command: bytes[4] ?? 0 },
      data: Buffer.from(bytes.subarray(head, end)),
    };
  }
}

/** The board's answer to a frame: the same header and command, and one byte. */
export function reply(to: OlmFrame, status: number): Buffer {
  const head = Buffer.alloc(headOf(to.version));
  head[0] = to.address;
  head[1] = to.version;
  head.writeUInt16LE(to.packet, 2);
  head[4] = to.command;
  head[5] = 1;
  const bytes = Buffer.concat([head, Buffer.of(status)]);
  return Buffer.concat([bytes, crc16(bytes)]);
}
