import { z } from 'zod';
import { decodeGbk, encodeGbk } from '../gbk.ts';
import {
  canonical,
  decodeBase64,
  decodeJpeg,
  type PlateResult,
  plateResult,
  wireCounter,
  wireNumber,
  wireText,
} from '../vzenith-results.ts';
import { splitPictures } from './pictures.ts';

/** What the camera says. `answer`: to a command of ours, by the number of its frame and by its id. */
export type CameraMessage =
  | { readonly kind: 'result'; readonly result: PlateResult; readonly photo: Uint8Array | null }
  | { readonly kind: 'input'; readonly source: number; readonly on: boolean }
  | { readonly kind: 'serial'; readonly port: string; readonly bytes: Uint8Array }
  /** A plate that cannot be read. */
  | { readonly kind: 'unread' }
  | Answer;

export interface Answer {
  readonly kind: 'answer';
  readonly cmd: string;
  readonly id: string | null;
  /** `state_code`: 200 is good; null where it is missing. */
  readonly code: number | null;
  /** The rest of it, keys in lower case. */
  readonly fields: unknown;
}

const size = wireNumber.catch(0).default(0);
const head = z.object({
  cmd: z.string(),
  id: wireCounter,
  state_code: wireNumber.nullable().catch(null).default(null),
});
const resultSchema = z.object({
  id: wireCounter,
  plateresult: plateResult,
  fullimgsize: size,
  clipimgsize: size,
});
/** "As named", says the document of inputs: the number stands under one of these. */
const inputSchema = z
  .object({
    gpio: wireNumber.optional(),
    source: wireNumber.optional(),
    io: wireNumber.optional(),
    value: wireNumber,
  })
  .transform(({ gpio, source, io, value }) => ({ source: gpio ?? source ?? io, on: value === 1 }));
const serialSchema = z.object({ comm: z.string(), data: z.string().min(1) });

const anyText = z.union([z.string(), z.number()]).transform((value) => String(value).trim());
const serialNoSchema = z
  .object({ value: anyText.optional(), sn: anyText.optional(), serialno: anyText.optional() })
  .transform(({ value, sn, serialno }) => value ?? sn ?? serialno ?? '');
const imageSchema = z
  .object({ imgdata: wireText.default(''), imagedata: wireText.default(''), imagefile: wireText.default('') })
  .transform(({ imgdata, imagedata, imagefile }) => imgdata || imagedata || imagefile);

/** Broken, and yet plainly a result. */
const BROKEN_RESULT = /"cmd"\s{0,9}:\s{0,9}"ivs_result"/;

/** Text before the first zero byte; pictures behind it. */
function cut(payload: Uint8Array): { readonly text: string; readonly rest: Uint8Array } {
  const end = payload.indexOf(0);
  return end < 0
    ? { text: decodeGbk(payload), rest: new Uint8Array() }
    : { text: decodeGbk(payload.subarray(0, end)), rest: payload.subarray(end + 1) };
}

function resultOf(json: unknown, pictures: Uint8Array): CameraMessage {
  const parsed = resultSchema.safeParse(json);
  if (!parsed.success) return { kind: 'unread' };
  const { id, plateresult, fullimgsize, clipimgsize } = parsed.data;
  const { full, clip } = splitPictures(pictures, { full: fullimgsize, clip: clipimgsize });
  return { kind: 'result', result: { ...plateresult, plateid: plateresult.plateid ?? id }, photo: full ?? clip };
}

function inputOf(json: unknown): CameraMessage | undefined {
  const { success, data } = inputSchema.safeParse(json);
  return success && data.source !== undefined ? { kind: 'input', source: data.source, on: data.on } : undefined;
}

/** Bytes from RS-485; undefined where it is the answer to what we sent there. */
function serialOf(json: unknown): CameraMessage | undefined {
  const { success, data } = serialSchema.safeParse(json);
  const bytes = success ? decodeBase64(data.data) : undefined;
  return success && bytes ? { kind: 'serial', port: data.comm, bytes } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return canonical(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Reads the payload of a frame; undefined for what is none of the messages. */
export function parseMessage(payload: Uint8Array): CameraMessage | undefined {
  const { text, rest } = cut(payload);
  const json = parseJson(text);
  const parsed = head.safeParse(json);
  if (!parsed.success) return BROKEN_RESULT.test(text) ? { kind: 'unread' } : undefined;
  const { cmd, id, state_code: code } = parsed.data;
  if (cmd === 'ivs_result') return resultOf(json, rest);
  if (cmd === 'gpio_trigger' && code === null) return inputOf(json);
  const serial = cmd === 'ttransmission' && code === null ? serialOf(json) : undefined;
  return serial ?? { kind: 'answer', cmd, id, code, fields: json };
}

/** A command as the payload of a frame. */
export const encodeMessage = (message: Readonly<Record<string, unknown>>): Uint8Array =>
  encodeGbk(JSON.stringify(message));

/** The serial number in the answer to `getsn`; empty where there is none. */
export const serialNoIn = ({ fields }: Answer): string => serialNoSchema.safeParse(fields).data ?? '';

/** The picture in the answer to `get_snapshot`. */
export const imageIn = ({ fields }: Answer): Uint8Array | null =>
  decodeJpeg(imageSchema.safeParse(fields).data ?? '') ?? null;

/** Whether an input is on, in the answer to `get_gpio_value`; null where it does not say. */
export function inputIn({ fields }: Answer): boolean | null {
  const { success, data } = z.object({ value: wireNumber }).safeParse(fields);
  return success ? data.value === 1 : null;
}
