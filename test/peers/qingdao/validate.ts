import { CODES } from './codes.ts';
import { strictBase64 } from './crypto.ts';
import type { Field, UplinkInterface } from './field.ts';
import { isWireObject, NotPlainDigits, type WireObject, type WireValue } from './lossless-json.ts';
import { isPlateNo } from './plate.ts';
import { isCompactMoment, isWallClock } from './wall-clock.ts';

/** The kind of rule that a request broke. */
export type Rule =
  | 'method'
  | 'content-type'
  | 'query'
  | 'form'
  | 'access-id'
  | 'sign'
  | 'decrypt'
  | 'json'
  | 'unknown-interface'
  | 'presence'
  | 'type'
  | 'length'
  | 'code'
  | 'format'
  | 'unknown-field'
  | 'relation'
  | 'parking-code'
  | 'order'
  | 'second-record'
  | 'echo';

export interface Finding {
  readonly rule: Rule;
  /** The field, where the rule is about one. */
  readonly field: string | null;
  readonly detail: string;
  /** False where the source's own table is lost, so that a deviation may still be right. */
  readonly proven: boolean;
}

export const finding = (rule: Rule, detail: string, field: string | null = null, proven = true): Finding => ({
  rule,
  field,
  detail,
  proven,
});

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

function lengthFault(field: Field, value: WireValue): string | undefined {
  const length = typeof value === 'string' ? [...value].length : typeof value === 'number' ? `${value}`.length : 0;
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

function checkField(field: Field, value: WireValue | undefined): Finding[] {
  const proven = field.reconstructed !== true;
  if (absent(value))
    return field.required ? [finding('presence', `${field.name} is missing or empty`, field.name, proven)] : [];
  const fault = (rule: Rule, detail: string | undefined): Finding[] =>
    detail === undefined ? [] : [finding(rule, `${field.name} ${detail}`, field.name, proven)];
  const wrongType = fault('type', typeFault(field, value));
  if (wrongType.length > 0) return wrongType;
  const codes: readonly number[] | undefined = field.codes && CODES[field.codes];
  return [
    ...fault('length', lengthFault(field, value)),
    ...(typeof value === 'string' ? fault('format', formatFault(field, value)) : []),
    ...(codes && typeof value === 'number' && !codes.includes(value)
      ? fault('code', `is not a code of ${field.codes}: ${value}`)
      : []),
  ];
}

const strangers = (record: WireObject, allowed: readonly string[], where: string): Finding[] =>
  Object.keys(record)
    .filter((name) => !allowed.includes(name))
    .map((name) => finding('unknown-field', `${where}.${name} is in no table`, name));

/** The plaintext `{"data":{…}}`, taken apart. */
export interface Opened {
  readonly data: WireObject;
  readonly params: WireObject;
}

/** Checks a decrypted request, and the form's own fields, against the interface's tables. */
export function validate(
  definition: UplinkInterface,
  root: WireValue,
  form: Readonly<Record<string, string>>,
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
  return [
    ...strangers(root, ['data'], 'root'),
    ...strangers(data, [...names('data'), ...(withParams ? ['params'] : [])], 'data'),
    ...(withParams ? strangers(inner, names('params'), 'params') : []),
    ...definition.fields.flatMap((field) =>
      checkField(
        field,
        field.in === 'form' ? form[field.name] : field.in === 'params' ? inner[field.name] : data[field.name],
      ),
    ),
    ...definition.relations.flatMap((relation) => {
      const fault = relation(data);
      return fault === undefined ? [] : [finding('relation', fault)];
    }),
  ];
}
