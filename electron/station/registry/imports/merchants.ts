import { z } from 'zod';
import { type Merchant, merchantSchema } from '../../../../shared/domain/registry.ts';
import { choiceCell, integerCell, textCell, yuanCell } from '../../tables/cells.ts';
import { yuan } from '../../tables/sheet.ts';
import type { Merchants } from '../merchants.ts';
import type { TableKind } from './kind.ts';
import { tableKind } from './table-kind.ts';
import { merchantStateWords, wordOf } from './words.ts';

const row = z.object({
  name: z.string(),
  couponsLeft: z.int().nullable(),
  amountLeftFen: z.int().nullable(),
  state: merchantSchema.shape.state.nullable(),
});
type Row = z.output<typeof row>;

/** What a merchant may still give is taken from the file for new merchants only, so that an old file gives nothing back. */
const putOf = (value: Row, known: Merchant | undefined) => ({
  name: value.name,
  state: value.state ?? undefined,
  ...(known ? {} : { couponsLeft: value.couponsLeft, amountLeftFen: value.amountLeftFen }),
});

/** 商户, known by their names. */
export const merchantTable = (merchants: Merchants): TableKind =>
  tableKind({
    what: 'merchants',
    title: '商户',
    columns: {
      name: { titles: ['商户', '商户名称', '名称'], cell: textCell({ max: 60 }), required: true },
      couponsLeft: { titles: ['剩余张数', '张数'], cell: integerCell(), required: false },
      amountLeftFen: { titles: ['剩余金额（元）', '剩余金额', '金额'], cell: yuanCell(), required: false },
      state: { titles: ['状态'], cell: choiceCell(merchantStateWords), required: false },
    },
    row,
    uniqueBy: ['name'],
    check: (read, value) => {
      const known = read.merchants.byName(value.name);
      return merchants.compare(read, putOf(value, known), known?.id ?? null);
    },
    apply: (tx, value, context) => {
      const known = tx.merchants.byName(value.name);
      return merchants.putIn(tx, putOf(value, known), known?.id ?? null, context.actor).change ?? 'unchanged';
    },
    sheet: [
      { title: '商户', width: 24, cell: (merchant: Merchant) => merchant.name },
      { title: '剩余张数', numbers: 'integer', cell: (merchant) => merchant.couponsLeft },
      {
        title: '剩余金额（元）',
        numbers: 'yuan',
        cell: ({ amountLeftFen }) => (amountLeftFen === null ? null : yuan(amountLeftFen)),
      },
      { title: '状态', cell: (merchant) => wordOf(merchantStateWords, merchant.state) },
    ],
    after: (read, id, limit) => read.merchants.after(id, limit),
    wanted: (merchant, { state }) => state === undefined || merchant.state === state,
  });
