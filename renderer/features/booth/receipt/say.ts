import type { Notice } from '../notice.ts';
import { setNotice, useBooth } from '../store.ts';

/** What became of paper or drawer, in the strip. What matters more stays: an act that is under way, and what went wrong with money. */
export function sayOfPrinter(notice: Notice): void {
  const { notice: before, pending } = useBooth.getState();
  const graver = before?.tone === 'problem' && before.moneyAct && !before.key.startsWith('receipt');
  if (!pending && !graver) setNotice(notice);
}
