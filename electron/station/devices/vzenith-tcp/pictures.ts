/** Where a JPEG ends and the next begins. */
const SEAM = Buffer.from([0xff, 0xd9, 0xff, 0xd8, 0xff]);

const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;

/**
 * The pictures behind a result: the whole one, and the cut-out of the plate. Sources differ in which comes first, so what counts
 * is where a JPEG begins; the sizes are believed only where that bears them out.
 */
export function splitPictures(
  bytes: Uint8Array,
  sizes: { readonly full: number; readonly clip: number },
): { readonly full: Uint8Array | null; readonly clip: Uint8Array | null } {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isJpeg(all)) return { full: null, clip: null };
  const begins = (at: number): boolean => at > 0 && at < all.byteLength && isJpeg(all.subarray(at));
  if (begins(sizes.full)) return { full: all.subarray(0, sizes.full), clip: all.subarray(sizes.full) };
  if (begins(sizes.clip)) return { full: all.subarray(sizes.clip), clip: all.subarray(0, sizes.clip) };
  const seam = all.indexOf(SEAM);
  if (seam < 0) return sizes.full === 0 && sizes.clip > 0 ? { full: null, clip: all } : { full: all, clip: null };
  const [first, second] = [all.subarray(0, seam + 2), all.subarray(seam + 2)];
  return first.byteLength >= second.byteLength ? { full: first, clip: second } : { full: second, clip: first };
}
