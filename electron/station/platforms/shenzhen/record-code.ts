import type { Stay } from '../../../../shared/domain/stay.ts';

export const parkRecordExitName = 'parkRecordExit';

/** Digits of the time in a uid: yyyyMMddHHmmssSSS. */
const TIME_DIGITS = 17;
const NUMBER_DIGITS = 4;

/**
 * The record code (记录编码) of a stay, 19 digits, for a uid is longer than the 20 that the tables have: the time in its uid without the
 * century, and the number of its entrance. Two stays never have the same, because no two begin in the same millisecond at one entrance.
 */
export const recordCodeOf = ({ uid, entryLane }: Pick<Stay, 'uid' | 'entryLane'>): string =>
  `${uid.slice(-TIME_DIGITS + 2)}${String(entryLane.number).padStart(NUMBER_DIGITS, '0')}`;

/** The uid of the stay with this record code, in a car park of this code; undefined: it is none of ours. A uid is understood as well. */
export function uidOf(recordCode: string, siteCode: string): string | undefined {
  const [, time, number] = /^(\d{15})(\d{4})$/.exec(recordCode) ?? [];
  if (time !== undefined && number !== undefined) return `${siteCode}${Number(number)}20${time}`;
  return recordCode.startsWith(siteCode) ? recordCode : undefined;
}
