import { CODES, REFUSALS } from './codes.ts';
import type { DownName } from './down-tables.ts';
import { feeFaults } from './fee.ts';
import { doubt, type Finding, finding } from './finding.ts';
import { isObject, isWhole, type JsonObject, parseJson, some, strangersIn } from './json-text.ts';
import { isVirtualPlate } from './plate.ts';
import type { Reply } from './post.ts';
import type { Fields } from './sign.ts';

/** An answer of the car park, as far as it is one. */
export interface DownAnswer {
  readonly status: number;
  readonly message: string;
  readonly data: JsonObject | undefined;
}

/** What 4.1 and 4.5 call their failures; any other interface has `非 0`. */
const STATUSES: Readonly<Partial<Record<DownName, readonly number[]>>> = {
  calc: CODES.calcStatus,
  NoVpln: CODES.novplnStatus,
};
const REFUSED: readonly number[] = Object.values(REFUSALS);

function noVplnFaults(answer: DownAnswer, asked: Fields): Finding[] {
  const { status, data } = answer;
  if (status !== 0) return data === undefined ? [] : [doubt('answer', `NoVpln answered ${status} with data`, 'data')];
  if (!data) return [finding('presence', 'NoVpln answered 0 without data', 'data')];
  const plate = data['vpl_number'];
  const wrong = `data.vpl_number is neither the plate sent nor one of 16 to 30 characters: ${JSON.stringify(plate)}`;
  const right = plate === asked['vpl_number'] || (typeof plate === 'string' && isVirtualPlate(plate));
  return [...(right ? [] : [finding('format', wrong, 'vpl_number')]), ...strangersIn(data, ['vpl_number'], 'data')];
}

function dataFaults(name: DownName, answer: DownAnswer, asked: Fields, now: number): Finding[] {
  if (REFUSED.includes(answer.status))
    return answer.data === undefined ? [] : [doubt('answer', `a refusal with data`, 'data')];
  if (name === 'calc') return feeFaults(answer.status, answer.data, asked, now);
  if (name === 'NoVpln') return noVplnFaults(answer, asked);
  return answer.data === undefined ? [] : [finding('answer', `${name} returns nothing, yet there is data`, 'data')];
}

/** Reads an answer, and holds it against 3.4 and the table of its interface. */
export function readAnswer(
  name: DownName,
  asked: Fields,
  reply: Reply,
  now: number,
): { readonly answer: DownAnswer | null; readonly findings: Finding[] } {
  const nothing = (detail: string) => ({ answer: null, findings: [finding('answer', detail)] });
  if (reply.status !== 200) return nothing(`${name} was answered with HTTP ${reply.status}`);
  const root = parseJson(reply.text);
  if (!isObject(root)) return nothing(`${name} was not answered with a JSON object: ${reply.text.slice(0, 80)}`);
  const { status, message, data } = root;
  if (!isWhole(status)) return nothing(`status is not an int: ${JSON.stringify(status)}`);
  const answer: DownAnswer = {
    status,
    message: typeof message === 'string' ? message : '',
    data: isObject(data) ? data : undefined,
  };
  const listed = STATUSES[name];
  const findings = [
    ...some(
      /^application\/json(\s*;\s*charset="?utf-8"?)?$/i.test(reply.contentType.trim())
        ? undefined
        : finding('content-type', `${name} was answered as ${reply.contentType || 'nothing'}`),
      message !== undefined && typeof message !== 'string'
        ? finding('type', `message is not a string: ${JSON.stringify(message)}`, 'message')
        : undefined,
      answer.message !== '' ? undefined : (status === 0 ? doubt : finding)('presence', 'message is missing', 'message'),
      data !== undefined && !isObject(data)
        ? finding('type', `data is not an object: ${JSON.stringify(data)}`, 'data')
        : undefined,
      listed && !listed.includes(status) && !REFUSED.includes(status)
        ? finding('code', `${name} has no status ${status}`, 'status')
        : undefined,
    ),
    ...strangersIn(root, ['status', 'message', 'data'], 'answer'),
    ...dataFaults(name, answer, asked, now),
  ];
  return { answer, findings };
}
