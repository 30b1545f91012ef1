import { z } from 'zod';
import { timestampSchema } from '../domain/time.ts';
import { pageInput, pageOf, procedure } from './base.ts';
import {
  draftCheckSchema,
  draftViewSchema,
  id,
  openChoices,
  priceRowSchema,
  replayDifferenceSchema,
  replayViewSchema,
  tableFormat,
  tags,
  trialInput,
  trialSchema,
  versionViewSchema,
  writtenTariff,
} from './tariff-views.ts';

const draft = z.object({ draftId: z.string().min(1).max(64) });
const revision = z
  .int()
  .min(1)
  .optional()
  .describe('The revision that was looked at; another one by now is a conflict');

const call = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, summary: string) =>
  procedure({ access: 'manager', method, path: `/tariffs/drafts${path}`, summary, tags });

/** 草稿: tariffs that are worked on; they price nothing until they are published. */
export const drafts = {
  list: call('GET', '', 'Drafts, the one changed last in front').output(z.array(draftViewSchema)),
  create: procedure({
    access: 'manager',
    method: 'POST',
    path: '/tariffs/drafts',
    summary: 'Begin a draft: from nothing, from a published version, or from a template',
    tags,
    successStatus: 201,
  })
    .input(
      z.object({
        start: z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('nothing'), tariff: writtenTariff }),
          z.object({ kind: z.literal('published'), tariffId: id, version: z.int().min(1).optional() }),
          z.object({ kind: z.literal('template'), templateId: z.string().min(1).max(60) }),
        ]),
        tariffId: id.optional().describe('Id of the tariff in the draft, if another than the one it begins with'),
        remark: z.string().max(200).optional(),
        open: openChoices.optional(),
      }),
    )
    .output(draftViewSchema),
  get: call('GET', '/{draftId}', 'One draft').input(draft).output(draftViewSchema),
  change: call('PATCH', '/{draftId}', 'Change a draft; a tariff that is given replaces the one in it')
    .input(
      draft.extend({
        tariff: writtenTariff.optional(),
        remark: z.string().max(200).optional(),
        open: openChoices.optional().describe('Absent: none, if a tariff is given; else as before'),
        revision,
      }),
    )
    .output(draftViewSchema),
  remove: call('DELETE', '/{draftId}', 'Delete a draft').input(draft).output(z.object({})),
  check: call('GET', '/{draftId}/check', 'What stands between a draft and its publication')
    .input(draft)
    .output(draftCheckSchema),
  trial: call('POST', '/{draftId}/trial', 'Trial calculation (试算) of a draft')
    .input(draft.extend(trialInput))
    .output(trialSchema),
  priceTable: call('GET', '/{draftId}/price-table', 'Price table (价目表) of a draft')
    .input(draft)
    .output(z.array(priceRowSchema)),
  priceTableFile: call('GET', '/{draftId}/price-table/file', 'The price table to print, or as a workbook')
    .input(draft.extend({ format: tableFormat }))
    .output(z.file()),
  publish: call('POST', '/{draftId}/publish', 'Make a draft the next version of its tariff')
    .input(draft.extend({ effectiveFrom: timestampSchema.optional().describe('Now or later; absent: now'), revision }))
    .output(versionViewSchema),
  replay: call('POST', '/{draftId}/replay', 'Begin to price the stays that ended in a period under a draft')
    .input(draft.extend({ from: timestampSchema, to: timestampSchema.describe('Excluded') }))
    .output(replayViewSchema),
};

const look = (path: string, summary: string) =>
  procedure({ access: 'manager', method: 'POST', path: `/tariffs/preview${path}`, summary, tags });
const written = z.object({ tariff: writtenTariff });

/** The same of a tariff that is being written and not saved yet: nothing is kept. */
export const preview = {
  check: look('/check', 'What would stand between it and its publication')
    .input(written.extend({ open: openChoices.optional() }))
    .output(draftCheckSchema),
  trial: look('/trial', 'Trial calculation (试算) of it').input(written.extend(trialInput)).output(trialSchema),
  priceTable: look('/price-table', 'Price table (价目表) of it').input(written).output(z.array(priceRowSchema)),
  priceTableFile: look('/price-table/file', 'The price table to print, or as a workbook')
    .input(written.extend({ format: tableFormat }))
    .output(z.file()),
};

const replay = z.object({ replayId: z.string().min(1).max(64) });
const ofReplay = (method: 'GET' | 'DELETE', path: string, summary: string) =>
  procedure({ access: 'manager', method, path: `/tariffs/replays${path}`, summary, tags });

/** 回放: real stays under the present tariffs and under a draft. The last few are kept until the station stops. */
export const replays = {
  list: ofReplay('GET', '', 'Replays, the oldest in front').output(z.array(replayViewSchema)),
  get: ofReplay('GET', '/{replayId}', 'How far a replay is, and what it found').input(replay).output(replayViewSchema),
  differences: ofReplay('GET', '/{replayId}/differences', 'Stays that cost another fee, in the order of their exits')
    .input(replay.extend(pageInput))
    .output(pageOf(replayDifferenceSchema)),
  export: ofReplay('GET', '/{replayId}/export', 'All of them as CSV or XLSX')
    .input(replay.extend({ format: z.enum(['csv', 'xlsx']).default('xlsx') }))
    .output(z.file()),
  remove: ofReplay('DELETE', '/{replayId}', 'Cancel a replay that runs, forget one that ended')
    .input(replay)
    .output(z.object({})),
};
