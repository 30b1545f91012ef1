import { NO_PLATE } from './codes.ts';
import { doubt, type Finding, finding, some } from './finding.ts';
import { type JsonObject, textOf } from './json.ts';
import type { Request, State } from './state.ts';
import { stayKey } from './stays.ts';
import { momentOf } from './wire-time.ts';

/** Clocks of two machines. */
const SKEW_MS = 600_000;

/** Names, card and times of 上行2.x. */
export function stayFaults({ fields, at }: Request, names: readonly string[]): Finding[] {
  const moments = names.map((name) => [name, momentOf(textOf(fields, name))] as const);
  return some(
    fields['plateNo'] === NO_PLATE &&
      fields['cardNo'] === '' &&
      finding('presence', `${NO_PLATE} without a cardNo`, 'cardNo'),
    ...moments.map(([name, moment], index) => {
      const before = moments[index - 1];
      return before && moment < before[1] ? finding('time', `${name} is before ${before[0]}`, name) : undefined;
    }),
    ...moments.map(([name, moment]) =>
      moment > at + SKEW_MS ? finding('time', `${name} is in the future`, name) : undefined,
    ),
  );
}

/** Whether anybody told of its entry. */
export function entryDoubt(fields: JsonObject, state: State): Finding | undefined {
  if (state.missed || state.stays.find(fields)?.entry) return undefined;
  const told = state.told.get(`PostCarInInfo ${stayKey(fields)}`);
  return told ? undefined : doubt('unknown-stay', `nobody told of the entry of ${stayKey(fields)}`);
}
