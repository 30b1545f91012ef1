import { z } from 'zod';
import { calendarSchema } from '../domain/calendar.ts';
import { plateColorSchema, plateKindSchema } from '../domain/plate.ts';
import { acceptanceCaseSchema, feeSchema, tariffSchema } from '../domain/tariff.ts';
import { vehicleClassSchema } from '../domain/vehicle.ts';
import { procedure } from './base.ts';
import { drafts, preview, replays } from './tariff-drafts.ts';
import {
  caseResultSchema,
  id,
  priceRowSchema,
  tableFormat,
  tags,
  trialInput,
  trialSchema,
  versionViewSchema,
} from './tariff-views.ts';

const tariff = z.object({ id });
const version = z.coerce.number().int().min(1);

/** Acceptance cases (验收用例), kept per tariff and not per version. */
const cases = {
  get: procedure({ access: 'manager', method: 'GET', path: '/tariffs/{id}/cases', summary: 'Its cases', tags })
    .input(tariff)
    .output(z.array(acceptanceCaseSchema)),
  put: procedure({
    access: 'manager',
    method: 'PUT',
    path: '/tariffs/{id}/cases',
    summary: 'Replace all acceptance cases of a tariff',
    tags,
  })
    .input(tariff.extend({ cases: z.array(acceptanceCaseSchema).max(500) }))
    .output(z.array(acceptanceCaseSchema)),
  import: procedure({
    access: 'manager',
    method: 'POST',
    path: '/tariffs/{id}/cases/import',
    summary: 'Replace them by those of a CSV or XLSX file; with a single faulty row nothing changes',
    tags,
  })
    .input(tariff.extend({ fileName: z.string().min(1).max(200), base64: z.base64().max(900_000) }))
    .output(
      z.object({
        ok: z.boolean(),
        cases: z.array(acceptanceCaseSchema),
        /** `rowNumber` as the spreadsheet numbers it; 0: the header. */
        faults: z.array(z.object({ rowNumber: z.int(), column: z.string(), value: z.string(), reason: z.string() })),
        unknownColumns: z.array(z.string()),
      }),
    ),
  export: procedure({
    access: 'manager',
    method: 'GET',
    path: '/tariffs/{id}/cases/export',
    summary: 'The cases as the file that an import reads again',
    tags,
  })
    .input(tariff.extend({ format: z.enum(['csv', 'xlsx']).default('xlsx') }))
    .output(z.file()),
  run: procedure({
    access: 'manager',
    method: 'POST',
    path: '/tariffs/{id}/cases/run',
    summary: 'Run the cases against a published version; for a draft see its check',
    tags,
  })
    .input(tariff.extend({ version: version.optional() }))
    .output(z.array(caseResultSchema)),
};

export const tariffs = {
  list: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/tariffs',
    summary: 'All published versions of all tariffs, those withdrawn left out',
    tags,
  }).output(z.array(tariffSchema)),
  /** 试算 */
  trial: procedure({
    access: 'attendant',
    method: 'POST',
    path: '/tariffs/{id}/trial',
    summary: 'Trial calculation (试算), with the other reading of each open choice beside it',
    tags,
  })
    .input(
      z.object({
        id,
        version: version.optional().describe('That version alone; absent: as lanes charge it'),
        ...trialInput,
      }),
    )
    .output(trialSchema),
  versions: procedure({
    access: 'manager',
    method: 'GET',
    path: '/tariffs/versions',
    summary: 'Every version that was ever published, in that order',
    tags,
  }).output(z.array(versionViewSchema)),
  withdraw: procedure({
    access: 'manager',
    method: 'POST',
    path: '/tariffs/{id}/versions/{version}/withdraw',
    summary: 'Call a version back that has not taken effect yet',
    tags,
  })
    .input(tariff.extend({ version, reason: z.string().min(1).max(200) }))
    .output(versionViewSchema),
  priceTable: procedure({
    access: 'manager',
    method: 'GET',
    path: '/tariffs/{id}/price-table',
    summary: 'Price table (价目表) of a published version, the newest by default',
    tags,
  })
    .input(tariff.extend({ version: version.optional() }))
    .output(z.array(priceRowSchema)),
  priceTableFile: procedure({
    access: 'manager',
    method: 'GET',
    path: '/tariffs/{id}/price-table/file',
    summary: 'The price table as one page to print, or as a workbook',
    tags,
  })
    .input(tariff.extend({ version: version.optional(), format: tableFormat }))
    .output(z.file()),
  /** 无入场记录的收费: what the attendant is offered as the fixed fee. */
  lostTicket: procedure({
    access: 'attendant',
    method: 'GET',
    path: '/tariffs/lost-ticket',
    summary: 'What a car pays of which nobody knows since when it is inside; null: the tariff names no such price',
    tags,
  })
    .input(
      z.object({
        tariff: id.optional().describe('The tariff that the lane names, if it does'),
        vehicleClass: vehicleClassSchema.default('small'),
        plateKind: plateKindSchema.optional(),
        plateColor: plateColorSchema.optional(),
        cardType: z.string().min(1).max(40).optional(),
        areaId: z.string().min(1).max(40).optional(),
      }),
    )
    .output(z.object({ fee: feeSchema.nullable() })),
  templates: procedure({
    access: 'manager',
    method: 'GET',
    path: '/tariffs/templates',
    summary: 'Ready-made tariffs from published price lists',
    tags,
  }).output(
    z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        city: z.string(),
        source: z.string(),
        note: z.string(),
        tariff: tariffSchema,
        calendar: calendarSchema.optional(),
        cases: z.array(acceptanceCaseSchema),
      }),
    ),
  ),
  cases,
  drafts,
  preview,
  replays,
};
