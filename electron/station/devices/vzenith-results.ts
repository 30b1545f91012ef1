import { z } from 'zod';
import { type EpochMs, parseShanghaiDateTime } from '../../../shared/domain/time.ts';
import type { PlateRead } from './device.ts';
import { motionOf, plateOf, triggerOf } from './vzenith-plates.ts';

/**
 * What cameras of 臻识 tell, by whatever way it comes. Copies of these protocols change the case of keys and misspell some, so all keys
 * are read in lower case and known misspellings are put right before a schema sees them.
 */
const ALIASES: ReadonlyMap<string, string> = new Map([
  // With a capital I in place of the l.
  ['seriaino', 'serialno'],
  ['platecolor', 'colortype'],
]);

/** Deeper than any message of the protocol; also keeps a hostile body from exhausting the stack. */
const MAX_DEPTH = 12;

/** The same with keys as the schemas below have them. */
export function canonical(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return undefined;
  if (Array.isArray(value)) return value.map((item) => canonical(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const lower = key.toLowerCase();
      return [ALIASES.get(lower) ?? lower, canonical(item, depth + 1)];
    }),
  );
}

/** Numbers arrive as numbers or as decimal text. */
export const wireNumber = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^-?\d+(?:\.\d+)?$/)
    .transform(Number),
]);
export const wireText = z.string().catch('');
export const wireSerialNo = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1).max(60));
/** Whatever is not plainly "no" counts as kept: a live read taken for a kept one waits for a person, the reverse opens the arm. */
const kept = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => !/^(?:0|false|)$/i.test(String(value ?? '').trim()))
  .catch(true);
/** A counter of the camera, as text; null where there is none. */
export const wireCounter = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim() || null)
  .nullable()
  .catch(null)
  .default(null);

/** What the camera did with its outputs for the car; 2: it opened by a list of its own, without a server. */
const outputsMoved = z
  .array(z.object({ ctrltype: wireNumber.catch(0).default(0) }).catch({ ctrltype: 0 }))
  .catch([])
  .default([]);
const OPENED_ALONE = 2;

/** `PlateResult`. */
export const plateResult = z.object({
  license: wireText.default(''),
  colortype: wireNumber.catch(0).default(0),
  type: wireNumber.catch(0).default(0),
  confidence: wireNumber.nullable().catch(null).default(null),
  triggertype: wireNumber.catch(0).default(0),
  plateid: wireCounter,
  isoffline: kept,
  gioouts: outputsMoved,
  timestamp: z
    .object({ timeval: z.object({ sec: wireNumber, usec: wireNumber.catch(0).default(0) }) })
    .nullable()
    .catch(null)
    .default(null),
  recotime: z.union([z.string(), z.number()]).nullable().catch(null).default(null),
});
export type PlateResult = z.output<typeof plateResult>;

/** `TriggerResult` of an input: number from 0, and whether it is on. */
export const triggerResult = z
  .object({ source: wireNumber, value: wireNumber })
  .transform(({ source, value }) => ({ source, on: value === 1 }));

/** The bytes of a base64 field, broken into lines or not; undefined for what is not base64. */
export function decodeBase64(base64: string): Uint8Array | undefined {
  const bare = base64.replace(/\s+/g, '');
  if (bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bare)) return undefined;
  return Buffer.from(bare, 'base64');
}

/** The JPEG in a base64 field: `null` for an empty field, `undefined` for what is not base64 or not a JPEG. */
export function decodeJpeg(base64: string): Uint8Array | null | undefined {
  // Common encoders break lines, and browsers' ones put a type in front.
  const bytes = decodeBase64(base64.replace(/^data:[^,]{0,100},/, ''));
  if (bytes?.byteLength === 0) return null;
  return bytes?.[0] === 0xff && bytes[1] === 0xd8 ? bytes : undefined;
}

/** The end of the year 9999, in seconds: later is no clock, and would not fit into a date. */
const LAST_SECOND = 253_402_271_999;

/** When the camera took the picture, by its own clock; `null` when it does not say. */
function capturedAt({ timestamp, recotime }: PlateResult): EpochMs | null {
  if (timestamp && timestamp.timeval.sec > 0 && timestamp.timeval.sec <= LAST_SECOND)
    return Math.trunc(timestamp.timeval.sec) * 1000 + Math.trunc(timestamp.timeval.usec / 1000);
  if (recotime === null) return null;
  const text = String(recotime).trim();
  return /^\d{9,11}$/.test(text) ? Number(text) * 1000 : (parseShanghaiDateTime(text) ?? null);
}

/** A result in the house's words. */
export function readOf(
  result: PlateResult,
  about: Pick<PlateRead, 'deviceId' | 'serialNo' | 'receivedAt' | 'photo'>,
): PlateRead {
  const motion = motionOf(result.triggertype);
  return {
    ...about,
    plateId: result.plateid,
    plate: plateOf(result.license, result.colortype, result.type),
    confidence: result.confidence,
    trigger: triggerOf(result.triggertype),
    capturedAt: capturedAt(result),
    stored: result.isoffline,
    ...(motion ? { motion } : {}),
    ...(result.gioouts.some(({ ctrltype }) => ctrltype === OPENED_ALONE) && { openedByCamera: true }),
  };
}
