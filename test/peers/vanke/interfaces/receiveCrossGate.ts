import { COLOR, PLATE, text, time } from '../field.ts';
import { doubt, type Finding, finding, some } from '../finding.ts';
import { DONE, type UpInterface } from '../interface.ts';
import { type JsonObject, textOf } from '../json.ts';
import { changedFaults, heard, staleFault, unansweredInRow } from '../sends.ts';
import type { Crossing, Recognition, Request, State } from '../state.ts';
import { instantOf } from '../wire-time.ts';

const SAME = ['deviceNo', 'plateNumber', 'color', 'crossTime'];

function crossingOf({ fields }: Request, state: State): Crossing {
  const uuid = textOf(fields, 'uuid');
  const known = state.crossings.get(uuid);
  if (known) return known;
  const crossing: Crossing = {
    ...{ fields, uuid, sends: [], received: false },
    ...{ deviceNo: textOf(fields, 'deviceNo'), plateNumber: textOf(fields, 'plateNumber') },
    ...{ color: textOf(fields, 'color'), crossTime: textOf(fields, 'crossTime') },
  };
  state.crossings.set(uuid, crossing);
  return crossing;
}

/** What the recognition that let it through has against a crossing, told or fetched. */
export function againstRecognition(
  fields: JsonObject,
  recognition: Pick<Recognition, 'recognitionTime' | 'deviceNo' | 'plateNumber' | 'color'>,
): Finding[] {
  const { recognitionTime } = recognition;
  const crossTime = textOf(fields, 'crossTime');
  return [
    ...some(
      crossTime < recognitionTime &&
        finding('time', `crossTime ${crossTime} is before recognitionTime ${recognitionTime}`, 'crossTime'),
    ),
    // A plate may be put right by hand, and a lane may have more than one reader.
    ...(['deviceNo', 'plateNumber', 'color'] as const)
      .filter((name) => fields[name] !== recognition[name])
      .map((name) =>
        doubt('changed', `${name} was read as ${recognition[name]} and crosses as ${textOf(fields, name)}`, name),
      ),
  ];
}

/** A car presses the anti-smash loop. */
export const receiveCrossGate: UpInterface = {
  name: 'receiveCrossGate',
  fields: [text('deviceNo'), text('uuid'), PLATE, COLOR, time('crossTime')],
  relations({ fields }, state) {
    const uuid = textOf(fields, 'uuid');
    const plate = textOf(fields, 'plateNumber');
    const recognition = state.recognitions.get(uuid);
    const crossed = instantOf(textOf(fields, 'crossTime')) ?? 0;
    const sent = instantOf(textOf(fields, 'time')) ?? 0;
    return some(
      plate === '' && fields['color'] !== 'other' && finding('code', 'a plate that was not read is not other', 'color'),
      crossed > sent && finding('time', 'crossTime is after the time of sending', 'crossTime'),
      // What was read while nobody listened turns up when the failed ones are fetched.
      !recognition &&
        plate !== '' &&
        !state.missed &&
        finding('unknown-uuid', `${plate} crosses as ${uuid}, which was never read`, 'uuid'),
      ...(recognition ? againstRecognition(fields, recognition) : []),
    );
  },
  objections({ fields, ms }, state) {
    const uuid = textOf(fields, 'uuid');
    const known = state.crossings.get(uuid);
    const offered = state.offered.crossing.has(uuid)
      ? finding('after-offered', `the crossing of ${uuid} was fetched as not pushed, and is pushed`)
      : undefined;
    if (!known) return some(offered);
    const row = unansweredInRow(known);
    return [
      ...changedFaults(known, fields, SAME),
      ...some(
        offered,
        staleFault(known, textOf(fields, 'time'), ms),
        heard(known) && finding('repeat', `the crossing of ${known.uuid} was answered, and is told again`),
        row >= state.pace.tries && finding('tries', `the crossing of ${known.uuid} is told for the ${row + 1}th time`),
      ),
    ];
  },
  told: crossingOf,
  process(request, state) {
    crossingOf(request, state).received = true;
    return DONE;
  },
};
