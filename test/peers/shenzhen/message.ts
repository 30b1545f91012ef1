import { type Finding, finding } from './finding.ts';
import { type Node, readJson, signedText, utf8 } from './json.ts';

/** Every field as the signature covers it. */
export type Fields = Readonly<Record<string, string>>;

export type BodyMode = 'form' | 'json' | 'envelope';

/** What stood in a body, or in one element of an envelope. */
export interface Message {
  readonly fields: Fields;
  /** How values were written; null in a form, where all are texts. */
  readonly nodes: Readonly<Record<string, Node>> | null;
}

interface Read {
  readonly messages: readonly Message[];
  readonly findings: readonly Finding[];
  /** `sign` of table 34 with what it covers. */
  readonly outer: { readonly sign: string; readonly members: readonly (readonly [string, string])[] } | null;
}

const MUST_ESCAPE = /[/?#=]/;
const BROKEN_ESCAPE = /%(?![0-9A-Fa-f]{2})/;
/** Blanks, controls, and bytes beyond ASCII have no place in a form. */
const RAW = /[^\u0021-\u007e]/;

function unescaped(raw: string): string | null {
  try {
    return decodeURIComponent(raw.replaceAll('+', '%20'));
  } catch {
    return null;
  }
}

function pairOf(pair: string): { readonly name: string; readonly value: string; readonly findings: Finding[] } {
  const cut = pair.indexOf('=');
  const findings: Finding[] = [];
  const rawName = cut < 0 ? pair : pair.slice(0, cut);
  const rawValue = cut < 0 ? '' : pair.slice(cut + 1);
  if (cut < 0) findings.push(finding('form', `${pair.slice(0, 40)} has no =`, rawName));
  const strange = MUST_ESCAPE.exec(rawValue)?.[0] ?? RAW.exec(pair)?.[0];
  if (strange !== undefined)
    findings.push(finding('escape', `${JSON.stringify(strange)} stands unescaped in ${rawName}`, rawName));
  if (BROKEN_ESCAPE.test(pair)) {
    findings.push(finding('escape', `a % without two digits in ${rawName}`, rawName));
    return { name: rawName, value: rawValue, findings };
  }
  const [name, value] = [unescaped(rawName), unescaped(rawValue)];
  if (name === null || value === null) findings.push(finding('charset', `${rawName} is not UTF-8`, rawName));
  return { name: name ?? rawName, value: value ?? '', findings };
}

function readForm(body: Buffer): Read {
  const findings: Finding[] = [];
  const fields: Record<string, string> = {};
  for (const pair of body.toString('latin1').split('&')) {
    const read = pairOf(pair);
    findings.push(...read.findings);
    if (read.name in fields) findings.push(finding('form', `${read.name} is there twice`, read.name));
    fields[read.name] = read.value;
  }
  return { messages: [{ fields, nodes: null }], findings, outer: null };
}

const nothing = (fault: Finding): Read => ({ messages: [], findings: [fault], outer: null });

function messageOf(node: Node): { readonly message: Message; readonly findings: Finding[] } {
  const present = node.members.filter(([, { value }]) => value !== null);
  const findings = node.members
    .filter(([, { value }]) => value === null)
    .map(([name]) => finding('presence', `${name} is null instead of absent`, name));
  const fields = Object.fromEntries(present.map(([name, one]) => [name, signedText(one)]));
  return { message: { fields, nodes: Object.fromEntries(present) }, findings };
}

const ENVELOPE: readonly string[] = ['timestamp', 'sign', 'data'];

function readEnvelope(root: Node): Read {
  const parts = new Map(root.members);
  const [sign, data] = [parts.get('sign'), parts.get('data')];
  if (!data || !Array.isArray(data.value) || data.items.length === 0)
    return nothing(finding('envelope', 'data is no list of messages', 'data'));
  const findings: Finding[] = ENVELOPE.filter((name) => !parts.has(name)).map((name) =>
    finding('envelope', `${name} is missing`, name),
  );
  for (const name of parts.keys())
    if (!ENVELOPE.includes(name)) findings.push(finding('envelope', `${name} is not in table 34`, name));
  const messages: Message[] = [];
  for (const item of data.items) {
    if (item.members.length === 0) return nothing(finding('envelope', 'an element of data is no object', 'data'));
    const read = messageOf(item);
    findings.push(...read.findings);
    messages.push(read.message);
  }
  const members = root.members
    .filter(([name]) => name !== 'sign')
    .map(([name, node]): readonly [string, string] => [name, signedText(node)]);
  return { messages, findings, outer: { sign: sign ? signedText(sign) : '', members } };
}

/** The messages of a body; none if it cannot be read. */
export function readBody(body: Buffer, mode: BodyMode): Read {
  if (mode === 'form') return readForm(body);
  const text = utf8(body);
  if (text === null) return nothing(finding('charset', 'the body is not UTF-8'));
  const read = readJson(text);
  if ('fault' in read) return nothing(finding('json', read.fault));
  if (read.node.members.length === 0) return nothing(finding('json', `no JSON object: ${text.slice(0, 60)}`));
  if (mode === 'envelope') return readEnvelope(read.node);
  const { message, findings } = messageOf(read.node);
  return { messages: [message], findings, outer: null };
}
