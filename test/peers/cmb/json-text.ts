import { doubt, type Finding, finding } from './finding.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/** A JSON text in a form field: what it holds, and whether it was written without blanks and escapes (as it is signed). */
export function readJson(name: string, text: string): { readonly value: unknown; readonly findings: Finding[] } {
  const value = parseJson(text);
  if (value === undefined)
    return { value, findings: [finding('json', `${name} is not JSON: ${text.slice(0, 60)}`, name)] };
  const compact = JSON.stringify(value) === text;
  return { value, findings: compact ? [] : [doubt('json', `${name} is not written compactly`, name)] };
}

/** A whole number, not below zero, as a JSON number. */
export function wholeFault(where: string, value: unknown): Finding | undefined {
  if (value === undefined || value === null) return finding('presence', `${where} is missing`, where);
  if (!isWhole(value)) return finding('type', `${where} is not a whole number: ${JSON.stringify(value)}`, where);
  return value < 0 ? finding('format', `${where} is negative: ${value}`, where) : undefined;
}

export function textFault(where: string, value: unknown, mayBeEmpty = false): Finding | undefined {
  if (value === undefined || value === null) return finding('presence', `${where} is missing`, where);
  if (typeof value !== 'string') return finding('type', `${where} is not a string: ${JSON.stringify(value)}`, where);
  return value === '' && !mayBeEmpty ? finding('presence', `${where} is empty`, where) : undefined;
}

export const strangersIn = (value: JsonObject, allowed: readonly string[], where: string): Finding[] =>
  Object.keys(value)
    .filter((name) => !allowed.includes(name))
    .map((name) => finding('unknown-field', `${where}.${name} is in no table`, name));

export const some = (...faults: readonly (Finding | undefined)[]): Finding[] =>
  faults.filter((fault) => fault !== undefined);
