/** What the faults that zod finds are called in Chinese: for people who meet them outside a form, which has words of its own. */

/** A pattern of an English text, and its Chinese. */
export type FaultWord = readonly [RegExp, (match: RegExpExecArray) => string];

const sort = new Map([
  ['string', '文字'],
  ['number', '数字'],
  ['int', '整数'],
  ['boolean', '是或否'],
  ['array', '列表'],
  ['object', '一组设置'],
]);

/** The texts of zod itself and of the passage rules; the first that fits counts. */
export const FAULT_WORDS: readonly FaultWord[] = [
  [/^Invalid input: expected .*, received undefined$/, () => '必填'],
  [/^Invalid input: expected (\w+)/, ([, kind]) => `应为${sort.get(kind ?? '') ?? kind}`],
  [/^Invalid option: expected one of (.*)$/, ([, options]) => `只能是 ${options} 之一`],
  [/^Too small: expected string to have >=1 /, () => '必填'],
  [/^Too small: expected string to have >=(\d+)/, ([, n]) => `至少 ${n} 个字`],
  [/^Too big: expected string to have <=(\d+)/, ([, n]) => `最多 ${n} 个字`],
  [/^Too small: expected array to have >=(\d+)/, ([, n]) => `至少 ${n} 项`],
  [/^Too big: expected array to have <=(\d+)/, ([, n]) => `最多 ${n} 项`],
  [/^Too small: expected \w+ to be >=(-?\d+)/, ([, n]) => `不能小于 ${n}`],
  [/^Too big: expected \w+ to be <=(-?\d+)/, ([, n]) => `不能大于 ${n}`],
  [/^Unrecognized keys?: (.*)$/, ([, keys]) => `没有这样的设置：${keys}`],
  [/^Invalid string: must start with "(.*)"/, ([, start]) => `必须以 ${start} 开头`],
  [/^Invalid string/, () => '格式不正确'],
  [/^no placeholder (\{.*\})$/, ([, name]) => `没有占位符 ${name}`],
  [/^(\{.*\}) has no value at (.*)$/, ([, name]) => `这个场合没有 ${name}`],
  [/^a brace without its partner$/, () => '花括号不成对'],
  [/^wider than (\d+) columns$/, ([, n]) => `超过 ${n} 列（一个汉字占两列）`],
  [/^must differ from its beginning$/, () => '开始与结束不能相同'],
  [/^must not exceed yellowAtMost$/, () => '变红的数不能大于变黄的数'],
  [/^must be HH:mm$/, () => '请按 时:分 填写，如 06:30'],
  [/^"(.*)" stands twice$/, ([, id]) => `“${id}”重复`],
];

/** The Chinese of a fault; one that nobody translated is shown as it is. */
export function chineseOf(message: string, words: readonly FaultWord[] = FAULT_WORDS): string {
  for (const [pattern, chinese] of words) {
    const match = pattern.exec(message);
    if (match) return chinese(match);
  }
  return message;
}

/** What the passage rules are called, on their screen and in what is said of them. */
export const RULE_NAMES = {
  graceMinutes: '付款后离场时间（分钟）',
  full: '车位已满',
  classSpaces: '分车型限位',
  unlicensed: '无牌车入场',
  nearMatch: '出口近似车牌',
  expiredCard: '月租到期',
  cardGraceDays: '到期宽限（天）',
  cardReminderDays: '到期提醒（天）',
  surplusCar: '一位多车超额',
  surplusBecomesFixedMinutes: '车位让出后转固定（分钟）',
  quotaFull: '预留车位已满',
  confirm: '放行前确认',
  discountOrder: '优惠先后',
  discountStacking: '多项优惠',
  attendantDiscountFen: '收费员优惠上限',
  attendantVisitorHours: '收费员登记访客（小时）',
  orderMinutes: '订单有效（分钟）',
  shiftRequired: '收现金须当班',
  verifyAboveFen: '大额核对',
  debtExit: '允许欠费离场',
  debtIntercept: '欠费拦截',
  missingEntryFen: '无入场记录收费',
  cameraDownMinutes: '相机断线存疑（分钟）',
  seenAgainMinutes: '出场后又见（分钟）',
  turnBack: '放行后折返',
  turnBackSeconds: '折返判定（秒）',
  staleDays: '滞留天数',
  kerbside: '泊位起止判定',
  printing: '收款后自动打印',
  businessDayStart: '营业日起点',
  openReasons: '手动开闸原因',
  releaseReasons: '免费放行原因',
  freeTextReasons: '可填写其他原因',
};

const NAMES: ReadonlyMap<string, string> = new Map(Object.entries({ ...RULE_NAMES, announcements: '屏显与语音' }));

/** A passage rule by its Chinese name; what is within it by its number or its code. */
export function ruleName(path: readonly PropertyKey[]): string {
  const [rule, ...within] = path.map(String);
  const name = NAMES.get(rule ?? '') ?? rule ?? '';
  const place = within.map((part) => (/^\d+$/.test(part) ? `第 ${Number(part) + 1} 项` : part));
  return [name === '' ? '' : `“${name}”`, ...place].filter((part) => part !== '').join(' ');
}

/** Faults as one sentence in Chinese: what is wrong with which setting. */
export const faultSentence = (faults: readonly { readonly name: string; readonly messageZh: string }[]): string =>
  faults.map(({ name, messageZh }) => `${name}${messageZh}`).join('；');
