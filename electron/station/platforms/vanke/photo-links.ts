import type { EpochMs } from '../../../../shared/domain/time.ts';
import { PhotoLinks } from '../photo-links.ts';
import type { InboundResponse } from '../platform.ts';
import type { VankeContext } from './context.ts';

/** Pictures that the platform fetches here (image as an address); who opens one there does it in a browser. */
const pictures = new PhotoLinks({ platform: 'vanke', path: '/vankePhoto/', ending: '.jpg' });

/** Where a picture can be fetched until then; undefined while nobody knows how this station is reached. */
export function photoLink(
  photoId: string,
  until: EpochMs,
  { publicUrl, commands }: Pick<VankeContext, 'publicUrl' | 'commands'>,
): string | undefined {
  const base = publicUrl();
  return base === undefined ? undefined : pictures.link({ photoId, until, publicUrl: base }, commands);
}

export const isPhotoPath = (method: string, path: string): boolean => pictures.serves(method, path);

export const servePhoto = (
  path: string,
  context: Pick<VankeContext, 'clock' | 'commands' | 'photos'>,
): Promise<InboundResponse> => pictures.serve(path, context);
