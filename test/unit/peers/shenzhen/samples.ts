import type { JsonObject } from '../../../peers/shenzhen/index.ts';
import { KEYS, MINUTE, NOW } from './wire.ts';

export const RECORD = '80010001260302000001';
const CAR = { plateNumber: '粤B12345', plateColor: 0, parkCode: KEYS.parkCode, berthCode: '', carType: 0 };
const TIMES = { entryTime: NOW - 120 * MINUTE, exitTime: NOW - MINUTE };
/** A timestamp of 0 is that of the moment of sending. */
const NOWADAYS = { timestamp: 0 };

export const PARK: JsonObject = {
  ...{ ...NOWADAYS, parkCode: KEYS.parkCode, parkName: '科技园停车场', parkType: 2, cityCode: '440300' },
  ...{ address: '深圳市南山区', image: '', lng: 114057868, lat: 22543099, totalSpace: 700, free: 0, rsType: 1 },
  ...{ description: '', innerPayable: 1, payMode: 0, scope: 1 },
};
export const ENTRY: JsonObject = {
  ...{ ...NOWADAYS, ...CAR, entryTime: TIMES.entryTime, recordCode: RECORD },
  ...{ inFeaturePic: '', inPlatePic: '', dataSouce: 1 },
};
export const EXIT: JsonObject = {
  ...{ ...NOWADAYS, ...CAR, ...TIMES, recordCode: RECORD, outFeaturePic: '', outPlatePic: '', dataSouce: 1 },
  ...{ shouldPay: 1000, actualPay: 800, agioMoney: 200 },
};
export const UPDATE: JsonObject = {
  ...{ ...NOWADAYS, ...CAR, plateNumber: '粤B12346', entryTime: TIMES.entryTime, recordCode: RECORD },
};
export const BERTH: JsonObject = {
  ...{ ...NOWADAYS, berthCode: 'NS000100010001', positionType: 0, reportTime: NOW - 1_000, state: 1, sequence: 17 },
};
export const DEVICE: JsonObject = {
  ...{
    equipmentCode: 'CAM-0007',
    state: 1,
    parkCode: KEYS.parkCode,
    equipmentType: '3000',
    createTime: '20260302100000',
  },
};
export const STATUS: JsonObject = {
  ...{ parkCode: KEYS.parkCode, barCode: 'CAM-0007', createTime: '20260302100000' },
  berthState: '[{"berthCode":"NS000100010001","state":1}]',
};
export const ENTRANCE: JsonObject = {
  ...{ entranceNum: 1, name: '东二门', parkCode: KEYS.parkCode, garageCode: '', roadName: '深南大道', type: 3 },
  ...{ longitude: '114.057868', latitude: '22.543099', equipments: '[]' },
};
export const LIST: JsonObject = {
  ...{ blackWhiteCode: 'BW0001', parkCode: KEYS.parkCode, plateNumber: '粤B12345', plateColor: 0, carType: 0 },
  ...{ strategyType: 1, beginDate: NOW, endDate: NOW + MINUTE },
};
export const FREE: JsonObject = { ...NOWADAYS, parkCode: KEYS.parkCode, freeNum: 123, dataSouce: 1 };
