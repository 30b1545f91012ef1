import { MAX_FEN } from '../../../shared/domain/money.ts';
import type { Card, RechargeUnit } from '../../../shared/domain/registry.ts';
import type { CardType } from '../../../shared/domain/terms.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { addDays, addMonths, endOfYesterday } from './periods.ts';

/** What a recharge (充值/续费) makes of a card. Pure. */

export interface Recharge {
  readonly unit: RechargeUnit;
  /** Fen, months, days, hours or passes; the gift is counted in already. */
  readonly amount: number;
  /** Where the new time of an expired card begins: today, or at its old end, so that the time between is paid for. */
  readonly from: 'now' | 'old-end';
}

/** Only these hold what such a recharge gives; time can be bought for every card. */
const HOLDER: Readonly<Partial<Record<RechargeUnit, CardType>>> = {
  money: 'stored-value',
  hours: 'hours',
  times: 'counted',
};

export const fits = (type: CardType, unit: RechargeUnit): boolean => (HOLDER[unit] ?? type) === type;

const MAX_COUNT = 10_000_000;

/** The card afterwards; undefined when it would hold more than any card may. */
export function recharged(card: Card, { unit, amount, from }: Recharge, now: EpochMs): Card | undefined {
  const expired = card.validTo < now;
  const anew = expired && from === 'now';
  const end = anew ? endOfYesterday(now) : card.validTo;
  const changed: Card = { ...card, updatedAt: now };
  switch (unit) {
    case 'money':
      return card.balanceFen + amount > MAX_FEN ? undefined : { ...changed, balanceFen: card.balanceFen + amount };
    case 'hours':
      return card.minutesLeft + amount * 60 > MAX_COUNT
        ? undefined
        : { ...changed, minutesLeft: card.minutesLeft + amount * 60 };
    case 'times':
      return card.timesLeft + amount > MAX_COUNT ? undefined : { ...changed, timesLeft: card.timesLeft + amount };
    case 'months':
    case 'days': {
      const validTo = unit === 'months' ? addMonths(end, amount) : addDays(end, amount);
      // So many months that there is no such date are no number at all.
      if (!(validTo <= LAST_END)) return undefined;
      // What lies between the old end and today was not bought: it must not become covered afterwards.
      return { ...changed, validFrom: anew ? now : card.validFrom, validTo };
    }
  }
}

/** 2199: nobody buys further ahead, and a slip of the finger would. */
const LAST_END: EpochMs = Date.UTC(2199, 11, 31);
