import type { PaymentMethod } from '../../../../shared/domain/money-flow.ts';

/** Whose payment code it is. The three rules do not overlap; a code that fits none is no payment code. */
export function payCodeOf(code: string): Extract<PaymentMethod, 'wechat' | 'alipay' | 'unionpay'> | null {
  if (/^1[0-5]\d{16}$/.test(code)) return 'wechat';
  if (/^(?:2[5-9]|30)\d{14,22}$/.test(code)) return 'alipay';
  return /^62\d{17}$/.test(code) ? 'unionpay' : null;
}
