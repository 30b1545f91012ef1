import { ruleFaults, type ScheduleRule, type TariffRule } from '../../../shared/domain/tariff-rule.ts';
import { choose, type TariffBook } from '../tariff/book.ts';
import { priceStay, type StayToPrice } from '../tariff/price-stay.ts';

/** What a stay would cost if a text that leaves something open were read in one of its ways. */
export interface Alternative {
  /** The field of the rule that makes the choice, e.g. `free.mode`. */
  readonly choice: string;
  readonly value: string;
  /** The reading that the tariff has. */
  readonly chosen: boolean;
  readonly feeFen: number;
}

interface Reading {
  readonly choice: string;
  readonly value: string;
  readonly rule: TariffRule;
  /** Where it is no field of the rule itself: whether the rule reads so. */
  readonly chosen?: boolean;
}

/** The part of a unit in all segments that have units, read in one way; as the rule has it, where that is another. */
function partReadings(rule: ScheduleRule): readonly Reading[] {
  const prices = rule.programmes.flatMap(({ segments }) => segments.map(({ price }) => price));
  const parts = prices.flatMap((price) => (price.kind === 'units' ? [price.part] : []));
  if (parts.length === 0) return [];
  const all = (['up', 'down'] as const).map((part) => ({
    choice: 'part',
    value: part,
    chosen: parts.every((each) => each === part),
    rule: {
      ...rule,
      programmes: rule.programmes.map((programme) => ({
        ...programme,
        segments: programme.segments.map((segment) =>
          segment.price.kind === 'units' ? { ...segment, price: { ...segment.price, part } } : segment,
        ),
      })),
    },
  }));
  if (all.some(({ chosen }) => chosen)) return all;
  return [
    ...all,
    { choice: 'part', value: parts.every((each) => typeof each === 'object') ? 'above' : 'mixed', chosen: true, rule },
  ];
}

function readingsOf(rule: TariffRule): readonly Reading[] {
  const readings: Reading[] = [];
  if (rule.kind !== 'schedule') {
    if (rule.freeMinutes > 0)
      for (const value of ['threshold', 'deducted'] as const)
        readings.push({ choice: 'freeMinutesMode', value, rule: { ...rule, freeMinutesMode: value } });
    for (const value of ['restart', 'continue'] as const)
      readings.push({ choice: 'eachDay', value, rule: { ...rule, eachDay: value } });
    return readings;
  }
  const { free } = rule;
  if (free) {
    for (const value of ['threshold', 'deducted'] as const)
      readings.push({ choice: 'free.mode', value, rule: { ...rule, free: { ...free, mode: value } } });
    for (const value of ['once', 'each-24h'] as const)
      readings.push({ choice: 'free.again', value, rule: { ...rule, free: { ...free, again: value } } });
    for (const value of ['stay', 'priced-time'] as const)
      readings.push({ choice: 'free.of', value, rule: { ...rule, free: { ...free, of: value } } });
  }
  for (const value of ['own-unit', 'unit-start'] as const)
    readings.push({ choice: 'crossing', value, rule: { ...rule, crossing: value } });
  readings.push(...partReadings(rule));
  for (const value of ['segment', '24h', 'never'] as const)
    readings.push({ choice: 'restart', value, rule: { ...rule, restart: value } });
  for (const value of ['each-day', 'entry-day'] as const)
    readings.push({ choice: 'dayType', value, rule: { ...rule, dayType: value } });
  for (const value of ['start-day', 'own-day'] as const)
    readings.push({ choice: 'acrossMidnight', value, rule: { ...rule, acrossMidnight: value } });
  return readings;
}

const readingIn = (rule: TariffRule, choice: string): unknown => {
  const [field = '', inner] = choice.split('.');
  const value: unknown = Object.entries(rule).find(([key]) => key === field)?.[1];
  if (inner === undefined || typeof value !== 'object' || value === null) return value;
  return Object.entries(value).find(([key]) => key === inner)?.[1];
};

/**
 * Both readings, side by side, of everything that published texts tend to leave open and the rule of this stay had to choose. A reading
 * that the rule's other fields rule out is left out, and with it its question. Pure.
 */
export function alternativesOf(book: TariffBook, stay: StayToPrice): Alternative[] {
  const paidAt = stay.lastPaidAt ?? null;
  const entry = choose(book, stay, stay.areaId, stay.enteredAt);
  const later = entry?.tariff.afterGrace === 'from-payment' && paidAt !== null && paidAt > stay.enteredAt;
  const choice = later ? choose(book, stay, stay.areaId, paidAt) : entry;
  if (!choice) return [];
  const all = readingsOf(choice.rule).flatMap((reading) => {
    if (ruleFaults(reading.rule).length > 0) return [];
    const rules = choice.tariff.rules.map((rule) => (rule === choice.rule ? reading.rule : rule));
    const tariffs = book.tariffs.map((tariff) => (tariff === choice.tariff ? { ...tariff, rules } : tariff));
    const fee = priceStay({ ...book, tariffs }, stay);
    const chosen = reading.chosen ?? readingIn(choice.rule, reading.choice) === reading.value;
    return fee ? [{ choice: reading.choice, value: reading.value, chosen, feeFen: fee.feeFen }] : [];
  });
  return all.filter((one) => all.some((other) => other.choice === one.choice && other !== one));
}
