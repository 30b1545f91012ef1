const FORMAT = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' });

/** `yyyy-MM-dd HH:mm:ss` on the wall clock of Qingdao (UTC+8, no summer time). */
export function wallClock(epochMs: number): string {
  return FORMAT.format(epochMs);
}

/** Epoch ms of such a text. */
export function instantOf(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}+08:00`);
}

/** Whether the text is a real date and time in that form. */
export function isWallClock(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return false;
  const at = instantOf(text);
  return !Number.isNaN(at) && wallClock(at) === text;
}

/** Whether the text is a real day, `yyyy-MM-dd`. */
export function isDay(text: string): boolean {
  return isWallClock(`${text} 00:00:00`);
}

/** Whether the 17 digits are `yyyyMMddHHmmssSSS` of a real moment. */
export function isCompactMoment(digits: string): boolean {
  const m = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{3}$/.exec(digits);
  return m !== null && isWallClock(`${m[1]}-${m[2]}-${m[3]} ${m[4]}:${m[5]}:${m[6]}`);
}
