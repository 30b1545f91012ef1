import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Coupon, discountKindSchema } from '../../../../shared/domain/registry.ts';
import { ConflictError } from '../../runtime/errors.ts';
import type { Repositories } from '../../store/repositories.ts';
import { dateTime } from '../../tables/cell.ts';
import { choiceCell, dateCell, integerCell, plateCell, textCell, yuanCell } from '../../tables/cells.ts';
import { yuan } from '../../tables/sheet.ts';
import type { CouponGiven, Merchants } from '../merchants.ts';
import type { ImportContext, TableKind } from './kind.ts';
import { tableKind } from './table-kind.ts';
import { couponStateWords, discountWords, wordOf } from './words.ts';

const row = z.object({
  id: z.string().nullable(),
  merchant: z.string(),
  plate: z.string(),
  kind: discountKindSchema,
  amountFen: z.int().nullable(),
  value: z.int().nullable(),
  maxFen: z.int().nullable(),
  minimumFen: z.int().nullable(),
  validFrom: z.int().nullable(),
  validTo: z.int(),
});
type Row = z.output<typeof row>;

/** A coupon without a number is known by what it says, so that a file that is read twice gives once. */
function idOf({ id, ...rest }: Row): string {
  if (id !== null) return id;
  const says = JSON.stringify([rest.merchant, rest.plate, rest.kind, givenValue(rest), rest.maxFen, rest.validTo]);
  return `imported-${createHash('sha256').update(says).digest('hex').slice(0, 32)}`;
}

const givenValue = ({ kind, amountFen, value }: Pick<Row, 'kind' | 'amountFen' | 'value'>): number =>
  kind === 'free' ? 0 : ((kind === 'amount' ? amountFen : value) ?? 0);

function givenOf(read: Pick<Repositories, 'merchants'>, value: Row): CouponGiven {
  const merchant = read.merchants.byName(value.merchant);
  if (!merchant) throw new ConflictError('no-such-merchant', `没有商户「${value.merchant}」，请先导入或添加商户`);
  return {
    id: idOf(value),
    merchantId: merchant.id,
    plate: value.plate,
    kind: value.kind,
    value: givenValue(value),
    maxFen: value.maxFen,
    minimumFen: value.minimumFen ?? 0,
    validFrom: value.validFrom ?? undefined,
    validTo: value.validTo,
  };
}

/**
 * 优惠券. Coupons that are there already, used or taken back ones too, stay as they are. The rows of a file together must fit into
 * what their merchants may still give.
 */
export function couponTable(merchants: Merchants): TableKind {
  /** New coupons per merchant in the comparison under way; a context lives as long as one. */
  const given = new WeakMap<ImportContext, Map<string, number>>();
  return tableKind({
    what: 'coupons',
    title: '优惠券',
    columns: {
      id: { titles: ['券号', '编号'], cell: textCell({ max: 64 }), required: false },
      merchant: { titles: ['商户', '商户名称'], cell: textCell({ max: 60 }), required: true },
      plate: { titles: ['车牌', '车牌号', '车牌号码'], cell: plateCell(), required: true },
      kind: { titles: ['优惠方式', '类型'], cell: choiceCell(discountWords), required: true },
      amountFen: { titles: ['减免金额（元）', '减免金额'], cell: yuanCell({ min: 1 }), required: false },
      value: {
        titles: ['分钟或百分比', '减免分钟', '减免百分比'],
        cell: integerCell({ max: 100_000 }),
        required: false,
      },
      maxFen: { titles: ['最多减免（元）', '上限（元）'], cell: yuanCell(), required: false },
      minimumFen: { titles: ['满（元）', '最低消费（元）'], cell: yuanCell(), required: false },
      validFrom: { titles: ['有效期起', '生效时间'], cell: dateCell(), required: false },
      validTo: { titles: ['有效期止', '失效时间'], cell: dateCell({ dayMeans: 'end' }), required: true },
    },
    row,
    uniqueBy: ['id'],
    judge: () => (value) => {
      if (value.kind === 'amount' && value.amountFen === null)
        return [{ column: 'amountFen', reason: '须填写减免金额' }];
      if ((value.kind === 'minutes' || value.kind === 'rate') && value.value === null)
        return [{ column: 'value', reason: '须填写减免的分钟数或百分比' }];
      return value.validFrom !== null && value.validTo < value.validFrom
        ? [{ column: 'validTo', reason: '早于有效期起' }]
        : [];
    },
    check: (read, value, context) => {
      const wanted = givenOf(read, value);
      const outcome = merchants.compareCoupon(read, wanted);
      if (outcome !== 'added') return outcome;
      const counts = given.get(context) ?? new Map<string, number>();
      given.set(context, counts);
      const count = (counts.get(wanted.merchantId) ?? 0) + 1;
      counts.set(wanted.merchantId, count);
      const left = read.merchants.get(wanted.merchantId)?.couponsLeft ?? null;
      return left !== null && count > left
        ? { column: '商户', reason: `商户「${value.merchant}」只能再发 ${left} 张` }
        : outcome;
    },
    apply: (tx, value, context) => merchants.giveIn(tx, givenOf(tx, value), context.actor).change ?? 'unchanged',
    sheet: [
      { title: '券号', width: 34, cell: ({ coupon }: Shown) => coupon.id },
      { title: '商户', width: 24, cell: ({ merchant }) => merchant },
      { title: '车牌', cell: ({ coupon }) => coupon.plate },
      { title: '优惠方式', cell: ({ coupon }) => wordOf(discountWords, coupon.kind) },
      {
        title: '减免金额（元）',
        numbers: 'yuan',
        cell: ({ coupon }) => (coupon.kind === 'amount' ? yuan(coupon.value) : null),
      },
      {
        title: '分钟或百分比',
        numbers: 'integer',
        cell: ({ coupon }) => (coupon.kind === 'minutes' || coupon.kind === 'rate' ? coupon.value : null),
      },
      { title: '最多减免（元）', numbers: 'yuan', cell: ({ coupon }) => yuanOr(coupon.maxFen) },
      { title: '满（元）', numbers: 'yuan', cell: ({ coupon }) => yuan(coupon.minimumFen) },
      { title: '有效期起', width: 20, cell: ({ coupon }) => dateTime(coupon.validFrom) },
      { title: '有效期止', width: 20, cell: ({ coupon }) => dateTime(coupon.validTo) },
      { title: '状态', cell: ({ coupon }) => wordOf(couponStateWords, coupon.state) },
    ],
    after: (read, id, limit) => {
      const found = read.coupons.after(id, limit);
      const names = new Map(
        [...new Set(found.map((each) => each.merchantId))].map((of) => [of, read.merchants.get(of)?.name]),
      );
      return found.map((coupon) => ({ id: coupon.id, coupon, merchant: names.get(coupon.merchantId) ?? '' }));
    },
    wanted: ({ coupon }, { plate, type, state, merchantId }) =>
      (merchantId === undefined || coupon.merchantId === merchantId) &&
      (plate === undefined || coupon.plate.includes(plate)) &&
      (type === undefined || coupon.kind === type) &&
      (state === undefined || coupon.state === state),
  });
}

interface Shown {
  readonly id: string;
  readonly coupon: Coupon;
  readonly merchant: string;
}

const yuanOr = (fen: number | null) => (fen === null ? null : yuan(fen));
