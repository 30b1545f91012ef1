import type { KeyObject } from 'node:crypto';
import { decodeStrictly, openText, openTextWithPublicKey, verifyText } from './crypto.ts';
import type { Dialect } from './dialect.ts';
import type { Table } from './field.ts';
import { type Finding, finding, type Opened } from './finding.ts';
import { isWireObject, parseLossless, type WireObject, type WireValue } from './lossless-json.ts';
import { usualNames } from './spelling.ts';
import { validate } from './validate.ts';

/** An HTTP request as it arrived, body complete. */
export interface RawRequest {
  readonly method: string;
  readonly query: string;
  readonly contentType: string;
  readonly body: Buffer;
}

export interface IntakeKeys {
  readonly accessId: string;
  readonly parkingCode: string;
  readonly userPublicKey: KeyObject;
  readonly platformPrivateKey: KeyObject;
  readonly dialect: Dialect;
  /** Whether these params repeat a notice with this number, word for word. */
  readonly echoed: (answers: string, opened: Opened) => boolean;
}

/** What could be made of a request. `opened` is there as soon as it could be decrypted and parsed, even with findings. */
export interface Examined {
  readonly findings: readonly Finding[];
  /** The decrypted text, digit for digit. */
  readonly text: string | null;
  readonly opened: Opened | null;
  readonly file: string | undefined;
}

const refused = (...findings: Finding[]): Examined => ({ findings, text: null, opened: null, file: undefined });

/** Only `application/x-www-form-urlencoded`, with UTF-8 if a charset is named at all. */
const FORM_TYPE = /^application\/x-www-form-urlencoded(\s*;\s*charset="?utf-8"?)?$/i;

function readForm(body: Buffer, allowed: readonly string[]): { form: Record<string, string>; findings: Finding[] } {
  const form: Record<string, string> = {};
  const findings: Finding[] = [];
  for (const [name, value] of new URLSearchParams(body.toString('latin1'))) {
    if (name in form) findings.push(finding('form', `form key ${name} occurs twice`, name));
    else if (!allowed.includes(name)) findings.push(finding('unknown-field', `form key ${name} is in no table`, name));
    form[name] = value;
  }
  return { form, findings };
}

function open(root: WireValue): Opened | null {
  const data = isWireObject(root) ? root.data : undefined;
  if (!isWireObject(data)) return null;
  const params = data.params;
  return { data, params: isWireObject(params) ? params : {} };
}

/** The plaintext as one object `{data:{…}}` with the usual names, whatever this platform wants it to look like. */
function plaintext(text: string, definition: Table, dialect: Dialect): [WireValue, Finding[]] {
  const root = parseLossless(text);
  if (!isWireObject(root)) return [root, []];
  if (dialect.dataAs === 'string' && typeof root.data !== 'string')
    return [root, [finding('json', '"data" is not a JSON string', 'data')]];
  const data: WireValue | undefined =
    dialect.dataAs === 'string' && typeof root.data === 'string' ? parseLossless(root.data) : root.data;
  if (!isWireObject(data)) return [root, []];
  const [record, findings] = usualNames(definition, data, dialect);
  const usual: WireObject = { ...root, data: record };
  return [usual, findings];
}

const nodeOf = (accessID: string, keys: IntakeKeys): string =>
  accessID.startsWith(keys.accessId) ? accessID.slice(keys.accessId.length) : '';

/** Envelope, signature, decryption and tables, in the order in which a platform can know them. */
export function examine(definition: Table, request: RawRequest, keys: IntakeKeys): Examined {
  const { dialect } = keys;
  const outer: Finding[] = [];
  if (request.query !== '') outer.push(finding('query', 'parameters stand in the URL'));
  if (request.method !== 'POST') return refused(...outer, finding('method', `${request.method} instead of POST`));
  if (!FORM_TYPE.test(request.contentType.trim()))
    return refused(...outer, finding('content-type', `content type ${request.contentType || '(none)'}`));

  const extra = definition.fields.filter((field) => field.in === 'form').map((field) => field.name);
  const { form, findings } = readForm(request.body, ['accessID', 'cipher', 'sign', ...extra]);
  outer.push(...findings);
  const { accessID = '', cipher = '', sign = '' } = form;
  for (const [name, value] of Object.entries({ accessID, cipher, sign }))
    if (value === '') outer.push(finding('presence', `form key ${name} is missing or empty`, name));
  if (accessID === '' || cipher === '' || sign === '') return refused(...outer);
  if (accessID !== keys.accessId) {
    // Whether a node of several names itself here too is not said (D07).
    const unknown = finding('access-id', `unknown accessID ${accessID}`, null, !/^_\d+$/.test(nodeOf(accessID, keys)));
    if (unknown.proven) return refused(...outer, unknown);
    outer.push(unknown);
  }
  for (const [name, value] of Object.entries({ cipher, sign }))
    if (!decodeStrictly(value, dialect))
      return refused(
        ...outer,
        finding(
          'form',
          `${name} is not ${dialect.encoding}${value.includes(' ') ? ': its + was not percent-encoded' : ''}`,
          name,
        ),
      );
  if (!verifyText(cipher, sign, keys.userPublicKey, dialect))
    return refused(...outer, finding('sign', 'sign does not verify over the cipher text with the user public key'));

  let text: string;
  try {
    text =
      dialect.uplinkKey === 'platformPublic'
        ? openText(cipher, keys.platformPrivateKey, dialect)
        : openTextWithPublicKey(cipher, keys.userPublicKey, dialect);
  } catch (error) {
    return refused(...outer, finding('decrypt', error instanceof Error ? error.message : String(error)));
  }
  let root: WireValue;
  let named: Finding[];
  try {
    [root, named] = plaintext(text, definition, dialect);
  } catch {
    return { ...refused(...outer, finding('json', 'the plaintext is not JSON')), text };
  }
  const opened = open(root);
  const { answers } = definition;
  const echoed = (answer: Opened): boolean => answers !== undefined && keys.echoed(answers, answer);
  const inner = [...named, ...validate(definition, root, form, echoed)];
  const codes = opened ? [opened.data.parkingCode, opened.params.parkingCode] : [];
  if (codes.some((code) => typeof code === 'string' && code !== '' && code !== keys.parkingCode))
    inner.push(finding('parking-code', 'parkingCode is not that of this car park', 'parkingCode'));
  return { findings: [...outer, ...inner], text, opened, file: form.file };
}
