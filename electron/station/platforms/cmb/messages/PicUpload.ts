import { z } from 'zod';
import { NotNow, Refused } from '../../define-message.ts';
import { fitJpeg } from '../../jpeg-fit.ts';
import { code, text } from '../../wire-fields.ts';
import { IN_OUT, IN_OUT_FLAGS } from '../codes.ts';
import type { CmbContext } from '../context.ts';
import { up } from '../define.ts';
import { recordId } from '../fields.ts';
import { photoLink } from '../photo-links.ts';

const schema = z.strictObject({
  record_id: recordId,
  in_out_flag: code(IN_OUT_FLAGS),
  /** Ours, not sent: the picture, which is read when the message leaves. */
  photo_id: text(60),
});

/** One picture of a passage, whole or as an address; `pic_con` is not signed. */
export const PicUpload = up({
  name: 'PicUpload',
  title: '进出图片上报',
  section: '5.6',
  kind: 'photo',
  schema,
  sample: { record_id: '1234567', in_out_flag: 1, photo_id: 'photo_1' },
  from: {
    'photo-taken': ({ body, passageId }, { settings }) => {
      const { stay, purpose, photoId } = body;
      if (stay === null || (purpose !== 'entry' && purpose !== 'exit') || settings.photo.form === 'none')
        return undefined;
      const flag = IN_OUT[purpose];
      return {
        // Of one passage and direction one picture is told, however many were taken.
        recordId: `${flag}-${passageId ?? photoId}`,
        key: stay.uid,
        body: { record_id: stay.uid, in_out_flag: flag, photo_id: photoId },
      };
    },
  },
  wire: async ({ photo_id, ...rest }, context) => {
    const { form, publicUrl } = context.settings.photo;
    if (form === 'none') return new Refused('设置为不上报图片');
    if (form === 'url' && publicUrl === '') return new Refused('没有填写本机公网地址，图片地址无法生成');
    const picture = form === 'url' ? photoLink(photo_id, context) : await base64Of(photo_id, context);
    return picture instanceof Refused ? picture : { ...rest, pic_con: picture };
  },
});

/** @throws NotNow where this machine cannot make a picture smaller: it is the machine's fault, not the picture's. */
async function base64Of(photoId: string, context: CmbContext): Promise<string | Refused> {
  const { maxKilobytes, encodedTwice } = context.settings.photo;
  const bytes = await context.photos.read(photoId);
  if (bytes === undefined) return new Refused('the photo is gone from the disk, or damaged');
  const fitted = await fitJpeg(bytes, maxKilobytes * 1024);
  if (fitted.kind === 'unfit') return new Refused(fitted.reason);
  if (fitted.kind === 'no-decoder') {
    const detail = '照片超过平台限制，需要压缩，但本机的图片组件无法加载；照片暂不上传，请重新安装程序';
    context.log.error('the picture decoder cannot be loaded', { error: fitted.reason });
    context.commands.alarm({ code: 'photo-decoder-missing', subject: 'cmb', detail, severity: 'warning' });
    throw new NotNow('图片组件无法加载，照片暂不上传');
  }
  const { jpeg } = fitted;
  const base64 = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.length).toString('base64');
  return encodedTwice ? encodeURIComponent(base64) : base64;
}
