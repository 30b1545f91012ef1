import { z } from 'zod';
import { shanghaiDateTime } from '../../../../../shared/domain/time.ts';
import { Refused } from '../../define-message.ts';
import { code, text, wireTime } from '../../wire-fields.ts';
import { PHOTO_TYPE, PHOTO_TYPES } from '../codes.ts';
import { record, up } from '../define.ts';
import { parkingCode, uid } from '../fields.ts';

/** Satisfies both limits of the specification, 500000 characters and 512 K (D24). */
const FILE_CHARACTERS = 500_000;

const schema = z.strictObject({
  uid,
  parkingCode,
  photoID: text(60),
  time: wireTime,
  type: code(PHOTO_TYPES),
  name: text(60),
});

/** A photo of an entry or an exit. The picture is read when the message leaves and travels beside the cipher, in the clear. */
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
    if (bytes[0] !== 0xff || bytes[1] !== 0xd8)
      return new Refused('the photo is not a JPEG, and nothing else is taken');
    const length = Math.ceil(bytes.length / 3) * 4;
    if (length > FILE_CHARACTERS)
      return new Refused(
        `the photo is too large: ${length} characters of Base64, at most ${FILE_CHARACTERS} are taken`,
      );
    return {
      ...record(body, context),
      file: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64'),
    };
  },
});
