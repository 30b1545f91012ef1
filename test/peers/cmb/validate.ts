import { CODES } from './codes.ts';
import { COMMON, type Field, type Table } from './field.ts';
import { doubt, type Finding, finding } from './finding.ts';
import { pictureFault } from './picture.ts';
import { isRealPlate, isVirtualPlate } from './plate.ts';
import type { Fields } from './sign.ts';

/** How far a clock may run ahead. */
const AHEAD_S = 60;
const LIMITS = { int: 2n ** 31n - 1n, int64: 2n ** 63n - 1n } as const;

/** What is wrong with a moment in 10-digit seconds, of something that has happened. */
export function secondsFault(value: string | number, now: number): Finding['detail'] | undefined {
  if (!/^[1-9]\d{9}$/.test(String(value))) return `is not a UNIX time of 10 digits: ${value}`;
  return Number(value) > now / 1_000 + AHEAD_S ? `lies in the future: ${value}` : undefined;
}

function formatFault({ name, format }: Field, value: string, now: number): Finding | undefined {
  const wrong = (detail: string | undefined): Finding | undefined =>
    detail === undefined ? undefined : finding(format === 'seconds' ? 'time' : 'format', `${name} ${detail}`, name);
  switch (format) {
    case 'seconds':
      return wrong(secondsFault(value, now));
    case 'gate':
      return wrong(Number(value) < 1 || Number(value) > 255 ? `is not within 1..255: ${value}` : undefined);
    case 'digest':
      return wrong(/^[0-9a-f]{32}$/.test(value) ? undefined : 'is not 32 lower-case hex digits');
    case 'token':
      return wrong(/^\S+$/u.test(value) ? undefined : `has blanks in it: "${value}"`);
    case 'picture':
      return wrong(pictureFault(value));
    case 'plate':
      if (/\s/u.test(value)) return wrong(`has blanks in it: "${value}"`);
      return isRealPlate(value) || isVirtualPlate(value)
        ? undefined
        : doubt('format', `${name} is neither a plate nor a virtual plate: ${value}`, name);
    default:
      return undefined;
  }
}

function checkField(field: Field, value: string | undefined, now: number): Finding[] {
  const { name, type, codes } = field;
  if (value === undefined || value === '')
    return field.required ? [finding('presence', `${name} is missing or empty`, name)] : [];
  const found: Finding[] = [];
  // pic_con may be an address, and addresses have percent signs of their own.
  if (field.format !== 'picture' && /%[0-9A-Fa-f]{2}/.test(value))
    found.push(finding('form', `${name} was encoded twice: ${value.slice(0, 40)}`, name));
  if (type !== 'string') {
    if (!/^(?:0|[1-9]\d*)$/.test(value)) return [...found, finding('type', `${name} is not ${type}: ${value}`, name)];
    if (BigInt(value) > LIMITS[type]) return [...found, finding('type', `${name} exceeds ${type}: ${value}`, name)];
  }
  const listed: readonly number[] | undefined = codes && CODES[codes];
  if (listed && !listed.includes(Number(value)))
    found.push(finding('code', `${name} is not a code of ${codes}: ${value}`, name));
  const wrong = formatFault(field, value, now);
  return wrong ? [...found, wrong] : found;
}

/** Holds the fields of a form against the table of its interface. */
export function validate(table: Table, fields: Fields, now: number): Finding[] {
  const rows = [...COMMON, ...table.fields];
  const found = rows.flatMap((row) => checkField(row, fields[row.name], now));
  for (const name of Object.keys(fields))
    if (!rows.some((row) => row.name === name))
      found.push(finding('unknown-field', `${name} is in no table of ${table.name}`, name));
  for (const relation of table.relations ?? []) found.push(...relation(fields, now));
  return found;
}
