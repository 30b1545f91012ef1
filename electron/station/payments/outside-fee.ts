import { type Fen, fenToYuanText } from '../../../shared/domain/money.ts';
import type { Discount } from '../../../shared/domain/registry.ts';
import type { Stay } from '../../../shared/domain/stay.ts';
import type { Fee } from '../../../shared/domain/tariff.ts';
import { type EpochMs, toRfc3339 } from '../../../shared/domain/time.ts';
import { minutesOf } from '../tariff/price-stay.ts';
import { settledFen } from './bills.ts';

/** What a stay comes to where somebody else prices it (第三方计费), in place of our tariffs. Pure. */

export interface OutsidePrice {
  readonly platform: string;
  /** The charge over the whole stay: what was settled when they were asked, and what they said is still to pay. Null: nobody knows. */
  readonly chargeFen: Fen | null;
}

/** Their price as a fee with its step: of how it came about nothing is known here. */
export function outsideFee(stay: Stay, at: EpochMs, chargeFen: Fen, platform: string): Fee {
  const minutes = minutesOf(stay.enteredAt, at);
  const settled = settledFen(stay);
  const toPay = fenToYuanText(Math.max(0, chargeFen - settled));
  const before = settled > 0 ? `，此前已结 ${fenToYuanText(settled)} 元` : '';
  return {
    tariffId: platform,
    vehicleClass: stay.vehicleClass,
    minutes,
    feeFen: chargeFen,
    steps: [
      {
        ...{ kind: 'fixed', day: 1, from: toRfc3339(stay.enteredAt), to: toRfc3339(at), minutes, units: 1 },
        ...{ unitFen: chargeFen, amountFen: chargeFen, text: `第三方计费：待缴 ${toPay} 元${before}` },
      },
    ],
  };
}

/**
 * Their price less free minutes (减免时长): what a shorter stay would cost nobody here can work out, so each minute is worth its share
 * of what is open.
 */
export function withMinutesOff(stay: Stay, at: EpochMs, openFen: Fen, minutes: number): Fen {
  const whole = minutesOf(stay.enteredAt, at);
  return minutes >= whole ? 0 : openFen - Math.floor((openFen * minutes) / whole);
}

/** What the platform itself granted is off its price already. Grants are named after the actor who made them. */
export const isTheirGrant = ({ originKind, origin }: Discount, platform: string): boolean =>
  originKind === 'platform' && (origin === platform || origin.startsWith(`${platform}（`));
