import { z } from 'zod';
import { plateColorSchema } from '../../../../shared/domain/plate.ts';
import { toPlate } from '../../../../shared/domain/plates.ts';
import { fromRfc3339, timestampSchema } from '../../../../shared/domain/time.ts';
import type { BerthTold } from '../device.ts';

/** More berths than any one device watches. */
const MOST_BERTHS = 500;
/** A picture of some 3 MB. */
const LONGEST_PICTURE = 4 * 1024 * 1024;
/** The end of the year 9999: later is no clock. */
const LAST_MS = 253_402_271_999_999;

/** Epoch milliseconds, or RFC 3339. */
const moment = z.union([z.int().min(0).max(LAST_MS), timestampSchema.transform(fromRfc3339)]);

const berth = z
  .object({
    code: z.string().trim().min(1).max(36),
    occupied: z.boolean(),
    at: moment.nullish(),
    sequence: z.int().min(0).nullish(),
    plate: z.string().trim().max(32).nullish(),
    plateColor: plateColorSchema.catch('unknown').nullish(),
    confidence: z.number().min(0).max(100).nullish().catch(null),
    photo: z.string().max(LONGEST_PICTURE).nullish(),
  })
  .transform(
    ({ code, occupied, at, sequence, plate, plateColor, confidence, photo }): BerthTold & { photoText: string } => ({
      ...{ code, occupied, at: at ?? null, sequence: sequence ?? null, confidence: confidence ?? null },
      plate: plate ? toPlate(plate, plateColor ?? 'unknown') : null,
      photo: null,
      photoText: photo ?? '',
    }),
  );

const pushSchema = z.object({
  serialNo: z
    .union([z.string(), z.int()])
    .transform((value) => String(value).trim())
    .pipe(z.string().min(1).max(60)),
  key: z.string().max(200).nullish(),
  time: moment.nullish(),
  berths: z.array(berth).max(MOST_BERTHS).default([]),
});
export type BerthPush = z.output<typeof pushSchema>;

/** What a device pushed; a sentence about what is wrong with it where it cannot be read. */
export function parsePush(text: string): BerthPush | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  const parsed = pushSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a push'}`.slice(0, 200);
}

/** The picture in a base64 field: null where there is none; undefined for what is no JPEG. */
export function pictureOf(base64: string): Uint8Array | null | undefined {
  const bare = base64.replace(/^data:[^,]{0,100},/, '').replace(/\s+/g, '');
  if (bare === '') return null;
  if (bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(bare)) return undefined;
  const bytes = Buffer.from(bare, 'base64');
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? bytes : undefined;
}

/** The text of a push as it may be shown: its key is nobody's business. */
export const withoutKey = (text: string): string =>
  text.replace(/("key"\s*:\s*)(?:"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|$)|[^\s,}\]]+)/gi, '$1"•••"');
