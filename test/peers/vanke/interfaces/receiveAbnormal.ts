import { type Abnormal, isOfDevice } from '../abnormals.ts';
import { ABNORMAL } from '../codes.ts';
import { OPTIONAL, text } from '../field.ts';
import { doubt, type Finding, finding, some } from '../finding.ts';
import { DONE, type UpInterface } from '../interface.ts';
import { textOf } from '../json.ts';
import { heard, staleFault } from '../sends.ts';
import type { Request, State } from '../state.ts';

/** Told again so soon after it was given up, nothing can have shown that the network is back. */
const GIVEN_UP_MS = 5_000;

function repeatFault(newest: Abnormal, { ms }: Request, { pace, missed }: State): Finding | undefined {
  const answered = heard(newest);
  if (!answered || newest.recovered) return undefined;
  const since = ms - answered.ms;
  const again = isOfDevice(newest.code) ? pace.abnormalAgainMs : pace.loopMs;
  if (since >= again) return undefined;
  // Two that were kept arrive one after the other and look the same.
  const say = missed || newest.sends.length > 1 ? doubt : finding;
  return say('repeat', `${newest.msg} was answered ${Math.round(since)} ms ago, and is told again`);
}

function givenUpDoubt(known: Abnormal, { ms }: Request, state: State): Finding | undefined {
  const last = known.sends.at(-1);
  if (heard(known) || !last || !state.abnormals.kept(known, state.pace.tries)) return undefined;
  const talked = state.told.some(({ sends }) =>
    sends.some(({ result, ms: at }) => result === 'heard' && at >= last.ms),
  );
  if (talked || state.contactMs >= last.ms || ms - last.ms >= GIVEN_UP_MS) return undefined;
  return doubt('tries', `${known.msg} was given up ${Math.round(ms - last.ms)} ms ago, and is told again`);
}

/** A device that cannot be reached, or a car that stands on the loop too long. */
export const receiveAbnormal: UpInterface = {
  name: 'receiveAbnormal',
  fields: [text('abnormalCode'), text('deviceNo', OPTIONAL), text('msg')],
  relations({ fields }) {
    const [code, deviceNo, msg] = ['abnormalCode', 'deviceNo', 'msg'].map((name) => textOf(fields, name));
    const known = ABNORMAL.get(code ?? '');
    if (!known) return [finding('code', `no abnormalCode ${code}`, 'abnormalCode')];
    const match = known.pattern.exec(msg ?? '');
    const named = match?.groups?.['device'];
    return some(
      !match && finding('template', `${msg} does not follow ${known.template}`, 'msg'),
      known.ofDevice && !deviceNo && finding('presence', `${code} is about a device and names none`, 'deviceNo'),
      named !== undefined &&
        Boolean(deviceNo) &&
        named !== deviceNo &&
        finding('template', `msg names ${named}`, 'msg'),
    );
  },
  objections(request, state) {
    const { fields, ms } = request;
    const newest = state.abnormals.newest(fields);
    if (!newest) return [];
    return some(
      !heard(newest) && staleFault(newest, textOf(fields, 'time'), ms),
      repeatFault(newest, request, state),
      givenUpDoubt(newest, request, state),
      ...[state.abnormals.overtaken(newest, state.pace.tries)].map(
        (older) => older && finding('order', `${newest.msg} is told before ${older.msg}, which was kept earlier`),
      ),
    );
  },
  told: ({ fields, ms }, state) => state.abnormals.open(fields, ms),
  process({ fields, ms }, state) {
    state.abnormals.open(fields, ms).received = true;
    return DONE;
  },
  answered(told, state) {
    const abnormal = state.abnormals.all.find((one) => one === told);
    if (abnormal) state.abnormals.answered(abnormal);
  },
};
