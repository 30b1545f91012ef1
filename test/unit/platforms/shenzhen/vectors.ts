import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** What the document prints, and what was worked out for it with other tools than ours. */

const text = z.string();
const fields = z.record(z.string(), z.unknown());

const vectorsSchema = z.object({
  origin: text,
  vectors: z.array(
    z.object({
      name: text,
      secret: text,
      plain: text,
      expected: text,
      reproduces: z.boolean(),
      params: fields.optional(),
      unsigned: z.array(text).default([]),
      computedByRule: text.optional(),
      computedByRuleWithoutSpace: text.optional(),
    }),
  ),
  examples: z.array(z.object({ id: text, request: fields, response: fields, form: text.optional() })),
});

export const { vectors, examples } = vectorsSchema.parse(
  JSON.parse(readFileSync(new URL('../../../fixtures/shenzhen-vectors.json', import.meta.url), 'utf8')),
);

/** The secret of all examples. */
export const SECRET = 'adfdcdfdfdfdf';
