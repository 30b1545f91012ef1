import { berthReasons } from './reasons-berths.en.ts';
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
  ...berthReasons,
  'revision-differs': 'Somebody else changed the settings meanwhile. Open them again before you change them.',
  'configuration-invalid': 'The settings are not valid; see the marked fields.',
  'directory-relative': 'Give the whole path of the folder, e.g. D:\\backup or /mnt/backup.',
  'backup-failed': 'The backup failed; see the alarms.',
  'backup-damaged': 'The backup is not whole and cannot be restored.',
  busy: 'A backup, a check or a restore is under way; try again in a moment.',
};
