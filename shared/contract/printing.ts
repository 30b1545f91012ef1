import { z } from 'zod';
import { paperStateSchema, printDocumentSchema } from '../domain/print.ts';
import { procedure } from './base.ts';

const tags = ['printing'];
const id = z.string().min(1).max(64);
const printerId = z.string().min(1).max(40);
const printer = printerId.optional().describe('Absent: that of the lane; or the only one there is');

export const printerViewSchema = z.object({
  id: z.string(),
  state: z.enum(['online', 'offline', 'unknown']),
  /** Why nothing can be printed on it now, in Chinese; empty: nothing is known against it. */
  faults: z.array(z.string()),
  hasDrawer: z.boolean(),
  columns: z.int(),
  lanes: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type PrinterView = z.infer<typeof printerViewSchema>;

const outcomeSchema = z.object({
  outcome: z
    .enum(['done', 'refused', 'unknown'])
    .describe('refused: nothing was printed · unknown: some of it may be on paper'),
  detail: z.string(),
});

export const printedSchema = outcomeSchema.extend({
  printerId: z.string(),
  copy: z.int().describe('1 for the first; the next ones say on the paper that they are copies (补打)'),
});
export type PrintedView = z.infer<typeof printedSchema>;

export const previewSchema = z.object({
  document: printDocumentSchema,
  columns: z.int(),
  copy: z.int(),
  paper: paperStateSchema.describe('What there is of it so far; maybe: nobody knows whether any of it was printed'),
  printerId: z.string().nullable().describe('Where it would be printed; null: there is no printer for it'),
});
export type PreviewView = z.infer<typeof previewSchema>;

/** 小票打印. */
export const printing = {
  printers: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/printers',
    summary: 'Receipt printers',
    tags,
  }).output(z.array(printerViewSchema)),
  /** 打印小票 / 补打. */
  receipt: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/payments/{id}/receipt',
    summary: 'Print the receipt of a payment, by the number of its bill; from the second on a marked copy',
    tags,
  })
    .input(z.object({ id, printer, lane: printerId.optional().describe('The lane whose printer is meant') }))
    .output(printedSchema),
  preview: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/payments/{id}/receipt',
    summary: 'The receipt of a payment as it would be printed now',
    tags,
  })
    .input(z.object({ id, printer }))
    .output(previewSchema),
  /** 找零单. Refused when the order is over: `change-over`. */
  change: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/change-orders/{id}/ticket',
    summary:
      'Print the ticket of a change order, with the code that the driver scans; from the second on a marked copy',
    tags,
  })
    .input(z.object({ id, printer }))
    .output(printedSchema),
  changePreview: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/change-orders/{id}/ticket',
    summary: 'The ticket of a change order as it would be printed now',
    tags,
  })
    .input(z.object({ id, printer }))
    .output(previewSchema),
  /** Whose report one may see, one may print. */
  shift: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/shifts/{id}/slip',
    summary: 'Print a shift report on a receipt printer',
    tags,
  })
    .input(z.object({ id, printer }))
    .output(printedSchema),
  shiftPreview: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/shifts/{id}/slip',
    summary: 'A shift report as it would be printed on a receipt printer',
    tags,
  })
    .input(z.object({ id, printer }))
    .output(previewSchema),
  testPage: procedure({
    access: 'manager',
    method: 'POST',
    path: '/printers/{id}/test-page',
    summary: 'Print a test page',
    tags,
  })
    .input(z.object({ id: printerId }))
    .output(printedSchema),
  drawer: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/printers/{id}/drawer',
    summary: 'Open the cash drawer of a printer by hand',
    tags,
  })
    .input(z.object({ id: printerId, reason: z.string().trim().min(1).max(200) }))
    .output(outcomeSchema),
};
