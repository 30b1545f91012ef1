/** CRC16 of Modbus and OLM boards: starts with FFFF, polynomial A001. @returns two bytes, the low one first */
export function crc16(bytes: Uint8Array): Buffer {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return Buffer.of(crc & 0xff, crc >> 8);
}
