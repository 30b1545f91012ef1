import { z } from 'zod';
import { type Agreement, agreementSchema } from '../../../../shared/domain/registry.ts';
import { platformIdSchema } from '../../../../shared/domain/site.ts';
import { dateTime } from '../../tables/cell.ts';
import { choiceCell, dateCell, plateCell, textCell, yuanCell } from '../../tables/cells.ts';
import { yuan } from '../../tables/sheet.ts';
import type { AgreementPut, Agreements } from '../agreements.ts';
import type { ImportContext, TableKind } from './kind.ts';
import { given, tableKind } from './table-kind.ts';
import { agreementWords, platformWords, wordOf } from './words.ts';

const row = z.object({
  platform: platformIdSchema,
  plate: z.string(),
  kind: agreementSchema.shape.kind,
  uid: z.string().nullable(),
  limitFen: z.int().nullable(),
  validFrom: z.int().nullable(),
  validTo: z.int().nullable(),
});
type Row = z.output<typeof row>;

const putOf = (value: Row, context: ImportContext): AgreementPut => ({
  platform: value.platform,
  plate: value.plate,
  kind: value.kind,
  uid: value.uid,
  limitFen: given(context, 'limitFen', value.limitFen, null),
  validFrom: value.validFrom ?? undefined,
  validTo: value.validTo ?? undefined,
});

/** 签约. One per platform, plate, kind and stay. */
export const agreementTable = (agreements: Agreements): TableKind =>
  tableKind({
    what: 'agreements',
    title: '签约',
    columns: {
      platform: { titles: ['平台', '签约平台'], cell: choiceCell(platformWords), required: true },
      plate: { titles: ['车牌', '车牌号', '车牌号码'], cell: plateCell(), required: true },
      kind: { titles: ['签约方式', '方式'], cell: choiceCell(agreementWords), required: true },
      uid: { titles: ['停车记录', '停车记录编号'], cell: textCell({ max: 60 }), required: false },
      limitFen: { titles: ['单笔上限（元）', '单笔上限'], cell: yuanCell(), required: false },
      validFrom: { titles: ['有效期起', '生效时间'], cell: dateCell(), required: false },
      validTo: { titles: ['有效期止', '失效时间'], cell: dateCell({ dayMeans: 'end' }), required: false },
    },
    row,
    judge: () => {
      const seen = new Set<string>();
      return (value) => {
        if (value.validFrom !== null && value.validTo !== null && value.validTo < value.validFrom)
          return [{ column: 'validTo', reason: '早于有效期起' }];
        const identity = JSON.stringify([value.platform, value.plate, value.kind, value.uid]);
        if (seen.has(identity)) return [{ column: 'plate', reason: '同一平台、车牌和方式在文件中不止一行' }];
        seen.add(identity);
        return [];
      };
    },
    check: (read, value, context) => agreements.compare(read, putOf(value, context)),
    apply: (tx, value, context) => agreements.putIn(tx, putOf(value, context), context.actor).change ?? 'unchanged',
    sheet: [
      { title: '平台', cell: (agreement: Agreement) => wordOf(platformWords, agreement.platform) },
      { title: '车牌', cell: (agreement) => agreement.plate },
      { title: '签约方式', cell: (agreement) => wordOf(agreementWords, agreement.kind) },
      { title: '停车记录', width: 34, cell: (agreement) => agreement.uid },
      {
        title: '单笔上限（元）',
        numbers: 'yuan',
        cell: ({ limitFen }) => (limitFen === null ? null : yuan(limitFen)),
      },
      { title: '有效期起', width: 20, cell: (agreement) => dateTime(agreement.validFrom) },
      { title: '有效期止', width: 20, cell: (agreement) => dateTime(agreement.validTo) },
    ],
    after: (read, id, limit) => read.agreements.after(id, limit),
    wanted: (agreement, { plate, type }) =>
      (plate === undefined || agreement.plate.includes(plate)) && (type === undefined || agreement.kind === type),
  });
