import type { RawRequest } from '../http/request.ts';
import { REFUSALS } from './codes.ts';
import type { Table } from './field.ts';
import { type Finding, finding } from './finding.ts';
import { readForm } from './form.ts';
import { type Fields, sameSign, signOf } from './sign.ts';
import type { Keys } from './spelling.ts';
import { validate } from './validate.ts';

export interface Examined {
  readonly fields: Fields;
  readonly findings: readonly Finding[];
  /** What a request with findings is refused with. */
  readonly refusal: number;
  /** Whether the bank could do what is asked in spite of the findings: it comes from this car park, and can be read. */
  readonly usable: boolean;
}

/** Only `application/x-www-form-urlencoded`, with UTF-8 if a charset is named at all. */
const FORM_TYPE = /^application\/x-www-form-urlencoded(\s*;\s*charset="?utf-8"?)?$/i;

/** Transport, form, appid, signature, car park and table, in the order in which a platform can know them. */
export function examine(table: Table, raw: RawRequest, keys: Keys, now: number): Examined {
  const outer: Finding[] = [];
  if (raw.query !== '') outer.push(finding('query', 'parameters stand in the URL'));
  if (raw.method !== 'POST') outer.push(finding('method', `${raw.method} instead of POST`));
  if (!FORM_TYPE.test(raw.contentType.trim()))
    outer.push(finding('content-type', `content type ${raw.contentType || '(none)'}`));
  const { fields, findings } = readForm(raw.body);
  const all = [...outer, ...findings];
  const refused = (refusal: number, ...more: Finding[]): Examined => ({
    ...{ fields, refusal, usable: false },
    findings: [...all, ...more],
  });
  const { appid = '', sign = '', park_code = '' } = fields;
  // The same request that lacks its appid most often has the wrong form altogether (6.1).
  if (appid === '') return refused(REFUSALS.malformed, finding('presence', 'appid不能为空', 'appid'));
  if (appid !== keys.appid) return refused(REFUSALS.forged, finding('appid', `unknown appid ${appid}`, 'appid'));
  if (sign === '') return refused(REFUSALS.malformed, finding('presence', 'sign is missing', 'sign'));
  if (!sameSign(sign, signOf(fields, keys.appsecret, table.unsigned)))
    return refused(REFUSALS.forged, finding('sign', 'sign is not that of the received fields', 'sign'));
  if (park_code !== '' && park_code !== keys.parkCode)
    return refused(REFUSALS.elsewhere, finding('park-code', `unknown park_code ${park_code}`, 'park_code'));
  const inner = validate(table, fields, now);
  const unreadable = inner.some(({ rule }) => rule === 'presence' || rule === 'type' || rule === 'json');
  return { fields, findings: [...all, ...inner], refusal: REFUSALS.malformed, usable: !unreadable };
}
