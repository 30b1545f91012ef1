export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/** A string of a message that is believed to have one; empty otherwise. */
export function textOf(fields: JsonObject, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

/** A number of a message that is believed to have one; 0 otherwise. */
export function numberOf(fields: JsonObject, name: string): number {
  const value = fields[name];
  return isWhole(value) ? value : 0;
}

/** The value of a JSON text; undefined if it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The objects of an array, or of a text that holds one. */
export function rowsOf(value: unknown): JsonObject[] {
  const list = typeof value === 'string' ? parsed(value) : value;
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** The text of UTF-8 bytes without a BOM; null if they are none. */
export function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
