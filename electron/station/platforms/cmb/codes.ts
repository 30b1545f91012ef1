import type { PaymentMethod, StayPayment } from '../../../../shared/domain/money-flow.ts';
import type { Plate, PlateColor, PlateKind } from '../../../../shared/domain/plate.ts';
import type { Discount } from '../../../../shared/domain/registry.ts';
import type { Terms } from '../../../../shared/domain/terms.ts';
import type { VehicleClass } from '../../../../shared/domain/vehicle.ts';

/** The code lists of 5.3 to 5.6 against our vocabulary. */

/** car_type: 小车, 大车, 军警车. */
export const CAR_TYPES = [1, 2, 65_534] as const;
const CAR_TYPE = { small: 1, medium: 2, large: 2 } as const satisfies Record<VehicleClass, number>;
const FORCES: ReadonlySet<PlateKind> = new Set(['police', 'armed-police', 'military']);

export const carType = (plate: Plate, vehicleClass: VehicleClass): (typeof CAR_TYPES)[number] =>
  FORCES.has(plate.kind) ? 65_534 : CAR_TYPE[vehicleClass];

/** power_type: 普通, 混合动力, 纯电动. A plate does not tell a hybrid from a car that runs on batteries alone. */
export const POWER_TYPES = [1, 2, 3] as const;
export const powerType = (plate: Plate): (typeof POWER_TYPES)[number] => (isNewEnergy(plate) ? 3 : 1);

const isNewEnergy = ({ kind }: Plate): boolean => kind === 'new-energy-small' || kind === 'new-energy-large';

/** body_color and plate_color. Yellow-green has no code: 绿 is the nearest. */
export const COLORS = [0, 1, 2, 3, 4] as const;
const PLATE_COLOR = { blue: 0, yellow: 1, white: 2, black: 3, green: 4, 'yellow-green': 4 } as const satisfies Record<
  Exclude<PlateColor, 'unknown'>,
  number
>;

/** Null where it is not known: its default is lost in print, and an invented one would be false. */
export function plateColor(plate: Plate): (typeof COLORS)[number] | null {
  if (isNewEnergy(plate)) return PLATE_COLOR.green;
  return plate.color === 'unknown' ? null : PLATE_COLOR[plate.color];
}

/** auth_type: 临时车, vip. */
export const AUTH_TYPES = [0, 99] as const;
export const authType = ({ kind }: Terms): (typeof AUTH_TYPES)[number] =>
  kind === 'whitelist' || kind === 'card' ? 99 : 0;

/** model: 0 未知 and eleven kinds that no camera of ours tells apart. */
export const MODELS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;

/** in_out_flag */
export const IN_OUT = { entry: 1, exit: 2 } as const;
export const IN_OUT_FLAGS = [1, 2] as const;

/** pay_type, as it is printed; 25-46, 60 and 68-98 are not defined. */
const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
export const PAY_TYPES: readonly number[] = [...range(0, 24), ...range(47, 59), ...range(61, 67), 99];

/** 招行支付: whatever the bank itself collected. */
export const PAID_THROUGH_BANK = 99;

/** How money reached the car park itself: 现金 1 · POS机 3 · 储值划扣 10 · 微信 48 · 支付宝 49 · 银联 50 · ETC支付 61. */
const OWN = {
  cash: 1,
  pos: 3,
  card: 10,
  wechat: 48,
  alipay: 49,
  unionpay: 50,
  etc: 61,
  platform: 55,
} as const satisfies Record<PaymentMethod, number>;

/** What another platform collected: 第三方微信 53 · 第三方支付宝 54 · 第三方其他支付 55. */
const OTHERS = { ...OWN, wechat: 53, alipay: 54, unionpay: 55, platform: 55 } as const;

export function payType({ method, via }: Pick<StayPayment, 'method' | 'via'>): number {
  if (via === 'cmb') return PAID_THROUGH_BANK;
  return via === null ? OWN[method] : OTHERS[method];
}

/** 电子优惠券: 金额券 16 · 小时券 6 · 折扣券 21 · 免次券 17. */
const COUPON = { amount: 16, minutes: 6, rate: 21, free: 17 } as const satisfies Record<Discount['kind'], number>;
/** What a collecting platform took off: 第三方金额优惠券支付. */
const PLATFORM_DISCOUNT = 57;
/** What a person or a rule took off: 折扣抵扣金额. */
const OWN_DISCOUNT = 58;

export function discountType({ kind, couponId, originKind }: Discount): number {
  if (couponId !== null || originKind === 'merchant') return COUPON[kind];
  return originKind === 'platform' ? PLATFORM_DISCOUNT : OWN_DISCOUNT;
}

/** Left to pay later: 后支付. */
export const OWED = 2;
/** Let go by a person: 手动免费开闸; through an arm that was held up: 自动抬杆时间放行. */
export const waivedType = (how: string): number => (how === 'held-open' ? 9 : 8);
