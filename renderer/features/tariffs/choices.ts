import type { Translate, WordKey } from '../../lib/i18n/index.ts';

export interface Option {
  readonly label: string;
  /** What this reading costs in an example that is the same for all readings of the question. */
  readonly example: string;
}

/** By reading: what it says, and its example. */
type Table = Readonly<Record<string, readonly [WordKey, WordKey]>>;

/** The readings of each question, in the words of a notice. */
const tables = {
  freeMode: {
    threshold: ['tariffs.opt.threshold', 'tariffs.eg.threshold'],
    deducted: ['tariffs.opt.deducted', 'tariffs.eg.deducted'],
  },
  freeAgain: {
    once: ['tariffs.opt.once', 'tariffs.eg.once'],
    'each-24h': ['tariffs.opt.each24h', 'tariffs.eg.each24h'],
  },
  freeOf: {
    stay: ['tariffs.opt.ofStay', 'tariffs.eg.ofStay'],
    'priced-time': ['tariffs.opt.ofPriced', 'tariffs.eg.ofPriced'],
  },
  crossing: {
    'own-unit': ['tariffs.opt.ownUnit', 'tariffs.eg.ownUnit'],
    'unit-start': ['tariffs.opt.unitStart', 'tariffs.eg.unitStart'],
  },
  restart: {
    segment: ['tariffs.opt.bySegment', 'tariffs.eg.bySegment'],
    '24h': ['tariffs.opt.by24h', 'tariffs.eg.by24h'],
    never: ['tariffs.opt.never', 'tariffs.eg.never'],
  },
  eachDay: {
    restart: ['tariffs.opt.restart', 'tariffs.eg.restart'],
    continue: ['tariffs.opt.continue', 'tariffs.eg.continue'],
  },
  dayType: {
    'each-day': ['tariffs.opt.eachDay', 'tariffs.eg.eachDay'],
    'entry-day': ['tariffs.opt.entryDay', 'tariffs.eg.entryDay'],
  },
  acrossMidnight: {
    'start-day': ['tariffs.opt.startDay', 'tariffs.eg.startDay'],
    'own-day': ['tariffs.opt.ownDay', 'tariffs.eg.ownDay'],
  },
  part: {
    up: ['tariffs.opt.up', 'tariffs.eg.up'],
    down: ['tariffs.opt.down', 'tariffs.eg.down'],
    above: ['tariffs.opt.above', 'tariffs.eg.above'],
    mixed: ['tariffs.opt.mixed', 'tariffs.eg.mixed'],
  },
  beyond: {
    'nothing-more': ['tariffs.opt.nothingMore', 'tariffs.eg.nothingMore'],
    repeat: ['tariffs.opt.repeat', 'tariffs.eg.repeat'],
    unit: ['tariffs.opt.unit', 'tariffs.eg.unit'],
  },
  rounding: {
    none: ['tariffs.opt.noRounding', 'tariffs.eg.noRounding'],
    to: ['tariffs.opt.roundTo', 'tariffs.eg.roundTo'],
  },
  afterGrace: {
    recalculate: ['tariffs.opt.recalculate', 'tariffs.eg.recalculate'],
    'from-payment': ['tariffs.opt.fromPayment', 'tariffs.eg.fromPayment'],
  },
} as const satisfies Readonly<Record<string, Table>>;

export type ChoiceId = keyof typeof tables;

/** The readings of a question by their values. */
export function optionsOf(id: ChoiceId, t: Translate): Readonly<Record<string, Option>> {
  const table: Table = tables[id];
  return Object.fromEntries(
    Object.entries(table).map(([value, [label, example]]) => [value, { label: t(label), example: t(example) }]),
  );
}

/** Names of the choices as a trial answers them. */
export const trialChoices: Readonly<Record<string, ChoiceId>> = {
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
};
