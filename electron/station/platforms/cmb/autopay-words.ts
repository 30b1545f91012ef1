/** The specification has no codes besides 0 (§3.3): what a failure says of the money stands in its words. */

/** It does not say whether the money moved: being worked on, timed out, or the bank's own trouble. */
const IN_DOUBT =
  /处理中|支付中|扣款中|进行中|受理中|请稍后|超时|繁忙|(系统|网络|服务)\S{0,4}(异常|错误|故障)|结果未知|process|timeout|timed out|busy|internal/i;

/** Nobody looked for the order: it is about our sign, our rights, the question itself, how often it came, or what is out of order there. */
const NO_ANSWER =
  /\bsign|签名|验签|app_?id|app_?secret|密钥|应用|未授权|无权|权限|鉴权|auth|forbidden|park_?code|车场|参数|param|频繁|频率|限流|too many|rate.?limit|系统|维护|system|maintenance|unavailable/i;
const NO_ANSWER_STATUS: ReadonlySet<number> = new Set([401, 403, 404, 429]);

/** Whatever stands around it: there is no such order, or it came to nothing. */
const PLAIN_NO =
  /(无|没有|未找到|查无)(此|该|这笔|对应的?)?(订单|交易)|(订单|交易)(号)?(不存在|已关闭)|扣款失败|支付失败|余额不足/;

interface Said {
  /** HTTP status of the answer. */
  readonly http: number;
  readonly status: number;
  readonly reason: string;
}

export const isInDoubt = ({ reason }: Said): boolean => IN_DOUBT.test(reason);

/** Whether a failure is an answer to the question about the order. */
export function isAboutOrder(said: Said): boolean {
  const { http, status, reason } = said;
  if (http < 200 || http > 299 || isInDoubt(said)) return false;
  if (PLAIN_NO.test(reason)) return true;
  return !(NO_ANSWER_STATUS.has(status) || (status >= 500 && status <= 599) || NO_ANSWER.test(reason));
}
