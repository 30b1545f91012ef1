import { createHash } from 'node:crypto';
import { BANK } from './actor.ts';
import type { Fields } from './codec.ts';
import type { CmbContext } from './context.ts';
import { readableOrders } from './pay-list.ts';

/**
 * A rightly signed `pay` that is refused for what it says. The bank has the money all the same: each order that can be read in it becomes
 * a case, once.
 */
export function reportUnread(fields: Fields, reason: string, { station }: CmbContext): void {
  const { read, payments } = station();
  const [record = '', bill = '', plate = ''] = ['record_id', 'bill_id', 'vpl_number'].map((name) =>
    (fields.get(name) ?? '').slice(0, 64),
  );
  const stay = read.stays.get(record);
  const about = [record && `记录 ${record}`, bill && `账单 ${bill}`, plate && `车牌 ${plate}`]
    .filter(Boolean)
    .join('，');
  for (const { order, amountFen } of readableOrders(fields.get('pay_list') ?? '')) {
    const sum = amountFen === null ? '金额无法识别' : `${amountFen / 100} 元`;
    payments.cases.open(
      {
        ...{ kind: 'unknown-payment', uid: stay?.uid ?? null, laneId: null, passageId: null },
        plate: (plate || stay?.plate.text) ?? '',
        amountFen: amountFen ?? 0,
        detail: `招行通知的支付无法识别，未入账，请与招行核对（订单 ${order.slice(0, 100)}，${sum}；${about}）：${reason}`,
        subject: `cmb-unread-${createHash('sha256').update(order).digest('hex').slice(0, 24)}`,
      },
      BANK,
    );
  }
}
