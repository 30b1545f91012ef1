import type { Words } from '../words.ts';
import type { zhCoupons } from './coupons.zh.ts';

export const enCoupons: Words<typeof zhCoupons> = {};
