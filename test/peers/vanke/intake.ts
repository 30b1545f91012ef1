import type { RawRequest } from '../http/request.ts';
import type { Table } from './field.ts';
import { type Finding, finding } from './finding.ts';
import { type JsonObject, readObject, textOf } from './json.ts';
import type { Keys } from './spelling.ts';
import { tokenOf } from './token.ts';
import { validate } from './validate.ts';
import { instantOf } from './wire-time.ts';

/** A request with when its head arrived, by the monotonic clock. */
export interface TimedRequest extends RawRequest {
  readonly ms: number;
}

export interface Examined {
  readonly fields: JsonObject;
  readonly findings: readonly Finding[];
  /** Whether the cloud could do what is asked in spite of the findings: it comes from this car park, and can be read. */
  readonly usable: boolean;
}

/** Only `application/json`, with UTF-8 if a charset is named at all. */
export const JSON_TYPE = /^application\/json(\s*;\s*charset="?utf-8"?)?$/i;

function keyFaults(fields: JsonObject, keys: Keys): Finding[] {
  const [token, time, appId, lot] = ['token', 'time', 'appId', 'parkingLotId'].map((name) => textOf(fields, name));
  const found: Finding[] = [];
  if (appId && appId !== keys.appId) found.push(finding('app-id', `unknown appId ${appId}`, 'appId'));
  if (lot && lot !== keys.parkingLotId)
    found.push(finding('parking-lot', `unknown parkingLotId ${lot}`, 'parkingLotId'));
  // The case of the digits is a matter of its form.
  if (token && token.toLowerCase() !== tokenOf(time ?? '', keys.appId, keys.appSecret))
    found.push(finding('token', `token is not that of time ${time}`, 'token'));
  return found;
}

/** How far the time of sending is from now. */
function skewFault(fields: JsonObject, now: number, skewMs: number): Finding[] {
  const at = instantOf(textOf(fields, 'time'));
  if (at === null || Math.abs(now - at) <= skewMs) return [];
  return [finding('time', `time is ${Math.round((now - at) / 1_000)} s behind now`, 'time')];
}

const UNREADABLE: readonly Finding['rule'][] = ['presence', 'type', 'format', 'code', 'token', 'app-id', 'parking-lot'];

/** Transport, JSON, keys and table, all of them told. */
export function examine(table: Table, raw: TimedRequest, keys: Keys, now: number, skewMs: number): Examined {
  const outer: Finding[] = [];
  if (raw.query !== '') outer.push(finding('query', 'parameters stand in the URL'));
  if (raw.method !== 'POST') outer.push(finding('method', `${raw.method} instead of POST`));
  if (!JSON_TYPE.test(raw.contentType.trim()))
    outer.push(finding('content-type', `content type ${raw.contentType || '(none)'}`));
  const read = readObject(raw.body);
  if ('fault' in read) return { fields: {}, findings: [...outer, finding('json', read.fault)], usable: false };
  const { fields } = read;
  const inner = [...keyFaults(fields, keys), ...validate(table, fields)];
  const usable = !inner.some(({ rule, proven }) => proven && UNREADABLE.includes(rule));
  return { fields, findings: [...outer, ...inner, ...skewFault(fields, now, skewMs)], usable };
}
