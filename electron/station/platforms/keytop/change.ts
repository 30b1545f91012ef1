import type { ChangeOrder } from '../../../../shared/domain/change-order.ts';
import type { PaymentMethod } from '../../../../shared/domain/money-flow.ts';
import type { CaseAlarm } from '../case-alarms.ts';
import { KEYTOP, type KeytopContext, type KeytopReply, rows } from './context.ts';
import { cardNoOf, plateOf, toDashed } from './fields.ts';

/** 找零: change orders as the third party is told of them (下行3.5 to 3.7). */

/** 异常数据: nobody knows when the car came in. */
const UNKNOWN_ENTRY = '1972-01-01 00:00:00';

/** 找零类型: 0 微信, 1 支付宝, and nothing else. */
export const methodOfChange = (chargeType: 0 | 1): PaymentMethod => (chargeType === 0 ? 'wechat' : 'alipay');

/** What 3.5 and 3.7 have in common. */
const common = (order: ChangeOrder) => ({
  orderNo: order.id,
  plateNo: plateOf(order),
  cardNo: cardNoOf(order),
});

/** Given in cash is given: the third party owes the driver nothing any more. */
const amounts = ({ payFen, receivedFen, state }: ChangeOrder) => ({
  payMoney: payFen,
  paidAmount: receivedFen,
  ifCharge: state === 'open' ? 0 : 1,
});

const entryTime = ({ enteredAt }: ChangeOrder): string => (enteredAt === null ? UNKNOWN_ENTRY : toDashed(enteredAt));

export const infoRow = (order: ChangeOrder) => ({
  ...common(order),
  comeTime: entryTime(order),
  ...amounts(order),
});

const REMARKS = { cash: '已由人工现金找零', 'turned-back': '车辆未离场，现金已全部退还' } as const;

export function reportRow(order: ChangeOrder, bothSpellings: boolean) {
  const { chargeType, account, settled, paidAt } = order;
  const endedAt = order.givenAt ?? settled?.at ?? null;
  const user = account ?? '';
  return {
    ...common(order),
    entryTime: entryTime(order),
    ...amounts(order),
    chargeType: chargeType ?? '',
    UserAccount: user,
    ...(bothSpellings ? { userAccount: user } : {}),
    paidTime: toDashed(paidAt),
    chargeTime: endedAt === null ? '' : toDashed(endedAt),
    remark: settled === null ? '' : REMARKS[settled.why],
  };
}

/** The answers to 3.5 and 3.7 stand in `data`, and where the examples print them, too, if the site wants that (G04). */
export function payload(
  data: readonly Readonly<Record<string, unknown>>[],
  { settings }: Pick<KeytopContext, 'settings'>,
): KeytopReply {
  return settings.payloadIn === 'data' ? rows(data) : { ...rows(data), resMsg: data };
}

const ALARM = 'change-given-twice';

/** The third party says that it gave what a person had given in cash: the case for it is open already. */
export function alarmTwice(orderNo: string, { commands }: Pick<KeytopContext, 'commands'>): void {
  const detail = `找零订单 ${orderNo} 已现金找零，第三方又通知已找零，请核实`;
  commands.alarm({ code: ALARM, subject: orderNo, detail, figures: { orderNo }, severity: 'alarm' });
}

/** The alarm of such a case. */
export function twiceAlarm(caseId: string): CaseAlarm | undefined {
  const orderNo = /^case-paid-twice-change-(\d+)$/.exec(caseId)?.[1];
  return orderNo === undefined ? undefined : { code: ALARM, subject: orderNo, detail: `找零订单 ${orderNo} 已核实` };
}

export const OURS = KEYTOP.name;
