import type { EpochMs } from '../../../../shared/domain/time.ts';
import { PhotoLinks } from '../photo-links.ts';
import type { InboundResponse } from '../platform.ts';
import type { VankeContext } from './context.ts';
import { NO_PHOTO, noPhoto } from './no-photo.ts';

/** Pictures that the platform fetches here (image as an address); who opens one there does it in a browser. */
const pictures = new PhotoLinks({ platform: 'vanke', path: '/vankePhoto/', ending: '.jpg' });

/** Where a picture can be fetched until then. Without one it is the address of a picture that says so: the field must be filled. */
export const photoLink = (
  photoId: string | null,
  until: EpochMs,
  { publicUrl, commands }: Pick<VankeContext, 'publicUrl' | 'commands'>,
): string => pictures.link({ photoId: photoId ?? NO_PHOTO, until, publicUrl: publicUrl() }, commands);

export const isPhotoPath = (method: string, path: string): boolean => pictures.serves(method, path);

export const servePhoto = (
  path: string,
  { clock, commands, photos }: Pick<VankeContext, 'clock' | 'commands' | 'photos'>,
): Promise<InboundResponse> => {
  const read = async (photoId: string) => noPhoto(photoId) ?? (await photos.read(photoId));
  return pictures.serve(path, { clock, commands, photos: { read } });
};
