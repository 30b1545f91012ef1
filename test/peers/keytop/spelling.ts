import type { DownInterface, Parameter } from './down/define.ts';
import { type JsonObject, rowsOf } from './json.ts';

/** How the fields of a call are written. Nothing said is the plain form of the tables. All of it is legal. */
export interface Spelling {
  /**
   * Names of fields: of the `table`; of the printed `example` (ValidFrom, totalSPNum, bookId … and its types); `camel`,
   * `pascal`, `lower`, `upper` case; the last known `alias`; `blank`: with a blank behind.
   */
  readonly spelling?: 'table' | 'example' | 'camel' | 'pascal' | 'lower' | 'upper' | 'alias' | 'blank';
  readonly numbers?: 'number' | 'string';
  /** Texts that are decimal numbers without leading zeros, parkCode among them, as numbers. */
  readonly texts?: 'string' | 'number';
  readonly dates?: '-' | '/' | 'unpadded';
  /** Unused fields as null, or as "". */
  readonly nulls?: boolean;
  readonly empties?: boolean;
  /** freeDetail and plateDetails as a real array, or as a text whose members are all texts. */
  readonly packed?: 'string' | 'array' | 'texts';
  /** Fields that the tables do not have. */
  readonly extra?: JsonObject;
}

const headUp = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
const headDown = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

function nameOf({ name, others }: Parameter, spelling: Spelling['spelling']): string {
  switch (spelling) {
    case 'example':
      return others[0] ?? name;
    case 'alias':
      return others.at(-1) ?? name;
    case 'camel':
      return headDown(name.replace(/^oldplate/, 'oldPlate').replace(/id$/, 'Id'));
    case 'pascal':
      return headUp(name);
    case 'lower':
      return name.toLowerCase();
    case 'upper':
      return name.toUpperCase();
    case 'blank':
      return `${name} `;
    default:
      return name;
  }
}

const textual = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([name, one]) => [name, one === null ? one : String(one)]));

function packedValue(value: unknown, { packed = 'string', spelling }: Spelling, { printed }: Parameter): unknown {
  if (typeof value === 'string') return value;
  if (packed === 'texts') return JSON.stringify(rowsOf(value).map(textual));
  return packed === 'array' || (spelling === 'example' && printed === 'array') ? value : JSON.stringify(value);
}

function dated(value: string, dates: Spelling['dates']): string {
  if (dates === '/') return value.replaceAll('-', '/');
  return dates === 'unpadded' ? value.replaceAll(/([-\s])0(\d)/g, '$1$2') : value;
}

function writtenValue(value: unknown, parameter: Parameter, how: Spelling): unknown {
  const { type, isDate, printed } = parameter;
  if (type === 'packed') return packedValue(value, how, parameter);
  if (isDate && typeof value === 'string') return dated(value, how.dates);
  const isExample = how.spelling === 'example';
  if (typeof value === 'number' && (how.numbers === 'string' || (isExample && printed === 'string')))
    return String(value);
  const asNumber = how.texts === 'number' || (isExample && printed === 'int');
  return typeof value === 'string' && asNumber && /^(?:0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value;
}

/** Writes the fields of a call. `fields` bear the names of the table. */
export function spelled({ request }: Pick<DownInterface, 'request'>, fields: JsonObject, how: Spelling): JsonObject {
  const rows = request.flatMap((parameter): [string, unknown][] => {
    const value = fields[parameter.name];
    const name = nameOf(parameter, how.spelling);
    if (value !== undefined) return [[name, writtenValue(value, parameter, how)]];
    if (how.nulls) return [[name, null]];
    return how.empties ? [[name, '']] : [];
  });
  const known = new Set(request.map(({ name }) => name));
  const rest = Object.entries(fields).filter(([name, value]) => !known.has(name) && value !== undefined);
  return Object.fromEntries([...rows, ...rest, ...Object.entries(how.extra ?? {})]);
}
