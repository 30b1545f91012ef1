import type { MessageWords } from '../platform.ts';
import { upMessages } from './messages.ts';

/** What the fields of all messages are called. One name means one thing throughout the specification. */
const fields: Readonly<Record<string, string>> = {
  uid: '停车记录流水号',
  arriveID: '入场记录编号',
  endID: '离场记录编号',
  billID: '账单编号',
  photoID: '照片编号',
  parkingCode: '停车场编号',
  plateNo: '车牌号',
  plateColor: '车牌颜色',
  carType: '车辆类型',
  parkingType: '停车类型',
  gateNo: '岗亭编号',
  operatorCode: '操作员',
  totalBerthNum: '总泊位数',
  openBerthNum: '开放泊位数',
  freeBerthNum: '剩余泊位数',
  entryNum: '入口编号',
  arriveTime: '入场时间',
  endTime: '离场时间',
  outNum: '出口编号',
  chargeFee: '应收金额（分）',
  shouldPay: '优惠后应付（分）',
  actualPay: '实付金额（分）',
  billTime: '账单时间',
  dealTime: '交易时间',
  paidType: '支付方式',
  payType: '支付场景',
  billWay: '账单来源',
  time: '拍摄时间',
  type: '照片类型',
  name: '照片名称',
  requestId: '通知编号',
  success: '处理结果',
  params: '收到的内容',
};

/** The messages that wait in the outbox, with the words for them. */
export const messageWords: readonly MessageWords[] = upMessages.map(({ name, title, section }) => ({
  name,
  title,
  section,
  fields,
}));
