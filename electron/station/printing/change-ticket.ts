import type { ChangeOrder } from '../../../shared/domain/change-order.ts';
import type { PrintDocument } from '../../../shared/domain/print.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { copyMark, pair, RULE, text } from './receipts.ts';
import { minute, yuan } from './words.ts';

export interface TicketFacts {
  readonly siteName: string;
  readonly order: ChangeOrder;
  /** What the code says that the driver scans. */
  readonly url: string;
  /** 1 for the first. */
  readonly copy: number;
  readonly now: EpochMs;
}

/** 找零单: what the driver takes along to get the change on the phone. Pure. */
export function changeTicket({ siteName, order, url, copy, now }: TicketFacts): PrintDocument {
  const { id, plate, identity, amountFen, payFen, receivedFen, paidAt, cashier } = order;
  return [
    text(siteName, { align: 'center' }),
    text('找零单', { align: 'center', large: true }),
    ...copyMark(copy),
    RULE,
    pair('找零', yuan(amountFen), true),
    { kind: 'qr', text: url },
    text('请用手机扫码领取找零', { align: 'center' }),
    RULE,
    pair('车牌', plate.text || (identity ?? '无牌车')),
    pair('应付', yuan(payFen)),
    pair('收到', yuan(receivedFen)),
    pair('缴费时间', minute(paidAt)),
    pair('收款', cashier),
    // In fours, as it is read out and typed.
    pair('找零单号', id.replace(/(\d{4})(?=\d)/g, '$1 ')),
    ...(copy > 1 ? [pair('打印时间', minute(now))] : []),
    RULE,
    text('凭码领取一次，请妥善保管', { align: 'center' }),
  ];
}
