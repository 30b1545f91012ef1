import { fenToYuanText } from '../../../../shared/domain/money.ts';
import type { Attempt } from '../../../../shared/domain/money-flow.ts';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { errorText } from '../../runtime/errors.ts';
import type { CaseAlarm } from '../case-alarms.ts';
import { notDone, SHENZHEN, type ShenzhenContext } from './context.ts';
import { ALL, orderOf, waitingOrders } from './money-marks.ts';
import type { Order, Refused } from './order.ts';

/** Money of the city that does not simply fit: a person hears of it, and has a case. */

const MONEY = 'shenzhen-payment-case';
const WAITING = 'shenzhen-order-waits';

type Told = Pick<Order, 'orderNum' | 'recordCode'> & { readonly amountFen: number | null };

/** Stands with a payment whose sum nobody told: onlinePay names none. */
export const ASSUMED = '在线支付未带金额，按查询费用时告知的金额入账';

/** Another sum or another record under a number that is known. `booked`: what is in the books under it, and stays there. */
export function differs(order: Order, { uid, plate }: Stay, context: ShenzhenContext, booked?: Attempt): Refused {
  const sum = order.amountFen === null ? '' : ` ${fenToYuanText(order.amountFen)} 元`;
  const assumed = booked?.detail === ASSUMED ? `（${ASSUMED}）` : '';
  open(
    order,
    { uid, plate: plate.text },
    booked === undefined
      ? `再次通知，金额或停车记录与上次不一致${sum}，未入账`
      : `已入账 ${fenToYuanText(booked.amountFen)} 元${assumed}，平台再次通知的金额为${sum}，账目未改`,
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

/** What cannot be read of an order is not booked. One case for each order, however often and however it is told. */
export function unread(
  { orderNum, recordCode }: Pick<Order, 'orderNum' | 'recordCode'>,
  stay: Stay | undefined,
  reason: string,
  context: ShenzhenContext,
): void {
  const about = `停车记录 ${recordCode || '（无）'} 的支付通知无法读取（${reason.slice(0, 200)}），未入账`;
  const car = { uid: stay?.uid ?? null, plate: stay?.plate.text ?? '' };
  open({ orderNum: orderNum || '（无）', recordCode, amountFen: null }, car, about, `-${recordCode}-unread`, context);
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

/** So many are known at once; an order that never comes is forgotten with its mark. */
const MOST_WAITING = 200;

/** onlinePay without a quote: what was paid is known when orderPush comes. */
export function waits({ orderNum }: Order, { uid, plate }: Stay, context: ShenzhenContext): Refused {
  orderOf.remember(orderNum, { uid, amountFen: null, how: 'waiting', since: context.clock.now() }, context);
  const others = waitingFor(context).filter((each) => each !== orderNum);
  waitingOrders.remember(ALL, [...others, orderNum].slice(-MOST_WAITING), context);
  waitAlarm(orderNum, plate.text, context);
  return undefined;
}

/** The order that was waited for has come. */
export function endsWaiting({ orderNum }: Pick<Order, 'orderNum'>, context: ShenzhenContext): void {
  const mark = orderOf.recall(orderNum, context);
  if (mark?.how !== 'waiting') return;
  orderOf.remember(orderNum, { ...mark, how: 'came' }, context);
  stopAlarm(orderNum, context);
}

function stopAlarm(orderNum: string, context: ShenzhenContext): void {
  context.commands.alarm({ code: WAITING, subject: orderNum, detail: '', severity: 'warning', cleared: true });
  const others = waitingFor(context).filter((each) => each !== orderNum);
  waitingOrders.remember(ALL, others, context);
}

/** Whoever waited as long as a quote holds is a person's to look after: perhaps this city sends no orders. It is booked all the same when it comes. */
export function handOverWaiting(context: ShenzhenContext): void {
  const { clock, settings, station } = context;
  const before = clock.now() - settings.payments.quoteMinutes * 60_000;
  for (const orderNum of waitingFor(context)) {
    const mark = orderOf.recall(orderNum, context);
    if (mark?.how === 'waiting' && (mark.since ?? before) > before) continue;
    if (mark?.how === 'waiting') {
      const { uid } = mark;
      const plate = station().read.stays.get(uid)?.plate.text ?? '';
      const order = { orderNum, recordCode: '', amountFen: null };
      open(order, { uid, plate }, '在线支付没有金额，平台一直没有推送该订单，未入账', '-waits', context);
    }
    stopAlarm(orderNum, context);
  }
}

/** After a start: what is still waited for is told again. */
export function tellOfWaiting(context: ShenzhenContext): void {
  try {
    for (const orderNum of waitingFor(context)) {
      const mark = orderOf.recall(orderNum, context);
      if (mark?.how !== 'waiting') continue;
      waitAlarm(orderNum, context.station().read.stays.get(mark.uid)?.plate.text ?? '', context);
    }
  } catch (error) {
    context.log.error('an alarm could not be stored', { reason: errorText(error) });
  }
}

const waitingFor = (context: ShenzhenContext): readonly string[] => waitingOrders.recall(ALL, context) ?? [];

function waitAlarm(orderNum: string, plate: string, { commands }: ShenzhenContext): void {
  const detail = `${plate || '无牌车'} 的在线支付没有金额，等待平台推送订单 ${orderNum}`;
  commands.alarm({ code: WAITING, subject: orderNum, detail, severity: 'warning' });
}
