import { doubt, type Finding, finding, some } from './finding.ts';
import { numberOf, textOf } from './json.ts';
import type { Request, State } from './state.ts';
import type { Stay } from './stays.ts';
import { percentDecoded } from './validate.ts';
import { momentOf } from './wire-time.ts';

const CLOCKS_MS = 120_000;
const HALF_MINUTE_MS = 30_000;

/** The stay of 上行4.x, which names it by a percent-encoded plate. */
export function askedStay({ fields }: Request, state: State, plateField: string): Stay | undefined {
  const plate = percentDecoded(textOf(fields, plateField)) ?? '';
  const card = textOf(fields, 'cardNo');
  const enteredAt = momentOf(textOf(fields, 'inTime'));
  return [...state.stays.all.values()].find(
    (stay) => stay.plate === plate && stay.enteredAt === enteredAt && (card === '' || stay.card === card),
  );
}

/** What 上行4.1 and 4.2 have in common. */
export function askFaults(request: Request, state: State, plateField: string): Finding[] {
  const { fields, at } = request;
  const [came, goes] = ['inTime', 'outTime'].map((name) => momentOf(textOf(fields, name)));
  const parked = (goes ?? 0) - (came ?? 0);
  const minutes = numberOf(fields, 'elapsedTime');
  return some(
    parked < 0 && finding('time', 'outTime is before inTime', 'outTime'),
    Math.abs(minutes * 60_000 - parked) > HALF_MINUTE_MS &&
      finding('sum', `elapsedTime ${minutes} for ${Math.round(parked / 1_000)} s`, 'elapsedTime'),
    Math.abs(at - (goes ?? 0)) > CLOCKS_MS && doubt('time', 'outTime is not now', 'outTime'),
    numberOf(fields, 'amount') === 0 && doubt('sum', 'nothing is to be paid', 'amount'),
    !state.missed &&
      textOf(fields, plateField) !== '' &&
      !askedStay(request, state, plateField) &&
      doubt('unknown-stay', `nobody told of the entry of ${decodeURIComponent(textOf(fields, plateField))}`),
  );
}
