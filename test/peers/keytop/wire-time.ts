/** China keeps UTC+8 all year. */
const CHINA_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** `yyyy-MM-dd HH:mm:ss`. */
export function dashed(epochMs: number): string {
  return new Date(epochMs + CHINA_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** `yyyy/MM/dd HH:mm:ss`. */
export const slashed = (epochMs: number): string => dashed(epochMs).replaceAll('-', '/');

/** `yyyyMMdd`, of which the cipher's IV is made. */
export const dayOf = (epochMs: number): string => dashed(epochMs).slice(0, 10).replaceAll('-', '');

/** Epoch ms of a text in exactly one of the two forms; null if it is not a real moment. */
export function instantOf(text: string, mark: '-' | '/' = '-'): number | null {
  const parts = /^(\d{4})[-/](\d\d)[-/](\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text)?.slice(1).map(Number);
  if (!parts) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const at = Date.UTC(year, month - 1, day, hour, minute, second) - CHINA_MS;
  return (mark === '-' ? dashed(at) : slashed(at)) === text ? at : null;
}

/** The same whichever mark it was written with; 0 if it is no moment. */
export const momentOf = (text: string): number => instantOf(text.replaceAll('/', '-')) ?? 0;

/** How long ago midnight was. */
export const sinceMidnight = (epochMs: number): number => (((epochMs + CHINA_MS) % DAY_MS) + DAY_MS) % DAY_MS;

/** The days whose IV may be met at that moment: today's, and its neighbour's within `marginMs` of midnight. */
export function daysAround(epochMs: number, marginMs: number): string[] {
  const since = sinceMidnight(epochMs);
  const days = [dayOf(epochMs)];
  if (since < marginMs) days.push(dayOf(epochMs - DAY_MS));
  if (since >= DAY_MS - marginMs) days.push(dayOf(epochMs + DAY_MS));
  return days;
}

/** Yesterday and tomorrow, wherever in the day one is. */
export const neighbourDays = (epochMs: number): string[] => [dayOf(epochMs - DAY_MS), dayOf(epochMs + DAY_MS)];
