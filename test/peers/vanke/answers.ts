import { CODES } from './codes.ts';
import { type DownName, type Rows, tableOf } from './down-tables.ts';
import { doubt, type Finding, finding, some } from './finding.ts';
import { JSON_TYPE } from './intake.ts';
import { isObject, isWhole, type JsonObject, readObject, textOf } from './json.ts';
import type { Reply } from './post.ts';
import { fieldFault } from './validate.ts';

/** An answer of the car park, as far as it is one. */
export interface DownAnswer {
  readonly respCode: '0' | '1';
  readonly respDesc: string;
  /** Of a query that succeeded. */
  readonly total: number | null;
  readonly pageSize: number | null;
  readonly currentPage: number | null;
  readonly data: readonly JsonObject[];
}

const ENVELOPE = ['respCode', 'respDesc'];
const PAGE = ['total', 'pageSize', 'currentPage', 'data'];
const USUAL_PAGE = 10;
const LARGEST_PAGE = 100;

function rowFaults({ fields, orderedBy }: Rows, row: unknown, index: number, before: unknown): Finding[] {
  const where = `data[${index}]`;
  if (!isObject(row)) return [finding('type', `${where} is no object: ${JSON.stringify(row)}`, 'data')];
  const found = fields
    .flatMap((field) => fieldFault(field, row[field.name]) ?? [])
    .map((one) => ({ ...one, detail: `${where}.${one.detail}` }));
  for (const name of Object.keys(row))
    if (!fields.some((field) => field.name === name))
      found.push(finding('unknown-field', `${where}.${name} is in no table`, name));
  const falls = orderedBy && isObject(before) && textOf(row, orderedBy) < textOf(before, orderedBy);
  return falls ? [...found, finding('order', `${where} is before the row above it`, orderedBy)] : found;
}

/** What was asked for, as far as it can be read as a number that a page may have. */
function asked(fields: JsonObject, name: string, usual: number): number | null {
  const value = Number(fields[name] ?? usual);
  return Number.isSafeInteger(value) && value >= 1 ? value : null;
}

function pageFaults(root: JsonObject, fields: JsonObject, rows: Rows): Finding[] {
  const found = PAGE.slice(0, 3)
    .filter((name) => !isWhole(root[name]))
    .map((name) => finding('type', `${name} is no Integer: ${JSON.stringify(root[name])}`, name));
  const { data } = root;
  if (!Array.isArray(data)) return [...found, finding('type', `data is no array: ${JSON.stringify(data)}`, 'data')];
  found.push(...data.flatMap((row, index) => rowFaults(rows, row, index, data[index - 1])));
  if (found.some(({ rule }) => rule === 'type')) return found;
  const [total, pageSize, currentPage] = PAGE.slice(0, 3).map((name) => Number(root[name]));
  const size = asked(fields, 'pageSize', USUAL_PAGE);
  const page = asked(fields, 'currentPage', 1);
  if (size === null || page === null) return found;
  const served = Math.min(size, LARGEST_PAGE);
  const rowsDue = Math.max(0, Math.min(served, (total ?? 0) - (page - 1) * served));
  const ids = data.map((row) => textOf(row, 'uuid') || textOf(row, 'placeNo'));
  const { beginTime, endTime } = { beginTime: textOf(fields, 'beginTime'), endTime: textOf(fields, 'endTime') };
  const outside = data.find((row) => {
    const at = rows.orderedBy ? textOf(row, rows.orderedBy) : '';
    return at !== '' && (at < beginTime || (endTime !== '' && at > endTime));
  });
  return [
    ...found,
    ...some(
      pageSize !== served && finding('paging', `pageSize ${size} was asked, ${pageSize} is answered`, 'pageSize'),
      currentPage !== page && finding('paging', `page ${page} was asked, ${currentPage} is answered`, 'currentPage'),
      data.length !== rowsDue &&
        finding('paging', `page ${page} of ${total} has ${data.length} rows instead of ${rowsDue}`, 'data'),
      new Set(ids).size !== ids.length && finding('paging', 'a row is there twice', 'data'),
      outside !== undefined &&
        finding('paging', `a row is not of the time asked for: ${JSON.stringify(outside)}`, 'data'),
      ...['placeStatus', 'placeNo'].map((name) => {
        const wanted = textOf(fields, name);
        return data.some((row) => wanted !== '' && textOf(row, name) !== wanted)
          ? finding('paging', `rows of another ${name} than ${wanted}`, name)
          : undefined;
      }),
    ),
  ];
}

function envelopeFaults(name: DownName, root: JsonObject): Finding[] {
  const { respCode, respDesc } = root;
  const { ignored, rows } = tableOf(name);
  return some(
    respDesc !== undefined && typeof respDesc !== 'string'
      ? finding('type', `respDesc is no String: ${JSON.stringify(respDesc)}`, 'respDesc')
      : undefined,
    respCode === '1' && !respDesc && finding('presence', '"1" is not explained in respDesc', 'respDesc'),
    respCode === '0' &&
      Boolean(respDesc) &&
      doubt('answer', `"0" with an explanation: ${JSON.stringify(respDesc)}`, 'respDesc'),
    respCode === '0' && ignored === true && doubt('answer', `${name} is not supported, and was answered "0"`),
    respCode === '1' && name === 'checkConnect' && finding('answer', 'checkConnect was answered "1"', 'respCode'),
    ...Object.keys(root)
      .filter((key) => !ENVELOPE.includes(key) && !(rows && respCode === '0' && PAGE.includes(key)) && !ignored)
      .map((key) => finding('unknown-field', `${key} is in no table of the answer to ${name}`, key)),
  );
}

const count = (value: unknown): number | null => (isWhole(value) ? value : null);

/** Reads an answer to a proper call, and holds it against its table. */
export function readAnswer(
  name: DownName,
  fields: JsonObject,
  reply: Reply,
): { readonly answer: DownAnswer | null; readonly findings: Finding[] } {
  const nothing = (detail: string) => ({ answer: null, findings: [finding('answer', detail)] });
  if (reply.status !== 200) return nothing(`${name} was answered with HTTP ${reply.status}`);
  const read = readObject(reply.bytes);
  if ('fault' in read) return nothing(`${name}: ${read.fault}`);
  const root = read.fields;
  const respCode = CODES.respCode.find((code) => code === root['respCode']);
  if (!respCode) return nothing(`${name}: respCode is ${JSON.stringify(root['respCode'])}`);
  const { rows } = tableOf(name);
  const isPage = rows !== undefined && respCode === '0';
  const { total, pageSize, currentPage, data } = root;
  const answer: DownAnswer = {
    ...{ respCode, respDesc: textOf(root, 'respDesc') },
    ...{ total: count(total), pageSize: count(pageSize), currentPage: count(currentPage) },
    data: isPage && Array.isArray(data) ? data.filter(isObject) : [],
  };
  const findings = [
    ...some(
      JSON_TYPE.test(reply.contentType.trim())
        ? undefined
        : finding('content-type', `${name} was answered as ${reply.contentType || 'nothing'}`),
    ),
    ...envelopeFaults(name, root),
    ...(isPage ? pageFaults(root, fields, rows) : []),
  ];
  return { answer, findings };
}
