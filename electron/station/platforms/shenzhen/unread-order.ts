import { z } from 'zod';
import { type DownMessage, Refused } from '../define-message.ts';
import type { ShenzhenCall, ShenzhenContext, ShenzhenReply } from './context.ts';
import { looseText } from './down-fields.ts';
import { unread } from './order-trouble.ts';
import { stayOf } from './record.ts';

type Down = DownMessage<ShenzhenContext, ShenzhenCall, ShenzhenReply | Promise<ShenzhenReply>>;

/** The number of an order has one name in each of its two messages. */
const namesSchema = z
  .looseObject({ orderCode: looseText(36), orderNum: looseText(36), recordCode: looseText(36) })
  .transform(({ orderCode, orderNum, recordCode }) => ({ orderNum: orderCode || orderNum, recordCode }))
  .catch({ orderNum: '', recordCode: '' });

/** Money that the city has, told in a way that cannot be booked: a person looks for it by what of it can be read. */
export function unreadOrder(
  order: { readonly orderNum: string; readonly recordCode: string },
  reason: string,
  context: ShenzhenContext,
): void {
  const stay = order.recordCode === '' ? undefined : stayOf(order.recordCode, context);
  unread(order, stay, reason, context);
}

/** The message; where it is refused because it cannot be read, there is a case of it as well. Only the city's own words come this far. */
export const withCaseIfUnread = <M extends Down>(message: M): M => ({
  ...message,
  receive: (body: unknown, call: ShenzhenCall, context: ShenzhenContext) => {
    const reply = message.receive(body, call, context);
    if (reply instanceof Refused) unreadOrder(namesSchema.parse(body), reply.reason, context);
    return reply;
  },
});
