import { parseYuan } from '../../lib/format.ts';

/** A scan gun types where the cursor stands: a payment code is longer than any amount that is handed over. */
const CODE_DIGITS = 8;
/** Nobody hands over so much too much. */
const MOST_CHANGE_FEN = 100_000;

/** What stands in a field for cash; nothing typed is the exact sum. */
export type CashTyped =
  | { readonly receivedFen: number; readonly changeFen: number; readonly wrong: null }
  | { readonly shortFen: number; readonly wrong: 'short' }
  | { readonly wrong: 'code' | 'not-an-amount' };

export function cashTyped(typed: string, toPayFen: number): CashTyped {
  const text = typed.trim();
  if (new RegExp(`^\\d{${CODE_DIGITS},}$`).test(text)) return { wrong: 'code' };
  const receivedFen = text === '' ? toPayFen : parseYuan(text);
  if (receivedFen === undefined) return { wrong: 'not-an-amount' };
  const changeFen = receivedFen - toPayFen;
  if (changeFen < 0) return { wrong: 'short', shortFen: -changeFen };
  return changeFen > MOST_CHANGE_FEN ? { wrong: 'code' } : { receivedFen, changeFen, wrong: null };
}
