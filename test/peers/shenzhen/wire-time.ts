/** China keeps UTC+8 all year. */
const CHINA_MS = 8 * 3_600_000;

const iso = (epochMs: number): string => new Date(epochMs + CHINA_MS).toISOString();

/** `yyyy-MM-dd HH:mm:ss`, as downlinks have it. */
export const dashed = (epochMs: number): string => `${iso(epochMs).slice(0, 10)} ${iso(epochMs).slice(11, 19)}`;

/** `yyyyMMddHHmmss`, as createTime has it. */
export const packed = (epochMs: number): string => dashed(epochMs).replaceAll(/\D/g, '');

/** Epoch ms of a packed text; null unless it is a real moment in exactly that form. */
export function packedInstant(text: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)?.slice(1).map(Number);
  if (!parts) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const at = Date.UTC(year, month - 1, day, hour, minute, second) - CHINA_MS;
  return packed(at) === text ? at : null;
}

/** The same of `yyyy-MM-dd HH:mm:ss`. */
export function dashedInstant(text: string): number | null {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? packedInstant(text.replaceAll(/\D/g, '')) : null;
}

/** Epoch ms of a wire number in ms or s: 10 digits are seconds. */
export const instantOf = (text: string): number => (text.length <= 10 ? Number(text) * 1_000 : Number(text));
