import { type Tariff, type TariffRule, tariffSchema } from '../../../shared/domain/tariff.ts';
import type { ScheduleRule, SegmentPrice, SegmentRule } from '../../../shared/domain/tariff-rule.ts';

export type Path = readonly (string | number)[];

/** Fields that a published text tends to leave open. Each may be empty in the form: then nobody has decided yet. */
const provisional = {
  mode: 'threshold',
  again: 'once',
  of: 'stay',
  part: 'up',
  beyond: 'nothing-more',
  restart: 'segment',
  crossing: 'own-unit',
  dayType: 'each-day',
  acrossMidnight: 'start-day',
  rounding: 'none',
  afterGrace: 'recalculate',
  freeMinutesMode: 'threshold',
  eachDay: 'restart',
} as const;
type ChoiceField = keyof typeof provisional;

/** A part of a tariff as it is being filled in: numbers and open choices may be empty. */
export type Form<T> = T extends number
  ? number | null
  : T extends readonly (infer U)[]
    ? readonly Form<U>[]
    : T extends object
      ? { readonly [K in keyof T]: K extends ChoiceField ? Form<T[K]> | null : Form<T[K]> }
      : T;

export type TariffForm = Form<Tariff>;
export type RuleForm = Form<TariffRule>;
export type PeriodRuleForm = Exclude<RuleForm, { readonly kind: 'schedule' }>;
export type ScheduleForm = Form<ScheduleRule>;
export type SegmentForm = Form<SegmentRule>;
export type PriceForm = Form<SegmentPrice>;

export interface Fault {
  readonly path: Path;
  /** `missing`: empty; else what the schema says. */
  readonly message: string;
}

/** The form as the station takes it. */
export interface Reading {
  /** With a reading of its own in the place of each open choice. */
  readonly document: Readonly<Record<string, unknown>>;
  /** The same, when it is a tariff. */
  readonly tariff: Tariff | null;
  /** Paths of the choices that nobody has made. */
  readonly open: readonly string[];
  readonly faults: readonly Fault[];
}

const isChoice = (key: string): key is ChoiceField => Object.hasOwn(provisional, key);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Found {
  readonly open: string[];
  readonly gaps: Fault[];
  /** Choices that make no difference as the rest stands. */
  readonly moot: ReadonlySet<string>;
}

function settle(value: unknown, path: Path, found: Found): unknown {
  if (Array.isArray(value)) return value.map((each: unknown, index) => settle(each, [...path, index], found));
  if (!isRecord(value)) {
    if (value === null) found.gaps.push({ path, message: 'missing' });
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const here = [...path, key];
      // A field that was emptied is no field.
      if (inner === undefined) return [];
      if (inner !== null || !isChoice(key)) return [[key, settle(inner, here, found)]];
      if (!found.moot.has(here.join('.'))) found.open.push(here.join('.'));
      return [[key, provisional[key]]];
    }),
  );
}

/** Days differ, or a segment runs over midnight: only then do these questions mean something. */
export function daysMatter({ programmes }: ScheduleForm): { readonly types: boolean; readonly midnight: boolean } {
  const types = programmes.length > 1 || programmes.some(({ dayTypes, seasons }) => dayTypes || seasons);
  return { types, midnight: types || programmes.some(({ segments }) => segments.some(({ from, to }) => to <= from)) };
}

function mootIn(form: TariffForm): ReadonlySet<string> {
  const moot = new Set<string>();
  for (const [index, rule] of form.rules.entries()) {
    const at = (field: string): string => `rules.${index}.${field}`;
    if (rule.kind !== 'schedule') {
      if (rule.freeMinutes === 0) moot.add(at('freeMinutesMode'));
      continue;
    }
    const matter = daysMatter(rule);
    if (!matter.types) moot.add(at('dayType'));
    if (!matter.midnight) moot.add(at('acrossMidnight'));
  }
  return moot;
}

/** What the form says, and what is still missing in it. Nothing is reordered or added: an untouched form reads as it was. */
export function readForm(form: TariffForm): Reading {
  const open: string[] = [];
  const gaps: Fault[] = [];
  const settled = settle(form, [], { open, gaps, moot: mootIn(form) });
  const document = isRecord(settled) ? settled : {};
  const parsed = tariffSchema.safeParse(document);
  if (parsed.success) return { document, tariff: parsed.data, open, faults: [] };
  const empty = new Set(gaps.map(({ path }) => path.join('.')));
  const others = parsed.error.issues
    .map(({ path, message }) => ({
      path: path.map((part) => (typeof part === 'number' ? part : String(part))),
      message,
    }))
    .filter(({ path }) => !empty.has(path.join('.')));
  return { document, tariff: null, open, faults: [...gaps, ...others] };
}

/** A tariff as a form; the choices at `open` are empty. */
export function formOf(tariff: Tariff, open: readonly string[]): TariffForm {
  const at = new Set(open);
  const emptied = <K extends string>(path: Path, fields: readonly K[]): { readonly [F in K]?: null } => {
    const found: { [F in K]?: null } = {};
    for (const field of fields) if (at.has([...path, field].join('.'))) found[field] = null;
    return found;
  };
  if (at.size === 0) return tariff;
  return {
    ...tariff,
    ...emptied([], ['rounding', 'afterGrace']),
    rules: tariff.rules.map((rule, r): RuleForm => {
      const path: Path = ['rules', r];
      if (rule.kind !== 'schedule') return { ...rule, ...emptied(path, ['freeMinutesMode', 'eachDay']) };
      return {
        ...rule,
        ...emptied(path, ['restart', 'crossing', 'dayType', 'acrossMidnight']),
        ...(rule.free ? { free: { ...rule.free, ...emptied([...path, 'free'], ['mode', 'again', 'of']) } } : {}),
        programmes: rule.programmes.map((programme, p) => ({
          ...programme,
          segments: programme.segments.map((segment, s) => {
            const inner = [...path, 'programmes', p, 'segments', s, 'price'];
            const { price } = segment;
            if (price.kind === 'units') return { ...segment, price: { ...price, ...emptied(inner, ['part']) } };
            if (price.kind === 'brackets') return { ...segment, price: { ...price, ...emptied(inner, ['beyond']) } };
            return segment;
          }),
        })),
      };
    }),
  };
}

/** A document that an expert wrote by hand, with the choices that were open before and still are. */
export function formOfText(text: string, open: readonly string[]): TariffForm | { readonly fault: string } {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
  const parsed = tariffSchema.safeParse(document);
  if (parsed.success) return formOf(parsed.data, open);
  return { fault: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n') };
}

/** A list with one entry replaced. */
export const replaceAt = <T>(list: readonly T[], index: number, value: T): readonly T[] =>
  list.map((each, at) => (at === index ? value : each));

/** A list without one entry. */
export const removeAt = <T>(list: readonly T[], index: number): readonly T[] => list.filter((_, at) => at !== index);

/** A list with an entry moved by one place; past an end it stays. */
export function moveAt<T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const one = list[index];
  const other = list[index + by];
  if (one === undefined || other === undefined) return list;
  return list.map((each, at) => (at === index ? other : at === index + by ? one : each));
}
