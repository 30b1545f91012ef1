/** A whole baseline JPEG of 8×8 grey pixels, 159 bytes, that real decoders accept. */
export const TINY_JPEG_BASE64 =
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ' +
  'EBAQEBAQEBD/wAALCAAIAAgBAREA/8QAFAAAAQAAAAAAAAAAAAAAAAAABP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8APf/Z';

export const tinyJpeg = (): Buffer => Buffer.from(TINY_JPEG_BASE64, 'base64');

/** Largest payload of one COM segment: its length field of 16 bits counts itself. */
const MAX_COMMENT = 65_533;

/**
 * A decodable JPEG of exactly `bytes` bytes: the tiny picture, padded with comment segments after SOI. A segment costs at
 * least 4 bytes, so sizes just above the tiny one cannot be made: it throws.
 */
export function jpegOfSize(bytes: number): Buffer {
  const picture = tinyJpeg();
  let padding = bytes - picture.length;
  if (padding === 0) return picture;
  if (padding < 4) throw new RangeError(`a JPEG of ${bytes} bytes cannot be made from one of ${picture.length}`);
  const segments: Buffer[] = [];
  while (padding > 0) {
    let take = Math.min(padding, MAX_COMMENT + 4);
    if (padding - take > 0 && padding - take < 4) take -= 4;
    const segment = Buffer.alloc(take, 0x20);
    segment.writeUInt16BE(0xfffe, 0);
    segment.writeUInt16BE(take - 2, 2);
    segments.push(segment);
    padding -= take;
  }
  return Buffer.concat([picture.subarray(0, 2), ...segments, picture.subarray(2)]);
}
