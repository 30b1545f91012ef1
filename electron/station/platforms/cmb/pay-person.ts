import { z } from 'zod';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { BANK } from './actor.ts';
import type { CmbContext } from './context.ts';
import { mark } from './keeping.ts';

/** Money that finds no bill: a person has it as a case, and what is told again stays with them, also where it would find one by now. */

/** What the bank was answered; it is answered the same whenever it tells it again. */
const answered = mark('pay-case', z.enum(['booked', 'unknown']));

export const withPerson = (reference: string, context: Pick<CmbContext, 'clock' | 'commands'>) =>
  answered.recall(reference, context);

interface Money {
  readonly reference: string;
  readonly amountFen: number;
  readonly recordId: string | undefined;
  readonly vpl: string | undefined;
}

/** `unknown`: nobody of that record or plate was ever here. A stay for which nothing was ever to be paid is known. */
export function handToPerson(money: Money, stay: Stay | undefined, context: CmbContext): 'booked' | 'unknown' {
  const { reference, amountFen, recordId, vpl } = money;
  context.log.warn('money that the bank tells of has no bill', { order: reference, known: stay !== undefined });
  const why = stay ? '本场没有该车的应付账单' : '本场找不到停车记录';
  const record = recordId === undefined ? '' : `，记录 ${recordId}`;
  context.station().payments.cases.open(
    {
      ...{ kind: 'unknown-payment', uid: stay?.uid ?? null, laneId: null, passageId: null, amountFen },
      plate: vpl ?? stay?.plate.text ?? '',
      detail: `招行已收款，${why}，请核对（订单 ${reference}${record}）。同一订单再次通知也不会自动入账`,
      subject: `${BANK.name}-${reference}`,
    },
    BANK,
  );
  const result = stay ? 'booked' : 'unknown';
  answered.remember(reference, result, context);
  return result;
}
