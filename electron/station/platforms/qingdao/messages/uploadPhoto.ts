import { z } from 'zod';
import { shanghaiDateTime } from '../../../../../shared/domain/time.ts';
import { NotNow, Refused } from '../../define-message.ts';
import { fitJpeg } from '../../jpeg-fit.ts';
import { code, text, wireTime } from '../../wire-fields.ts';
import { PHOTO_TYPE, PHOTO_TYPES } from '../codes.ts';
import { record, up } from '../define.ts';
import { parkingCode, uid } from '../fields.ts';

/** 500000 characters of Base64, which satisfies both limits of the specification (D24). */
const FILE_BYTES = (500_000 / 4) * 3;

const schema = z.strictObject({
  uid,
  parkingCode,
  photoID: text(60),
  time: wireTime,
  type: code(PHOTO_TYPES),
  name: text(60),
});

/**
 * A photo of an entry or an exit. The picture is read when the message leaves, made smaller if need be, and travels beside the
 * cipher, in the clear.
 */
export const uploadPhoto = up({
  name: 'uploadPhoto',
  title: '上传照片',
  section: '四(一)5',
  kind: 'photo',
  schema,
  sample: {
    uid: '1001120260302080509123',
    parkingCode: '1001',
    photoID: 'photo_1',
    time: '2026-03-02 08:05:09',
    type: 1,
    name: 'in1-080509.jpg',
  },
  from: {
    'photo-taken': ({ body }, { settings }) => {
      const { stay, purpose } = body;
      if (stay === null || (purpose !== 'entry' && purpose !== 'exit')) return undefined;
      return {
        recordId: body.photoId,
        key: stay.uid,
        body: {
          uid: stay.uid,
          parkingCode: settings.parkingCode,
          photoID: body.photoId,
          time: shanghaiDateTime(body.takenAt),
          type: PHOTO_TYPE[purpose],
          name: body.name.slice(-60) || `${body.photoId}.jpg`.slice(-60),
        },
      };
    },
  },
  wire: async (body, context) => {
    const bytes = await context.photos.read(body.photoID);
    if (bytes === undefined) return new Refused('the photo is gone from the disk, or damaged');
    const fitted = await fitJpeg(bytes, FILE_BYTES);
    if (fitted.kind === 'unfit') return new Refused(fitted.reason);
    if (fitted.kind === 'no-decoder') {
      const detail = '照片超过平台限制，需要压缩，但本机的图片组件无法加载；照片暂不上传，请重新安装程序';
      context.log.error('the picture decoder cannot be loaded', { error: fitted.reason });
      context.commands.alarm({ code: 'photo-decoder-missing', subject: 'qingdao', detail, severity: 'warning' });
      throw new NotNow('图片组件无法加载，照片暂不上传');
    }
    const { jpeg } = fitted;
    return {
      ...record(body, context),
      file: Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.length).toString('base64'),
    };
  },
});
