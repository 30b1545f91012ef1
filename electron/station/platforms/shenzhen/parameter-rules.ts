import { DEFAULT_RULES, type PassageRules, passageRulesSchema } from '../../../../shared/domain/passage-rules.ts';
import type { ParameterValues } from './parameter-fields.ts';
import type { MappedParameter } from './parameter-names.ts';

/** What a parameter makes of our rules. */
export interface RuleChange {
  readonly rules: Partial<PassageRules>;
  /** Cars that waited for a person would pass by themselves. */
  readonly opens?: boolean;
}

/** Undefined: the value is none that our rule can have. */
type Reader<V> = (value: V, rules: PassageRules, sent: ParameterValues) => RuleChange | undefined;
type RuleParameter = Exclude<MappedParameter, 'diffParkingSpace'>;

const HOURS_OF_A_DAY = 24;

const fits = (rules: Partial<PassageRules>): RuleChange | undefined =>
  passageRulesSchema.partial().safeParse(rules).success ? { rules } : undefined;

/**
 * Each parameter beside the rule that it is here. Where a rule has more choices than the parameter, one that says the same already
 * stays as it is.
 */
export const RULE_PARAMETERS: { readonly [K in RuleParameter]: Reader<NonNullable<ParameterValues[K]>> } = {
  fixedcarAllowInNotNull: (allowed, { quotaFull }) => {
    const admitted = quotaFull === 'borrow' || quotaFull === 'temporary';
    if (allowed) return { rules: { quotaFull: admitted ? quotaFull : 'borrow' }, opens: !admitted };
    return { rules: { quotaFull: admitted ? 'refuse' : quotaFull } };
  },
  reverseTempCar: (temporary, { surplusCar }) => {
    if (temporary) return { rules: { surplusCar: 'temporary' }, opens: surplusCar !== 'temporary' };
    return { rules: { surplusCar: surplusCar === 'temporary' ? 'wait' : surplusCar } };
  },
  carOutQuick: (quick, { confirm }) => ({
    rules: { confirm: { ...confirm, freeExit: !quick } },
    opens: quick && confirm.freeExit,
  }),
  isNoPlateCheck: (checked, { unlicensed }) => ({
    rules: { unlicensed: checked ? 'wait' : 'admit' },
    opens: !checked && unlicensed === 'wait',
  }),
  selfServiceFreeMin: (graceMinutes) => fits({ graceMinutes }),
  parkingOvertimeAlarm: (hours) => fits({ staleDays: Math.ceil(hours / HOURS_OF_A_DAY) }),
  alarmByDay: (cardReminderDays) => fits({ cardReminderDays }),
  alarmEnable: (enabled, { cardReminderDays }, { alarmByDay }) => {
    if (!enabled) return { rules: { cardReminderDays: 0 } };
    const days = alarmByDay === undefined && cardReminderDays === 0 ? DEFAULT_RULES.cardReminderDays : cardReminderDays;
    return { rules: { cardReminderDays: days } };
  },
};
