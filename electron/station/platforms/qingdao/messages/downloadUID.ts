import { z } from 'zod';
import { parseLossless } from '../../lossless-json.ts';
import { code, wireDay } from '../../wire-fields.ts';
import { query, record } from '../define.ts';
import { parkingCode } from '../fields.ts';

/** A record that the platform has, by its uid and every id of a record that stands beside it. */
export interface Held {
  readonly uid: string;
  readonly ids: readonly string[];
}

/** Under these the id of a record may stand (D15, D16, D26); their order and their spelling are not to be relied upon. */
const ID_NAMES = new Set(['arriveid', 'arrivalid', 'arrivald', 'endid', 'exitid', 'billid', 'photoid']);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Also a number that was too long for one: {@link parseLossless} keeps it as its digits. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : (/^-?\d+$/.exec(JSON.stringify(value) ?? '')?.[0] ?? '');

function heldOf(item: unknown): Held | undefined {
  if (!isObject(item)) return undefined;
  let uid = '';
  const ids: string[] = [];
  for (const [name, value] of Object.entries(item)) {
    const lower = name.toLowerCase();
    const text = textOf(value);
    if (lower === 'uid') uid = text;
    else if (ID_NAMES.has(lower) && text !== '') ids.push(text);
  }
  return uid === '' ? undefined : { uid, ids };
}

function parsed(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
}

/** The list, in whichever of the forms that the specification shows (D26); undefined when it is none of them. */
export function readHeld(data: unknown, depth = 0): readonly Held[] | undefined {
  if (data === null || data === '') return [];
  if (typeof data === 'string' && depth < 3) {
    const text = data.trim();
    return text === '' ? [] : readHeld(parsed(text) ?? parsed(`{${text}}`), depth + 1);
  }
  if (Array.isArray(data)) return data.flatMap((item) => heldOf(item) ?? []);
  if (!isObject(data)) return undefined;
  const entries = Object.entries(data);
  if (entries.length === 0) return [];
  const [, result] = entries.find(([name]) => name.toLowerCase() === 'result') ?? [];
  if (result !== undefined && depth < 3) return readHeld(result, depth + 1);
  const one = heldOf(data);
  return one && [one];
}

const answer = z.looseObject({}).transform((body, context) => {
  const { data, result } = body;
  const held = readHeld(data === null ? (result ?? null) : (data ?? result));
  if (held !== undefined) return held;
  context.addIssue({ code: 'custom', path: ['data'], message: 'is no list of records' });
  return z.NEVER;
});

/** Which records of a kind the platform has of a day, when its figures are not ours or when nobody knows what became of one. */
export const downloadUID = query({
  name: 'downloadUID',
  title: '停车记录流水号下载',
  section: '四(二)2',
  schema: z.strictObject({ parkingCode, accountDate: wireDay, type: code([0, 1, 2, 3]) }),
  sample: { parkingCode: '1001', accountDate: '2026-03-02', type: 0 },
  answer,
  sampleAnswer: { data: { result: [{ UID: '1001120260302080509123', arriveID: 'entry_1' }] } },
  wire: record,
});
