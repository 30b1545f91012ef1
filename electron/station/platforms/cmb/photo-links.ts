import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { EpochMs } from '../../../../shared/domain/time.ts';
import type { InboundResponse } from '../platform.ts';
import type { CmbContext } from './context.ts';

/**
 * Pictures that the bank fetches here (pic_con as an address): each has an address of its own that nobody can guess, that is signed,
 * and that ends. Nothing is kept of them but the key.
 */

const PATH = /\/cmbParking\/photo\/([A-Za-z0-9_-]{1,120})\.(\d{1,12})\.([A-Za-z0-9_-]{43})$/;
const KEY = 'photo-key';

type Needed = Pick<CmbContext, 'settings' | 'clock' | 'commands' | 'photos'>;

/** Where a picture can be fetched from now on, for as long as the settings say. */
export function photoLink(photoId: string, context: Needed): string {
  const { photo } = context.settings;
  const until = Math.ceil((context.clock.now() + photo.days * 86_400_000) / 1000);
  const name = Buffer.from(photoId, 'utf8').toString('base64url');
  const token = `${name}.${until}.${seal(name, String(until), keyOf(context))}`;
  return `${photo.publicUrl.replace(/\/+$/, '')}/cmbParking/photo/${token}`;
}

export const isPhotoPath = (method: string, path: string): boolean => method === 'GET' && PATH.test(path);

/** The picture, or 404 for whatever is wrong: who guesses is told nothing. */
export async function servePhoto(path: string, context: Needed): Promise<InboundResponse> {
  const photoId = photoIdOf(path, context, context.clock.now());
  const jpeg = photoId === undefined ? undefined : await context.photos.read(photoId);
  if (jpeg === undefined) return { status: 404, contentType: 'text/plain; charset=utf-8', body: '没有这张图片' };
  return { status: 200, contentType: 'image/jpeg', body: jpeg };
}

function photoIdOf(path: string, context: Needed, now: EpochMs): string | undefined {
  const [, name = '', until = '', sign = ''] = PATH.exec(path) ?? [];
  // Without a key no address was ever given out.
  const key = context.commands.recall('cmb', KEY);
  if (key === undefined || sign === '') return undefined;
  // As texts, which are of one length here: no second spelling of the same bytes counts.
  const isOurs = timingSafeEqual(Buffer.from(sign), Buffer.from(seal(name, until, key)));
  if (!isOurs || now > Number(until) * 1000) return undefined;
  return Buffer.from(name, 'base64url').toString('utf8');
}

const seal = (name: string, until: string, key: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64url')).update(`${name}.${until}`).digest('base64url');

/** Made once, so that addresses outlive a restart. */
function keyOf({ commands }: Needed): string {
  const known = commands.recall('cmb', KEY);
  if (known !== undefined) return known;
  const key = randomBytes(32).toString('base64url');
  commands.remember('cmb', KEY, key);
  return key;
}
