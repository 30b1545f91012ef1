import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';

/** 上传车辆入场记录 */
export const uploadCarInData: UplinkInterface = {
  name: 'uploadCarInData',
  section: '四(一)1',
  fields: [
    f.UID,
    f.text('arriveID', 60),
    f.PLATE_NO,
    f.CAR_TYPE,
    f.PARKING_CODE,
    f.text('gateNo', 20, { required: false }),
    f.text('entryNum', 50),
    f.text('operatorCode', 50, { required: false }),
    ...f.COUNTERS,
    f.moment('arriveTime'),
    f.PARKING_TYPE,
    f.PLATE_COLOR,
    f.UPLOAD_TIME,
  ],
  relations: [...f.COUNTERS_FIT, f.UID_NAMES_ENTRANCE],
  book: { name: 'entries', id: 'arriveID' },
};
