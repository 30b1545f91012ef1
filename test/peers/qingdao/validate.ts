import { CODES } from './codes.ts';
import { strictBase64 } from './crypto.ts';
import type { Field, Table } from './field.ts';
import { type Finding, finding, type Opened, type Rule } from './finding.ts';
import { isWireObject, NotPlainDigits, type WireObject, type WireValue } from './lossless-json.ts';
import { isPlateNo } from './plate.ts';
import { isCompactMoment, isDay, isWallClock } from './wall-clock.ts';

const absent = (value: WireValue | undefined): value is undefined | null | '' =>
  value === undefined || value === null || value === '';

function describe(value: WireValue): string {
  if (typeof value === 'bigint') return `${value}`;
  if (value instanceof NotPlainDigits) return value.literal;
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}

function typeFault(field: Field, value: WireValue): string | undefined {
  const whole = typeof value === 'number' || typeof value === 'bigint';
  const ok =
    field.type === 'String'
      ? typeof value === 'string'
      : field.type === 'Boolean'
        ? typeof value === 'boolean'
        : field.type === 'Long'
          ? whole && value >= -(2n ** 63n) && value < 2n ** 63n
          : typeof value === 'number';
  return ok ? undefined : `is not of type ${field.type}: ${describe(value)}`;
}

/** A photo has half a million of them: they are counted one by one only when there may be too many. */
const charactersOf = (value: string, { maxLength }: Field): number =>
  maxLength === null || value.length <= maxLength ? value.length : [...value].length;

function lengthFault(field: Field, value: WireValue): string | undefined {
  const length =
    typeof value === 'string' ? charactersOf(value, field) : typeof value === 'number' ? `${value}`.length : 0;
  if (field.maxLength !== null && length > field.maxLength) return `has ${length} of at most ${field.maxLength}`;
  if (typeof value === 'number' && value < 0) return `is negative: ${value}`;
  if (typeof value === 'number' && field.max !== undefined && value > field.max) return `is above ${field.max}`;
  return undefined;
}

function jpegFault(value: string): string | undefined {
  const bytes = strictBase64(value);
  if (!bytes) return 'is not strict base64';
  const whole = bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8 && bytes.readUInt16BE(bytes.length - 2) === 0xffd9;
  return whole ? undefined : 'is not a whole JPEG (SOI … EOI)';
}

function formatFault(field: Field, value: string): string | undefined {
  switch (field.format) {
    case 'dateTime':
      return isWallClock(value) ? undefined : `is not yyyy-MM-dd HH:mm:ss: ${value}`;
    case 'date':
      return isDay(value) ? undefined : `is not yyyy-MM-dd: ${value}`;
    case 'plateNo':
      return isPlateNo(value) ? undefined : `is not a plate: ${value}`;
    case 'uid':
      return /^\S+$/.test(value) && value.length > 17 && isCompactMoment(value.slice(-17))
        ? undefined
        : `does not end in yyyyMMddHHmmssSSS: ${value}`;
    case 'jpeg':
      return jpegFault(value);
    default:
      return undefined;
  }
}

/** Whether a row demands its field (`true`), forbids it (`false`) or leaves it free, in a record with this payStatus. */
function demand(field: Field, payStatus: WireValue | undefined): boolean | undefined {
  if (field.required !== 'if-paid') return field.required || undefined;
  return payStatus === 1 ? true : payStatus === 0 ? false : undefined;
}

function checkField(field: Field, value: WireValue | undefined, payStatus: WireValue | undefined): Finding[] {
  const proven = field.reconstructed !== true;
  const wanted = demand(field, payStatus);
  if (absent(value))
    return wanted ? [finding('presence', `${field.name} is missing or empty`, field.name, proven)] : [];
  if (wanted === false)
    return [finding('presence', `${field.name} must be empty while payStatus is 0`, field.name, proven)];
  const fault = (rule: Rule, detail: string | undefined): Finding[] =>
    detail === undefined ? [] : [finding(rule, `${field.name} ${detail}`, field.name, proven)];
  const wrongType = fault('type', typeFault(field, value));
  if (wrongType.length > 0) return wrongType;
  const codes: readonly WireValue[] | undefined = field.codes && CODES[field.codes];
  return [
    ...fault('length', lengthFault(field, value)),
    ...(typeof value === 'string' ? fault('format', formatFault(field, value)) : []),
    ...(codes && !codes.includes(value) ? fault('code', `is not a code of ${field.codes}: ${describe(value)}`) : []),
  ];
}

const strangers = (record: WireObject, allowed: readonly string[], where: string, proven = true): Finding[] =>
  Object.keys(record)
    .filter((name) => !allowed.includes(name))
    .map((name) => finding('unknown-field', `${where}.${name} is in no table`, name, proven));

/**
 * Checks a decrypted request, and the form's own fields, against the interface's tables. `echoed` tells params that repeat
 * what the platform sent: they are right whatever they are, and so are the params of an answer that says it failed.
 */
export function validate(
  definition: Table,
  root: WireValue,
  form: Readonly<Record<string, string>>,
  echoed: (opened: Opened) => boolean = () => false,
): Finding[] {
  if (!isWireObject(root)) return [finding('json', 'the plaintext is not a JSON object')];
  const data = root.data;
  if (!isWireObject(data)) return [finding('json', 'the plaintext has no object "data"')];
  const wants = (place: Field['in']): Field[] => definition.fields.filter((field) => field.in === place);
  const params = data.params;
  const withParams = wants('params').length > 0;
  if (withParams && !isWireObject(params)) return [finding('presence', 'data has no object "params"', 'params')];
  const inner: WireObject = isWireObject(params) ? params : {};
  const names = (place: Field['in']): string[] => wants(place).map((field) => field.name);
  const free =
    withParams && (echoed({ data, params: inner }) || (definition.paramsOnSuccess && data.success === false));
  // Where rows of the table are lost, a field more may have been one of them.
  const whole = !definition.fields.some((field) => field.in === 'data' && field.reconstructed);
  return [
    ...strangers(root, ['data'], 'root'),
    ...strangers(data, [...names('data'), ...(withParams ? ['params'] : [])], 'data', withParams || whole),
    ...(withParams && !free ? strangers(inner, names('params'), 'params') : []),
    ...wants('data').flatMap((field) => checkField(field, data[field.name], data.payStatus)),
    ...(free ? [] : wants('params').flatMap((field) => checkField(field, inner[field.name], inner.payStatus))),
    ...wants('form').flatMap((field) => checkField(field, form[field.name], undefined)),
    ...definition.relations.flatMap((relation) => {
      const fault = relation(data);
      return fault === undefined ? [] : [finding('relation', fault)];
    }),
  ];
}
