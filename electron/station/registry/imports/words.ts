import type { BerthSide } from '../../../../shared/domain/berth.ts';
import type { ListColor } from '../../../../shared/domain/list.ts';
import type { Agreement, Coupon, Debt, DiscountKind, Merchant } from '../../../../shared/domain/registry.ts';
import type { PlatformId } from '../../../../shared/domain/site.ts';
import type { CardType } from '../../../../shared/domain/terms.ts';
import type { VehicleClass } from '../../../../shared/domain/vehicle.ts';

/** Words of the tables and what they mean; of several with one meaning the first is written. */

export const cardTypeWords = {
  月租卡: 'monthly',
  月租车: 'monthly',
  月卡: 'monthly',
  包月: 'monthly',
  VIP卡: 'vip',
  VIP: 'vip',
  贵宾卡: 'vip',
  储值卡: 'stored-value',
  储值车: 'stored-value',
  时租卡: 'hours',
  时租车: 'hours',
  产权卡: 'owner',
  产权车: 'owner',
  业主: 'owner',
  计次卡: 'counted',
  计次车: 'counted',
  贵宾访客: 'guest',
  客人: 'guest',
  员工卡: 'staff',
  员工: 'staff',
  班车: 'coach',
  大巴: 'coach',
  共享车位: 'shared-space',
} as const satisfies Record<string, CardType>;

export const classWords = {
  小型车: 'small',
  小型: 'small',
  小车: 'small',
  中型车: 'medium',
  中型: 'medium',
  中车: 'medium',
  大型车: 'large',
  大型: 'large',
  大车: 'large',
} as const satisfies Record<string, VehicleClass>;

/** 不限 is read besides, and written for none. */
export const colorWords = {
  蓝: 'blue',
  蓝色: 'blue',
  黄: 'yellow',
  黄色: 'yellow',
  白: 'white',
  白色: 'white',
  黑: 'black',
  黑色: 'black',
  绿: 'green',
  绿色: 'green',
  黄绿: 'yellow-green',
  黄绿双拼: 'yellow-green',
} as const satisfies Record<string, ListColor>;
export const ANY_COLOR = '不限';

export const listWords = { 黑名单: 'black', 黑: 'black', 白名单: 'white', 白: 'white' } as const;

export const strategyWords = {
  禁止入场: 'no-entry',
  禁止出场: 'no-exit',
  禁止进出: 'neither',
  仅提示: 'warn',
  免费通行: 'free',
} as const;

export const passesWords = { 一次: 'once', 单次: 'once', 多次: 'many', 不限: 'many' } as const;

export const interceptWords = {
  不拦截: 'none',
  入口拦截: 'entry',
  出口拦截: 'exit',
  出入口拦截: 'both',
} as const satisfies Record<string, Debt['intercept']>;

export const cardStateWords = { 正常: 'active', 停用: 'suspended', 已注销: 'cancelled' } as const;
export const activeWords = { 有效: 'active', 已取消: 'cancelled' } as const;
export const debtStateWords = { 未缴: 'open', 已缴清: 'paid', 已核销: 'cancelled' } as const;

export const merchantStateWords = { 正常: 'active', 停用: 'suspended' } as const satisfies Record<
  string,
  Merchant['state']
>;
export const couponStateWords = { 未使用: 'given', 已使用: 'used', 已取消: 'cancelled' } as const satisfies Record<
  string,
  Coupon['state']
>;

export const discountWords = {
  减免金额: 'amount',
  减免时长: 'minutes',
  减免比例: 'rate',
  全免: 'free',
} as const satisfies Record<string, DiscountKind>;

export const sideWords = { 左侧: 'left', 左: 'left', 右侧: 'right', 右: 'right' } as const satisfies Record<
  string,
  BerthSide
>;

export const platformWords = {
  青岛: 'qingdao',
  深圳: 'shenzhen',
  科拓: 'keytop',
  万科: 'vanke',
  招行: 'cmb',
  招商银行: 'cmb',
  qingdao: 'qingdao',
  shenzhen: 'shenzhen',
  keytop: 'keytop',
  vanke: 'vanke',
  cmb: 'cmb',
} as const satisfies Record<string, PlatformId>;

export const agreementWords = {
  无感支付: 'auto-pay',
  免密支付: 'auto-pay',
  先离场后付费: 'departure-pay',
  先离后付: 'departure-pay',
} as const satisfies Record<string, Agreement['kind']>;

/** The word that is written for a meaning; null for none. */
export const wordOf = (words: Readonly<Record<string, string>>, meaning: string | null): string | null =>
  Object.entries(words).find(([, each]) => each === meaning)?.[0] ?? meaning;
