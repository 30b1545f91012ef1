import type { StationClient } from '../../../shared/contract/index.ts';
import type { PlateColor, PlateKind } from '../../../shared/domain/plate.ts';
import type { CardType, TermsKind } from '../../../shared/domain/terms.ts';
import { fromRfc3339, parseShanghaiDateTime, shanghaiDate, toRfc3339 } from '../../../shared/domain/time.ts';
import type { VehicleClass } from '../../../shared/domain/vehicle.ts';
import { addDays } from '../../office/dates.ts';

/** What the station says of a trial. */
export type Trial = Awaited<ReturnType<StationClient['tariffs']['preview']['trial']>>;

/** The stay that a draft is tried with. */
export interface TrialStay {
  readonly enteredAt: string;
  readonly exitedAt: string;
  readonly vehicleClass: VehicleClass;
  readonly plateKind?: PlateKind | undefined;
  readonly plateColor?: PlateColor | undefined;
  readonly cardType?: CardType | TermsKind | undefined;
  readonly areaId?: string | undefined;
  readonly lastPaidAt?: string | undefined;
}

const MINUTE = 60_000;

/** Lengths that people ask about; `night` ends at eight in the next morning. */
export const lengths = [15, 30, 60, 120, 240, 480, 'night', 1440, 2880, 4320] as const;
export type Length = (typeof lengths)[number];

/** The exit of a stay of that length. */
export function exitAfter(enteredAt: string, length: Length): string {
  const entry = fromRfc3339(enteredAt);
  if (length !== 'night') return toRfc3339(entry + length * MINUTE);
  const morning = parseShanghaiDateTime(`${addDays(shanghaiDate(entry), 1)} 08:00:00`);
  return toRfc3339(morning ?? entry + 720 * MINUTE);
}

/** Today at ten, two hours. */
export function firstStay(now: number): TrialStay {
  const at = toRfc3339(parseShanghaiDateTime(`${shanghaiDate(now)} 10:00:00`) ?? now);
  return { enteredAt: at, exitedAt: exitAfter(at, 120), vehicleClass: 'small' };
}
