import { cardReasons } from './reasons-cards.en.ts';
import { laneReasons } from './reasons-lanes.en.ts';
import { moneyReasons } from './reasons-money.en.ts';
import { officeReasons } from './reasons-office.en.ts';

/**
 * English sentences for the reasons of a CONFLICT; the Chinese ones come from the station. A test reads the station's sources
 * and holds this whole.
 */
export const reasonsEn: Readonly<Record<string, string>> = {
  ...laneReasons,
  ...moneyReasons,
  ...cardReasons,
  ...officeReasons,
};
