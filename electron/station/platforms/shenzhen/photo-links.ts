import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { InboundRequest, InboundResponse, PlatformInbound } from '../platform.ts';
import { SHENZHEN, type ShenzhenContext } from './context.ts';

/**
 * Pictures that the city fetches here. The tables leave 100 characters for an address, so that these are shorter than those of other
 * platforms: the picture's own number and a short seal. How long an address holds follows from when the picture was taken.
 */

const MOST_CHARACTERS = 100;
const DAY_MS = 86_400_000;
const SEAL_BYTES = 12;
const KEY = 'photo-key';
const PREFIX = 'photo_';
const PATH = /^\/sz\/([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{16})$/;

type Needed = Pick<ShenzhenContext, 'settings' | 'publicUrl' | 'commands' | 'station' | 'log'>;

/** The newest picture of a stay's entry or exit as the city can open it; empty: there is none, or no address for it. */
export function pictureOf(uid: string, purpose: 'entry' | 'exit', context: Needed): string {
  if (context.settings.photo.form === 'none' || context.publicUrl() === '') return '';
  const taken = context
    .station()
    .read.photos.ofStay(uid)
    .findLast((photo) => photo.purpose === purpose);
  return taken === undefined ? '' : photoLink(taken.id, context);
}

function photoLink(photoId: string, { publicUrl, commands, log }: Needed): string {
  const name = photoId.startsWith(PREFIX) ? photoId.slice(PREFIX.length) : `-${photoId}`;
  const link = `${publicUrl().replace(/\/+$/, '')}/sz/${name}.${seal(name, keyOf(commands))}`;
  if (link.length <= MOST_CHARACTERS) return link;
  log.warn('the address of a picture is too long for the city', { characters: link.length, most: MOST_CHARACTERS });
  return '';
}

/** Serves those pictures on the station's shared listener. From any address: the seal alone is the proof. */
export class Pictures implements PlatformInbound {
  readonly #context: ShenzhenContext;

  constructor(context: ShenzhenContext) {
    this.#context = context;
  }

  serves(method: string, path: string): boolean {
    return method === 'GET' && PATH.test(path);
  }

  /** The picture, or one and the same 404 for whatever is wrong: who guesses is told nothing. */
  async handle({ path }: Pick<InboundRequest, 'path'>): Promise<InboundResponse> {
    const photoId = this.#photoIdOf(path, this.#context.clock.now());
    const jpeg = photoId === undefined ? undefined : await this.#context.photos.read(photoId);
    if (jpeg === undefined) return { status: 404, contentType: 'text/plain; charset=utf-8', body: '没有这张图片' };
    return { status: 200, contentType: 'image/jpeg', body: jpeg };
  }

  #photoIdOf(path: string, now: EpochMs): string | undefined {
    const [, name = '', sign = ''] = PATH.exec(path) ?? [];
    const { commands, settings, station } = this.#context;
    // Without a key no address was ever given out.
    const key = commands.recall(SHENZHEN.name, KEY);
    if (key === undefined || sign === '') return undefined;
    // As texts, which are of one length here: no second spelling of the same bytes counts.
    if (!timingSafeEqual(Buffer.from(sign), Buffer.from(seal(name, key)))) return undefined;
    const photoId = name.startsWith('-') ? name.slice(1) : `${PREFIX}${name}`;
    const takenAt = station().read.photos.get(photoId)?.taken_at_ms;
    return takenAt !== undefined && now <= takenAt + settings.photo.days * DAY_MS ? photoId : undefined;
  }
}

/** Made once, so that addresses outlive a restart. */
function keyOf(commands: ShenzhenContext['commands']): string {
  const known = commands.recall(SHENZHEN.name, KEY);
  if (known !== undefined) return known;
  const key = randomBytes(32).toString('base64url');
  commands.remember(SHENZHEN.name, KEY, key);
  return key;
}

const seal = (name: string, key: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64url'))
    .update(name, 'utf8')
    .digest()
    .subarray(0, SEAL_BYTES)
    .toString('base64url');
