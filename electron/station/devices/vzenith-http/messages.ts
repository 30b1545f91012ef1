import { z } from 'zod';

/**
 * What the camera sends. Copies of this protocol change the case of keys and misspell some, so all keys are read in lower
 * case and known misspellings are put right before a schema sees them.
 */
const ALIASES: ReadonlyMap<string, string> = new Map([
  // With a capital I in place of the l.
  ['seriaino', 'serialno'],
  ['platecolor', 'colortype'],
]);

/** Deeper than any message of the protocol; also keeps a hostile body from exhausting the stack. */
const MAX_DEPTH = 12;

function canonical(value: unknown, depth = 0): unknown {
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
const number = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^-?\d+(?:\.\d+)?$/)
    .transform(Number),
]);
const text = z.string().catch('');
/** Whatever is not plainly "no" counts as kept: a live read taken for a kept one waits for a person, the reverse opens the arm. */
const kept = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => !/^(?:0|false|)$/i.test(String(value ?? '').trim()))
  .catch(true);
const serialno = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1).max(60));

const plateResult = z.object({
  license: text.default(''),
  colortype: number.catch(0).default(0),
  type: number.catch(0).default(0),
  confidence: number.nullable().catch(null).default(null),
  triggertype: number.catch(0).default(0),
  plateid: z
    .union([z.string(), z.number()])
    .transform((value) => String(value).trim() || null)
    .nullable()
    .catch(null)
    .default(null),
  isoffline: kept,
  timestamp: z
    .object({ timeval: z.object({ sec: number, usec: number.catch(0).default(0) }) })
    .nullable()
    .catch(null)
    .default(null),
  recotime: z.union([z.string(), z.number()]).nullable().catch(null).default(null),
  imagefile: text.default(''),
  imagefragmentfile: text.default(''),
});
export type PlateResult = z.output<typeof plateResult>;

const ipaddr = z.string().nullable().catch(null).default(null);

const messageSchema = z.union([
  z
    .object({ alarminfoplate: z.object({ serialno, ipaddr, result: z.object({ plateresult: plateResult }) }) })
    .transform(({ alarminfoplate: { serialno, ipaddr, result } }) => ({
      kind: 'plate' as const,
      serialNo: serialno,
      ipaddr,
      result: result.plateresult,
    })),
  z
    .object({
      alarmgioin: z.object({
        serialno,
        ipaddr,
        result: z.object({ triggerresult: z.object({ source: number, value: number }) }),
      }),
    })
    .transform(({ alarmgioin: { serialno, ipaddr, result } }) => ({
      kind: 'input' as const,
      serialNo: serialno,
      ipaddr,
      source: result.triggerresult.source,
      on: result.triggerresult.value === 1,
    })),
  z
    .object({ serialdata: z.object({ serialno, ipaddr, data: text.default('') }) })
    .transform(({ serialdata: { serialno, ipaddr, data } }) => ({
      kind: 'serial' as const,
      serialNo: serialno,
      ipaddr,
      characters: data.length,
    })),
  z
    .object({
      triggerimage: z.object({
        serialno: serialno.nullable().catch(null).default(null),
        ipaddr,
        imagefile: text.default(''),
      }),
    })
    .transform(({ triggerimage: { serialno, ipaddr, imagefile } }) => ({
      kind: 'snapshot' as const,
      serialNo: serialno,
      ipaddr,
      imageFile: imagefile,
    })),
]);
export type CameraMessage = z.output<typeof messageSchema>;

/** Reads a JSON push; `undefined` when it is none of the four messages. Throws when the text is not JSON at all. */
export function parseMessage(json: string): CameraMessage | undefined {
  const parsed = messageSchema.safeParse(canonical(JSON.parse(json)));
  return parsed.success ? parsed.data : undefined;
}

/** The JPEG in a base64 field: `null` for an empty field, `undefined` for what is not base64 or not a JPEG. */
export function decodeJpeg(base64: string): Uint8Array | null | undefined {
  // Common encoders break lines, and browsers' ones put a type in front.
  const bare = base64.replace(/^data:[^,]{0,100},/, '').replace(/\s+/g, '');
  if (bare === '') return null;
  if (bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(bare)) return undefined;
  const bytes = Buffer.from(bare, 'base64');
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? bytes : undefined;
}
