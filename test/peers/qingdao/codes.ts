/** The code lists of 五 (data dictionary) that the interfaces here use. */
export const CODES = {
  carType: [1, 2, 3],
  plateColor: [1, 2, 3, 4, 5, 6],
  parkingType: [1, 2, 3, 4],
  paidType: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  payType: [101, 102, 103, 104],
  photoType: [1, 2],
  billWay: [0, 1],
  specialCarList: [0, 1],
  specialCarOperate: [0, 1, 2],
} as const satisfies Record<string, readonly number[]>;

export type CodeList = keyof typeof CODES;
