import type { Booking } from '../../../../shared/domain/registry.ts';
import { ConflictError } from '../../runtime/errors.ts';
import { carriedOut } from './carried-out.ts';
import { done, notDone, SHENZHEN, type ShenzhenContext, type ShenzhenReply } from './context.ts';
import { bookingIdOf, bookingsOf, type Period, packageRemark, periodsAfter } from './packages.ts';

/** An order as the city names it in one operation. */
interface PackageOrder {
  readonly ppsType: number;
  readonly plateNumber: string;
  readonly orderId: string;
  readonly items: readonly { readonly operateType: number; readonly beginTime: number; readonly endTime: number }[];
}

const CHANGE = 1;
const CANCEL = 2;

const periodsOf = ({ items }: PackageOrder, operateType: number): Period[] =>
  items
    .filter((item) => item.operateType === operateType)
    .map(({ beginTime, endTime }) => ({ from: beginTime, to: endTime }));

/** Carries out what is asked of one order, all of it or nothing where a rule forbids any of it. */
export function changeOrder(order: PackageOrder, context: ShenzhenContext): ShenzhenReply {
  const odd = order.items.find(({ operateType }) => operateType !== CHANGE && operateType !== CANCEL);
  if (odd)
    return notDone(400, odd.operateType === 0 ? 'operateType 0 为预留，不支持新增' : 'operateType: 应为 1、2 之一');
  if (order.items.some(({ beginTime, endTime }) => endTime < beginTime)) return notDone(400, 'endTime: 早于 beginTime');
  const all = bookingsOf(order.orderId, context.station().read.bookings);
  const [cancelled, changed] = [periodsOf(order, CANCEL), periodsOf(order, CHANGE)];
  const isUnknown = all.length === 0;
  if (isUnknown && (changed.length === 0 || context.settings.packages.unknown === 'refuse'))
    return notDone(404, `没有订单 ${order.orderId}`);
  const active = all.filter(({ state }) => state === 'active');
  if (changed.length === 0 && active.some(({ plate }) => plate !== order.plateNumber))
    return notDone(1, '订单与车牌不符');
  return carriedOut(() => {
    put(order, all, periodsAfter(active, { cancelled, changed }), context);
    return done({});
  });
}

/** Brings the bookings of an order in line with its periods: what is the same stays, then the others are changed, added or cancelled. */
function put(order: PackageOrder, all: readonly Booking[], periods: readonly Period[], context: ShenzhenContext): void {
  const { bookings } = context.station().registry;
  const free = all.filter(({ state }) => state === 'active');
  const moved: Period[] = [];
  const kept: [Booking, Period][] = [];
  for (const period of periods) {
    const index = free.findIndex(({ from, to }) => from === period.from && to === period.to);
    const [same] = index < 0 ? [] : free.splice(index, 1);
    if (same) kept.push([same, period]);
    else moved.push(period);
  }
  for (const [booking, period] of kept) book(order, booking.id, period, context);
  let next = all.length;
  for (const period of moved) {
    const booking = free.shift();
    book(order, booking?.id ?? bookingIdOf(order.orderId, next), period, context);
    if (!booking) next += 1;
  }
  for (const { id } of free) bookings.cancel(id, SHENZHEN, `云平台取消订单 ${order.orderId}`);
}

/** A car of the plate that came in within the period and stands inside is covered from its entry on, unless it is just leaving. */
function book(order: PackageOrder, id: string, { from, to }: Period, context: ShenzhenContext): void {
  const { bookings } = context.station().registry;
  const remark = packageRemark(order.ppsType, order.orderId);
  const given = { plate: order.plateNumber, from, to, passes: 'many' as const, remark };
  try {
    bookings.put(given, { id, immediate: true }, SHENZHEN);
  } catch (error) {
    if (!(error instanceof ConflictError && error.reason === 'at-the-lane')) throw error;
    bookings.put(given, { id }, SHENZHEN);
  }
}
