import { z } from 'zod';
import { code, count, optionalText, text } from '../../wire-fields.ts';
import { record, up } from '../define.ts';
import { berthFields, parkingCode } from '../fields.ts';
import { AREA_CODES, ATTACHED_TYPES, INROAD_FEES_TYPES, REGION_CODES } from '../parking-info.ts';

/**
 * What the car park is: at first, and whenever it changed. The fields are those of the table and no others; the example of the
 * specification is that of an older version (D29).
 */
export const uploadParkingInfo = up({
  name: 'uploadParkingInfo',
  title: '停车场基本信息变更',
  section: '四(三)1',
  schema: z.strictObject({
    parkingCode,
    parkingName: text(100),
    address: text(100),
    regionCode: z.literal(REGION_CODES),
    areaCode: z.literal(AREA_CODES),
    priceType: code([1, 2, 3]),
    inroadFeesType: z.literal(INROAD_FEES_TYPES).nullable(),
    feeScale: text(500),
    openTime: text(50),
    parkingPattern: code([1, 2, 3]).nullable(),
    parkingLocate: code([1, 2]),
    /** 停车场类型; in the records of stays the same name is 停车类型 (D30). */
    parkingType: code([1, 2, 3]),
    attachedType: z.literal(ATTACHED_TYPES).nullable(),
    buildType: code([1, 2, 3]).nullable(),
    totalBerthNum: berthFields.totalBerthNum,
    openBerthNum: berthFields.openBerthNum,
    x: optionalText(30),
    y: optionalText(30),
    bmapX: text(30),
    bmapY: text(30),
    gmapX: text(30),
    gmapY: text(30),
    tempTotalNum: count(6),
    intrinsicTotalNum: count(6),
    visitorTotalNum: count(6),
    chargeTotalNum: count(6),
  }),
  sample: {
    parkingCode: '1001',
    parkingName: '五四广场停车场',
    address: '市南区东海西路 1 号',
    regionCode: '370202',
    areaCode: '01',
    priceType: 1,
    inroadFeesType: null,
    feeScale: '每小时 5 元，24 小时最高 50 元',
    openTime: '00:00-23:59',
    parkingPattern: 1,
    parkingLocate: 1,
    parkingType: 2,
    attachedType: '15',
    buildType: 2,
    totalBerthNum: 150,
    openBerthNum: 130,
    x: null,
    y: null,
    bmapX: '120.389455',
    bmapY: '36.072227',
    gmapX: '120.382915',
    gmapY: '36.066348',
    tempTotalNum: 130,
    intrinsicTotalNum: 20,
    visitorTotalNum: 0,
    chargeTotalNum: 0,
  },
  wire: record,
});
