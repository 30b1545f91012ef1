import { CARD, dash, maybe, PARK, text } from '../field.ts';
import { doubt, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { textOf } from '../json.ts';
import { askedAgain } from '../objections.ts';
import { heard } from '../sends.ts';
import { stayKey } from '../stays.ts';
import { type Answer, refusal } from '../style.ts';
import type { FeeWill } from '../wills.ts';
import { momentOf } from '../wire-time.ts';

function answerOf(will: FeeWill): Answer {
  if (will.kind === 'refuse') return refusal(will.resMsg ?? '无法计费');
  if (will.kind === 'missing') return { resCode: 0, resMsg: '', rows: [{}] };
  return { resCode: 0, resMsg: '', rows: [{ payMoney: will.as === 'string' ? String(will.fen) : will.fen }] };
}

/** 上行5.3: the third party says what a stay costs. */
export const AutonomousCalfee: UpInterface = {
  name: 'AutonomousCalfee',
  fields: [PARK, maybe('plateNo'), CARD, dash('entryTime'), text('entryPlace'), dash('leaveTime'), text('leavePlace')],
  ...{ kind: 'ask', ordered: false },
  key: (fields) => ['plateNo', 'cardNo', 'entryTime'].map((name) => textOf(fields, name)).join('|'),
  // A fee is needed again and again; only after a failure nobody but a person asks once more.
  again: (told, request, state) =>
    heard({ ...told, sends: told.sends.slice(-1) }) ? [] : askedAgain(told, request, state),
  relations({ fields }, state) {
    return some(
      fields['plateNo'] === '' && fields['cardNo'] === '' && finding('presence', 'neither plateNo nor cardNo'),
      momentOf(textOf(fields, 'leaveTime')) < momentOf(textOf(fields, 'entryTime')) &&
        finding('time', 'leaveTime is before entryTime', 'leaveTime'),
      !state.missed &&
        !state.stays.find(fields)?.entry &&
        doubt('unknown-stay', `nobody told of the entry of ${stayKey(fields)}`),
    );
  },
  process({ fields }, state) {
    state.feesAsked += 1;
    const parked = momentOf(textOf(fields, 'leaveTime')) - momentOf(textOf(fields, 'entryTime'));
    const usual: FeeWill = { kind: 'fen', fen: Math.ceil(parked / 60_000) * state.fenPerMinute };
    const answer = answerOf(state.fee?.(fields, state.feesAsked) ?? usual);
    return { answer, delayMs: state.will(textOf(fields, 'plateNo'), textOf(fields, 'cardNo')).delayMs };
  },
};
