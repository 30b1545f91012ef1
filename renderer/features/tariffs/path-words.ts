import { formatDuration, formatMoney } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { Language } from '../../lib/i18n/language.ts';
import { optionsOf } from './choices.ts';
import type { Path } from './form.ts';

/** The name of a field by the end of its path; the longer ending counts. */
const fields = {
  name: 'tariffs.field.name',
  id: 'tariffs.field.id',
  areas: 'tariffs.field.ruleAreas',
  onChange: 'tariffs.field.onChange',
  onlyNamed: 'tariffs.field.onlyNamed',
  rounding: 'tariffs.ask.rounding',
  afterGrace: 'tariffs.ask.afterGrace',
  freeAfterPayment: 'tariffs.field.freeAfterPayment',
  toFen: 'tariffs.field.roundTo',
  'rounding.mode': 'tariffs.field.roundMode',
  vehicleClasses: 'tariffs.field.vehicleClasses',
  cardTypes: 'tariffs.field.cardTypes',
  plateKinds: 'tariffs.field.plateKinds',
  plateColors: 'tariffs.field.plateColors',
  lostTicketFen: 'tariffs.field.lostTicketFen',
  freeMinutes: 'tariffs.field.freeMinutes',
  'free.minutes': 'tariffs.field.freeMinutes',
  free: 'tariffs.part.free',
  freeMinutesMode: 'tariffs.ask.freeMode',
  'free.mode': 'tariffs.ask.freeMode',
  'free.again': 'tariffs.ask.freeAgain',
  'free.of': 'tariffs.ask.freeOf',
  firstPeriod: 'tariffs.field.firstPeriod',
  'firstPeriod.minutes': 'tariffs.field.firstMinutes',
  'firstPeriod.feeFen': 'tariffs.field.firstFee',
  'followingPeriod.minutes': 'tariffs.field.unitMinutes',
  'followingPeriod.feeFen': 'tariffs.field.unitFee',
  unitMinutes: 'tariffs.field.unitMinutes',
  unitFen: 'tariffs.field.unitFee',
  upToMinutes: 'tariffs.field.upTo',
  totalFen: 'tariffs.field.totalFee',
  'price.feeFen': 'tariffs.field.flatFee',
  'price.kind': 'tariffs.field.priceKind',
  kind: 'tariffs.field.ruleKind',
  capPer24hFen: 'tariffs.field.cap24h',
  eachDay: 'tariffs.ask.eachDay',
  crossing: 'tariffs.ask.crossing',
  restart: 'tariffs.ask.restart',
  dayType: 'tariffs.ask.dayType',
  acrossMidnight: 'tariffs.ask.acrossMidnight',
  part: 'tariffs.ask.part',
  aboveMinutes: 'tariffs.field.aboveMinutes',
  beyond: 'tariffs.ask.beyond',
  programmes: 'tariffs.part.programmes',
  segments: 'tariffs.part.programmes',
  dayTypes: 'tariffs.field.dayTypes',
  seasons: 'tariffs.field.seasons',
  from: 'tariffs.field.from',
  to: 'tariffs.field.to',
  capFen: 'tariffs.field.segmentCap',
  wholeAfterMinutes: 'tariffs.field.wholeAfter',
  entrySideUpToMinutes: 'tariffs.field.entrySide',
  caps: 'tariffs.part.caps',
  perNaturalDayFen: 'tariffs.field.capNaturalDay',
  per24hFen: 'tariffs.field.cap24h',
  perStayFen: 'tariffs.field.capStay',
  wholeDay: 'tariffs.field.wholeDay',
  'wholeDay.afterMinutes': 'tariffs.field.wholeDayAfter',
  'wholeDay.feeFen': 'tariffs.field.wholeDayFee',
  classFactors: 'tariffs.part.classFactors',
  percent: 'tariffs.field.percent',
} as const;
const known = new Map<string, (typeof fields)[keyof typeof fields]>(Object.entries(fields));

