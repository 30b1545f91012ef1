/** One message of the line: 56 5A, type, seq, length in four bytes, payload. */
export interface Frame {
  /** 0 data, 1 heartbeat. */
  readonly type: number;
  readonly seq: number;
  readonly payload: Buffer;
}

const HEAD = 8;

export function frameBytes({ type, seq, payload }: Frame): Buffer {
  const head = Buffer.from([0x56, 0x5a, type, seq, 0, 0, 0, 0]);
  head.writeUInt32BE(payload.length, 4);
  return Buffer.concat([head, payload]);
}

/** Cuts what arrives into messages. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @returns what is complete, and what is wrong with the line: behind a fault nothing is read any more */
  take(bytes: Buffer): { readonly frames: readonly Frame[]; readonly fault: string | null } {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const frames: Frame[] = [];
    for (;;) {
      const fault = this.#fault();
      if (fault !== null) return { frames, fault };
      if (this.#rest.length < HEAD) return { frames, fault: null };
      const length = this.#rest.readUInt32BE(4);
      if (this.#rest.length < HEAD + length) return { frames, fault: null };
      const payload = this.#rest.subarray(HEAD, HEAD + length);
      frames.push({ type: this.#rest.readUInt8(2), seq: this.#rest.readUInt8(3), payload });
      this.#rest = this.#rest.subarray(HEAD + length);
    }
  }

  #fault(): string | null {
    const magic = this.#rest.subarray(0, 2);
    if (!Buffer.from([0x56, 0x5a]).subarray(0, magic.length).equals(magic))
      return `no message: ${magic.toString('hex')}`;
    if (this.#rest.length < HEAD) return null;
    const [type, length] = [this.#rest.readUInt8(2), this.#rest.readUInt32BE(4)];
    if (type > 1) return `message of type ${type}`;
    if (type === 1 && length > 0) return `heartbeat of ${length} bytes`;
    return length > this.#limit ? `message of ${length} bytes` : null;
  }
}
