import { doubt, type Finding, finding, some } from './finding.ts';
import { contentOf, type UpInterface } from './interface.ts';
import { failedInRow, type Send, type Told, taken, unanswered } from './sends.ts';
import type { Request, State } from './state.ts';

const EXIT = 'parkRecordExit';
const ENTRY = 'parkRecordEntry';
/** Pictures get their addresses when they are uploaded. */
const PICTURES: readonly string[] = ['inFeaturePic', 'inPlatePic', 'outFeaturePic', 'outPlatePic'];
/** Beyond the longest pause somebody may well wonder. */
const PATIENCE_MS = 30_000;

const isAsked = ({ asked }: State, recordCode: string, name: string): boolean =>
  asked.get(recordCode)?.left.has(name) === true;

/** Everything else that was told of the record. */
function siblings(state: State, recordCode: string, name: string): Told[] {
  return [...state.told.values()].filter((told) => told.recordCode === recordCode && told.interface !== name);
}

/** Per recordCode entry, correction and exit keep their order, and none comes before the earlier one was answered. */
function orderFaults({ name }: UpInterface, { fields }: Request, state: State): Finding[] {
  const { recordCode = '' } = fields;
  if (isAsked(state, recordCode, name)) return [];
  const others = siblings(state, recordCode, name);
  const waiting = others.find((told) => told.sends.at(-1)?.result === 'pending' || unanswered(told));
  const gone = others.find((told) => told.interface === EXIT);
  return some(
    waiting &&
      finding('order', `${name} of ${recordCode} is told while ${waiting.interface} still waits for its answer`),
    name === ENTRY && gone && (state.missed ? doubt : finding)('order', `${recordCode} enters after its exit was told`),
  );
}

function paceFaults(told: Told, last: Send, { ms }: Request, state: State): Finding[] {
  const { pace, missed } = state;
  if (last.forgotten || state.startedSince(last.ms)) return [];
  const failed = failedInRow(told);
  const due = pace.retryMs[Math.min(failed, pace.retryMs.length) - 1] ?? 0;
  const longest = Math.max(0, ...pace.retryMs);
  const gap = Math.round(ms - (last.endedMs ?? last.ms));
  return some(
    gap < due - pace.toleranceMs &&
      finding('pace', `${told.interface} is told again after ${gap} ms instead of ${due} (${failed} failed)`),
    !missed &&
      gap > longest + pace.toleranceMs + PATIENCE_MS &&
      doubt('pace', `${told.interface} is told again only after ${Math.round(gap / 1_000)} s`),
  );
}

/** The same again, though it was taken. */
function needlessFaults(definition: UpInterface, told: Told, last: Send, request: Request, state: State): Finding[] {
  const { name, kind, everyMs } = definition;
  if (name === EXIT) return [finding('second-exit', `the exit of ${told.key} is told again after its answer`)];
  const detail = `${name} ${told.key} was answered, and is told again`;
  if (kind === 'record') return [finding('repeat', detail)];
  if (state.startedSince(last.ms)) return [];
  if (everyMs) {
    const gap = request.ms - last.ms;
    const said = `${name} ${told.key} without a change after ${Math.round(gap / 1_000)} s`;
    if (gap >= everyMs(state.pace) - state.pace.toleranceMs) return [];
    return [(name === 'freeNum' ? doubt : finding)('pace', said)];
  }
  // It may be that the program has just started.
  return [(name === 'park' ? doubt : finding)('repeat', detail)];
}

function changedFaults(
  { name, everyMs }: UpInterface,
  told: Told,
  last: Send,
  request: Request,
  state: State,
): Finding[] {
  const { fields } = request;
  if (name === EXIT) {
    if (taken(last)) return [finding('second-exit', `another exit of ${told.key} is told after its answer`)];
    return Object.keys({ ...last.fields, ...fields })
      .filter((field) => !['timestamp', 'signature'].includes(field) && last.fields[field] !== fields[field])
      .map((field) => {
        const detail = `${field} was ${last.fields[field]}, is ${fields[field]}`;
        return (PICTURES.includes(field) ? doubt : finding)('changed', detail, field);
      });
  }
  if (name === ENTRY) {
    const isOld = told.sends.slice(0, -1).some((send) => send.content === contentOf({}, fields));
    return some(
      isOld && finding('stale', `${told.key} is told as it was before it was told otherwise`),
      taken(last) && !isOld && doubt('changed', `${told.key} is told anew instead of corrected`),
    );
  }
  const gap = request.ms - last.ms;
  return some(
    name === 'berthStatus' &&
      everyMs &&
      taken(last) &&
      !state.startedSince(last.ms) &&
      gap < everyMs(state.pace) - state.pace.toleranceMs &&
      doubt('pace', `${name} ${told.key} after ${Math.round(gap / 1_000)} s`),
  );
}

/** A record that was asked for is the one that was told. */
function againFaults(definition: UpInterface, told: Told, { fields }: Request, state: State): Finding[] {
  const { known } = state.recordOf(told.recordCode);
  const content = contentOf(definition, fields);
  const before = told.sends.filter((send) => send.processed).map((send) => send.content);
  if (before.includes(content)) return [];
  const last = told.sends.findLast((send) => send.processed)?.fields ?? {};
  return Object.keys({ ...last, ...fields })
    .filter((name) => !['timestamp', 'signature', 'noncestr'].includes(name))
    .filter((name) => fields[name] !== last[name] && fields[name] !== known[name])
    .map((name) => {
      const detail = `${told.interface} ${told.key} was asked for: ${name} was ${last[name]}, is ${fields[name]}`;
      return (PICTURES.includes(name) ? doubt : finding)('record', detail, name);
    });
}

/** What earlier sends have against this one. */
export function objections(definition: UpInterface, request: Request, told: Told | undefined, state: State): Finding[] {
  const { fields } = request;
  const { kind, name } = definition;
  const found = kind === 'record' ? orderFaults(definition, request, state) : [];
  const last = told?.sends.at(-1);
  if (!told || !last) return found;
  if (isAsked(state, told.recordCode, name) && (taken(last) || last.processed))
    return [...found, ...againFaults(definition, told, request, state)];
  if (last.result === 'pending') return [...found, finding('pace', `${name} ${told.key} is told twice at once`)];
  if (Number(fields['timestamp']) < Number(last.fields['timestamp']))
    found.push(finding('stale', `timestamp is before that of an earlier ${name}`, 'timestamp'));
  if (contentOf(definition, fields) !== last.content)
    return [...found, ...changedFaults(definition, told, last, request, state)];
  if (last.forgotten) return found;
  if (taken(last)) return [...found, ...needlessFaults(definition, told, last, request, state)];
  if (name === EXIT && last.result === 'heard')
    found.push(doubt('repeat', `the exit of ${told.key} was refused, and is told again`));
  return [...found, ...paceFaults(told, last, request, state)];
}
