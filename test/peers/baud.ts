/** Bits of a byte on the line: start bit, eight of data, lowest first, stop bit. */
const BITS = 10;

/**
 * What a port of speed `read` makes of bytes sent with speed `sent`, without pauses, 8N1. A port looks at the middle of each bit after
 * the edge of the start bit; a byte whose stop bit is missing is given on all the same, as most ports do.
 */
export function resample(bytes: Uint8Array, sent: number, read: number): Buffer {
  const levels: number[] = [];
  for (const byte of bytes) levels.push(0, ...Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1), 1);
  // Time in bits of the sender; the line rests at 1.
  const step = sent / read;
  const level = (at: number): number => levels[Math.floor(at)] ?? 1;
  const heard: number[] = [];
  let at = 0;
  for (;;) {
    while (at < levels.length && level(at) === 1) at = Math.floor(at) + 1;
    if (at >= levels.length) return Buffer.from(heard);
    let byte = 0;
    for (let bit = 0; bit < 8; bit += 1) byte |= level(at + (bit + 1.5) * step) << bit;
    heard.push(byte);
    at += (BITS - 0.5) * step;
    // Without a stop bit it waits for one: only an edge starts a byte.
    while (at < levels.length && level(at) === 0) at = Math.floor(at) + 1;
  }
}
