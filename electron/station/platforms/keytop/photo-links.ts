import type { EpochMs } from '../../../../shared/domain/time.ts';
import { PhotoLinks } from '../photo-links.ts';
import type { InboundResponse } from '../platform.ts';
import type { KeytopContext } from './context.ts';

/** Pictures that the third party fetches here (imgName, imageUrl as an address). */
const pictures = new PhotoLinks({ platform: 'keytop', path: '/keytopPhoto/', ending: '.jpg' });

const DAY_MS = 86_400_000;

/** Where a picture can be fetched for the days of the settings, counted from `from`; empty without a picture. */
export const photoLink = (
  photoId: string | null,
  from: EpochMs,
  { settings, publicUrl, commands }: Pick<KeytopContext, 'settings' | 'publicUrl' | 'commands'>,
): string =>
  photoId === null
    ? ''
    : pictures.link({ photoId, until: from + settings.photo.days * DAY_MS, publicUrl: publicUrl() }, commands);

export const isPhotoPath = (method: string, path: string): boolean => pictures.serves(method, path);

export const servePhoto = (
  path: string,
  from: Pick<KeytopContext, 'clock' | 'commands' | 'photos'>,
): Promise<InboundResponse> => pictures.serve(path, from);
