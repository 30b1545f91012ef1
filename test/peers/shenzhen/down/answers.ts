import { CODES } from '../codes.ts';
import { type Finding, finding, some } from '../finding.ts';
import type { Keys } from '../intake.ts';
import { isObject, isWhole, type JsonObject, type Node, signedText, textOf } from '../json.ts';
import { signatureOf } from '../sign.ts';
import { DOWN, type DownName, type ReplyField } from './tables.ts';

/** An answer of the car park, as far as it is one. */
export interface DownAnswer {
  readonly code: number;
  readonly msg: string;
  readonly data: JsonObject;
  readonly timestamp: number | null;
}

const MEMBERS: readonly string[] = ['type', 'method', 'requestId', 'timestamp', 'code', 'msg', 'data'];
const MOST_MSG = 255;
const MOST_FEN = 9_999_999_999;

function kindFault({ name, kind, max }: ReplyField, value: unknown): Finding | undefined {
  const wrong = finding('type', `data.${name} is ${JSON.stringify(value)?.slice(0, 80)}`, name);
  if (value === undefined || value === null) return finding('presence', `data.${name} is missing`, name);
  switch (kind) {
    case 'text':
      if (typeof value !== 'string') return wrong;
      return value.length > max ? finding('length', `data.${name} has more than ${max} characters`, name) : undefined;
    case 'fen':
      return isWhole(value) && value >= 0 && value <= MOST_FEN ? undefined : wrong;
    case 'int':
      return isWhole(value) && value >= 0 ? undefined : wrong;
    case 'instant':
      return isWhole(value) && String(value).length === 13 ? undefined : wrong;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrong;
    case 'list':
      return Array.isArray(value) ? undefined : wrong;
    default: {
      const codes: readonly string[] = CODES[kind];
      return isWhole(value) && codes.includes(String(value)) ? undefined : wrong;
    }
  }
}

/** `data` of code 0 against its table. */
function dataFaults(name: DownName, data: unknown): Finding[] {
  if (!isObject(data)) return [finding('type', `data is no object: ${JSON.stringify(data)}`, 'data')];
  const fields = DOWN[name].reply;
  return [
    ...some(...fields.map((field) => kindFault(field, data[field.name]))),
    ...Object.keys(data)
      .filter((key) => !fields.some((field) => field.name === key))
      .map((key) => finding('unknown-field', `data.${key} is in no table of the answer to ${name}`, key)),
  ];
}

interface Due {
  readonly name: DownName;
  /** As it stood in the request. */
  readonly method: string;
  readonly requestId: string;
  readonly keys: Keys;
  readonly now: number;
  readonly windowMs: number;
  readonly signReplies: boolean;
}

function signatureFaults(node: Node, keys: Keys): Finding[] {
  const members = node.members.map(([name, one]): readonly [string, string] => [name, signedText(one)]);
  const sent = members.find(([name]) => name === 'signature')?.[1];
  return some(
    sent === undefined && finding('presence', 'the answer is not signed', 'signature'),
    sent !== undefined &&
      sent !== signatureOf(members, keys.accessSecret) &&
      finding('signature', 'signature does not cover the answer', 'signature'),
  );
}

/** Reads an answer, and holds it against its table. */
export function readAnswer(node: Node, due: Due): { readonly answer: DownAnswer | null; readonly findings: Finding[] } {
  const root = isObject(node.value) ? node.value : {};
  const { method, requestId, timestamp, code, msg, data } = root;
  const codes: readonly string[] = CODES.replyCode;
  const findings = some(
    method !== due.method &&
      finding('answer', `method is ${JSON.stringify(method)} instead of ${due.method}`, 'method'),
    requestId !== due.requestId && finding('answer', `requestId is ${JSON.stringify(requestId)}`, 'requestId'),
    !(isWhole(timestamp) && String(timestamp).length === 13) &&
      finding('type', `timestamp is ${JSON.stringify(timestamp)}`, 'timestamp'),
    isWhole(timestamp) &&
      due.windowMs > 0 &&
      Math.abs(timestamp - due.now) > due.windowMs &&
      finding('timestamp', `timestamp is ${Math.round((timestamp - due.now) / 1_000)} s from now`, 'timestamp'),
    !isWhole(code) && finding('type', `code is ${JSON.stringify(code)}`, 'code'),
    isWhole(code) && !codes.includes(String(code)) && finding('code', `code ${code} is in no list`, 'code'),
    (typeof msg !== 'string' || msg.length > MOST_MSG) &&
      finding('type', `msg is ${JSON.stringify(msg)?.slice(0, 80)}`, 'msg'),
    isWhole(code) && code !== 0 && msg === '' && finding('answer', `code ${code} is not explained`, 'msg'),
    ...Object.keys(root)
      .filter((name) => !MEMBERS.includes(name) && !(due.signReplies && name === 'signature'))
      .map((name) => finding('unknown-field', `${name} stands in the answer to ${due.name}`, name)),
    ...(due.signReplies ? signatureFaults(node, due.keys) : []),
    ...(code === 0 ? dataFaults(due.name, data) : []),
    code !== 0 &&
      data !== undefined &&
      data !== null &&
      !isObject(data) &&
      finding('type', `data is ${JSON.stringify(data)}`, 'data'),
  );
  if (!isWhole(code)) return { answer: null, findings };
  const answer: DownAnswer = {
    ...{ code, msg: textOf(root, 'msg') },
    ...{ data: isObject(data) ? data : {}, timestamp: isWhole(timestamp) ? timestamp : null },
  };
  return { answer, findings };
}
