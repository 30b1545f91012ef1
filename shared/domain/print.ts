import { z } from 'zod';

/** One piece of paper of a receipt printer (小票打印机), from top to bottom: what is printed, whatever printer prints it. */
export const printBlockSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    text: z.string(),
    align: z.enum(['left', 'center']).default('left'),
    large: z.boolean().default(false),
  }),
  /** A name at the left edge, its value at the right one. */
  z.object({ kind: z.literal('pair'), name: z.string(), value: z.string(), large: z.boolean().default(false) }),
  /** A line across the paper. */
  z.object({ kind: z.literal('rule') }),
  z.object({ kind: z.literal('qr'), text: z.string().max(500) }),
  z.object({ kind: z.literal('feed'), lines: z.int().min(1).max(20) }),
]);
export type PrintBlock = z.infer<typeof printBlockSchema>;

/** What is known of the paper of a payment. maybe: nobody knows whether any of it, or all of it, was printed. */
export const paperStateSchema = z.enum(['none', 'maybe', 'printed']);
export type PaperState = z.infer<typeof paperStateSchema>;

/** What is known after one more piece of paper ended so. */
export function paperAfter(before: PaperState, outcome: 'done' | 'refused' | 'unknown'): PaperState {
  if (outcome === 'done') return 'printed';
  return outcome === 'unknown' && before === 'none' ? 'maybe' : before;
}

/** The paper is cut after its last block. */
export const printDocumentSchema = z.array(printBlockSchema);
export type PrintDocument = z.infer<typeof printDocumentSchema>;
