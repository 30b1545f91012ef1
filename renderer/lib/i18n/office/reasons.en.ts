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
  'no-voice': 'This display has no voice.',
  'no-sign': 'This device is not a sign for free spaces.',
  'no-raw': 'This device takes no raw bytes.',
  'arm-on-line': 'A barrier hangs on the same line: no raw bytes are sent there. Use the opening test.',
  'directory-relative': 'Give the whole path of the folder, e.g. D:\\backup or /mnt/backup.',
  'backup-failed': 'The backup failed; see the alarms.',
  'backup-damaged': 'The backup is not whole and cannot be restored.',
  busy: 'A backup, a check or a restore is under way; try again in a moment.',
};
