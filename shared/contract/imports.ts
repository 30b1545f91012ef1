import { z } from 'zod';
import { importKindSchema, importStateSchema } from '../domain/import-job.ts';
import { timestampSchema } from '../domain/time.ts';
import { pageInput, pageOf, procedure } from './base.ts';

const tags = ['imports'];
const id = z.object({ id: z.string().min(1).max(64) });

/** `receiving`: pieces of the file are coming · `reading`: it is being read · then as the job itself says. */
export const importStateViewSchema = z.enum(['receiving', 'reading', ...importStateSchema.options]);

export const importViewSchema = z.object({
  id: z.string(),
  what: importKindSchema,
  fileName: z.string(),
  bytes: z.int(),
  state: importStateViewSchema,
  /** 0 to 1 of the present state's work. */
  progress: z.number(),
  /** Bytes that came so far: where the next piece goes on. */
  receivedBytes: z.int(),
  sha256: z.string().nullable(),
  rows: z.int(),
  /** What applying would do, or did so far. */
  added: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  /** With a single one nothing may be applied. */
  faultCount: z.int(),
  /** Columns that mean nothing here. */
  unknownColumns: z.array(z.string()),
  detail: z.string(),
  createdAt: timestampSchema,
});
export type ImportView = z.infer<typeof importViewSchema>;

export const importFaultSchema = z.object({
  /** As the spreadsheet numbers it; 0: the header. */
  rowNumber: z.int(),
  column: z.string(),
  value: z.string(),
  reason: z.string(),
});
export type ImportFault = z.infer<typeof importFaultSchema>;

/** 导入: a CSV or XLSX file in pieces; read, compared and only then, when nobody finds fault with it, applied. */
export const imports = {
  list: procedure({ access: 'manager', method: 'GET', path: '/imports', summary: 'Imports, the newest first', tags })
    .input(z.object({ ...pageInput }))
    .output(pageOf(importViewSchema)),
  begin: procedure({
    access: 'manager',
    method: 'POST',
    path: '/imports',
    summary: 'Begin an import: name the file and its size',
    tags,
    successStatus: 201,
  })
    .input(
      z.object({
        what: importKindSchema,
        fileName: z.string().min(1).max(200),
        bytes: z
          .int()
          .min(1)
          .max(20 * 1024 * 1024),
        sharePlates: z.boolean().default(false).describe('Cards: a plate may stand on several cards'),
      }),
    )
    .output(importViewSchema),
  upload: procedure({
    access: 'manager',
    method: 'POST',
    path: '/imports/{id}/pieces',
    summary: 'The next piece of the file; with the last one reading begins',
    tags,
  })
    .input(id.extend({ offset: z.int().min(0), base64: z.base64().max(900_000) }))
    .output(importViewSchema),
  /** 模板: all columns that an import knows, and nothing beneath. */
  template: procedure({
    access: 'manager',
    method: 'GET',
    path: '/import-templates/{what}',
    summary: 'An empty table to fill in',
    tags,
  })
    .input(z.object({ what: importKindSchema, format: z.enum(['csv', 'xlsx']).default('xlsx') }))
    .output(z.file()),
  get: procedure({ access: 'manager', method: 'GET', path: '/imports/{id}', summary: 'How far an import is', tags })
    .input(id)
    .output(importViewSchema),
  faults: procedure({
    access: 'manager',
    method: 'GET',
    path: '/imports/{id}/faults',
    summary: 'What is wrong with the file, row by row',
    tags,
  })
    .input(id.extend(pageInput))
    .output(pageOf(importFaultSchema)),
  apply: procedure({
    access: 'manager',
    method: 'POST',
    path: '/imports/{id}/apply',
    summary: 'Apply all rows; goes on after a restart until it is done',
    tags,
  })
    .input(id)
    .output(importViewSchema),
  cancel: procedure({
    access: 'manager',
    method: 'DELETE',
    path: '/imports/{id}',
    summary: 'Give up an import that was not applied',
    tags,
  })
    .input(id)
    .output(z.object({})),
};

/** 导出: everything that matches, as a file that {@link imports} reads again. */
export const exports = {
  file: procedure({
    access: 'manager',
    method: 'GET',
    path: '/exports/{what}',
    summary: 'Export a table of the registry as CSV or XLSX; the journal tells who took what',
    tags,
  })
    .input(
      z.object({
        what: importKindSchema,
        format: z.enum(['csv', 'xlsx']).default('xlsx'),
        plate: z.string().max(16).optional(),
        type: z.string().max(20).optional().describe('Card type, `black` or `white`, kind of discount or agreement'),
        state: z.string().max(20).optional(),
        text: z.string().max(60).optional().describe('Cards: any part of the number or the owner'),
        endingWithinDays: z.coerce.number().int().min(0).max(366).optional().describe('Cards, as in their list'),
        merchantId: z.string().max(64).optional().describe('Coupons'),
        road: z
          .string()
          .max(60)
          .optional()
          .describe('Berths; their `type` is a road section, their `state` in-use or out'),
      }),
    )
    .output(z.file()),
};
