/** Modbus on the wire: requests and answers without an envelope (PDU) ↔ frames of RTU and of Modbus TCP. Pure. */

const POLYNOMIAL = 0xa001;

const TABLE: readonly number[] = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ POLYNOMIAL : crc >> 1;
  return crc;
});

/** CRC16 of Modbus over `bytes`; sent with its low byte first. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) crc = (crc >> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return crc;
}

export function rtuFrame(unit: number, pdu: Uint8Array): Uint8Array {
  const frame = new Uint8Array(pdu.length + 3);
  frame[0] = unit;
  frame.set(pdu, 1);
  const crc = crc16(frame.subarray(0, -2));
  frame[frame.length - 2] = crc & 0xff;
  frame[frame.length - 1] = crc >> 8;
  return frame;
}

/** Whether these bytes are one frame of RTU, whole and right. */
export const isRtuFrame = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 &&
  crc16(bytes.subarray(0, -2)) === ((bytes[bytes.length - 1] ?? 0) << 8) + (bytes[bytes.length - 2] ?? 0);

/** Transaction, protocol 0, length of what follows, unit. */
export const MBAP_BYTES = 7;
/** Unit and PDU at most. */
export const MBAP_LONGEST = 254;

export function tcpFrame(transaction: number, unit: number, pdu: Uint8Array): Uint8Array {
  const frame = new Uint8Array(MBAP_BYTES + pdu.length);
  const view = new DataView(frame.buffer);
  view.setUint16(0, transaction);
  view.setUint16(4, pdu.length + 1);
  frame[6] = unit;
  frame.set(pdu, MBAP_BYTES);
  return frame;
}
