import type { ChangeOrderView } from '../../../shared/contract/change-orders.ts';
import { type ChangeOrder, maskedAccount } from '../../../shared/domain/change-order.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import type { ChangePage } from '../payments/change-orders.ts';

/** A change order as people and machines see it: the account masked, the drawer left out, and what the code says while it is open. */
export function changeOrderView(order: ChangeOrder, page: ChangePage | undefined): ChangeOrderView {
  const { shiftId: _shift, billId: _bill, enteredAt: _entered, chargeType: _type, ...shown } = order;
  const { account, paidAt, givenAt, settled, state, platform, id } = order;
  return {
    ...shown,
    paidAt: toRfc3339(paidAt),
    account: account === null ? null : maskedAccount(account),
    givenAt: givenAt === null ? null : toRfc3339(givenAt),
    settled: settled && { why: settled.why, by: settled.by, at: toRfc3339(settled.at) },
    url: state === 'open' && page?.platform === platform ? page.url(id) : null,
  };
}
