import { CODES } from './codes.ts';
import { COMMON, type Field, type Table } from './field.ts';
import { doubt, type Finding, finding } from './finding.ts';
import { isWhole, type JsonObject } from './json.ts';
import { instantOf } from './wire-time.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Whether these are whole bytes of a JPEG, as far as their ends tell. */
export const isJpeg = (bytes: Buffer): boolean =>
  bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 && bytes.readUInt16BE(bytes.length - 2) === 0xffd9;

/** Whether a browser could open it as it stands. */
export function urlFault(name: string, value: string): Finding | undefined {
  if (!/^https?:\/\/\S+$/i.test(value) || !URL.canParse(value))
    return finding('format', `${name} is no absolute http(s) address: ${value.slice(0, 80)}`, name);
  const { username, password } = new URL(value);
  return username || password ? doubt('format', `${name} carries a user name`, name) : undefined;
}

function formatFault({ name, format }: Field, value: string | number): Finding | undefined {
  const shown = JSON.stringify(value);
  switch (format) {
    case 'time':
      return instantOf(String(value)) === null
        ? finding('format', `${name} is no time of 17 characters: ${shown}`, name)
        : undefined;
    case 'token':
      return /^[0-9a-f]{32}$/.test(String(value))
        ? undefined
        : finding('format', `${name} is not 32 lower-case hex digits: ${shown}`, name);
    case 'version':
      return value === '1.0' ? undefined : finding('code', `${name} is not 1.0: ${shown}`, name);
    case 'url':
      return urlFault(name, String(value));
    case 'percent':
      return Number(value) >= 0 && Number(value) <= 100
        ? undefined
        : finding('format', `${name} is not between 0 and 100: ${shown}`, name);
    case 'jpg':
      return isJpeg(Buffer.from(String(value), 'base64')) && BASE64.test(String(value))
        ? undefined
        : finding('format', `${name} is no JPEG in base64: ${shown.slice(0, 60)}`, name);
    default:
      return undefined;
  }
}

/** Holds one value against its row. */
export function fieldFault(field: Field, value: unknown): Finding | undefined {
  const { name, type, required, mayBeEmpty, codes } = field;
  if (value === undefined) return required ? finding('presence', `${name} is missing`, name) : undefined;
  if (type === 'Integer') {
    if (!isWhole(value)) return finding('type', `${name} is not an Integer: ${JSON.stringify(value)}`, name);
    return formatFault(field, value);
  }
  if (typeof value !== 'string')
    return finding('type', `${name} is not a String: ${JSON.stringify(value)?.slice(0, 80)}`, name);
  if (value === '') return mayBeEmpty ? undefined : finding('presence', `${name} is empty`, name);
  if (value.trim() !== value)
    return finding('format', `${name} has blanks at its ends: ${JSON.stringify(value)}`, name);
  const list: readonly string[] | undefined = codes && CODES[codes];
  if (list && !list.includes(value)) return finding('code', `${name} is no code of ${codes}: ${value}`, name);
  return formatFault(field, value);
}

/** Holds a request against the table of its interface. */
export function validate(table: Table, fields: JsonObject): Finding[] {
  const rows = [...COMMON, ...table.fields];
  const found = rows.flatMap((row) => fieldFault(row, fields[row.name]) ?? []);
  for (const name of Object.keys(fields))
    if (!rows.some((row) => row.name === name))
      found.push(finding('unknown-field', `${name} is in no table of ${table.name}`, name));
  return found;
}
