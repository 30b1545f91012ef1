import { DEFAULT_RULES, type PassageRules, passageRulesSchema } from '../../../../shared/domain/passage-rules.ts';
import type { Site } from '../../../../shared/domain/site.ts';
import type { ParameterValues } from './parameter-fields.ts';
import type { MappedParameter } from './parameter-names.ts';

/** What a parameter makes of our rules. */
export interface RuleChange {
  readonly rules: Partial<PassageRules>;
  /** Cars that waited for a person would pass by themselves. */
  readonly opens?: boolean;
}

/** What else a parameter may depend on: those that came with it, and the reserved spaces of the car park. */
export interface Around {
  readonly sent: ParameterValues;
  readonly quotas: Site['quotas'];
}

/** Undefined: the value is none that our rule can have. */
type Reader<V> = (value: V, rules: PassageRules, around: Around) => RuleChange | undefined;
type RuleParameter = Exclude<MappedParameter, 'diffParkingSpace'>;

const HOURS_OF_A_DAY = 24;

const fits = (rules: Partial<PassageRules>): RuleChange | undefined =>
  passageRulesSchema.partial().safeParse(rules).success ? { rules } : undefined;

/**
 * Each parameter beside the rule that it is here. Where a rule has more choices than the parameter, one that says the same already
 * stays as it is.
 */
export const RULE_PARAMETERS: { readonly [K in RuleParameter]: Reader<NonNullable<ParameterValues[K]>> } = {
  fixedcarAllowInNotNull: (allowed, { quotaFull }, { quotas }) => {
    const admitted = quotaFull === 'borrow' || quotaFull === 'temporary';
    // Without reserved spaces there are none that could be full: such a car always enters.
    if (!allowed && quotas.length === 0) return undefined;
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
  // Our rule has whole days: hours that are none do not fit it.
  parkingOvertimeAlarm: (hours) => fits({ staleDays: hours / HOURS_OF_A_DAY }),
  // 0 is how our rule says that there is no reminder: it cannot be on and 0 days ahead.
  alarmByDay: (days, _rules, { sent }) =>
    days === 0 && sent.alarmEnable === true ? undefined : fits({ cardReminderDays: days }),
  alarmEnable: (enabled, { cardReminderDays }) => ({
    rules: { cardReminderDays: enabled ? cardReminderDays || DEFAULT_RULES.cardReminderDays : 0 },
  }),
};
