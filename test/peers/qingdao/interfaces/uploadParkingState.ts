import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';

/** 上传停车场剩余开放泊位数, every minute. */
export const uploadParkingState: UplinkInterface = {
  name: 'uploadParkingState',
  section: '四(一)4',
  fields: [f.PARKING_CODE, ...f.COUNTERS, f.UPLOAD_TIME],
  relations: f.COUNTERS_FIT,
};
