import type { RawRequest } from '../http/request.ts';
import { type Finding, finding, some } from './finding.ts';
import type { UpInterface } from './interface.ts';
import { type BodyMode, type Fields, type Message, readBody } from './message.ts';
import { signatureOf } from './sign.ts';
import { type Agreement, validate } from './validate.ts';
import { instantOf } from './wire-time.ts';

/** What lets the car park in, and what it is called. */
export interface Keys {
  readonly accessKey: string;
  readonly accessSecret: string;
  readonly parkCode: string;
}

export interface UpRequest extends RawRequest {
  readonly accept: string;
  readonly contentLength: string | undefined;
  readonly httpVersion: string;
  /** When its head arrived, by the monotonic clock. */
  readonly ms: number;
}

export interface IntakeRules extends Agreement {
  readonly bodyMode: BodyMode;
  /** Of the interface; POST unless agreed otherwise. */
  readonly method: string;
  readonly now: number;
  readonly windowMs: number;
}

export interface Examined {
  readonly fields: Fields;
  readonly findings: readonly Finding[];
  /** Whether the cloud could do what is asked in spite of the findings: it comes from this car park, and can be read. */
  readonly usable: boolean;
}

/** What one transmission may weigh. */
export const MOST_BYTES = 10_000_000;
const FORM_TYPE = /^application\/x-www-form-urlencoded\s*;\s*charset=utf-8$/i;
const JSON_TYPE = /^application\/json(\s*;\s*charset="?utf-8"?)?$/i;
const HAS_JSON = /(^|,)\s*application\/json\s*(;|,|$)/i;
const MIN_SECRET = 6;

function outerFaults(raw: UpRequest, rules: IntakeRules): Finding[] {
  const { method, query, contentType, accept, contentLength, httpVersion, body } = raw;
  const type = rules.bodyMode === 'form' ? FORM_TYPE : JSON_TYPE;
  return some(
    method !== rules.method && finding('method', `${method} instead of ${rules.method}`),
    query !== '' && finding('query', 'parameters stand in the URL'),
    !type.test(contentType.trim()) &&
      finding('content-type', `content type ${contentType || '(none)'} of a ${rules.bodyMode} body`),
    !HAS_JSON.test(accept) && finding('headers', `Accept is ${accept || '(none)'} instead of application/json`),
    contentLength === undefined && finding('headers', 'Content-Length is missing'),
    httpVersion !== '1.1' && finding('headers', `HTTP/${httpVersion} instead of HTTP/1.1`),
    body.length > MOST_BYTES && finding('length', `${body.length} bytes in one transmission`),
  );
}

function outerSignFaults(
  { sign, members }: { sign: string; members: readonly (readonly [string, string])[] },
  secret: string,
  { now, windowMs }: IntakeRules,
): Finding[] {
  const right = signatureOf(members, secret);
  return some(
    timestampFault(members.find(([name]) => name === 'timestamp')?.[1], now, windowMs),
    sign.toUpperCase() !== right && finding('signature', 'sign does not cover data and timestamp', 'sign'),
    sign.toUpperCase() === right && sign !== right && finding('format', 'sign is in lower case', 'sign'),
  );
}

/** How far `timestamp` is from the cloud's clock. */
export function timestampFault(text: string | undefined, now: number, windowMs: number): Finding | undefined {
  if (text === undefined || !/^\d+$/.test(text) || windowMs === 0) return undefined;
  const skew = instantOf(text) - now;
  return Math.abs(skew) > windowMs
    ? finding('timestamp', `timestamp is ${Math.round(skew / 1_000)} s from now`, 'timestamp')
    : undefined;
}

const SIGNED: readonly Finding['rule'][] = ['access-key', 'signature', 'park-code', 'presence', 'type', 'format'];

function examineMessage(definition: UpInterface, message: Message, keys: Keys, rules: IntakeRules): Examined {
  const { fields } = message;
  const { accessKey, parkCode, signature = '' } = fields;
  const right = signatureOf(Object.entries(fields), keys.accessSecret, definition.unsigned);
  const secret = Object.values(fields).some(
    (value) => keys.accessSecret.length >= MIN_SECRET && value.includes(keys.accessSecret),
  );
  const findings = [
    ...validate(definition.fields, message, definition.name, rules),
    ...some(
      accessKey !== undefined &&
        accessKey !== keys.accessKey &&
        finding('access-key', 'another accessKey', 'accessKey'),
      parkCode !== undefined &&
        parkCode !== keys.parkCode &&
        finding('park-code', `unknown parkCode ${parkCode}`, 'parkCode'),
      signature !== '' &&
        signature.toUpperCase() !== right &&
        finding('signature', 'signature does not cover what was sent', 'signature'),
      timestampFault(fields['timestamp'], rules.now, rules.windowMs),
      secret && finding('secret', 'the accessSecret stands in the message'),
    ),
  ];
  const isLowerCase = ({ rule, field }: Finding): boolean => rule === 'format' && field === 'signature';
  const usable = !findings.some((one) => one.proven && SIGNED.includes(one.rule) && !isLowerCase(one));
  return { fields, findings, usable };
}

/** Transport, body, signature and table of all that a request says; what is outside of messages is told with the first. */
export function examine(definition: UpInterface, raw: UpRequest, keys: Keys, rules: IntakeRules): Examined[] {
  const read = readBody(raw.body, rules.bodyMode);
  const outer = [
    ...outerFaults(raw, rules),
    ...read.findings,
    ...(read.outer ? outerSignFaults(read.outer, keys.accessSecret, rules) : []),
  ];
  if (read.messages.length === 0) return [{ fields: {}, findings: outer, usable: false }];
  const isRefused = outer.some(({ rule }) => rule === 'method' || rule === 'signature' || rule === 'length');
  return read.messages.map((message, index) => {
    const one = examineMessage(definition, message, keys, rules);
    const findings = index === 0 ? [...outer, ...one.findings] : one.findings;
    return { ...one, findings, usable: one.usable && !isRefused };
  });
}
