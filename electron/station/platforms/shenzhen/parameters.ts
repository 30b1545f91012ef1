import type { PassageRules } from '../../../../shared/domain/passage-rules.ts';
import { SHENZHEN, type ShenzhenContext } from './context.ts';
import type { ParameterValues } from './parameter-fields.ts';
import { MAPPED_PARAMETERS, type MappedParameter } from './parameter-names.ts';
import { type Around, RULE_PARAMETERS, type RuleChange } from './parameter-rules.ts';

/** What a set of parameters would do here. */
interface Plan {
  readonly rules: PassageRules;
  /** Cars that are in the car park, by the city's correction of our count. */
  readonly actualInside: number | undefined;
  readonly applied: readonly MappedParameter[];
}

/**
 * Sets what can be set, through the rules that the screens set, and tells which parameters those were. A parameter that the site keeps to
 * itself, whose value our rule cannot have, that another one of the same message overrules, or that would let cars pass by themselves without the site's leave, changes nothing.
 */
export function setParameters(sent: ParameterValues, context: ShenzhenContext): readonly MappedParameter[] {
  const { station, commands } = context;
  const before = station().rules.current();
  const { rules, actualInside, applied } = planOf(sent, before, context);
  const changed = Object.fromEntries(
    Object.entries(rules).filter(([name, value]) => !isSame(value, Reflect.get(before, name))),
  );
  if (Object.keys(changed).length > 0) station().rules.change(changed, SHENZHEN);
  if (actualInside !== undefined)
    commands.recountSpaces(SHENZHEN.name, { areaId: null, actualInside, reason: '云平台下发车位数修正' });
  return applied;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function planOf(sent: ParameterValues, before: PassageRules, context: ShenzhenContext): Plan {
  const { parameters } = context.settings;
  const around = { sent, quotas: context.site.quotas };
  const applied: MappedParameter[] = [];
  let rules = before;
  let actualInside: number | undefined;
  for (const name of MAPPED_PARAMETERS) {
    if (sent[name] === undefined || parameters.keep.includes(name)) continue;
    if (name === 'diffParkingSpace') {
      actualInside = insideBy(sent.diffParkingSpace, context);
      if (actualInside !== undefined) applied.push(name);
      continue;
    }
    const change = read(name, rules, around);
    if (!change || (change.opens === true && !parameters.automaticOpening)) continue;
    rules = { ...rules, ...change.rules };
    applied.push(name);
  }
  return { rules, actualInside, applied: applied.filter((name) => isInEffect(name, rules, around)) };
}

/** A later parameter may have had another word about the same rule. */
function isInEffect(name: MappedParameter, rules: PassageRules, around: Around): boolean {
  if (name === 'diffParkingSpace') return true;
  const change = read(name, rules, around);
  return change !== undefined && isSame({ ...rules, ...change.rules }, rules);
}

function read<K extends keyof typeof RULE_PARAMETERS>(
  name: K,
  rules: PassageRules,
  around: Around,
): RuleChange | undefined {
  const value = around.sent[name];
  return value === undefined || value === null ? undefined : RULE_PARAMETERS[name](value, rules, around);
}

/** 车位数修正参数 = cars by our stays − cars that are really there; undefined: there would be fewer than none. */
function insideBy(difference: number | undefined, { station }: ShenzhenContext): number | undefined {
  const counted = station()
    .read.stays.counts()
    .reduce((total, { cars }) => total + cars, 0);
  const actual = counted - (difference ?? 0);
  return actual < 0 ? undefined : actual;
}
