import { z } from 'zod';
import { platformIdSchema } from '../domain/site.ts';
import { timestampSchema } from '../domain/time.ts';
import { pageInput, pageOf, procedure } from './base.ts';
import { messageStatusSchema } from './outbox.ts';

const tags = ['reconciliations'];

/**
 * How a message that ought to exist was found. given-up: the platform fetches it itself · lost: delivered, and the platform does not have it · extra: only the platform has it ·
 * gone: missing, and its picture is no longer on the disk · unreadable: the event cannot be turned into messages.
 */
export const foundSchema = z.enum([
  'delivered',
  'waiting',
  'refused',
  'discarded',
  'given-up',
  'missing',
  'lost',
  'extra',
  'gone',
  'unreadable',
]);
export type Found = z.infer<typeof foundSchema>;

/** So many, and their money where there is some. */
const tallySchema = z.object({ count: z.int(), amountFen: z.int().nullable() });
export type TallyView = z.infer<typeof tallySchema>;

/** A comparison of what the journal says should have been sent with what the outbox holds (对账, 补报). */
export const runViewSchema = z.object({
  id: z.string(),
  platform: platformIdSchema,
  purpose: z.enum(['check', 'backfill']),
  from: timestampSchema,
  to: timestampSchema,
  /** interrupted: the station stopped over it. */
  state: z.enum(['running', 'done', 'failed', 'interrupted']),
  detail: z.string(),
  startedAt: timestampSchema,
  endedAt: timestampSchema.nullable(),
  by: z.string(),
  /** The station began it by itself (自动). */
  automatic: z.boolean(),
  /** Rows of the journal to look at, and looked at. */
  events: z.int(),
  done: z.int(),
  /** Rows of the period that are still to be turned into messages; they are no differences. */
  ahead: z.int(),
  /** From when on the journal knows, where the period begins before that. */
  knownFrom: timestampSchema.nullable(),
  figures: z.array(
    z.object({
      message: z.string(),
      title: z.string(),
      expected: z.int(),
      found: z.record(foundSchema, z.int()),
    }),
  ),
  differences: z.int(),
  /** The platform's own figures: none offered, only offered for a whole calendar day, not to be had, or told. */
  theirs: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('not-a-day') }),
    z.object({ kind: z.literal('failed'), reason: z.string() }),
    z.object({
      kind: z.literal('told'),
      figures: z.array(
        z.object({
          message: z.string(),
          title: z.string(),
          ours: tallySchema,
          theirs: tallySchema.nullable().describe('Null where the platform does not tell it'),
          agrees: z.boolean(),
        }),
      ),
      note: z.string(),
    }),
  ]),
});
export type RunView = z.infer<typeof runViewSchema>;

export const differenceViewSchema = z.object({
  number: z.int(),
  found: foundSchema,
  /** How the message is by now; null where there still is none. */
  status: messageStatusSchema.nullable(),
  messageId: z.int().nullable(),
  message: z.string(),
  key: z.string().nullable(),
  plate: z.string().nullable(),
  journalSeq: z.int().nullable().describe('Null for what only the platform has'),
  at: timestampSchema.nullable(),
  reason: z.string().nullable(),
});
export type DifferenceView = z.infer<typeof differenceViewSchema>;

/**
 * How the newest finished day of a platform that wants its days compared stands. agrees · differs: a person is needed · extra: only the
 * platform has more · unfinished: `reason` says why · due: not looked at yet.
 */
export const dayStateSchema = z.object({
  platform: platformIdSchema,
  day: z.iso.date(),
  state: z.enum(['agrees', 'differs', 'extra', 'unfinished', 'due']),
  differences: z.int(),
  reason: z.string(),
  runId: z.string().nullable(),
  /** Earlier and later days that differ and that nobody has acknowledged, with the run that tells more. */
  open: z.array(z.object({ day: z.iso.date(), runId: z.string(), differences: z.int() })),
});
export type DayState = z.infer<typeof dayStateSchema>;

const id = z.string().min(1).max(64);

export const reconciliations = {
  list: procedure({
    access: 'manager',
    method: 'GET',
    path: '/reconciliations',
    summary: 'The newest comparisons',
    tags,
  }).output(z.array(runViewSchema)),
  start: procedure({
    access: 'manager',
    method: 'POST',
    path: '/reconciliations',
    summary: 'Compare journal and outbox of a day or of a time; answers at once',
    tags,
  })
    .input(
      z
        .object({
          platform: platformIdSchema,
          purpose: runViewSchema.shape.purpose.default('check'),
          date: z.iso.date().optional().describe('A calendar day, Asia/Shanghai; or:'),
          from: timestampSchema.optional(),
          to: timestampSchema.optional().describe('Excluded'),
        })
        .refine(({ date, from, to }) => (date === undefined) !== (from === undefined || to === undefined), {
          message: 'date, or from and to',
          path: ['date'],
        }),
    )
    .output(runViewSchema),
  get: procedure({
    access: 'manager',
    method: 'GET',
    path: '/reconciliations/{id}',
    summary: 'One comparison with its figures',
    tags,
  })
    .input(z.object({ id }))
    .output(runViewSchema),
  differences: procedure({
    access: 'manager',
    method: 'GET',
    path: '/reconciliations/{id}/differences',
    summary: 'What was not delivered when it was compared, and how it is by now',
    tags,
  })
    .input(z.object({ id, found: foundSchema.optional(), ...pageInput }))
    .output(pageOf(differenceViewSchema)),
  repair: procedure({
    access: 'manager',
    method: 'POST',
    path: '/reconciliations/{id}/repair',
    summary: 'Make what is missing again, send once more what the platform lost or refused; may be repeated',
    tags,
  })
    .input(
      z.object({
        id,
        numbers: z.array(z.int().min(1)).min(1).max(500).optional().describe('Chosen differences; or all found so:'),
        found: z
          .array(z.enum(['missing', 'lost', 'refused']))
          .min(1)
          .default(['missing', 'lost']),
        after: z.int().min(0).default(0).describe('`next` of the call before'),
      }),
    )
    .output(
      z.object({
        inserted: z.int(),
        retried: z.int(),
        next: z.int().nullable().describe('Ask again with this as `after`; null when all is done'),
      }),
    ),
  daily: procedure({
    access: 'manager',
    method: 'GET',
    path: '/reconciliations/daily',
    summary: 'How finished days stand with the platforms that want them compared every day',
    tags,
  }).output(z.array(dayStateSchema)),
  acknowledge: procedure({
    access: 'manager',
    method: 'POST',
    path: '/reconciliations/daily/acknowledge',
    summary: 'A person looked at a day that differs: its alarm ends',
    tags,
  })
    .input(z.object({ platform: platformIdSchema, day: z.iso.date(), reason: z.string().trim().min(1).max(200) }))
    .output(z.array(dayStateSchema)),
};
