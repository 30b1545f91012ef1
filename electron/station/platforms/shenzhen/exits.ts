import { z } from 'zod';
import type { Stay } from '../../../../shared/domain/stay.ts';
import type { ShenzhenSettings } from './config.ts';

/** The money of an exit (6.3.8). */

const fen = z.int().min(0).max(9_999_999_999);

export const exitMoneyFields = { chargeFen: fen, paidFen: fen, openFen: fen };
type ExitMoney = z.output<z.ZodObject<typeof exitMoneyFields>>;

/**
 * What a stay came to, was paid, and still owes as it leaves: as a debt, or for a platform that collects after departure. What a person
 * let go and what discounts took off is the rest.
 */
export const exitMoney = (stay: Stay): ExitMoney => ({
  chargeFen: Math.max(0, stay.chargeFen),
  paidFen: Math.max(0, stay.paidFen),
  openFen: Math.max(0, stay.chargeFen - stay.discountFen - stay.waivedFen - stay.paidFen),
});

/**
 * shouldPay = actualPay + agioMoney, in fen, whatever happened. The one place where it is decided:
 *
 * | what happened | actualPay | agioMoney |
 * | --- | --- | --- |
 * | paid | what was paid | what discounts took off |
 * | let go (waived), white list, card | what was paid before | the rest of the fee |
 * | left owing | what was paid before | the rest of the fee (`reports.owedAs` discount), or without what is owed (left-out) |
 * | paid more than the fee came to | what was paid | 0 |
 */
export function exitAmounts(
  { chargeFen, paidFen, openFen }: ExitMoney,
  { reports }: Pick<ShenzhenSettings, 'reports'>,
): { readonly shouldPay: number; readonly actualPay: number; readonly agioMoney: number } {
  const unpaid = Math.max(0, chargeFen - paidFen);
  const agioMoney = reports.owedAs === 'discount' ? unpaid : Math.max(0, unpaid - openFen);
  return { shouldPay: paidFen + agioMoney, actualPay: paidFen, agioMoney };
}
