import { fenToYuanText } from '../../../../shared/domain/money.ts';
import type { CaseAlarm } from '../case-alarms.ts';
import { KEYTOP, type KeytopContext, type KeytopReply, notDone } from './context.ts';
import type { Order } from './orders.ts';
import { lateOrder } from './pay-marks.ts';

/** Money that is not taken: the third party gives it back, and a person hears of it (G15). */

/** Why. `unknown`: no such order · `late`: it ran out · `over`: paid in another way, or made anew · `differs`: paid with another sum. */
export type Refusal = 'unknown' | 'late' | 'over' | 'short' | 'differs' | 'nothing-due';

const WORDS: Readonly<Record<Refusal, string>> = {
  unknown: '订单不存在',
  late: '订单已失效，请重新查询',
  over: '订单已结清或已作废，请重新查询',
  short: '支付金额与优惠之和小于应付金额',
  differs: '该订单已支付，金额不一致',
  'nothing-due': '该订单无需支付',
};

/** The order is over or never was: the driver believes to have paid, and stands at the exit with an open bill. */
const TELLS: ReadonlySet<Refusal> = new Set(['unknown', 'late', 'over', 'nothing-due']);

const ALARM = 'keytop-payment-refused';

/** Books nothing. Where money was paid it is a case, once for each order and sum, and an alarm until that case is closed. */
export function refuse(
  { orderNo, amountFen }: { readonly orderNo: string; readonly amountFen: number },
  why: Refusal,
  order: Order | undefined,
  context: KeytopContext,
): KeytopReply {
  const reply = notDone(WORDS[why]);
  if (why === 'late') lateOrder.remember(orderNo, true, context);
  if (amountFen === 0) return reply;
  const { station, commands } = context;
  const uid = order === undefined ? null : order.kind === 'bill' ? order.bill.uid : order.uid;
  const plate = uid === null ? '' : (station().read.stays.get(uid)?.plate.text ?? '');
  const detail = `科拓订单 ${orderNo} 的支付 ${fenToYuanText(amountFen)} 元未入账（${WORDS[why]}），已拒收，由第三方退还，请核对`;
  const subject = `${KEYTOP.name}-${orderNo}-${amountFen}`;
  const opened = station().payments.cases.open(
    {
      ...{ kind: why === 'late' || why === 'over' ? 'late-payment' : 'unknown-payment', uid, plate, amountFen },
      ...{ laneId: null, passageId: null, detail, subject },
    },
    KEYTOP,
  );
  if (TELLS.has(why) && opened.closedAt === null)
    commands.alarm({ code: ALARM, subject: opened.id, detail, severity: 'alarm' });
  return reply;
}

const CASES = ['late-payment', 'unknown-payment'].map((kind) => `case-${kind}-${KEYTOP.name}-`);

/** The alarm of a case of ours. */
export const refusalAlarm = (caseId: string): CaseAlarm | undefined =>
  CASES.some((start) => caseId.startsWith(start)) ? { code: ALARM, subject: caseId, detail: '' } : undefined;
