import { fenToYuanText } from '../../../../shared/domain/money.ts';
import type { ShenzhenSettings } from './config.ts';

/** What comes down in other units than those of the tables, as the tables have it: yuan, and minutes. */

type Units = { readonly payments: Pick<ShenzhenSettings['payments'], 'unit' | 'parkingTime'> };
type Fields = Readonly<Record<string, unknown>>;

const AMOUNTS = ['orderMoney', 'realPayMoney', 'amount'];
const COUPON_AMOUNTS = ['discountAmount', 'maxDiscountAmount', 'minimumConsumption'];

/** Nothing is changed where the city counts as the tables do. What is no number stays one that is none. */
export function inTableUnits(body: unknown, { payments: { unit, parkingTime } }: Units): unknown {
  if ((unit === 'yuan' && parkingTime === 'minutes') || !isFields(body)) return body;
  const toYuan = (fields: Fields, names: readonly string[]): Fields =>
    unit === 'fen' ? changed(fields, names, yuanOfFen) : fields;
  const ofCoupon = (coupon: unknown): unknown => {
    if (!isFields(coupon)) return coupon;
    const inYuan = toYuan(coupon, COUPON_AMOUNTS);
    return parkingTime === 'hours' ? changed(inYuan, ['parkingTime'], minutesOfHours) : inYuan;
  };
  const { couponList } = body;
  return { ...toYuan(body, AMOUNTS), ...(Array.isArray(couponList) ? { couponList: couponList.map(ofCoupon) } : {}) };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function changed(fields: Fields, names: readonly string[], change: (written: string) => string): Fields {
  const of = names.flatMap((name) => {
    const written = writtenOf(fields[name]);
    return written === '' ? [] : [[name, change(written)] as const];
  });
  return { ...fields, ...Object.fromEntries(of) };
}

/** A number or a text as it was written; empty for what is neither, which the table refuses or ignores by itself. */
function writtenOf(value: unknown): string {
  const token = typeof value === 'object' && value !== null && 'rawJSON' in value ? value.rawJSON : value;
  return typeof token === 'number' || typeof token === 'string' ? String(token).trim() : '';
}

/** Half a fen is no amount: it must not become one of yuan. */
const yuanOfFen = (written: string): string =>
  /^\+?\d{1,12}(\.0{1,12})?$/.test(written) ? fenToYuanText(Number(written)) : `${written} 分`;

const minutesOfHours = (written: string): string => {
  const minutes = /^\+?\d{1,6}(\.\d{1,6})?$/.test(written) ? Math.round(Number(written) * 60_000_000) / 1_000_000 : -1;
  return minutes < 0 ? `${written} 小时` : String(Math.floor(minutes));
};
