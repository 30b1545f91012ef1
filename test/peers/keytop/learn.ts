import type { Call } from './downlink.ts';
import { numberOf, textOf } from './json.ts';
import type { State } from './state.ts';

const ADD = 0;
const DELETE = 2;

function learnBlack({ fields, row }: Call, state: State): void {
  const blackId = numberOf(row ?? {}, 'blackId');
  const [plate, remark] = [textOf(fields, 'plateNo'), textOf(fields, 'remark')];
  const known = state.blacks.get(blackId);
  const controlType = Number(fields['controlType']);
  if (controlType === ADD) state.blacks.set(blackId, { blackId, plate, remark, deleted: false });
  else if (known && controlType === DELETE) known.deleted = true;
  else if (known) {
    if (plate !== '') known.plate = plate;
    known.remark = remark;
  }
}

/** What the third party knows because the car park answered 0. */
export function learn(call: Call, state: State): void {
  if (!call.ok) return;
  if (call.interface === 'BlackListControl') learnBlack(call, state);
  if (call.interface !== 'RecordDensityPay') return;
  const plate = textOf(call.fields, 'plateNo');
  const stay = state.stays.inside(plate);
  if (stay) stay.signed = true;
  else state.signed.add(plate);
}
