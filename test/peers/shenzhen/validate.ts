import { CODES } from './codes.ts';
import type { Field } from './field.ts';
import { doubt, type Finding, finding } from './finding.ts';
import { isObject, readJson } from './json.ts';
import type { Message } from './message.ts';
import { ANY_SIGNATURE, SIGNATURE } from './sign.ts';
import { dashedInstant, packedInstant } from './wire-time.ts';

/** What may be agreed with a city otherwise. */
export interface Agreement {
  /** Of instants that the car park sends. */
  epochUnit: 'ms' | 's';
  /** beginDate and endDate of blackWhite: instants, or texts. */
  listDates: 'instant' | 'text';
  /** lng and lat of park: millionths of a degree, or degrees. */
  coordinates: 'micro' | 'degrees';
}

const WHOLE = /^-?(?:0|[1-9]\d*)$/;
const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const MICRO = 1_000_000;
const EQUIPMENT: readonly string[] = ['equipmentCode', 'state', 'parkCode', 'equipmentType', 'createTime'];

const shown = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);

function urlFault(name: string, text: string): Finding | undefined {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text)
    ? undefined
    : finding('format', `${name} is no URL: ${shown(text)}`, name);
}

function listFault(name: string, text: string, rowFault: (row: unknown) => string | undefined): Finding | undefined {
  const read = readJson(text);
  if ('fault' in read) return finding('format', `${name} is no JSON text: ${read.fault}`, name);
  const { value, text: compact } = read.node;
  if (!Array.isArray(value)) return finding('format', `${name} is no array: ${shown(text)}`, name);
  if (compact !== text) return finding('format', `${name} is not compact JSON: ${shown(text)}`, name);
  for (const row of value) {
    const fault = rowFault(row);
    if (fault) return finding('format', `${name}: ${fault}`, name);
  }
  return undefined;
}

function berthRow(row: unknown): string | undefined {
  if (!isObject(row)) return 'an element is no object';
  const { berthCode, state, ...rest } = row;
  if (typeof berthCode !== 'string' || berthCode === '' || berthCode.length > 36)
    return `berthCode ${JSON.stringify(berthCode)}`;
  if (state !== 0 && state !== 1) return `state of ${berthCode} is ${JSON.stringify(state)}`;
  return Object.keys(rest).length > 0 ? `unknown ${Object.keys(rest).join(', ')}` : undefined;
}

function equipmentRow(row: unknown): string | undefined {
  if (!isObject(row)) return 'an element is no object';
  const missing = EQUIPMENT.find((name) => row[name] === undefined);
  if (missing) return `${missing} is missing`;
  const { equipmentCode, state, equipmentType, createTime } = row;
  if (typeof equipmentCode !== 'string' || equipmentCode === '') return 'equipmentCode is no text';
  if (state !== 0 && state !== 1) return `state of ${equipmentCode} is ${JSON.stringify(state)}`;
  if (!CODES.equipmentType.some((code) => code === equipmentType))
    return `equipmentType of ${equipmentCode} is ${JSON.stringify(equipmentType)}`;
  if (typeof createTime !== 'string' || packedInstant(createTime) === null)
    return `createTime of ${equipmentCode} is ${JSON.stringify(createTime)}`;
  const strange = Object.keys(row).find((name) => !EQUIPMENT.includes(name) && name !== 'noncestr');
  return strange === undefined ? undefined : `unknown ${strange}`;
}

function instantFault(name: string, text: string, unit: Agreement['epochUnit']): Finding | undefined {
  const digits = unit === 'ms' ? 13 : 10;
  return new RegExp(`^[1-9]\\d{${digits - 1}}$`).test(text)
    ? undefined
    : finding('format', `${name} is not an instant of ${digits} digits: ${shown(text)}`, name);
}

function coordinateFault(name: string, text: string, scale: number): Finding | undefined {
  const degrees = Number(text) / scale;
  const isIn = name === 'lat' || name === 'latitude' ? degrees >= 3 && degrees <= 54 : degrees >= 73 && degrees <= 136;
  return isIn ? undefined : finding('format', `${name} is not in China: ${shown(text)}`, name);
}

