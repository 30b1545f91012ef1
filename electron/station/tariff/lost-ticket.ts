import type { Fee } from '../../../shared/domain/tariff.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { choose, type RuleSubject, type TariffBook } from './book.ts';
import { plainDraft, yuan } from './explain/draft.ts';
import { feeOf } from './price-stay.ts';

/** What a car pays of which nobody knows since when it has been inside; `null` when its rule names no such price. Pure. */
export function priceLostTicket(
  book: TariffBook,
  car: RuleSubject & { readonly areaId?: string | undefined },
  at: EpochMs,
): Fee | null {
  const choice = choose(book, car, car.areaId, at);
  const feeFen = choice?.rule.lostTicketFen;
  if (!choice || feeFen === undefined) return null;
  const draft = plainDraft('lost-ticket', `无入场记录，按 ${yuan(feeFen)} 收费`, { day: 1, from: 0, to: 0 }, feeFen);
  return feeOf(choice, at, 0, [{ feeFen, drafts: [draft], from: 0, minutes: 0, tariff: choice.tariff }]);
}
