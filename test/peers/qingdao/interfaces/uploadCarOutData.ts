import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';

/** 上传车辆离场记录 */
export const uploadCarOutData: UplinkInterface = {
  name: 'uploadCarOutData',
  section: '四(一)3',
  fields: [
    f.UID,
    f.text('endID', 60),
    f.PLATE_NO,
    f.CAR_TYPE,
    f.PARKING_CODE,
    f.text('gateNo', 20, { required: false }),
    f.text('operatorCode', 50, { required: false }),
    ...f.COUNTERS,
    f.moment('arriveTime'),
    f.PARKING_TYPE,
    f.moment('endTime'),
    f.text('entryNum', 50),
    f.text('outNum', 50),
    f.PLATE_COLOR,
    f.UPLOAD_TIME,
    f.fen('chargeFee'),
    f.fen('shouldPay'),
  ],
  relations: [...f.COUNTERS_FIT, f.UID_NAMES_ENTRANCE, f.DUE_WITHIN_FEE],
  book: { name: 'exits', id: 'endID' },
};
