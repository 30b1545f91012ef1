import { COLOR, integer, PLATE, text, time } from '../field.ts';
import { doubt, type Finding, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { isWhole, textOf } from '../json.ts';
import { changedFaults, heard, staleFault, unansweredInRow } from '../sends.ts';
import type { Recognition, Request, State } from '../state.ts';
import { instantOf } from '../wire-time.ts';

/** After a crossing one poll may still have been on its way. */
const ON_ITS_WAY_MS = 1_000;
/** A reading that is only told so long after it was made has waited for something. */
const PROMPT_MS = 60_000;

const SAME = ['deviceNo', 'recognitionTime', 'image', 'plateNumber', 'color', 'reliability'];

function recognitionOf({ fields }: Request, state: State): Recognition {
  const uuid = textOf(fields, 'uuid');
  const known = state.recognitions.get(uuid);
  if (known) return known;
  const reliability = fields['reliability'];
  const recognition: Recognition = {
    ...{ fields, uuid, sends: [], received: false, decided: 0 },
    ...{ deviceNo: textOf(fields, 'deviceNo'), plateNumber: textOf(fields, 'plateNumber') },
    ...{ color: textOf(fields, 'color'), image: textOf(fields, 'image') },
    recognitionTime: textOf(fields, 'recognitionTime'),
    reliability: isWhole(reliability) ? reliability : null,
  };
  state.recognitions.set(uuid, recognition);
  return recognition;
}

function paceFault(known: Recognition, { ms }: Request, { pace }: State): Finding | undefined {
  const last = known.sends.at(-1);
  if (last?.result !== 'heard' || last.answer !== '1') return undefined;
  const gap = Math.round(ms - last.ms);
  if (gap >= pace.pollMs - pace.toleranceMs) return undefined;
  return finding('pace', `${known.uuid} was polled ${gap} ms after the send that was answered "1"`);
}

function allowedFault(known: Recognition, { ms }: Request): Finding | undefined {
  const allowed = known.sends.find(({ result, answer, endedMs }) => {
    return result === 'heard' && answer === '0' && endedMs !== null && endedMs <= ms;
  });
  return allowed && finding('after-allowed', `${known.uuid} was sent again after "0"`);
}

function triesFault(known: Recognition, { pace }: State): Finding | undefined {
  const row = unansweredInRow(known);
  if (row < pace.tries) return undefined;
  return finding('tries', `${known.uuid} was sent for the ${row + 1}th time in a row without an answer`);
}

function crossedFault(known: Recognition, { ms }: Request, state: State): Finding | undefined {
  const crossed = state.crossings.get(known.uuid)?.sends[0];
  if (!crossed || ms - crossed.ms <= ON_ITS_WAY_MS) return undefined;
  return finding('after-crossed', `${known.uuid} was sent although its car had crossed`);
}

function openedFault(known: Recognition, { ms }: Request, state: State): Finding | undefined {
  // What nobody answered yet is still to be told.
  const answered = heard(known);
  const opened = state.openedFor(known);
  if (!answered || opened === undefined || ms - Math.max(opened, answered.ms) <= ON_ITS_WAY_MS) return undefined;
  return finding('after-opened', `${known.uuid} was sent again although the cloud had opened its gate`);
}

function offeredFault({ fields }: Request, state: State): Finding | undefined {
  const uuid = textOf(fields, 'uuid');
  if (!state.offered.recognition.has(uuid)) return undefined;
  return finding('after-offered', `${uuid} was fetched as not pushed, and is pushed`);
}

function nextCarDoubt(known: Recognition, { ms }: Request, state: State): Finding | undefined {
  const next = [...state.recognitions.values()].findLast(({ deviceNo }) => deviceNo === known.deviceNo);
  const since = next?.sends[0];
  if (!next || next === known || !since || ms - since.ms <= ON_ITS_WAY_MS) return undefined;
  return doubt('order', `${known.uuid} is polled although ${next.uuid} was read at the same device since`);
}

/** A plate, or a reading that failed, asks whether it may pass; refused, it asks again. */
export const receivePlateNumber: UpInterface = {
  name: 'receivePlateNumber',
  fields: [
    ...[text('deviceNo'), text('uuid'), time('recognitionTime'), text('image', { format: 'url' }), PLATE, COLOR],
    integer('reliability', { required: false, format: 'percent' }),
  ],
  relations({ fields, at }, state) {
    const plate = textOf(fields, 'plateNumber');
    const read = instantOf(textOf(fields, 'recognitionTime')) ?? 0;
    const sent = instantOf(textOf(fields, 'time')) ?? 0;
    const known = state.recognitions.has(textOf(fields, 'uuid'));
    return some(
      plate === '' && fields['color'] !== 'other' && finding('code', 'a plate that was not read is not other', 'color'),
      read > sent && finding('time', 'recognitionTime is after the time of sending', 'recognitionTime'),
      plate !== '' &&
        [plate, encodeURIComponent(plate)].some((name) => textOf(fields, 'image').includes(name)) &&
        doubt('format', 'the address of the picture names the plate', 'image'),
      !known &&
        at - read > PROMPT_MS &&
        doubt('time', `it was read ${Math.round((at - read) / 1_000)} s before`, 'recognitionTime'),
    );
  },
  objections(request, state) {
    const { fields, ms } = request;
    const known = state.recognitions.get(textOf(fields, 'uuid'));
    if (!known) return some(offeredFault(request, state));
    return [
      ...changedFaults(known, fields, SAME),
      ...some(
        staleFault(known, textOf(fields, 'time'), ms),
        paceFault(known, request, state),
        allowedFault(known, request),
        triesFault(known, state),
        openedFault(known, request, state),
        offeredFault(request, state),
        crossedFault(known, request, state),
        !heard(known, '0') && nextCarDoubt(known, request, state),
      ),
    ];
  },
  told: recognitionOf,
  process(request, state) {
    const recognition = recognitionOf(request, state);
    recognition.received = true;
    recognition.decided += 1;
    const { plateNumber, decided } = recognition;
    return state.wills.verdict(plateNumber, decided, () => state.decide?.(recognition, decided));
  },
};
