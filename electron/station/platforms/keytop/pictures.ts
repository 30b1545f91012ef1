import { errorText } from '../../runtime/errors.ts';
import { fitJpeg } from '../jpeg-fit.ts';
import { KEYTOP, type KeytopContext } from './context.ts';
import { photoLink } from './photo-links.ts';

/** imgName (G18): the address of the picture, the picture itself, or empty. A picture that is missing holds no record back. */

type Needed = Pick<KeytopContext, 'settings' | 'station' | 'publicUrl' | 'commands' | 'clock' | 'photos' | 'log'>;

/** The newest picture of a stay's entry or exit; the camera may have sent none. */
export async function imageOf(uid: string, purpose: 'entry' | 'exit', context: Needed): Promise<string> {
  const taken = context
    .station()
    .read.photos.ofStay(uid)
    .findLast((photo) => photo.purpose === purpose);
  return imageNamed(taken?.id, context);
}

/** A picture by its own id. */
export async function imageNamed(photoId: string | undefined, context: Needed): Promise<string> {
  const { form } = context.settings.photo;
  if (photoId === undefined || form === 'none') return '';
  // Counted from now: a record that waited for days is told with an address that still opens.
  return form === 'url' ? photoLink(photoId, context.clock.now(), context) : base64Of(photoId, context);
}

async function base64Of(photoId: string, context: Needed): Promise<string> {
  const { log, photos, commands, settings } = context;
  try {
    const bytes = await photos.read(photoId);
    if (bytes === undefined) return '';
    const fitted = await fitJpeg(bytes, settings.photo.maxKilobytes * 1024);
    if (fitted.kind === 'fits') return Buffer.from(fitted.jpeg).toString('base64');
    log.warn('a picture is told as none', { photoId, reason: fitted.reason });
    if (fitted.kind === 'no-decoder')
      commands.alarm({
        ...{ code: 'photo-decoder-missing', subject: KEYTOP.name, severity: 'warning' },
        detail: '照片超过上限，需要压缩，但本机的图片组件无法加载；这些记录不带照片上报，请重新安装程序',
      });
  } catch (error) {
    log.warn('a picture is told as none', { photoId, reason: errorText(error) });
  }
  return '';
}
