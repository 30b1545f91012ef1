import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';

const coordinate = (name: string): f.Field => f.text(name, 30);

/** 停车场基本信息变更. Its example is of an older version: the table decides (D29). */
export const uploadParkingInfo: UplinkInterface = {
  name: 'uploadParkingInfo',
  section: '四(三)1',
  fields: [
    f.PARKING_CODE,
    f.text('parkingName', 100),
    f.text('address', 100),
    f.text('regionCode', 6, { codes: 'regionCode' }),
    f.text('areaCode', 2, { codes: 'areaCode' }),
    f.int('priceType', 1, { codes: 'priceType' }),
    f.text('inroadFeesType', 2, { ...f.OPTIONAL, codes: 'inroadFeesType' }),
    f.text('feeScale', 500),
    f.text('openTime', 50),
    f.int('parkingPattern', 1, { ...f.OPTIONAL, codes: 'parkingPattern' }),
    f.int('parkingLocate', 1, { codes: 'parkingLocate' }),
    f.int('parkingType', 1, { codes: 'parkingLotType' }),
    f.text('attachedType', 2, { ...f.OPTIONAL, codes: 'attachedType' }),
    f.int('buildType', 1, { ...f.OPTIONAL, codes: 'buildType' }),
    f.int('totalBerthNum', 6),
    f.int('openBerthNum', 6),
    { ...coordinate('x'), required: false },
    { ...coordinate('y'), required: false },
    ...['bmapX', 'bmapY', 'gmapX', 'gmapY'].map(coordinate),
    f.int('tempTotalNum', 6),
    f.int('intrinsicTotalNum', 6),
    f.int('visitorTotalNum', 6),
    f.int('chargeTotalNum', 6),
    f.UPLOAD_TIME,
  ],
  relations: [f.OPEN_WITHIN_TOTAL],
  process: ({ data }, { info }) => {
    info.push(data);
    return undefined;
  },
};