const places = {
  rules: 'tariffs.ruleNth',
  programmes: 'tariffs.programmeNth',
  segments: 'tariffs.segmentNth',
} as const;
const placed = new Map<string, (typeof places)[keyof typeof places]>(Object.entries(places));

/** `rules.0.free.mode` → 规则 1 › 停车超过免费时长…. */
export function pathWords(path: Path, t: Translate): string {
  const words: string[] = [];
  let field: string | undefined;
  for (const [index, part] of path.entries()) {
    const before = String(path[index - 1] ?? '');
    if (typeof part === 'number') {
      const place = placed.get(before);
      if (place !== undefined) {
        words.push(t(place, { n: part + 1 }));
        field = undefined;
      } else if (field !== undefined) field = `${field} ${part + 1}`;
      continue;
    }
    if (typeof path[index + 1] === 'number' && placed.has(part)) continue;
    const key = known.get(`${before}.${part}`) ?? known.get(part);
    if (key !== undefined) field = t(key);
  }
  if (field !== undefined) words.push(field);
  return words.length === 0 ? t('tariffs.whole') : words.join(' › ');
}

/** Which question the field at the end of a path answers. */
const questions: Readonly<Record<string, Parameters<typeof optionsOf>[0]>> = {
  freeMinutesMode: 'freeMode',
  'free.mode': 'freeMode',
  'free.again': 'freeAgain',
  'free.of': 'freeOf',
  crossing: 'crossing',
  restart: 'restart',
  eachDay: 'eachDay',
  dayType: 'dayType',
  acrossMidnight: 'acrossMidnight',
  part: 'part',
  beyond: 'beyond',
  rounding: 'rounding',
  afterGrace: 'afterGrace',
};

const lists = new Map<string, (value: string, t: Translate) => string | undefined>(
  Object.entries({
    vehicleClasses: (value: string, t: Translate) =>
      wordIn(value, { small: 'vehicle.small', medium: 'vehicle.medium', large: 'vehicle.large' }, t),
    dayTypes: (value: string, t: Translate) =>
      wordIn(
        value,
        {
          workday: 'tariffs.dayType.workday',
          weekend: 'tariffs.dayType.weekend',
          'short-holiday': 'tariffs.dayType.short-holiday',
          'long-holiday': 'tariffs.dayType.long-holiday',
        },
        t,
      ),
  }),
);

const kinds: Readonly<Record<string, Parameters<Translate>[0]>> = {
  periods: 'tariffs.ruleKind.periods',
  schedule: 'tariffs.ruleKind.schedule',
  units: 'tariffs.priceKind.units',
  flat: 'tariffs.priceKind.flat',
  brackets: 'tariffs.priceKind.brackets',
  free: 'tariffs.priceKind.free',
};

function wordIn(
  value: string,
  words: Readonly<Record<string, Parameters<Translate>[0]>>,
  t: Translate,
): string | undefined {
  const key = words[value];
  return key === undefined ? undefined : t(key);
}

/** A value of the tariff in words. */
export function valueWords(path: Path, value: unknown, t: Translate, language: Language): string {
  const last = String(path.at(-1) ?? '');
  const ending = `${String(path.at(-2) ?? '')}.${last}`;
  const question = questions[ending] ?? questions[last];
  if (question !== undefined && typeof value === 'string') {
    const option = optionsOf(question, t)[value];
    if (option) return option.label;
  }
  if (last === 'kind' && typeof value === 'string') {
    const key = kinds[value];
    if (key !== undefined) return t(key);
  }
  const money = [last, ending].some((key) => /Fen(\.\d+)?$/.test(key));
  if (typeof value === 'number') {
    if (money && last !== 'toFen') return formatMoney(value);
    if (last === 'toFen') return formatMoney(value);
    if (/inutes$/.test(last)) return formatDuration(value, language);
    if (last === 'percent') return `${value}%`;
  }
  if (typeof value === 'boolean') return t(value ? 'kit.yes' : 'kit.no');
  if (typeof value === 'string') return lists.get(String(path.at(-2)))?.(value, t) ?? value;
  return typeof value === 'number' ? String(value) : t('kit.none');
}
