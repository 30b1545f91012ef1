import { CHANGE_NOT_OFFERED } from '../payments/change-order.ts';
import type { TillRefusal } from '../shifts/till.ts';

/** Why an input cannot be carried out now. The state stays as it was. */
export type Refusal =
  | 'no-car'
  | 'other-car'
  | 'plate-empty'
  | 'already-cleared'
  | 'already-inside'
  | 'nothing-due'
  | 'stay-changed'
  | 'bill-changed'
  | 'amount-differs'
  | 'not-wanted'
  | 'nothing-to-approve'
  | 'reason-needed'
  | 'reason-not-listed'
  | 'not-inside'
  | 'wrong-direction'
  | 'in-the-future'
  | 'no-debts-here'
  | TillRefusal
  | 'car-has-gone'
  | 'not-reversible'
  | 'lane-busy'
  | 'change-impossible'
  | 'change-not-offered';

const TEXTS: Readonly<Record<Refusal, string>> = {
  'no-car': '车道上没有等待处理的车辆',
  'other-car': '车道上已经是另一辆车，请核对后重试',
  'plate-empty': '车牌不能为空',
  'already-cleared': '车辆已放行，不能再更正车牌',
  'already-inside': '该车牌已有在场记录',
  'nothing-due': '当前没有待收费用',
  'stay-changed': '停车记录已变化，请更正或重新识别车牌后再收费',
  'bill-changed': '账单已变化，请核对金额后重试',
  'amount-differs': '金额与应收不一致，请核对后重试',
  'not-wanted': '该账单已不再等待支付',
  'nothing-to-approve': '当前没有可以确认放行的事项',
  'reason-needed': '此操作必须填写原因',
  'reason-not-listed': '请从原因列表中选择',
  'not-inside': '没有这条在场记录',
  'wrong-direction': '此车道方向不适用该操作',
  'in-the-future': '入场时间不能晚于当前时间',
  'no-debts-here': '本停车场不允许欠费离场',
  'till-paused': '本岗亭的钱箱已锁定或正在清点，请先恢复收款、办理顶班或开新班，再收现金',
  'shift-required': '请先开班，再收现金',
  'not-your-till': '当前班次不是您的，请由本班收费员收现金，或办理交接班',
  'car-has-gone': '车辆已通过，不能撤销；请按退款处理',
  'not-reversible': '此车道不是潮汐车道',
  'lane-busy': '车道上有车辆正在处理，请稍后切换',
  'change-impossible': '实收金额小于应收金额',
  'change-not-offered': CHANGE_NOT_OFFERED,
};

/** What the attendant is told when an order cannot be carried out. Nothing has happened then. */
export const refusalText = (refusal: Refusal): string => TEXTS[refusal];
