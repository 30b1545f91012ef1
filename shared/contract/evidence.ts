import { z } from 'zod';
import { plateSchema } from '../domain/plate.ts';
import { paperStateSchema } from '../domain/print.ts';
import { timestampSchema } from '../domain/time.ts';
import { procedure } from './base.ts';
import { eventViewSchema, journalQuerySchema } from './journal.ts';
import { messageViewSchema } from './outbox.ts';
import { stayViewSchema } from './stays.ts';

/** A row of the journal by number and digest: whoever keeps it can tell later whether the history before it was rewritten. */
export const anchorSchema = z.object({ seq: z.int(), hash: z.string() });

/**
 * What a check of the whole history found. `whole` only when nothing was found; `findings` holds the first of each sort,
 * `findingCount` counts all. `text` is Chinese, for people; `code` is for machines.
 */
export const verifyReportSchema = z.object({
  whole: z.boolean(),
  fromSeq: z.int(),
  rows: z.int(),
  /** False when the check began in the middle: then the tables cannot be compared with the journal. */
  tables: z.boolean(),
  tableRows: z.int(),
  /** Photos read; null when they were not asked for. */
  photos: z.int().nullable(),
  anchor: anchorSchema.describe('The newest row: keep it, and give it as `expect` next time'),
  findings: z.array(z.object({ code: z.string(), seq: z.int().nullable(), text: z.string() })),
  findingCount: z.int(),
  notes: z.array(z.object({ code: z.string(), seq: z.int(), text: z.string() })),
  noteCount: z.int(),
});
export type VerifyReport = z.infer<typeof verifyReportSchema>;

export const journal = {
  /** 流水核验. Reads everything; runs beside the lanes, one at a time. */
  verify: procedure({
    access: 'manager',
    method: 'POST',
    path: '/journal/verify',
    summary: 'Check the whole history: numbers, chain, instants, tables, photos (流水核验)',
    tags: ['journal'],
  })
    .input(
      z
        .object({
          from: z.int().min(1).optional(),
          expect: z.array(anchorSchema).max(100).optional(),
          photos: z.boolean().default(false),
        })
        .default({ photos: false }),
    )
    .output(verifyReportSchema),
  export: procedure({
    access: 'manager',
    method: 'GET',
    path: '/journal/file',
    summary: 'The journal that matches, as CSV or XLSX; the journal tells who took it',
    tags: ['journal'],
  })
    .input(journalQuerySchema.extend({ format: z.enum(['csv', 'xlsx']).default('xlsx') }))
    .output(z.file()),
};

/** What every line of the record names: its row of the journal, when, where and who. */
const mark = {
  seq: z.int(),
  at: timestampSchema,
  lane: z.string().nullable().describe('Name of the lane'),
  actor: z.string(),
};

const evidencePhotoSchema = z.object({
  ...mark,
  id: z.string(),
  purpose: z.string(),
  takenAt: timestampSchema,
  bytes: z.int(),
  sha256: z.string(),
});

const evidenceBillSchema = z.object({
  ...mark,
  billId: z.string(),
  state: z.enum(['open', 'paid', 'void']),
  chargeFen: z.int(),
  discountFen: z.int(),
  dueFen: z.int(),
  billedAt: timestampSchema,
  steps: z.array(z.object({ text: z.string(), amountFen: z.int() })),
  discounts: z.array(z.object({ text: z.string(), amountFen: z.int() })),
});

/** A row of the journal with its place in the chain: enough to recompute its digest without the journal at hand. */
export const evidenceRowSchema = eventViewSchema.extend({
  actor: z.object({ kind: z.string(), name: z.string() }),
  body: z.unknown(),
  lane: z.string().nullable(),
  previousHash: z.string(),
  /** The digest agrees with the content and the row before. */
  intact: z.boolean(),
  /** stay: names this stay · passage: the same car at the same barrier · around: happened at its lanes or to the station meanwhile. */
  relation: z.enum(['stay', 'passage', 'around']),
  title: z.string(),
  text: z.string(),
});

/** Everything that is known of one stay, in order of the journal (证据). Money is fen. */
export const evidenceSchema = z.object({
  format: z.literal('gatehouse-evidence-1'),
  madeAt: timestampSchema,
  site: z.object({ code: z.string(), name: z.string() }),
  version: z.string(),
  anchor: anchorSchema,
  stay: stayViewSchema,
  reads: z.array(
    z.object({
      ...mark,
      plate: plateSchema,
      confidence: z.number().nullable(),
      deviceId: z.string(),
      capturedAt: timestampSchema.nullable(),
      stored: z.boolean(),
      openedByCamera: z.boolean().describe('The camera moved the arm by itself, by a list of its own'),
    }),
  ),
  photos: z.array(evidencePhotoSchema),
  corrections: z.array(
    z.object({ ...mark, what: z.string(), before: z.string(), after: z.string(), reason: z.string() }),
  ),
  bills: z.array(evidenceBillSchema),
  payments: z.array(
    z.object({
      ...mark,
      billId: z.string(),
      method: z.string(),
      scene: z.string(),
      via: z.string().nullable(),
      paidFen: z.int(),
      receivedFen: z.int().nullable(),
      changeFen: z.int(),
      paidAt: timestampSchema,
      reference: z.string().nullable(),
      /** Taken back while the car stood there. */
      reversed: z.boolean(),
      paper: paperStateSchema.describe('Its receipt; maybe: nobody knows whether it was printed'),
    }),
  ),
  refunds: z.array(
    z.object({
      ...mark,
      id: z.string(),
      billId: z.string().nullable().describe('null: of money that settled no bill'),
      amountFen: z.int(),
      state: z.string(),
      reason: z.string(),
      by: z.string(),
    }),
  ),
  movements: z.array(
    z.object({
      ...mark,
      commandId: z.string(),
      action: z.string(),
      origin: z.string(),
      reason: z.string().nullable(),
      photoId: z.string().nullable(),
      outcome: z.enum(['pending', 'done', 'refused', 'unknown']),
      detail: z.string(),
      answeredSeq: z.int().nullable(),
      answeredAt: timestampSchema.nullable(),
    }),
  ),
  waiting: z.array(z.object({ ...mark, plate: plateSchema, reason: z.string() })),
  around: z.array(z.object({ ...mark, title: z.string(), text: z.string() })),
  messages: z.array(messageViewSchema.extend({ journalSeq: z.int(), maybeDelivered: z.boolean() })),
  timeline: z.array(evidenceRowSchema),
});
export type Evidence = z.infer<typeof evidenceSchema>;
export type EvidenceRow = z.infer<typeof evidenceRowSchema>;

const uid = z.object({ uid: z.string().min(1).max(64) });

export const evidence = {
  get: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/sessions/{uid}/evidence',
    summary: 'Everything about one stay, each line with its row of the journal (证据)',
    tags: ['sessions'],
  })
    .input(uid)
    .output(evidenceSchema),
  /** 导出证据: one HTML file that needs nothing else, and prints on A4. Each export is written into the journal. */
  export: procedure({
    access: 'manager',
    method: 'GET',
    path: '/sessions/{uid}/evidence/export',
    summary: 'The evidence of one stay as one file (导出证据)',
    tags: ['sessions'],
  })
    .input(uid)
    .output(
      z.object({
        fileName: z.string(),
        contentType: z.literal('text/html; charset=utf-8'),
        sha256: z.string(),
        base64: z.string(),
      }),
    ),
};
