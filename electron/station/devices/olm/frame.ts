/** Frames of the OLM (科发) board: `DA VR PN(2) CMD DL DATA CRC(2)`, with a length of two bytes where VR says so. Pure. */

const SHORT = 0x64;
const LONG = 0xc8;
const MOST_SHORT = 255;
/** No board takes more in one frame. */
export const MOST_DATA = 1024;

export interface Frame {
  readonly address: number;
  readonly command: number;
  readonly data: Uint8Array;
}

/** CRC-16 as Modbus has it, over all before it; its low byte goes first. */
export function checksum(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

/** @throws RangeError for more data than a frame holds: a defect of the caller. */
export function encodeFrame({ address, command, data }: Frame): Uint8Array {
  if (data.byteLength > MOST_DATA) throw new RangeError(`${data.byteLength} bytes do not fit into a frame`);
  const isLong = data.byteLength > MOST_SHORT;
  const length = isLong ? [data.byteLength & 0xff, data.byteLength >> 8] : [data.byteLength];
  const bare = Uint8Array.from([address, isLong ? LONG : SHORT, 0xff, 0xff, command, ...length, ...data]);
  const crc = checksum(bare);
  return Uint8Array.from([...bare, crc & 0xff, crc >> 8]);
}

/** How long the frame is that these bytes begin with; null: none begins here; undefined: too few bytes to tell. */
export function frameLength(bytes: Uint8Array): number | null | undefined {
  const [, version, high, low, , first, second] = bytes;
  if (version === undefined) return undefined;
  if (version !== SHORT && version !== LONG) return null;
  if (high !== undefined && high !== 0xff) return null;
  if (low !== undefined && low !== 0xff) return null;
  if (first === undefined) return undefined;
  if (version === SHORT) return 6 + first + 2;
  if (second === undefined) return undefined;
  const data = first + second * 256;
  return data > MOST_DATA ? null : 7 + data + 2;
}

/** Reads one whole frame; null when its checksum is wrong. */
export function decodeFrame(bytes: Uint8Array): Frame | null {
  const body = bytes.subarray(0, -2);
  const [low, high] = bytes.subarray(-2);
  if (low === undefined || high === undefined || checksum(body) !== low + high * 256) return null;
  const head = bytes[1] === LONG ? 7 : 6;
  return { address: bytes[0] ?? 0, command: bytes[4] ?? 0, data: body.slice(head) };
}
