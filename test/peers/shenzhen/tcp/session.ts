import { doubt, type Finding, finding, some } from '../finding.ts';
import { type Keys, timestampFault } from '../intake.ts';
import { isObject, type JsonObject, type Node, signedText, textOf } from '../json.ts';
import { ANY_SIGNATURE, SIGNATURE, signatureOf } from '../sign.ts';
import type { State } from '../state.ts';

const REQUEST: readonly string[] = ['type', 'method', 'requestId', 'parkCode', 'data'];
const LOGIN: readonly string[] = ['accessKey', 'timestamp', 'parkCode', 'noncestr', 'signature'];
const INSTANT = /^[1-9]\d{12}$/;
const MOST_ID = 36;
const NONCE = 10;

/** The head of a frame that the car park sends of its own accord. */
export function headFaults(frame: JsonObject, parkCode: string): Finding[] {
  const requestId = frame['requestId'];
  const isId = typeof requestId === 'string' && requestId !== '' && requestId.length <= MOST_ID;
  return some(
    !isId && finding('frame', `requestId is ${JSON.stringify(requestId)}`, 'requestId'),
    frame['parkCode'] !== parkCode &&
      finding('park-code', `parkCode is ${JSON.stringify(frame['parkCode'])}`, 'parkCode'),
    !isObject(frame['data']) && finding('frame', 'data is no object', 'data'),
    ...Object.keys(frame)
      .filter((name) => !REQUEST.includes(name) && name !== 'signature')
      .map((name) => finding('unknown-field', `${name} stands in the head`, name)),
  );
}

/** Holds the data of a login against what they should be. */
export function loginFaults(data: Node, keys: Keys, state: State): Finding[] {
  const members = data.members.map(([name, node]): readonly [string, string] => [name, signedText(node)]);
  const fields = Object.fromEntries(members);
  const { accessKey, timestamp = '', parkCode, noncestr = '', signature = '' } = fields;
  const right = signatureOf(members, keys.accessSecret);
  const value = isObject(data.value) ? data.value : {};
  return some(
    ...LOGIN.filter((name) => fields[name] === undefined).map((name) =>
      finding('presence', `${name} is missing`, name),
    ),
    ...Object.keys(fields)
      .filter((name) => !LOGIN.includes(name))
      .map((name) => finding('unknown-field', `${name} stands in the login`, name)),
    accessKey !== undefined && accessKey !== keys.accessKey && finding('access-key', 'another accessKey', 'accessKey'),
    parkCode !== undefined && parkCode !== keys.parkCode && finding('park-code', `parkCode is ${parkCode}`, 'parkCode'),
    signature !== '' &&
      signature.toUpperCase() !== right &&
      finding('signature', 'signature does not cover the login', 'signature'),
    ANY_SIGNATURE.test(signature) &&
      !SIGNATURE.test(signature) &&
      finding('format', 'signature is in lower case', 'signature'),
    typeof value['timestamp'] !== 'number' && finding('type', 'timestamp is no Long', 'timestamp'),
    !INSTANT.test(timestamp) && finding('format', `timestamp is ${timestamp}`, 'timestamp'),
    timestampFault(timestamp, state.now(), state.pace.windowMs),
    (textOf(value, 'noncestr') === '' || noncestr.length > NONCE) &&
      finding('format', `noncestr is ${JSON.stringify(noncestr)}`, 'noncestr'),
  );
}

/** Codes of an answer to a login that is not right. */
export function loginCode(findings: readonly Finding[]): number {
  const proven = findings.filter((one) => one.proven);
  if (proven.length === 0) return 0;
  if (proven.some(({ rule }) => rule === 'access-key' || rule === 'signature')) return 401;
  if (proven.some(({ rule }) => rule === 'park-code')) return 404;
  return proven.some(({ rule }) => rule === 'timestamp') ? 408 : 400;
}

/** One connection of the car park, from beginning to end. */
export interface Connection {
  readonly openedMs: number;
  loginMs: number | null;
  closedMs: number | null;
  closedBy: 'cloud' | 'car-park' | null;
  why: string;
  /** When heartbeats came, by the monotonic clock. */
  readonly heartbeats: number[];
  /** Frames that came, heartbeats and the login among them. */
  frames: number;
}

const OWN_PAUSE = 0.8;
const LATE_BEAT_MS = 5_000;

/** From one heartbeat to the next. */
export function beatFaults({ heartbeats, loginMs }: Connection, now: number, { pace }: State): Finding[] {
  const last = heartbeats.at(-1) ?? loginMs;
  if (last === null) return [];
  const gap = Math.round(now - last);
  return some(
    gap > pace.heartbeatMs + LATE_BEAT_MS &&
      finding('heartbeat', `a heartbeat after ${gap} ms instead of ${pace.heartbeatMs}`),
    gap < pace.heartbeatMs - pace.toleranceMs && doubt('heartbeat', `a heartbeat after ${gap} ms already`),
  );
}

/** How long the car park waited before it called again; `failures` are connections in a row that never got in. */
export function reconnectFaults(gap: number, failures: number, { pace }: State): Finding[] {
  const due = pace.reconnectMs[Math.min(failures, pace.reconnectMs.length - 1)] ?? 0;
  const longest = Math.max(0, ...pace.reconnectMs);
  return some(
    gap < due * OWN_PAUSE - pace.toleranceMs &&
      finding('reconnect', `connected again after ${Math.round(gap)} ms instead of ${due}`),
    gap > longest * 2 + LATE_BEAT_MS && doubt('reconnect', `connected again only after ${Math.round(gap)} ms`),
  );
}
