/** Fields of answers, read as tolerantly as the specification is printed. */

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field at the root or in `data`, however its name is capitalised. */
export function fieldOf(body: Readonly<Record<string, unknown>>, name: string): unknown {
  const wanted = name.toLowerCase();
  for (const place of [body, body['data']]) {
    if (!isObject(place)) continue;
    const found = Object.entries(place).find(([key]) => key.toLowerCase() === wanted);
    if (found !== undefined) return found[1];
  }
  return undefined;
}

/** A whole number that may be written as a text. */
export function readCount(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}
