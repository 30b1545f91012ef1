import { PhotoLinks } from '../photo-links.ts';
import type { InboundResponse } from '../platform.ts';
import type { CmbContext } from './context.ts';

/** Pictures that the bank fetches here (pic_con as an address). */
const pictures = new PhotoLinks({ platform: 'cmb', path: '/cmbParking/photo/' });

type Needed = Pick<CmbContext, 'settings' | 'clock' | 'commands' | 'photos'>;

/** Where a picture can be fetched from now on, for as long as the settings say. */
export function photoLink(photoId: string, { settings: { photo }, clock, commands }: Needed): string {
  const until = clock.now() + photo.days * 86_400_000;
  return pictures.link({ photoId, until, publicUrl: photo.publicUrl }, commands);
}

export const isPhotoPath = (method: string, path: string): boolean => pictures.serves(method, path);

export const servePhoto = (path: string, context: Needed): Promise<InboundResponse> => pictures.serve(path, context);
