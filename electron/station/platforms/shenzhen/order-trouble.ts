import { fenToYuanText } from '../../../../shared/domain/money.ts';
import type { Attempt } from '../../../../shared/domain/money-flow.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { CaseAlarm } from '../case-alarms.ts';
import { notDone, SHENZHEN, type ShenzhenContext } from './context.ts';
import { orderOf } from './money-marks.ts';
import type { Order, Refused } from './order.ts';

/** Money of the city that does not simply fit: a person hears of it, and has a case. */

const MONEY = 'shenzhen-payment-case';
const WAITING = 'shenzhen-order-waits';

type Told = Pick<Order, 'orderNum' | 'recordCode'> & { readonly amountFen: number | null };

/** Another sum or another record under a number that is known. */
export function differs(order: Order, { uid, plate }: Stay, context: ShenzhenContext): Refused {
  const sum = order.amountFen === null ? '' : ` ${fenToYuanText(order.amountFen)} 元`;
  open(
    order,
    { uid, plate: plate.text },
    `再次通知，金额或停车记录与上次不一致${sum}，未入账`,
    `-${uid}-${order.amountFen ?? 'none'}`,
    context,
  );
  return notDone(1, '该订单号已通知过，金额或停车记录不一致');
}

/** It has no bill here. */
export function handToPerson(order: Told, { uid, plate }: Stay, context: ShenzhenContext): Refused {
  const { orderNum, amountFen } = order;
  open(order, { uid, plate: plate.text }, '已支付，本场没有该车的应付账单，未入账', '', context);
  endsWaiting(order, context);
  orderOf.remember(orderNum, { uid, amountFen, how: 'person' }, context);
  return undefined;
}

/** Nobody knows its record. */
export function unknownRecord(order: Told, plate: string, context: ShenzhenContext): Refused {
  if (order.amountFen !== 0)
    open(order, { uid: null, plate }, `已支付，本场没有停车记录 ${order.recordCode}，未入账`, '', context);
  return notDone(404, '没有该停车记录');
}

function open(
  { orderNum, amountFen }: Told,
  car: { readonly uid: string | null; readonly plate: string },
  what: string,
  more: string,
  context: ShenzhenContext,
): void {
  const opened = context.station().payments.cases.open(
    {
      ...{ kind: 'unknown-payment', ...car, laneId: null, passageId: null, amountFen: amountFen ?? 0 },
      detail: `深圳平台订单 ${orderNum} ${what}，请与平台核对`,
      subject: `${SHENZHEN.name}-${orderNum}${more}`,
    },
    SHENZHEN,
  );
  if (opened.closedAt === null) alarm(opened.id, opened.detail, context);
}

/** Booked, and a person must look all the same: it came twice, too late, or was too much. */
export function tellOfCases({ id }: Attempt, context: ShenzhenContext): void {
  const { cases } = context.station().read;
  for (const kind of ['paid-twice', 'late-payment', 'unknown-payment']) {
    const found = cases.get(`case-${kind}-${id}`);
    if (found?.closedAt === null) alarm(found.id, found.detail, context);
  }
}

const alarm = (subject: string, detail: string, { commands }: ShenzhenContext): void =>
  commands.alarm({ code: MONEY, subject, detail, severity: 'alarm' });

/** The alarm of a case of the city's money: it ends with its case. */
export function caseAlarm(caseId: string, { station }: Pick<ShenzhenContext, 'station'>): CaseAlarm | undefined {
  const [, kind, subject] = /^case-(paid-twice|late-payment|unknown-payment)-(.+)$/.exec(caseId) ?? [];
  if (kind === undefined || subject === undefined) return undefined;
  const ours =
    subject.startsWith(`${SHENZHEN.name}-`) || station().read.attempts.get(subject)?.channel === SHENZHEN.name;
  return ours ? { code: MONEY, subject: caseId, detail: '' } : undefined;
}

/** onlinePay without a quote: what was paid is known when orderPush comes. */
export function waits({ orderNum }: Order, { uid, plate }: Stay, context: ShenzhenContext): Refused {
  orderOf.remember(orderNum, { uid, amountFen: null, how: 'waiting' }, context);
  const detail = `${plate.text || '无牌车'} 的在线支付没有金额，等待平台推送订单 ${orderNum}`;
  context.commands.alarm({ code: WAITING, subject: orderNum, detail, severity: 'warning' });
  return undefined;
}

/** The order that was waited for has come. */
export function endsWaiting({ orderNum }: Pick<Order, 'orderNum'>, context: ShenzhenContext): void {
  const mark = orderOf.recall(orderNum, context);
  if (mark?.how !== 'waiting') return;
  context.commands.alarm({ code: WAITING, subject: orderNum, detail: '', severity: 'warning', cleared: true });
  orderOf.remember(orderNum, { ...mark, how: 'came' }, context);
}
