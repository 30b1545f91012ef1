import type { PrintDocument } from '../../../shared/domain/print.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';
import { pair, RULE, text } from './receipts.ts';
import { minute } from './words.ts';

/** 测试页: shows at a glance whether Chinese, both sizes, the width of the paper, codes and the knife are right. Pure. */
export const testPage = (of: {
  readonly siteName: string;
  readonly printerId: string;
  readonly columns: number;
  readonly now: EpochMs;
}): PrintDocument => [
  text(of.siteName, { align: 'center' }),
  text('打印测试页', { align: 'center', large: true }),
  RULE,
  text('1234567890'.repeat(5).slice(0, of.columns)),
  pair('左边', '右边'),
  text('上面一行数字应正好占满纸宽；若折行或不满，请在设置里改每行字符数。'),
  RULE,
  pair('汉字', '粤B12345 停车缴费'),
  pair('金额', '12.50 元', true),
  { kind: 'qr', text: `gatehouse ${of.printerId}` },
  RULE,
  pair('打印机', of.printerId),
  pair('时间', minute(of.now)),
  text('不是缴费凭证', { align: 'center' }),
];
