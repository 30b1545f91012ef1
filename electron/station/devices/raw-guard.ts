/** A header of the OLM protocol with the command for its relays: of whatever packet, to whichever board, whole or cut short behind it. */
const RELAY = 0x0f;
const VERSIONS: readonly (number | undefined)[] = [0x64, 0xc8];

/**
 * Whether somewhere in these bytes a voice board that hangs on the line would find an order to its relays, to which the arm may be wired. Bytes that are sent by
 * hand are looked at with this: no opening without an explanation.
 */
export const ordersRelay = (bytes: Uint8Array): boolean =>
  bytes.some((_byte, at) => VERSIONS.includes(bytes[at + 1]) && bytes[at + 4] === RELAY);

export const RELAY_REFUSED = '字节里有继电器指令（0F），可能开闸，没有发送；请用开闸测试';
