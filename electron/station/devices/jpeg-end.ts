const [TEM, RST0, RST7, SOI, EOI, SOS] = [0x01, 0xd0, 0xd7, 0xd8, 0xd9, 0xda];

/** Finds where a JPEG ends that comes without its length. Remembers how far it got, so that a picture in pieces is read once. */
export class JpegEnd {
  #at = 2;
  #isScan = false;

  /**
   * @param jpeg what there is of it, from its first byte; grows from call to call
   * @returns its length, or null while it is not whole
   * @throws RangeError when it is none
   */
  find(jpeg: Uint8Array): number | null {
    if (jpeg.length < 2) return null;
    if (jpeg[0] !== 0xff || jpeg[1] !== SOI) throw new RangeError('not a JPEG');
    for (;;) {
      if (this.#isScan) {
        const next = jpeg.indexOf(0xff, this.#at);
        this.#at = next < 0 ? jpeg.length : next;
      }
      const marker = jpeg[this.#at + 1];
      if (marker === undefined) return null;
      if (jpeg[this.#at] !== 0xff) throw new RangeError('not a JPEG');
      if (marker === EOI) return this.#at + 2;
      if (!this.#step(jpeg, marker)) return null;
    }
  }

  /** Over one marker and what belongs to it. */
  #step(jpeg: Uint8Array, marker: number): boolean {
    const isBare = marker === TEM || (marker >= RST0 && marker <= RST7);
    if (marker === 0xff) this.#at += 1;
    else if (isBare || (this.#isScan && marker === 0)) this.#at += 2;
    else {
      const [high, low] = [jpeg[this.#at + 2], jpeg[this.#at + 3]];
      if (high === undefined || low === undefined) return false;
      this.#at += 2 + Math.max(2, high * 256 + low);
      this.#isScan = marker === SOS;
    }
    return true;
  }
}

/** Whether these bytes begin as a JPEG does. */
export const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === SOI && bytes[2] === 0xff;
