import { fitJpeg } from '../jpeg-fit.ts';
import type { PhotoSource } from '../platform.ts';
import type { VankeContext } from './context.ts';

/** 图像 of queryPlaceStatus: base64 in the answer itself, so it is made small, and an answer holds only so much of them. */

const PICTURE_BYTES = 32 * 1024;
/** Of one answer. */
const ANSWER_BYTES = 1024 * 1024;
/** After this no further picture is begun: the platform waits for its answer. */
const ANSWER_MS = 1500;
/** Pictures that were made smaller are kept, the latest of them: the same spaces are asked for every few minutes. */
const KEPT = 128;

type Needed = Pick<VankeContext, 'station' | 'photos' | 'clock' | 'log'>;

const ofSource = new WeakMap<PhotoSource, PlaceImages>();

/** Pictures of the entries of these stays, in their order; empty where there is none, or no more fit into one answer. */
export function entryImages(uids: readonly (string | null)[], context: Needed): Promise<readonly string[]> {
  let images = ofSource.get(context.photos);
  if (!images) {
    images = new PlaceImages();
    ofSource.set(context.photos, images);
  }
  return images.of(uids, context);
}

class PlaceImages {
  readonly #made = new Map<string, string>();

  async of(uids: readonly (string | null)[], context: Needed): Promise<readonly string[]> {
    const until = context.clock.monotonic() + ANSWER_MS;
    const pictures: string[] = [];
    let bytes = 0;
    for (const uid of uids) {
      const room = bytes + PICTURE_BYTES * (4 / 3) <= ANSWER_BYTES && context.clock.monotonic() < until;
      const picture = uid !== null && room ? await this.#ofStay(uid, context) : '';
      bytes += picture.length;
      pictures.push(picture);
    }
    return pictures;
  }

  async #ofStay(uid: string, { station, photos, log }: Needed): Promise<string> {
    const photo = station()
      .read.photos.ofStay(uid)
      .findLast(({ purpose }) => purpose === 'entry');
    if (!photo) return '';
    const known = this.#made.get(photo.id);
    if (known !== undefined) return known;
    const bytes = await photos.read(photo.id);
    if (!bytes) return '';
    const fitted = await fitJpeg(bytes, PICTURE_BYTES);
    if (fitted.kind !== 'fits') {
      log.warn('a picture could not be made small enough', { photoId: photo.id, reason: fitted.reason });
      return '';
    }
    const { jpeg } = fitted;
    const base64 = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.length).toString('base64');
    this.#keep(photo.id, base64);
    return base64;
  }

  #keep(photoId: string, base64: string): void {
    this.#made.set(photoId, base64);
    for (const [oldest] of this.#made) {
      if (this.#made.size <= KEPT) return;
      this.#made.delete(oldest);
    }
  }
}
