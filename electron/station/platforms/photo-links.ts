import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PlatformId } from '../../../shared/domain/site.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import type { Clock } from '../runtime/ports.ts';
import type { InboundResponse, PhotoSource, StationCommands } from './platform.ts';

/**
 * Pictures that a platform fetches here: each has an address of its own that nobody can guess, that is signed, and that ends.
 * Nothing is kept of them but the key, one for each platform: an address given to one opens nothing at another.
 */

const TOKEN = '([A-Za-z0-9_-]{1,120})\\.(\\d{1,12})\\.([A-Za-z0-9_-]{43})';
const KEY = 'photo-key';

interface Place {
  readonly platform: PlatformId;
  /** Before the token, from the first slash to the last; whatever stands before it belongs to whoever wrote the address. */
  readonly path: string;
  /** Behind the token, for who goes by the ending of a name. */
  readonly ending?: string;
}

/** The pictures of one platform. */
export class PhotoLinks {
  readonly #place: Place;
  readonly #pattern: RegExp;

  constructor(place: Place) {
    this.#place = place;
    this.#pattern = new RegExp(`${literally(place.path)}${TOKEN}${literally(place.ending ?? '')}$`);
  }

  /** Where a picture can be fetched until then, to the second. The same for the same picture and end, also after a restart. */
  link(
    photo: { readonly photoId: string; readonly until: EpochMs; readonly publicUrl: string },
    commands: StationCommands,
  ): string {
    const until = Math.ceil(photo.until / 1000);
    const name = Buffer.from(photo.photoId, 'utf8').toString('base64url');
    const token = `${name}.${until}.${seal(name, String(until), this.#keyOf(commands))}`;
    return `${photo.publicUrl.replace(/\/+$/, '')}${this.#place.path}${token}${this.#place.ending ?? ''}`;
  }

  /** Whether a request asks for a picture, be it one that there is or not. */
  serves(method: string, path: string): boolean {
    return method === 'GET' && this.#pattern.test(path);
  }

  /** The picture, or one and the same 404 for whatever is wrong: who guesses is told nothing. */
  async serve(
    path: string,
    from: { readonly commands: StationCommands; readonly photos: PhotoSource; readonly clock: Clock },
  ): Promise<InboundResponse> {
    const photoId = this.#photoIdOf(path, from.commands, from.clock.now());
    const jpeg = photoId === undefined ? undefined : await from.photos.read(photoId);
    if (jpeg === undefined) return { status: 404, contentType: 'text/plain; charset=utf-8', body: '没有这张图片' };
    return { status: 200, contentType: 'image/jpeg', body: jpeg };
  }

  #photoIdOf(path: string, commands: StationCommands, now: EpochMs): string | undefined {
    const [, name = '', until = '', sign = ''] = this.#pattern.exec(path) ?? [];
    // Without a key no address was ever given out.
    const key = commands.recall(this.#place.platform, KEY);
    if (key === undefined || sign === '') return undefined;
    // As texts, which are of one length here: no second spelling of the same bytes counts.
    const isOurs = timingSafeEqual(Buffer.from(sign), Buffer.from(seal(name, until, key)));
    if (!isOurs || now > Number(until) * 1000) return undefined;
    return Buffer.from(name, 'base64url').toString('utf8');
  }

  /** Made once, so that addresses outlive a restart. */
  #keyOf(commands: StationCommands): string {
    const known = commands.recall(this.#place.platform, KEY);
    if (known !== undefined) return known;
    const key = randomBytes(32).toString('base64url');
    commands.remember(this.#place.platform, KEY, key);
    return key;
  }
}

const literally = (text: string): string => text.replaceAll('.', '\\.');

const seal = (name: string, until: string, key: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64url')).update(`${name}.${until}`).digest('base64url');
