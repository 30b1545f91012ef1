import type { ListKind } from '../../../../shared/domain/list.ts';
import type { PaymentMethod } from '../../../../shared/domain/money-flow.ts';
import type { Plate, PlateColor } from '../../../../shared/domain/plate.ts';
import { normalisePlateText } from '../../../../shared/domain/plates.ts';
import type { ParkingType } from '../../../../shared/domain/stay.ts';
import type { VehicleClass } from '../../../../shared/domain/vehicle.ts';

/** The dictionary (五、数据字典) against our vocabulary. */

export const CAR_TYPE = { small: 1, medium: 2, large: 3 } as const satisfies Record<VehicleClass, number>;
export const CAR_TYPES = [1, 2, 3] as const;

export const PARKING_TYPE = { temporary: 1, monthly: 2, shared: 3, special: 4 } as const satisfies Record<
  ParkingType,
  number
>;
export const PARKING_TYPES = [1, 2, 3, 4] as const;

/** `unknown` has no code: the writer sends the configured default (D21). */
const PLATE_COLOR = { blue: 1, yellow: 2, white: 3, black: 4, green: 5, 'yellow-green': 6 } as const satisfies Record<
  Exclude<PlateColor, 'unknown'>,
  number
>;
export const PLATE_COLORS = [1, 2, 3, 4, 5, 6] as const;

export const PAY_TYPE = { 'after-departure': 101, prepaid: 102, gate: 103, arrears: 104 } as const;
export const PAY_TYPES = [101, 102, 103, 104] as const;

/**
 * `platform` is the city platform's account; money that the bank's platform collected has a code of its own, 9 招行. The table
 * knows neither a car park's own stored-value card, which was filled at the counter and counts as cash, nor a card terminal.
 */
const PAID_TYPE = {
  cash: 1,
  card: 1,
  alipay: 2,
  wechat: 3,
  platform: 4,
  unionpay: 6,
  pos: 6,
  etc: 10,
} as const satisfies Record<PaymentMethod, number>;
export const PAID_TYPES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

/**
 * How the driver paid, as the platform tells it. What it collected never lies in a drawer of ours, so its 1 现金 is no cash here;
 * wallets and banks that we have no word for are the platform's account.
 */
const METHOD_BY_CODE: ReadonlyMap<number, PaymentMethod> = new Map([
  [2, 'alipay'],
  [3, 'wechat'],
  [6, 'unionpay'],
  [10, 'etc'],
]);
export const methodOf = (paidTypeCode: number | null): PaymentMethod =>
  METHOD_BY_CODE.get(paidTypeCode ?? 4) ?? 'platform';

/** 账单支付完成状态: 未完成, 已完成. */
export const UNPAID = 0;
export const PAID = 1;
/** 车辆在场状态: 在场, 已离场. */
export const IN_PARK = 0;
export const DEPARTED = 1;

export const PHOTO_TYPE = { entry: 1, exit: 2 } as const;
export const PHOTO_TYPES = [1, 2] as const;

/** specialCar.operateType */
export const LIST_BY_CODE: ReadonlyMap<number, ListKind> = new Map([
  [0, 'black'],
  [1, 'white'],
]);
/** specialCar.operate: 新增 and 更新 both put, so that a repeated or early one does no harm. */
export const OPERATION_BY_CODE: ReadonlyMap<number, 'put' | 'remove'> = new Map([
  [0, 'put'],
  [1, 'remove'],
  [2, 'put'],
]);
export const CLASS_BY_CODE: ReadonlyMap<number, VehicleClass> = new Map([
  [1, 'small'],
  [2, 'medium'],
  [3, 'large'],
]);

export const paidType = (method: PaymentMethod, via: string | null): (typeof PAID_TYPES)[number] =>
  method === 'platform' && via === 'cmb' ? 9 : PAID_TYPE[method];

export const plateColor = (color: PlateColor, fallback: number): number =>
  color === 'unknown' ? fallback : PLATE_COLOR[color];

/** Longest plate the platform should be sent (D20); no Chinese plate is longer than eight. */
export const PLATE_LENGTH = 10;

/** Words that stand in the place of a plate. */
const NO_PLATE = '无车牌';
const UNREAD = '未识别';

/** A plate on a list: bare, and a real text. `undefined` for what can match no car. */
export function listedPlate(text: string): string | undefined {
  const bare = normalisePlateText(text);
  return bare === '' || bare.length > 16 || bare === NO_PLATE || bare === UNREAD ? undefined : bare;
}

/**
 * The plate as the platform writes it: bare, or one of its two words for a car without one. What holds a special character
 * or is too long to be a plate was not recognised: leaving characters out would name another car.
 */
export function plateNo(plate: Plate): string {
  if (plate.kind === 'none') return NO_PLATE;
  return isWritable(plate) ? normalisePlateText(plate.text) : UNREAD;
}

/** Whether the platform would know which car is meant. */
export function isWritable(plate: Plate): boolean {
  const bare = normalisePlateText(plate.text);
  const real = plate.kind !== 'none' && plate.kind !== 'unread';
  return real && bare.length <= PLATE_LENGTH && /^[\p{L}\p{N}]+$/u.test(bare);
}
