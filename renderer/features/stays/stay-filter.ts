import type { StationClient } from '../../../shared/contract/index.ts';
import { parkingTypeSchema, stayStatusSchema } from '../../../shared/domain/stay.ts';
import { fromRfc3339, shanghaiDate, timestampSchema } from '../../../shared/domain/time.ts';
import { vehicleClassSchema } from '../../../shared/domain/vehicle.ts';
import { addDays, type DateSpan, spanMoments } from '../../office/dates.ts';

type Query = Readonly<Record<string, string | undefined>>;
export type StayFilter = Omit<Parameters<StationClient['sessions']['list']>[0], 'page' | 'pageSize' | 'after'>;

const moment = (text: string | undefined): string | undefined => timestampSchema.safeParse(text).data;

/** The filter as it stands in the address: what does not make sense there narrows nothing. */
export function filterOf(query: Query): StayFilter {
  const filter = {
    plate: query['plate']?.slice(0, 16),
    status: stayStatusSchema.safeParse(query['status']).data,
    from: moment(query['from']),
    to: moment(query['to']),
    exitedFrom: moment(query['exitedFrom']),
    exitedTo: moment(query['exitedTo']),
    laneId: query['laneId'],
    vehicleClass: vehicleClassSchema.safeParse(query['vehicleClass']).data,
    parkingType: parkingTypeSchema.safeParse(query['parkingType']).data,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));
}

/** Which of the two times of a stay the filter is about. */
export type TimeKind = 'entered' | 'exited';
export const timeKeys = { entered: ['from', 'to'], exited: ['exitedFrom', 'exitedTo'] } as const;

export const timeKindOf = (query: Query): TimeKind =>
  query['exitedFrom'] !== undefined || query['exitedTo'] !== undefined || query['by'] === 'exited'
    ? 'exited'
    : 'entered';

/** The moments of the filter as whole business days; null when they are no whole days, or none. */
export function daysOf(from: string | undefined, to: string | undefined, dayStart: string): DateSpan | null {
  if (from === undefined || to === undefined) return null;
  const first = shanghaiDate(fromRfc3339(from));
  const span = { from: first, to: addDays(shanghaiDate(fromRfc3339(to)), -1) };
  const moments = spanMoments(span, dayStart);
  const same = (a: string, b: string): boolean => fromRfc3339(a) === fromRfc3339(b);
  return moments && same(moments.from, from) && same(moments.to, to) ? span : null;
}
