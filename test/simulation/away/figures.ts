import { percentile } from '../../bench/report.ts';
import type { Heard } from './away.ts';
import type { CityBook } from './city.ts';

/** What a run found out, for people and for the bench. */
export interface Figures {
  readonly cars: number;
  readonly hours: number;
  /** Rules that were broken; empty when all is well. */
  readonly faults: readonly string[];
  readonly backlog: number;
  readonly repeats: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly sums: { readonly exits: number; readonly payments: number; readonly paidFen: number };
  /** Messages a second, beside the same messages only sealed and posted. */
  readonly records: Pace;
  readonly photos: Pace;
  /** Lanes with nothing waiting, with the whole backlog waiting, and while it drains. */
  readonly calm: Heard;
  readonly waiting: Heard;
  readonly draining: Heard;
  readonly memory: { readonly before: Memory; readonly waiting: Memory; readonly peak: number; readonly after: Memory };
  readonly seconds: { readonly day: number; readonly drain: number };
}

/** Bytes of the station's process, and what of them is left when garbage has been collected. */
interface Memory {
  readonly rss: number;
  readonly held: number;
}

export interface Pace {
  readonly count: number;
  readonly perSecond: number;
  readonly bare: number;
}

/**
 * How fast records left, and then photos, from a moment on: a photo goes only when no record can, so the first one after it tells that
 * the records were out.
 */
export function ratesOf({ taken }: CityBook, from: number): Record<'records' | 'photos', Omit<Pace, 'bare'>> {
  const since = taken.filter(({ at }) => at > from);
  const turned = since.findIndex(({ name }) => name === 'uploadPhoto');
  const rate = (part: CityBook['taken']): Omit<Pace, 'bare'> => {
    const [first, last] = [part.at(0), part.at(-1)];
    const ms = first && last ? last.at - first.at : 0;
    return { count: part.length, perSecond: ms > 0 ? ((part.length - 1) / ms) * 1000 : Number.NaN };
  };
  return {
    records: rate(turned < 0 ? since : since.slice(0, turned)),
    photos: rate(turned < 0 ? [] : since.slice(turned).filter(({ name }) => name === 'uploadPhoto')),
  };
}

const ms = (values: readonly number[], share: number): string => percentile(values, share).toFixed(1);
const mb = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

const held = ({ rss, held: kept }: Memory): string => `${mb(rss)} (${mb(kept)} without garbage)`;

export const decisionRatio = ({ calm, draining }: Figures, share: number): number =>
  percentile(draining.decisions, share) / percentile(calm.decisions, share);

/** The run as a person reads it. */
export function told(figures: Figures): string {
  const { records, photos, memory, sums, seconds } = figures;
  const lane = (name: string, { decisions, collections, longestTurnMs }: Heard): string =>
    `lane ${name}: ${decisions.length} cars, plate to answer p50 ${ms(decisions, 0.5)} ms, p99 ${ms(decisions, 0.99)} ms; ` +
    `${collections.length} payments, p50 ${ms(collections, 0.5)} ms, p99 ${ms(collections, 0.99)} ms; longest turn ${longestTurnMs.toFixed(1)} ms`;
  const pace = (name: string, { count, perSecond, bare }: Pace): string =>
    `${name}: ${count} at ${Math.round(perSecond)}/s; sealed and posted alone ${Math.round(bare)}/s; ratio ${(perSecond / bare).toFixed(2)}`;
  const outcomes = Object.entries(figures.outcomes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([outcome, count]) => `${outcome} ${count}`);
  return [
    `${figures.cars} cars in ${figures.hours} hours without the city: the day took ${seconds.day.toFixed(0)} s, the drain ${seconds.drain.toFixed(0)} s`,
    `${figures.backlog} messages waited; ${sums.exits} exits, ${sums.payments} payments, ${sums.paidFen / 100} yuan; ${figures.repeats} came twice or more`,
    `the city: ${outcomes.join(', ')}`,
    pace('records', records),
    pace('photos', photos),
    lane('with nothing waiting', figures.calm),
    lane('with everything waiting', figures.waiting),
    lane('while it drains', figures.draining),
    `draining to calm: p50 ${decisionRatio(figures, 0.5).toFixed(2)}, p99 ${decisionRatio(figures, 0.99).toFixed(2)}`,
    `memory of the station: ${held(memory.before)} before, ${held(memory.waiting)} with everything waiting, at most ${mb(memory.peak)} while it drains, ${held(memory.after)} after`,
    ...(figures.faults.length === 0
      ? ['no rule was broken']
      : [`${figures.faults.length} RULES BROKEN`, ...figures.faults.slice(0, 20)]),
    '',
  ].join('\n');
}
