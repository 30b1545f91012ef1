import type { Tariff } from '../../../shared/domain/tariff.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import { type ChoiceId, optionsOf } from './choices.ts';

/** The open choices of a tariff as it made them, one sentence each, for the paper under the price table. */
export function conventionsOf(tariff: Tariff, t: Translate): readonly string[] {
  const lines = new Set<string>();
  const say = (id: ChoiceId, value: string): void => {
    lines.add(`${t(`tariffs.ask.${id}`)} ${optionsOf(id, t)[value]?.label ?? value}`);
  };
  for (const rule of tariff.rules) {
    if (rule.kind !== 'schedule') {
      if (rule.freeMinutes > 0) say('freeMode', rule.freeMinutesMode);
      say('eachDay', rule.eachDay);
      continue;
    }
    if (rule.free) {
      say('freeMode', rule.free.mode);
      say('freeAgain', rule.free.again);
      say('freeOf', rule.free.of);
    }
    say('crossing', rule.crossing);
    say('restart', rule.restart);
    say('dayType', rule.dayType);
    say('acrossMidnight', rule.acrossMidnight);
    for (const { segments } of rule.programmes)
      for (const { price } of segments) {
        if (price.kind === 'units') say('part', typeof price.part === 'object' ? 'above' : price.part);
        if (price.kind === 'brackets') say('beyond', typeof price.beyond === 'object' ? 'unit' : price.beyond);
      }
  }
  say('rounding', tariff.rounding === undefined || tariff.rounding === 'none' ? 'none' : 'to');
  say('afterGrace', tariff.afterGrace ?? 'recalculate');
  return [...lines];
}
