import { type Fen, fenToYuanText } from '../../../shared/domain/money.ts';
import { type EpochMs, shanghaiDateTime } from '../../../shared/domain/time.ts';

/** What stands on paper, in the words of the screens. */
export const METHODS: Readonly<Record<string, string>> = {
  cash: '现金',
  alipay: '支付宝',
  wechat: '微信',
  unionpay: '银联',
  etc: 'ETC',
  platform: '平台代收',
  card: '卡内余额',
  balance: '卡内余额',
  pos: '刷卡',
};

export const SCENES: Readonly<Record<string, string>> = {
  gate: '出入口',
  prepaid: '场内提前',
  'after-departure': '离场后付',
  arrears: '欠费补缴',
};

export const GAPS: Readonly<Record<string, string>> = {
  crashed: '工作站异常中断',
  stopped: '工作站停机',
  clock: '时钟跳变',
  'held-open': '闸机常抬',
  'camera-down': '相机离线',
};

export const word = (words: Readonly<Record<string, string>>, code: string): string => words[code] ?? code;

export const yuan = (fen: Fen): string => `${fenToYuanText(fen)} 元`;
export const minute = (at: EpochMs): string => shanghaiDateTime(at).slice(0, 16);

/** How long a stay was, in the minutes that its bill counted. */
export function span(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [days > 0 && `${days} 天`, hours > 0 && `${hours} 小时`, `${minutes % 60} 分钟`];
  return parts.filter((part) => part !== false).join(' ');
}
