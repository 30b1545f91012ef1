import type { PaymentMethod } from './money-flow.ts';

/** Whose money a code is; `other`: no payment code, so that of a member, a ticket or a car without a plate. */
export type ScannedKind = Extract<PaymentMethod, 'wechat' | 'alipay' | 'unionpay'> | 'other';

/** What a code that was scanned is for. The three rules of payment codes do not overlap. */
export function scannedKind(code: string): ScannedKind {
  if (/^1[0-5]\d{16}$/.test(code)) return 'wechat';
  if (/^(?:2[5-9]|30)\d{14,22}$/.test(code)) return 'alipay';
  return /^62\d{17}$/.test(code) ? 'unionpay' : 'other';
}
