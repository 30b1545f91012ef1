export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/** A string field of a message that is believed to have one; empty otherwise. */
export function textOf(fields: JsonObject, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

/** The object of a body, or what is wrong with it. */
export function readObject(body: Buffer): { readonly fields: JsonObject } | { readonly fault: string } {
  let text: string;
  try {
    // The decoder would swallow a BOM, JSON does not allow one.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return { fault: 'the body is not UTF-8' };
  }
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { fields: value } : { fault: `the body is no JSON object: ${text.slice(0, 60)}` };
  } catch {
    return { fault: `the body is not JSON: ${text.slice(0, 60)}` };
  }
}
