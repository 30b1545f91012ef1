import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What the specification prints, and what was worked out for it with other tools than ours. */

const text = z.string();

const vectorsSchema = z.object({
  origin: text,
  vectors: z.array(
    z.object({
      name: text,
      use: z.enum(['write+read', 'read']),
      key: text,
      iv: text,
      plaintextEncoding: text,
      plaintext: text,
      plaintextBytes: z.int(),
      data: text,
      parsed: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  wrongDay: z.array(
    z.object({
      name: text,
      key: text,
      encryptedWithIv: text,
      serverDayIv: text,
      plaintext: text,
      data: text,
      wrongIvResult: text,
      wrongIvParsesAsJson: z.boolean().default(false),
    }),
  ),
  negative: z.array(z.object({ name: text, key: text, iv: text, data: text, decryptResult: text })),
  gb2312: z.object({ characters: z.int(), sha256: text, special: z.array(z.tuple([text, text.nullable()])) }),
});

export const { vectors, wrongDay, negative, gb2312 } = vectorsSchema.parse(
  JSON.parse(readFileSync(new URL('../../../fixtures/keytop-vectors.json', import.meta.url), 'utf8')),
);

/** Noon in China on the day of a vector: `yyyyMMdd`. */
export const noonOf = (iv: string): number =>
  Date.parse(`${iv.slice(0, 4)}-${iv.slice(4, 6)}-${iv.slice(6)}T12:00:00+08:00`);
