/** The code lists of 五 (data dictionary) and of the interfaces' own tables. */
export const CODES = {
  carType: [1, 2, 3],
  plateColor: [1, 2, 3, 4, 5, 6],
  parkingType: [1, 2, 3, 4],
  paidType: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  payType: [101, 102, 103, 104],
  photoType: [1, 2],
  billWay: [0, 1],
  payStatus: [0, 1],
  /** What applyPayment and uploadAbnormalBill may say of a bill: they are sent because it is not completed. */
  unpaid: [0],
  carStock: [0, 1],
  noSense: [0, 1, 2],
  departurePay: [0, 1, 2, 3],
  prevent: [0, 1],
  modifyOperateType: [0, 1],
  downloadUidType: [0, 1, 2, 3],
  specialCarList: [0, 1],
  specialCarOperate: [0, 1, 2],
  parkingPattern: [1, 2, 3],
  parkingLocate: [1, 2],
  buildType: [1, 2, 3],
  /** 停车场类型: `parkingType` of uploadParkingInfo, not 停车类型 (D30). */
  parkingLotType: [1, 2, 3],
  priceType: [1, 2, 3],
  attachedType: ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14', '15', '16'],
  inroadFeesType: ['00', '01', '02', '03', '21'],
  regionCode: [
    ...['370202', '370203', '370211', '370212', '370213'],
    ...['370214', '370215', '370281', '370283', '370285'],
  ],
  areaCode: ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'],
} as const satisfies Record<string, readonly (number | string)[]>;

export type CodeList = keyof typeof CODES;
