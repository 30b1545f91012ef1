import { doubt, type Finding, finding, some } from './finding.ts';
import type { UpInterface } from './interface.ts';
import { heard, open, type Told } from './sends.ts';
import type { Request, State } from './state.ts';

const last = ({ sends }: Told) => sends.at(-1);

/** The address of a picture ends some day and may be made anew for each send; change may have been given meanwhile. */
const MADE_ANEW: readonly string[] = ['imgName', 'selfPay'];

function changedFaults(told: Told, { fields }: Request): Finding[] {
  return Object.keys({ ...told.fields, ...fields })
    .filter((name) => JSON.stringify(told.fields[name]) !== JSON.stringify(fields[name]))
    .map((name) => {
      const detail = `${name} was ${JSON.stringify(told.fields[name])}, is ${JSON.stringify(fields[name])}`;
      return (MADE_ANEW.includes(name) ? doubt : finding)('changed', detail, name);
    });
}

function paceFaults(told: Told, { ms }: Request, { pace }: State): Finding[] {
  const before = last(told);
  if (before?.forgotten) return [];
  if (!before || before.result === 'pending')
    return some(before && finding('pace', `${told.interface} is told twice at once`));
  const gap = ms - (before.endedMs ?? before.ms);
  return some(
    gap < pace.repeatMs - pace.toleranceMs &&
      finding('pace', `${told.interface} is told again after ${Math.round(gap)} ms instead of ${pace.repeatMs}`),
    gap > pace.longestMs + pace.toleranceMs &&
      doubt('pace', `${told.interface} is told again only after ${Math.round(gap / 1_000)} s`),
  );
}

/** An older report that still waits for its answer. */
function orderFaults(definition: UpInterface, key: string, stay: string, state: State): Finding[] {
  const before = [...state.told.values()].filter(
    (other) =>
      (other.interface !== definition.name || other.key !== key) &&
      state.ordered.has(other.interface) &&
      (other.interface === definition.name || (stay !== '' && other.stay === stay)) &&
      open(other),
  );
  const [first] = before;
  if (!first) return [];
  const detail = `${definition.name} is told while ${first.interface} ${first.key} still waits for its answer`;
  // Whether one that was refused may ever be given up is not written; nor whether one car must wait for the report of another.
  const sameStay = before.some((other) => other.stay === stay && stay !== '' && last(other)?.result !== 'heard');
  return [sameStay ? finding('order', detail) : doubt('order', detail)];
}

/** What earlier sends have against this one. */
export function objections(definition: UpInterface, request: Request, state: State): Finding[] {
  const { name, kind, again } = definition;
  const key = definition.key(request.fields, request);
  const stay = definition.stay?.(request.fields, state) ?? '';
  const told = state.told.get(`${name} ${key}`);
  const order = definition.ordered && !told ? orderFaults(definition, key, stay, state) : [];
  if (!told) return order;
  if (again) return again(told, request, state);
  if (kind === 'ask') return askedAgain(told, request, state);
  return [
    ...order,
    ...changedFaults(told, request),
    ...(heard(told, 0)
      ? [finding('repeat', `${name} ${key} was answered 0, and is told again`)]
      : paceFaults(told, request, state)),
  ];
}

/** Questions come again only from a person. */
export function askedAgain(told: Told, { ms }: Request, { pace }: State): Finding[] {
  const before = last(told);
  if (!before || before.forgotten) return [];
  const gap = before.result === 'pending' ? 0 : ms - (before.endedMs ?? before.ms);
  if (gap >= pace.personMs) return [];
  const detail = `${told.interface} ${told.key} is asked again after ${Math.round(gap)} ms: no person does that`;
  return [before.result === 'heard' ? doubt('repeat', detail) : finding('repeat', detail)];
}

/** Where the newest state alone matters: the same is told again only if nobody heard it, or the program started anew. */
export function againState(told: Told, request: Request, state: State): Finding[] {
  const before = last(told);
  if (!before || JSON.stringify(told.newest) !== JSON.stringify(request.fields)) return [];
  if (before.forgotten || state.starts.some((at) => at >= before.at)) return [];
  return before.result === 'heard' && before.answer === 0
    ? [doubt('repeat', `${told.interface} ${told.key} is told without a change`)]
    : paceFaults(told, request, state);
}

/** Once a day; a second time the same day only if nobody heard it. */
export function againDaily(told: Told, request: Request, state: State): Finding[] {
  if (!heard(told, 0)) return paceFaults(told, request, state);
  const isSame = JSON.stringify(told.newest) === JSON.stringify(request.fields);
  const detail = `${told.interface} is told for the second time on ${told.key}`;
  return [isSame ? finding('repeat', detail) : doubt('repeat', detail)];
}
