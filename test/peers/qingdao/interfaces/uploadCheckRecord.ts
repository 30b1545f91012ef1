import { type DayFigures, figuresOf } from '../days.ts';
import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';
import type { WireObject } from '../lossless-json.ts';

const claimOf = (data: WireObject): DayFigures => ({
  arriveNum: Number(data.arriveNum),
  leaveNum: Number(data.leaveNum),
  photoNum: Number(data.photoNum),
  payNum: Number(data.payNum),
  payTotal: Number(data.payTotal),
});

/** 停车记录日核对: compared with what stands in the platform's own books, kind by kind. */
export const uploadCheckRecord: UplinkInterface = {
  name: 'uploadCheckRecord',
  section: '四(二)1',
  fields: [
    f.PARKING_CODE,
    f.day('checkDate'),
    f.int('arriveNum', 10),
    f.int('leaveNum', 10),
    f.int('photoNum', 10),
    f.int('payNum', 10),
    f.int('payTotal', 10),
    f.UPLOAD_TIME,
  ],
  relations: [],
  process: ({ data, at }, { books, checks }) => {
    const day = String(data.checkDate);
    const own = figuresOf(books, day);
    const claimed = claimOf(data);
    const accountMark =
      (own.arriveNum === claimed.arriveNum ? 0 : 1) +
      (own.leaveNum === claimed.leaveNum ? 0 : 2) +
      (own.payNum === claimed.payNum && own.payTotal === claimed.payTotal ? 0 : 4);
    const photoMark = own.photoNum === claimed.photoNum ? 0 : 1;
    checks.push({ at, day, claimed, own, accountMark, photoMark });
    return { extra: { accountMark, photoMark } };
  },
};
