import { isBase64 } from './cipher.ts';
import { CODES } from './codes.ts';
import type { Field, Table } from './field.ts';
import { doubt, type Finding, finding } from './finding.ts';
import { isObject, isWhole, type JsonObject, parsed } from './json.ts';
import { instantOf } from './wire-time.ts';

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 80) ?? 'nothing';

/** Whether a browser could open it as it stands. */
export function urlFault(name: string, value: string): Finding | undefined {
  if (!/^https?:\/\/\S+$/i.test(value) || !URL.canParse(value))
    return finding('format', `${name} is no absolute http(s) address: ${value.slice(0, 80)}`, name);
  const { username, password } = new URL(value);
  return username || password ? finding('secret', `${name} carries a user name`, name) : undefined;
}

/** Percent-encoded UTF-8 and nothing else. */
export function percentDecoded(value: string): string | null {
  if (!/^(?:[\w\-.!~*'()]|%[0-9A-Fa-f]{2})*$/.test(value)) return null;
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

function pictureFault(name: string, value: string): Finding | undefined {
  if (/^https?:/i.test(value)) return urlFault(name, value);
  return isBase64(value) && Buffer.from(value, 'base64').readUInt16BE(0) === 0xffd8
    ? undefined
    : finding('picture', `${name} is neither an address nor a picture in base64: ${value.slice(0, 40)}`, name);
}

const PLATE = /^(?:[\u4e00-\u9fa5][A-Z0-9]{4,8}[\u4e00-\u9fa5A-Z0-9]?|[A-Z0-9\u4e00-\u9fa5]{4,10}|无牌车)$/u;

function formatFault({ name, format }: Field, value: string): Finding | undefined {
  const bad = (what: string): Finding => finding('format', `${name} is no ${what}: ${shown(value)}`, name);
  switch (format) {
    case 'slash':
      return instantOf(value, '/') === null ? bad('time yyyy/MM/dd HH:mm:ss') : undefined;
    case 'dash':
      return instantOf(value, '-') === null ? bad('time yyyy-MM-dd HH:mm:ss') : undefined;
    case 'percent':
      return percentDecoded(value) === null ? bad('percent-encoded UTF-8') : undefined;
    case 'digits':
      return /^\d+$/.test(value) ? undefined : bad('decimal number');
    case 'ip':
      return /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/.test(value) ? undefined : bad('IPv4 address');
    case 'picture':
      return pictureFault(name, value);
    case 'url':
      return urlFault(name, value);
    case 'plate':
      return PLATE.test(value)
        ? undefined
        : doubt('format', `${name} does not look like a plate: ${shown(value)}`, name);
    default:
      return undefined;
  }
}

function rowFaults(rows: readonly Field[], value: readonly unknown[], name: string): Finding[] {
  return value.flatMap((row, index) =>
    isObject(row)
      ? objectFaults(rows, row, `${name}[${index}]`)
      : [finding('type', `${name}[${index}] is no object: ${shown(row)}`, name)],
  );
}

function textFaults(field: Field, value: unknown): Finding[] {
  const { name, mayBeEmpty, codes, type, rows = [] } = field;
  if (typeof value !== 'string') return [finding('type', `${name} is not a string: ${shown(value)}`, name)];
  if (value === '') return mayBeEmpty ? [] : [finding('presence', `${name} is empty`, name)];
  if (value.trim() !== value) return [finding('format', `${name} has blanks at its ends: ${shown(value)}`, name)];
  if (type === 'packed') {
    const packed = parsed(value);
    if (!Array.isArray(packed)) return [finding('type', `${name} holds no JSON array: ${shown(value)}`, name)];
    return rowFaults(rows, packed, name);
  }
  const known: readonly string[] | undefined = codes && CODES[codes];
  if (known && !known.includes(value)) return [finding('code', `${name} is no code of ${codes}: ${value}`, name)];
  return [formatFault(field, value) ?? []].flat();
}

/** Holds one value against its row. */
export function fieldFaults(field: Field, value: unknown): Finding[] {
  const { name, type, mayBeNull, min, codes, rows = [] } = field;
  if (value === undefined) return [finding('presence', `${name} is missing`, name)];
  if (value === null && mayBeNull) return [];
  if (type === 'string' || type === 'packed') return textFaults(field, value);
  if (type === 'int') {
    if (!isWhole(value)) return [finding('type', `${name} is not an int: ${shown(value)}`, name)];
    if (min !== undefined && value < min) return [finding('format', `${name} is below ${min}: ${value}`, name)];
    const known: readonly string[] | undefined = codes && CODES[codes];
    return known && !known.includes(String(value))
      ? [finding('code', `${name} is no code of ${codes}: ${value}`, name)]
      : [];
  }
  if (!Array.isArray(value)) return [finding('type', `${name} is no array: ${shown(value)}`, name)];
  if (type === 'array') return rowFaults(rows, value, name);
  return value.every((one) => typeof one === 'string')
    ? []
    : [finding('type', `${name} is no array of strings: ${shown(value)}`, name)];
}

function spellingFaults({ name, also = [] }: Field, fields: JsonObject): Finding[] {
  if (fields[name] === undefined) return [];
  return also
    .filter((other) => fields[other] !== fields[name])
    .map((other) =>
      finding('spelling', `${other} is ${shown(fields[other])} beside ${name} ${shown(fields[name])}`, other),
    );
}

/** Holds an object against all rows of a table, and looks for what is in none. */
export function objectFaults(rows: readonly Field[], fields: JsonObject, where = ''): Finding[] {
  const names = new Set(rows.flatMap(({ name, also = [] }) => [name, ...also]));
  const found = [
    ...rows.flatMap((row) => [...fieldFaults(row, fields[row.name]), ...spellingFaults(row, fields)]),
    ...Object.keys(fields)
      .filter((name) => !names.has(name))
      .map((name) => finding('unknown-field', `${name} is in no table`, name)),
  ];
  return where === '' ? found : found.map((one) => ({ ...one, detail: `${where}.${one.detail}` }));
}

/** Holds a request against the table of its interface. */
export const validate = (table: Table, fields: JsonObject): Finding[] => objectFaults(table.fields, fields);