function formatFault({ name, format, max = 0 }: Field, text: string, agreement: Agreement): Finding | undefined {
  switch (format) {
    case 'instant':
      return instantFault(name, text, agreement.epochUnit);
    case 'date': {
      if (agreement.listDates === 'instant') return instantFault(name, text, agreement.epochUnit);
      return dashedInstant(text) === null ? finding('format', `${name} is no time: ${shown(text)}`, name) : undefined;
    }
    case 'packed':
      return packedInstant(text) === null
        ? finding('format', `${name} is not yyyyMMddHHmmss: ${shown(text)}`, name)
        : undefined;
    case 'berth':
      return text.length === 14 ? undefined : finding('format', `${name} has not 14 characters: ${shown(text)}`, name);
    case 'url':
      return urlFault(name, text);
    case 'signature':
      if (SIGNATURE.test(text)) return undefined;
      return finding('format', ANY_SIGNATURE.test(text) ? `${name} is in lower case` : `${name} is no SHA-1`, name);
    case 'number':
      return text.replace('-', '').length > max
        ? finding('length', `${name} has more than ${max} digits: ${shown(text)}`, name)
        : undefined;
    case 'degrees':
      return coordinateFault(name, text, 1);
    case 'coordinate':
      return coordinateFault(name, text, agreement.coordinates === 'micro' ? MICRO : 1);
    case 'berths':
      return listFault(name, text, berthRow);
    case 'equipments':
      return listFault(name, text, equipmentRow);
    default:
      return undefined;
  }
}

/** How a value of a JSON body was written; a form has texts only. */
function writtenFault({ name, type }: Field, { nodes }: Message): Finding | undefined {
  const value = nodes?.[name]?.value;
  if (!nodes) return undefined;
  const said = `${name} is not a ${type}: ${shown(JSON.stringify(value) ?? '')}`;
  if (type === 'Int' || type === 'Long') return typeof value === 'number' ? undefined : finding('type', said, name);
  if (type === 'List' && Array.isArray(value)) return undefined;
  if (type === 'Decimal' && typeof value === 'number')
    return doubt('type', `${name} loses its zeros as a number`, name);
  return typeof value === 'string' ? undefined : finding('type', said, name);
}

function fieldFaults(field: Field, message: Message, agreement: Agreement): Finding[] {
  const { name, type, required, max, mayBeEmpty, codes, format } = field;
  const text = message.fields[name];
  if (text === undefined) return required ? [finding('presence', `${name} is missing`, name)] : [];
  const written = writtenFault(field, message);
  if (written?.proven) return [written];
  const found = written ? [written] : [];
  if (text === '') return mayBeEmpty ? found : [...found, finding('presence', `${name} is empty`, name)];
  if (codes) {
    const list: readonly string[] = CODES[codes];
    if (!list.includes(text)) found.push(finding('code', `${name} is no code of ${codes}: ${shown(text)}`, name));
  } else if ((type === 'Int' || type === 'Long') && !(format === 'coordinate' ? DECIMAL : WHOLE).test(text)) {
    if (!(format === 'date' && agreement.listDates === 'text'))
      return [...found, finding('type', `${name} is not a ${type}: ${shown(text)}`, name)];
  } else if (type === 'Decimal' && !DECIMAL.test(text)) {
    return [...found, finding('type', `${name} is not a ${type}: ${shown(text)}`, name)];
  }
  if (type === 'String' && max !== undefined && [...text].length > max)
    found.push(finding('length', `${name} has more than ${max} characters: ${shown(text)}`, name));
  if (text.trim() !== text) found.push(finding('format', `${name} has blanks at its ends: ${shown(text)}`, name));
  const fault = formatFault(field, text, agreement);
  return fault ? [...found, fault] : found;
}

/** Holds a message against the table of its interface. */
export function validate(fields: readonly Field[], message: Message, name: string, agreement: Agreement): Finding[] {
  const found = fields.flatMap((field) => fieldFaults(field, message, agreement));
  for (const sent of Object.keys(message.fields))
    if (!fields.some((field) => field.name === sent))
      found.push(finding('unknown-field', `${sent} is in no table of ${name}`, sent));
  return found;
}
