import type { PassageRules } from '../../../shared/domain/passage-rules.ts';
import type { zhSettingsRules } from '../../lib/i18n/office/settings-rules.zh.ts';

/** What displays tell has a section of its own. */
export type RuleName = Exclude<keyof PassageRules, 'announcements'>;
type Option = keyof typeof zhSettingsRules.option;

/** How a rule is set. */
export type RuleKind =
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'money'; readonly empty: boolean }
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
  | { readonly kind: 'flag' }
  | { readonly kind: 'time' }
  | { readonly kind: 'reasons' }
  /** A choice for each vehicle class; a number for each; ticks; an order; the times of berths. */
  | { readonly kind: 'full' | 'class-spaces' | 'confirm' | 'order' | 'kerbside' | 'printing' };

const number = (min: number, max: number): RuleKind => ({ kind: 'number', min, max });
const choice = (...options: readonly Option[]): RuleKind => ({ kind: 'choice', options });
const flag: RuleKind = { kind: 'flag' };

/** Every passage rule, in the groups in which people look for it. The type makes sure that none is forgotten. */
export const ruleKinds: Readonly<Record<RuleName, RuleKind>> = {
  full: { kind: 'full' },
  classSpaces: { kind: 'class-spaces' },
  unlicensed: choice('wait', 'admit'),
  confirm: { kind: 'confirm' },
  graceMinutes: number(0, 240),
  nearMatch: choice('alone', 'ask'),
  verifyAboveFen: { kind: 'money', empty: false },
  missingEntryFen: { kind: 'money', empty: true },
  debtExit: flag,
  debtIntercept: choice('none', 'entry', 'exit', 'both'),
  orderMinutes: number(1, 60),
  expiredCard: choice('temporary', 'wait', 'refuse'),
  cardGraceDays: number(0, 90),
  cardReminderDays: number(0, 90),
  surplusCar: choice('temporary', 'wait', 'refuse'),
  surplusBecomesFixedMinutes: number(0, 1440),
  quotaFull: choice('borrow', 'temporary', 'wait', 'refuse'),
  discountOrder: { kind: 'order' },
  discountStacking: choice('all', 'best'),
  attendantDiscountFen: { kind: 'money', empty: false },
  attendantVisitorHours: number(0, 8760),
  shiftRequired: flag,
  cameraDownMinutes: number(1, 1440),
  seenAgainMinutes: number(0, 1440),
  turnBack: choice('case', 'withdraw', 'off'),
  turnBackSeconds: number(3, 120),
  staleDays: number(1, 365),
  kerbside: { kind: 'kerbside' },
  printing: { kind: 'printing' },
  businessDayStart: { kind: 'time' },
  openReasons: { kind: 'reasons' },
  releaseReasons: { kind: 'reasons' },
  freeTextReasons: flag,
};

export const ruleGroups: Readonly<Record<keyof typeof zhSettingsRules.group, readonly RuleName[]>> = {
  entry: ['full', 'classSpaces', 'unlicensed', 'confirm'],
  exit: ['graceMinutes', 'nearMatch', 'verifyAboveFen', 'missingEntryFen', 'debtExit', 'debtIntercept', 'orderMinutes'],
  cards: ['expiredCard', 'cardGraceDays', 'cardReminderDays', 'surplusCar', 'surplusBecomesFixedMinutes', 'quotaFull'],
  discounts: ['discountOrder', 'discountStacking'],
  staff: ['attendantDiscountFen', 'attendantVisitorHours', 'shiftRequired'],
  kerb: ['kerbside'],
  printing: ['printing'],
  watch: ['cameraDownMinutes', 'seenAgainMinutes', 'turnBack', 'turnBackSeconds', 'staleDays', 'businessDayStart'],
  reasons: ['openReasons', 'releaseReasons', 'freeTextReasons'],
};
