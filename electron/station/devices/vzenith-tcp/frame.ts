/** Frames of the line on port 8131: `56 5A`, type, number, length in four bytes (high first), payload. Pure. */

const HEAD = 8;
const MOST_PAYLOAD = 1024 * 1024;
/** Far above what a message without its pictures has. */
const MOST_TEXT = 64 * 1024;
/** The text of a frame ends within so many bytes of its beginning, or it is not told before its frame is whole. */
export const TEXT_WITHIN = HEAD + MOST_TEXT;
export const NUMBERS = 256;
const MAGIC = [0x56, 0x5a] as const;
const DATA = 0;
const HEARTBEAT = 1;
/** What every message begins with: `{`. */
const BRACE = 0x7b;

export type Frame =
  | { readonly type: 'heartbeat' }
  | { readonly type: 'data'; readonly seq: number; readonly payload: Uint8Array };

/** A frame that came, and all of its bytes; or the text of one whose pictures are still on their way. */
export type Received =
  | (Frame & { readonly bytes: Uint8Array })
  | { readonly type: 'text'; readonly payload: Uint8Array };

/** @throws RangeError for more than a frame holds: a defect of the caller. */
export function encodeFrame(frame: Frame): Uint8Array {
  if (frame.type === 'heartbeat') return Uint8Array.of(...MAGIC, HEARTBEAT, 0, 0, 0, 0, 0);
  const { seq, payload } = frame;
  if (payload.byteLength > MOST_PAYLOAD) throw new RangeError(`${payload.byteLength} bytes do not fit into a frame`);
  const bytes = Buffer.alloc(HEAD + payload.byteLength);
  bytes.set([...MAGIC, DATA, seq]);
  bytes.writeUInt32BE(payload.byteLength, 4);
  bytes.set(payload, HEAD);
  return bytes;
}

/**
 * How long the frame is that begins at `at`; null: none begins there; undefined: too few bytes to tell. The first byte of
 * the payload has its say too, or noise that looks like a head would swallow a megabyte.
 */
export function frameLength(bytes: Buffer, at: number): number | null | undefined {
  for (const [index, wanted] of MAGIC.entries()) {
    if (bytes[at + index] === undefined) return undefined;
    if (bytes[at + index] !== wanted) return null;
  }
  const type = bytes[at + 2];
  if (type !== undefined && type !== DATA && type !== HEARTBEAT) return null;
  if (bytes.byteLength < at + HEAD) return undefined;
  const length = bytes.readUInt32BE(at + 4);
  if (type === HEARTBEAT) return length === 0 ? HEAD : null;
  if (length === 0 || length > MOST_PAYLOAD) return null;
  const first = bytes[at + HEAD];
  if (first === undefined) return undefined;
  return first === BRACE ? HEAD + length : null;
}

/** The text of a frame that begins at `at`, up to the zero byte behind which pictures come; null while that is not there. */
export function textOfFrame(bytes: Buffer, at: number): Uint8Array | null {
  const start = at + HEAD;
  const end = bytes.subarray(0, start + MOST_TEXT).indexOf(0, start);
  return end < 0 ? null : bytes.subarray(start, end);
}

/** Reads a whole frame, as long as {@link frameLength} says. */
export const decodeFrame = (bytes: Uint8Array): Received =>
  bytes[2] === HEARTBEAT
    ? { type: 'heartbeat', bytes }
    : { type: 'data', seq: bytes[3] ?? 0, payload: bytes.subarray(HEAD), bytes };
