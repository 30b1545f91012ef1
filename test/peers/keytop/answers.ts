import type { Composed } from './compose.ts';
import type { DownInterface } from './down/define.ts';
import { doubt, type Finding, finding, some } from './finding.ts';
import { isObject, type JsonObject, parsed, utf8 } from './json.ts';
import type { Reply } from './post.ts';
import { objectFaults } from './validate.ts';

/** An answer of the car park, as far as it is one. */
export interface DownAnswer {
  readonly resCode: 0 | 1;
  readonly resMsg: string;
  /** The objects of `data`. */
  readonly rows: readonly JsonObject[];
}

const MEMBERS = ['resCode', 'resMsg', 'data'];
const JSON_TYPE = /^application\/json\s*(;\s*charset="?utf-8"?)?$/i;
const CHINESE = /[\u4e00-\u9fa5]/;

function dataFaults({ rows, single, name }: DownInterface, resCode: 0 | 1, data: unknown): Finding[] {
  if (resCode === 1) return some(data !== null && finding('answer', `${name}: resCode 1 with data`, 'data'));
  if (rows === null) {
    if (data === null) return [];
    const isEmpty = Array.isArray(data) && data.length === 0;
    return [(isEmpty ? doubt : finding)('answer', `${name} answers no rows, and data is not null`, 'data')];
  }
  if (!Array.isArray(data)) return [finding('type', `data is no array: ${JSON.stringify(data)?.slice(0, 80)}`, 'data')];
  return [
    ...some(single && data.length !== 1 && finding('answer', `${name}: ${data.length} rows instead of one`, 'data')),
    ...data.flatMap((row: unknown, index) =>
      isObject(row)
        ? objectFaults(rows, row, `data[${index}]`)
        : [finding('type', `data[${index}] is no object`, 'data')],
    ),
  ];
}

function envelopeFaults(definition: DownInterface, root: JsonObject, resCode: 0 | 1, copiesRows: boolean): Finding[] {
  const { resMsg, data } = root;
  const said = typeof resMsg === 'string' ? resMsg : null;
  const copied = copiesRows && said !== null && JSON.stringify(parsed(said)) === JSON.stringify(data);
  return [
    ...some(
      said === null && finding('type', `resMsg is no string: ${JSON.stringify(resMsg)}`, 'resMsg'),
      resCode === 1 &&
        said !== null &&
        !CHINESE.test(said) &&
        finding('answer', `resCode 1 without a reason in Chinese: ${JSON.stringify(said)}`, 'resMsg'),
      resCode === 0 && Boolean(said) && !copied && doubt('answer', `resCode 0 with the words ${said}`, 'resMsg'),
      ...MEMBERS.filter((name) => !(name in root)).map((name) => finding('presence', `${name} is missing`, name)),
      ...Object.keys(root)
        .filter((name) => !MEMBERS.includes(name))
        .map((name) => finding('unknown-field', `${name} is no member of an answer`, name)),
    ),
    ...('data' in root ? dataFaults(definition, resCode, data) : []),
  ];
}

/** Reads an answer, and holds it against the tables. `secrets` must not stand in it. */
export function readAnswer(
  definition: DownInterface,
  composed: Composed,
  reply: Reply,
  { secrets, copiesRows }: { readonly secrets: readonly string[]; readonly copiesRows: boolean },
): { readonly answer: DownAnswer | null; readonly findings: Finding[] } {
  const { name } = definition;
  const nothing = (detail: string) => ({ answer: null, findings: [finding('answer', `${name}: ${detail}`)] });
  if (reply.status !== composed.status)
    return nothing(`HTTP ${reply.status}${composed.status === 200 ? '' : ` instead of ${composed.status}`}`);
  if (composed.status !== 200) return { answer: null, findings: [] };
  const text = utf8(reply.bytes);
  const root = text === null ? undefined : parsed(text);
  if (text === null || !isObject(root)) return nothing('the answer is no JSON object in UTF-8');
  const resCode = root['resCode'];
  if (resCode !== 0 && resCode !== 1) return nothing(`resCode is ${JSON.stringify(resCode)}`);
  const data = root['data'];
  const rows = Array.isArray(data) ? data.filter(isObject) : [];
  const inner = envelopeFaults(definition, root, resCode, copiesRows);
  const findings = [
    ...some(
      !JSON_TYPE.test(reply.contentType.trim()) &&
        finding('content-type', `${name} was answered as ${reply.contentType || 'nothing'}`),
      secrets.some((word) => text.includes(word)) && finding('secret', 'a password or key stands in the answer'),
    ),
    ...inner,
    ...(resCode === 0 && !inner.some(({ rule, proven }) => proven && (rule === 'type' || rule === 'presence'))
      ? (definition.relations?.(composed.fields, rows) ?? [])
      : []),
  ];
  const resMsg = typeof root['resMsg'] === 'string' ? root['resMsg'] : '';
  return { answer: { resCode, resMsg, rows }, findings };
}
