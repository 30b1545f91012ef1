import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';

/** 上传照片. `file` stands beside the cipher in the form, neither encrypted nor signed (D24). */
export const uploadPhoto: UplinkInterface = {
  name: 'uploadPhoto',
  section: '四(一)5',
  fields: [
    f.UID,
    f.PARKING_CODE,
    f.text('photoID', 60),
    f.moment('time'),
    f.int('type', 1, { codes: 'photoType' }),
    f.text('name', 60),
    f.text('file', 500_000, { in: 'form', format: 'jpeg' }),
    f.UPLOAD_TIME,
  ],
  relations: [],
  book: { name: 'photos', id: 'photoID' },
};
