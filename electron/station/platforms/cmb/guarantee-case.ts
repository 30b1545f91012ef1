import type { Attempt } from '../../../../shared/domain/money-flow.ts';
import { BANK } from './actor.ts';
import type { CmbContext } from './context.ts';

/** The case of a 保付 payment that the bank did not tell of in time. */

const KIND = 'unknown-payment';
const subjectOf = ({ id }: Attempt): string => `cmb-guarantee-${id}`;

export function openOverdue(attempt: Attempt, { settings, station }: Pick<CmbContext, 'settings' | 'station'>): void {
  const { read, payments } = station();
  const order = attempt.reference === null ? '' : `，订单 ${attempt.reference}`;
  payments.cases.open(
    {
      kind: KIND,
      uid: attempt.uid,
      laneId: attempt.laneId,
      passageId: null,
      plate: read.stays.get(attempt.uid)?.plate.text ?? '',
      amountFen: attempt.amountFen,
      detail: `保付放行后 ${settings.autoPay.confirmHours} 小时仍未收到招行的支付通知，请与招行核对${order}`,
      subject: subjectOf(attempt),
    },
    BANK,
  );
}

/** It was told after all: nobody has anything to find out any more. */
export function closeOverdue(attempt: Attempt, order: string, { station }: Pick<CmbContext, 'station'>): void {
  const { read, payments } = station();
  const found = read.cases.get(`case-${KIND}-${subjectOf(attempt)}`);
  if (!found || found.closedAt !== null) return;
  const resolution = `招行已通知该笔支付（订单 ${order}），系统自动结案`;
  payments.cases.close(found.id, resolution, { actor: BANK, role: 'manager' });
}
