/** China keeps UTC+8 all year. */
const CHINA_MS = 8 * 3_600_000;

/** `yyyyMMdd HH:mm:ss`, 17 characters. */
export function wireTime(epochMs: number): string {
  const iso = new Date(epochMs + CHINA_MS).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '')} ${iso.slice(11, 19)}`;
}

/** Epoch ms of such a text; null if it is not a real moment in exactly that form. */
export function instantOf(text: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d) (\d\d):(\d\d):(\d\d)$/.exec(text)?.slice(1).map(Number);
  if (!parts) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const at = Date.UTC(year, month - 1, day, hour, minute, second) - CHINA_MS;
  return wireTime(at) === text ? at : null;
}
