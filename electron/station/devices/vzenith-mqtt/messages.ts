import { z } from 'zod';
import {
  canonical,
  decodeBase64,
  decodeJpeg,
  type PlateResult,
  plateResult,
  triggerResult,
  wireCounter,
  wireNumber,
  wireText,
} from '../vzenith-results.ts';
import { readTopic } from './frame.ts';

/** What the camera says; `told`: nothing that anybody waits for, e.g. an early preview of a read. */
export type CameraMessage =
  | { readonly kind: 'result'; readonly serialNo: string; readonly result: PlateResult; readonly photo: string }
  | { readonly kind: 'input'; readonly source: number; readonly on: boolean }
  | { readonly kind: 'arm'; readonly open: boolean }
  | { readonly kind: 'snapshot'; readonly image: string }
  | { readonly kind: 'serial'; readonly entries: readonly { readonly channel: number; readonly bytes: Uint8Array }[] }
  | { readonly kind: 'alive'; readonly clockMs: number | null }
  | Answer
  /** A plate that cannot be read. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'told' };

export interface Answer {
  readonly kind: 'answer';
  readonly id: string | null;
  /** 200 is good; null where it is missing. */
  readonly code: number | null;
  readonly body: unknown;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Text in base64 of UTF-8. Some firmware sends it as it is: what does not read as such is taken so. */
function plainText(text: string): string {
  const bytes = text === '' ? undefined : decodeBase64(text);
  try {
    const plain = bytes ? UTF8.decode(bytes) : text;
    // No plate and no path has control characters.
    return /\p{Cc}/u.test(plain) ? text : plain;
  } catch {
    return text;
  }
}

const result = plateResult.extend({
  license: wireText.default('').transform(plainText),
  full_image_content: wireText.default(''),
  small_image_content: wireText.default(''),
});
const alarmSchema = z.object({
  alarminfoplate: z.object({ serialno: wireText.default(''), result: z.object({ plateresult: result }) }),
});
/** Some firmware wraps it as commands are. */
const plateSchema = z
  .union([alarmSchema, z.object({ body: alarmSchema }).transform(({ body }) => body)])
  .transform(({ alarminfoplate: { serialno, result } }) => ({ serialNo: serialno.trim(), ...result.plateresult }));
const inputSchema = z.union([
  z
    .object({ alarmgioin: z.object({ result: z.object({ triggerresult: triggerResult }) }) })
    .transform(({ alarmgioin }) => alarmgioin.result.triggerresult),
  triggerResult,
]);
const armSchema = z.object({ gate_status: wireNumber }).transform(({ gate_status: status }) => status);
const picture = z.object({ imagefile: wireText.default(''), full_image_content: wireText.default('') });
const pictureSchema = z
  .union([z.object({ triggerimage: picture }).transform(({ triggerimage }) => triggerimage), picture])
  .transform(({ imagefile, full_image_content }) => imagefile || full_image_content);
const entrySchema = z
  .object({ serialchannel: wireNumber.catch(0).default(0), data: wireText.default('') })
  .transform(({ serialchannel, data }) => {
    const bytes = decodeBase64(data);
    return bytes && bytes.byteLength > 0 ? [{ channel: serialchannel, bytes }] : [];
  });
const serialSchema = z
  .object({ serialdata: z.union([z.array(entrySchema), entrySchema.transform((entry) => [entry])]) })
  .transform(({ serialdata }) => serialdata.flat());
const envelope = z.object({
  id: wireCounter,
  timestamp: wireNumber.nullable().catch(null).default(null),
  code: wireNumber.nullable().catch(null).default(null),
  payload: z.unknown().optional(),
});
type Envelope = z.output<typeof envelope>;

function parseEnvelope(bytes: Uint8Array): Envelope | undefined {
  const start = bytes.findIndex((byte) => byte !== 0);
  try {
    return envelope.safeParse(canonical(JSON.parse(new TextDecoder().decode(bytes.subarray(start))))).data;
  } catch {
    return undefined;
  }
}

function resultOf({ payload }: Envelope, isStored: boolean): CameraMessage {
  const parsed = plateSchema.safeParse(payload);
  if (!parsed.success) return { kind: 'unread' };
  const { serialNo, full_image_content: full, small_image_content: small, ...result } = parsed.data;
  const stored = isStored || result.isoffline;
  return { kind: 'result', serialNo, result: { ...result, isoffline: stored }, photo: full || small };
}

const ups: Readonly<Record<string, (told: Envelope) => CameraMessage | undefined>> = {
  ivs_result: (told) => resultOf(told, false),
  offline_record: (told) => resultOf(told, true),
  keep_alive: ({ timestamp }) => ({
    kind: 'alive',
    clockMs: timestamp === null || timestamp <= 0 ? null : timestamp * 1000,
  }),
  gpio_in: ({ payload }) => {
    const parsed = inputSchema.safeParse(payload);
    return parsed.success ? { kind: 'input', ...parsed.data } : undefined;
  },
  barr_gate_status: ({ payload }) => {
    const status = armSchema.safeParse(payload).data;
    return status === 0 || status === 1 ? { kind: 'arm', open: status === 1 } : undefined;
  },
  snapshot: ({ payload }) => {
    const image = pictureSchema.safeParse(payload).data;
    return image === undefined ? undefined : { kind: 'snapshot', image };
  },
  serial_data: ({ payload }) => {
    const entries = serialSchema.safeParse(payload).data;
    return entries && { kind: 'serial', entries };
  },
};

/** What is no envelope: a sign of life is one, whatever stands in it. */
function unreadable(name: string): CameraMessage | undefined {
  if (name === 'keep_alive') return { kind: 'alive', clockMs: null };
  return name === 'ivs_result' || name === 'offline_record' ? { kind: 'unread' } : undefined;
}

/** Reads what came on a topic; undefined for what should be one of the messages and cannot be read. */
export function parseMessage(topic: string, bytes: Uint8Array): CameraMessage | undefined {
  const about = readTopic(topic);
  if (!about) return undefined;
  const told = parseEnvelope(bytes);
  if (about.way === 'up') {
    const read = Object.hasOwn(ups, about.name) ? ups[about.name] : undefined;
    if (!told) return unreadable(about.name);
    return read ? read(told) : { kind: 'told' };
  }
  if (!told) return undefined;
  const body = z.object({ body: z.unknown().optional() }).safeParse(told.payload).data?.body;
  return { kind: 'answer', id: told.id, code: told.code, body };
}

/** The picture of a message; null where there is none, undefined where it is not one. */
export const photoOf = (image: string): Uint8Array | null | undefined => decodeJpeg(image);

/** The inputs in the answer to `get_io_status`, in their order; empty where it does not tell. */
export const inputsIn = ({ body }: Answer): readonly boolean[] =>
  z
    .object({ ioin: z.array(wireNumber) })
    .safeParse(body)
    .data?.ioin.map((value) => value === 1) ?? [];
