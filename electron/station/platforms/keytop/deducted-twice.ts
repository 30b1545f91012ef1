import { fenToYuanText } from '../../../../shared/domain/money.ts';
import type { Attempt } from '../../../../shared/domain/money-flow.ts';
import { ConflictError, NotFoundError } from '../../runtime/errors.ts';
import { KEYTOP, type KeytopContext } from './context.ts';

/**
 * A deduction that is known, and that nothing here wants any more: the bill was paid in another way while the third party deducted, or the
 * car was let go. It is corrected; but the third party may refuse that for what it knows, so until it was taken a person has a case.
 */

type Needed = Pick<KeytopContext, 'station'>;

const subjectOf = (attemptId: string): string => `${KEYTOP.name}-deducted-${attemptId}`;
const KINDS = ['paid-twice', 'late-payment'] as const;

/** Once for each attempt. */
export function reportDeducted({ id, uid, billId, laneId }: Attempt, paidFen: number, { station }: Needed): void {
  const { read, payments } = station();
  if (KINDS.some((kind) => read.cases.get(`case-${kind}-${subjectOf(id)}`))) return;
  const isPaid = read.bills.get(billId)?.state === 'paid';
  const why = isPaid ? '该车已用其他方式缴费，又被免密支付扣款' : '车辆未缴费放行后被免密支付扣款';
  payments.cases.open(
    {
      kind: isPaid ? 'paid-twice' : 'late-payment',
      ...{ uid, laneId, passageId: null, plate: read.stays.get(uid)?.plate.text ?? '', amountFen: paidFen },
      detail: `${why} ${fenToYuanText(paidFen)} 元，已向第三方申请冲正；第三方接受后自动结案，迟迟不接受请与第三方核对并退还车主`,
      subject: subjectOf(id),
      // Whoever took the other money, or let the car go, is not the one to explain it away.
      causedBy: peopleOf(uid, station),
    },
    KEYTOP,
  );
}

const DOINGS: ReadonlySet<string> = new Set(['bill-paid', 'vehicle-exited']);

const peopleOf = (uid: string, station: KeytopContext['station']): string[] => [
  ...new Set(
    station()
      .read.journal.storedOfKey(uid)
      .filter(({ kind, actor_kind }) => actor_kind === 'user' && DOINGS.has(kind))
      .map(({ actor_name }) => actor_name),
  ),
];

/** The third party has taken the correction: the driver has the money back. */
export function closeDeducted(attemptId: string, { station }: Needed): void {
  const { read, payments } = station();
  for (const kind of KINDS) {
    const found = read.cases.get(`case-${kind}-${subjectOf(attemptId)}`);
    if (!found || found.closedAt !== null) continue;
    try {
      payments.cases.close(found.id, '第三方已接受冲正，扣款已退还', { actor: KEYTOP, role: 'admin' });
    } catch (error) {
      // Somebody closed it just now.
      if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error;
    }
  }
}
