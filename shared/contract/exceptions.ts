import { z } from 'zod';
import { actsAboutSchema, editedSchema } from '../domain/acts.ts';
import { doubtKindSchema } from '../domain/stay.ts';
import { timestampSchema } from '../domain/time.ts';
import { pageInput, pageOf, procedure } from './base.ts';
import { eventViewSchema } from './journal.ts';
import { attentionSchema } from './lanes.ts';
import { stayViewSchema } from './stays.ts';

const tags = ['payments'];

/** A car inside that is in doubt: its bill waits until somebody compared the pictures. */
export const doubtfulStaySchema = z.object({
  stay: stayViewSchema,
  /** Since when: the moment of the oldest doubt that nobody has looked at. */
  since: timestampSchema,
  doubts: z.array(z.object({ kind: doubtKindSchema, at: timestampSchema, detail: z.string() })),
});
export type DoubtfulStay = z.infer<typeof doubtfulStaySchema>;

export const actViewSchema = eventViewSchema.extend({
  stopped: z.string().nullable().describe('Turned away: what last stopped the car at the lane; null: nothing did'),
});
export type ActView = z.infer<typeof actViewSchema>;

const span = {
  from: timestampSchema.optional().describe('At or after'),
  to: timestampSchema.optional().describe('Before'),
};
const counted = z.object({ total: z.int(), exact: z.boolean() });

/** What a manager looks through besides the cases: nothing of it is lost, and nobody has to look for it. */
export const exceptions = {
  /** 疑问记录 */
  doubtful: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/exceptions/doubtful',
    summary: 'Cars inside that are in doubt and that nobody has looked at, the oldest in front',
    tags,
  })
    .input(z.object({ ...pageInput }))
    .output(pageOf(doubtfulStaySchema)),
  acts: procedure({
    access: 'manager',
    method: 'GET',
    path: '/exceptions/acts',
    summary: 'Arms moved by hand, edits, or cars that were turned away, newest first',
    tags,
  })
    .input(
      z.object({
        about: actsAboutSchema,
        ...span,
        user: z.string().max(40).optional().describe('Only what this person did'),
        laneId: z.string().max(64).optional(),
        loose: z.enum(['true', 'false']).optional().describe('`true`: only what hangs on no stay'),
        edited: editedSchema.optional().describe('For `edits`: what was put right'),
        ...pageInput,
      }),
    )
    .output(pageOf(actViewSchema)),
  counts: procedure({
    access: 'manager',
    method: 'GET',
    path: '/exceptions/counts',
    summary: 'How many acts of each kind, and how often what stopped a car',
    tags,
  })
    .input(z.object(span))
    .output(
      z.object({
        gates: counted,
        edits: counted,
        turnedAway: counted,
        stopped: z.array(z.object({ reason: attentionSchema, count: z.int() })),
      }),
    ),
};
