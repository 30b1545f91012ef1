import { ACCESS_KEY, coded, instant, SIGNATURE_FIELD, TIMESTAMP, text, whole } from '../field.ts';
import { doubt, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { futureFault } from '../rules.ts';
import { instantOf } from '../wire-time.ts';

const SEQUENCE_DIGITS = 19;

/** 6.3.2: a berth changed between free and occupied, and a full set at start. */
export const berthInfo: UpInterface = {
  name: 'berthInfo',
  fields: [
    ...[ACCESS_KEY, text('berthCode', 36), coded('positionType', 'positionType'), instant('reportTime')],
    ...[coded('state', 'berthState'), whole('sequence', SEQUENCE_DIGITS, { required: false }), TIMESTAMP],
    SIGNATURE_FIELD,
  ],
  unsigned: ['image'],
  kind: 'newest',
  key: ({ berthCode = '' }) => berthCode,
  subject: ({ berthCode = '' }) => berthCode,
  relations({ fields, at }, state, told) {
    const { berthCode = '', reportTime = '', sequence, state: now } = fields;
    const berth = state.berths.get(berthCode);
    const last = told?.sends.at(-1);
    const isRestart = last !== undefined && (state.startedSince(last.ms) || last.forgotten);
    const news = berth && !(berth.state === now && berth.reportTime === reportTime);
    const sequenceFault =
      berth && sequence !== undefined && berth.sequence !== null && Number(sequence) - berth.sequence < (news ? 1 : 0);
    const overtaken = last !== undefined && last.fields['reportTime'] !== reportTime;
    const late = last ? last.at - instantOf(reportTime) : 0;
    const hadFailed = told?.sends.some(({ result }) => result !== 'heard') || state.missed;
    // What it told in between may have been heard for all that the car park can know, so that it must say that it turned back.
    const isDoubtful = last !== undefined && last.result !== 'heard';
    return some(
      futureFault('reportTime', fields, at),
      news &&
        berth.state === now &&
        !isRestart &&
        !isDoubtful &&
        finding('repeat', `${berthCode} is still ${now}`, 'state'),
      sequenceFault &&
        (isRestart ? doubt : finding)(
          'sequence',
          `sequence ${sequence} of ${berthCode} after ${berth.sequence}`,
          'sequence',
        ),
      news &&
        instantOf(reportTime) < instantOf(berth.reportTime) &&
        finding('stale', `${berthCode} was seen later than that already`, 'reportTime'),
      overtaken &&
        late > state.pace.toleranceMs + OVERTAKEN_MS &&
        (hadFailed ? finding : doubt)(
          'newest',
          `the state of ${berthCode} before this one was told ${Math.round(late / 1_000)} s after this one was seen`,
          'reportTime',
        ),
    );
  },
  process({ fields }, { berths }) {
    const { berthCode = '', reportTime = '', sequence, state } = fields;
    const berth = berths.get(berthCode);
    const now = {
      ...{ state: state === '1' ? ('1' as const) : ('0' as const), reportTime },
      sequence: sequence === undefined ? null : Number(sequence),
    };
    const isSame = berth?.state === now.state && berth.reportTime === reportTime;
    if (berth) Object.assign(berth, now);
    else berths.set(berthCode, { berthCode, ...now, history: [fields] });
    if (berth && !isSame) berth.history.push(fields);
  },
};

/** A message may be under way when the next change is seen. */
const OVERTAKEN_MS = 3_000;
