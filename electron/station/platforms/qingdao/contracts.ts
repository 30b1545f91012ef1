import type { Stay } from '../../../../shared/domain/stay.ts';
import { PLATFORM } from './arrears.ts';
import type { QingdaoContext } from './context.ts';

/** What the platform says of a car's contract (签约) for this stay. Codes as in its dictionary. */
export interface ToldContract {
  readonly noSense: number;
  readonly departurePay: number;
  /** Up to what sum the car may leave first; null where the platform left it out. */
  readonly moneyLimitFen: number | null;
}

/** 已签约无欠费; 未签约 and 已签约有欠费 pay first. */
const SIGNED = 1;
/** 先离场后申请付费. 0 pays first; 2 and 3 are cards of park and ride, which this protocol does not say how to charge. */
const LEAVES_FIRST = 1;
const PAYS_FIRST = 0;

/** Keeps the contract for as long as the stay lasts; only one of the two kinds, or none. */
export function noteContract(
  { settings, station }: QingdaoContext,
  stay: Stay,
  told: ToldContract,
): 'departure-pay' | 'auto-pay' | 'none' {
  const { agreements } = station().registry;
  const about = { platform: PLATFORM.name, plate: stay.plate.text, uid: stay.uid };
  const wanted = kindOf(told);
  for (const kind of ['departure-pay', 'auto-pay'] as const)
    if (kind !== wanted) agreements.remove({ ...about, kind }, PLATFORM);
  // The limit forbids leaving first; whether more can be charged at the exit is for the platform to say when it is asked.
  if (wanted === 'departure-pay')
    agreements.put(
      {
        ...about,
        kind: wanted,
        limitFen: told.moneyLimitFen,
        collectMinutes: Math.max(1, Math.round(settings.departurePay.pollHours * 60)),
      },
      PLATFORM,
    );
  else if (wanted === 'auto-pay') agreements.put({ ...about, kind: wanted, limitFen: null }, PLATFORM);
  return wanted;
}

/** The limit must be told: a car whose limit nobody knows is not let go owing any sum, it is asked for at the exit. */
function kindOf({ noSense, departurePay, moneyLimitFen }: ToldContract): 'departure-pay' | 'auto-pay' | 'none' {
  if (noSense !== SIGNED) return 'none';
  if (departurePay === PAYS_FIRST) return 'auto-pay';
  if (departurePay !== LEAVES_FIRST) return 'none';
  return moneyLimitFen === null ? 'auto-pay' : 'departure-pay';
}
