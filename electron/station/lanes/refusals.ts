import type { Refusal } from './step.ts';

const TEXTS: Readonly<Record<Refusal, string>> = {
  'no-car': '车道上没有等待处理的车辆',
  'plate-empty': '车牌不能为空',
  'already-cleared': '车辆已放行，不能再更正车牌',
  'already-inside': '该车牌已有在场记录',
  'nothing-due': '当前没有待收费用',
  'stay-changed': '停车记录已变化，请更正或重新识别车牌后再收费',
  'amount-differs': '金额与应收不一致，请核对后重试',
};

/** What the attendant is told when an order cannot be carried out. Nothing has happened then. */
export const refusalText = (refusal: Refusal): string => TEXTS[refusal];
