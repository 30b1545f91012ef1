import { z } from 'zod';
import { parseLossless, rawNumber } from '../lossless-json.ts';
import { text } from '../wire-fields.ts';
import { up } from './define.ts';

/** Digits of a whole number, however large: it may be more than a number can hold (D11). */
const requestId = z
  .string()
  .max(20)
  .regex(/^(0|-?[1-9]\d*)$/);

const answerSchema = z.strictObject({
  requestId,
  success: z.boolean(),
  params: text(65_536).refine((json) => isObject(json), 'must be the JSON of an object'),
});

/**
 * An answer to a notice, which goes before all records. `params` is JSON kept as text: what came goes back exactly as it came,
 * whatever it holds.
 */
export const answering = (what: {
  readonly name: string;
  readonly title: string;
  readonly section: string;
  /** What `params` looks like. */
  readonly params: Readonly<Record<string, unknown>>;
}) =>
  up({
    ...{ name: what.name, title: what.title, section: what.section, kind: 'answer', schema: answerSchema },
    sample: { requestId: '9007199254740993123', success: true, params: JSON.stringify(what.params) },
    wire: ({ requestId: id, success, params }) => ({
      data: { requestId: rawNumber(id), success, params: parseLossless(params) },
    }),
  });

function isObject(json: string): boolean {
  try {
    const value = parseLossless(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
