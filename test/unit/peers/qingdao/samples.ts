import { TINY_JPEG_BASE64 } from '../../../peers/jpeg.ts';
import { type QingdaoKeys, sealText, signText } from '../../../peers/qingdao/index.ts';

/** Good records of one stay, written down by hand from the tables of the protocol. */
export const UID = '1001120260302080509123';
export const ENTRY = {
  uid: UID,
  arriveID: 'E1',
  plateNo: '鲁B01C01',
  carType: 1,
  parkingCode: '1001',
  entryNum: '1',
  totalBerthNum: 150,
  openBerthNum: 130,
  freeBerthNum: 70,
  arriveTime: '2026-03-02 08:05:09',
  parkingType: 1,
  plateColor: 1,
  uploadTime: '2026-03-02 08:05:10',
};
export const EXIT = {
  uid: UID,
  endID: 'X1',
  plateNo: '鲁B01C01',
  carType: 1,
  parkingCode: '1001',
  totalBerthNum: 150,
  openBerthNum: 130,
  freeBerthNum: 71,
  arriveTime: '2026-03-02 08:05:09',
  parkingType: 1,
  endTime: '2026-03-02 09:35:00',
  entryNum: '1',
  outNum: '2',
  plateColor: 1,
  uploadTime: '2026-03-02 09:35:01',
  chargeFee: 800,
  shouldPay: 500,
};
export const PAYMENT = {
  billID: 'B1',
  uid: UID,
  plateNo: '鲁B01C01',
  parkingCode: '1001',
  chargeFee: 800,
  shouldPay: 500,
  actualPay: 500,
  billTime: '2026-03-02 09:34:00',
  dealTime: '2026-03-02 09:34:30',
  paidType: 1,
  payType: 103,
  uploadTime: '2026-03-02 09:34:31',
  billWay: 0,
};
export const PHOTO = {
  uid: UID,
  parkingCode: '1001',
  photoID: 'P1',
  time: '2026-03-02 08:05:09',
  type: 1,
  name: 'P1.jpg',
  uploadTime: '2026-03-02 08:05:11',
};
export const FILE = { file: TINY_JPEG_BASE64 };
export const HEARTBEAT = { parkingCode: '1001', uploadTime: '2026-03-02 08:00:00' };
/** The source's own example of 四(一)4, without blanks. */
export const STATE_TEXT =
  '{"data":{"parkingCode":"1001","totalBerthNum":150,"openBerthNum":130,"freeBerthNum":10,"uploadTime":"2015-09-01 09:10:11"}}';

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly contentType: string | null;
}

/** The form of one request. */
export function formOf(
  keys: QingdaoKeys,
  plain: string,
  extra: Readonly<Record<string, string>> = {},
): URLSearchParams {
  const cipher = sealText(plain, keys.platformPublicKey);
  return new URLSearchParams({ accessID: '234', cipher, sign: signText(cipher, keys.userPrivateKey), ...extra });
}

export async function postForm(url: string, body: string, contentType: string): Promise<Reply> {
  const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': contentType } });
  return { status: response.status, text: await response.text(), contentType: response.headers.get('content-type') };
}

export const FORM_TYPE = 'application/x-www-form-urlencoded';

export const MODIFY = { ...ENTRY, operateType: 0 };
export const STATE = {
  parkingCode: '1001',
  totalBerthNum: 150,
  openBerthNum: 130,
  freeBerthNum: 10,
  uploadTime: '2026-03-02 08:05:09',
};
export const CHECK = {
  parkingCode: '1001',
  checkDate: '2026-03-02',
  arriveNum: 1,
  leaveNum: 1,
  photoNum: 1,
  payNum: 1,
  payTotal: 500,
  uploadTime: '2026-03-03 01:00:00',
};
export const DOWNLOAD = {
  parkingCode: '1001',
  accountDate: '2026-03-02',
  type: 0,
  uploadTime: '2026-03-03 01:00:05',
};
export const INFO = {
  parkingCode: '1001',
  parkingName: '五四广场停车场',
  address: '市南区东海西路',
  regionCode: '370202',
  areaCode: '01',
  priceType: 2,
  feeScale: '每小时 5 元',
  openTime: '00:00-23:59',
  parkingLocate: 1,
  parkingType: 2,
  totalBerthNum: 150,
  openBerthNum: 130,
  bmapX: '120.39',
  bmapY: '36.06',
  gmapX: '120.38',
  gmapY: '36.05',
  tempTotalNum: 130,
  intrinsicTotalNum: 20,
  visitorTotalNum: 0,
  chargeTotalNum: 4,
  uploadTime: '2026-03-02 08:00:00',
};
/** The bill of the stay, unpaid. */
export const BILL = {
  billID: 'B1',
  parkingCode: '1001',
  uid: UID,
  plateNo: '鲁B01C01',
  plateColor: 1,
  arriveTime: '2026-03-02 08:05:09',
  endTime: '2026-03-02 09:35:00',
  billTime: '2026-03-02 09:34:00',
  shouldPay: 500,
  payStatus: 0,
};
export const APPLY = { ...BILL, outNum: '2', carStock: 0 };
export const QUERY = { parkingCode: '1001', plateNo: '鲁B01C01', plateColor: 1 };
export const RESULT_QUERY = { billID: 'B1', parkingCode: '1001', plateNo: '鲁B01C01' };
export const DAILY = { parkingCode: '1001', checkBillTime: '2026-03-02' };
export const CANCEL = { ...QUERY, billID: 'A1' };
const answer = <P extends object>(params: P) => ({ requestId: 1, success: true, params });
export const FEE = answer(BILL);
export const PAY_RESULT = answer({
  plateNo: '鲁B01C01',
  billID: 'B1',
  billTime: '2026-03-02 09:34:00',
  shouldPay: 500,
  payStatus: 1,
  actualPay: 400,
  discountAmount: 100,
  dealTime: '2026-03-02 09:34:20',
  orderCode: '4200001',
  paidType: 3,
  payType: 102,
});
export const CONTRACT = answer({ ...QUERY, noSense: 1, moneyLimit: 5000, departurePay: 1 });
export const OVER_DUE = answer({ plateNo: '鲁B01C01', overDueCount: 2, unPay: 1500, prevent: 1 });
export const SPECIAL = answer({
  parkingCode: '1001',
  plateNo: '鲁B01C01',
  carType: 1,
  operateType: 0,
  operate: 0,
  operateTime: '2026-03-02 08:00:00',
  startTime: '2026-03-02 00:00:00',
  endTime: '2026-12-31 23:59:59',
});
