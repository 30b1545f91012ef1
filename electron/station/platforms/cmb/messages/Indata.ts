import { z } from 'zod';
import type { Stay } from '../../../../../shared/domain/stay.ts';
import { Refused } from '../../define-message.ts';
import { code, text } from '../../wire-fields.ts';
import { noteAutoPay, toldAutoPaySchema } from '../bindings.ts';
import {
  AUTH_TYPES,
  authType,
  CAR_TYPES,
  COLORS,
  carType,
  MODELS,
  POWER_TYPES,
  plateColor,
  powerType,
} from '../codes.ts';
import type { CmbSettings } from '../config.ts';
import { up } from '../define.ts';
import { gate, gateOf, noGate, recordId, seconds, toSeconds, vplNumber, vplOf } from '../fields.ts';

const schema = z.strictObject({
  /** Null: the lane had no number that may be sent when the car came in; it is looked up again. */
  in_code: gate.nullable(),
  vpl_number: vplNumber,
  record_id: recordId,
  in_time: seconds,
  car_type: code(CAR_TYPES),
  power_type: code(POWER_TYPES),
  body_color: code(COLORS).nullable(),
  plate_color: code(COLORS).nullable(),
  logo: z.string().max(40),
  auth_type: code(AUTH_TYPES),
  model: code(MODELS),
  owner: z.string().max(60),
  /** Ours, not sent: the lane. */
  in_lane: text(60),
});

/**
 * A vehicle entered. Its answer may tell whether the owner agreed to be charged (无感). The owner's name stays here: the field is
 * optional, and the bank needs no names.
 */
export const Indata = up({
  name: 'Indata',
  title: '进车上报',
  section: '5.3',
  schema,
  sample: {
    in_code: 1,
    vpl_number: '京A12311',
    record_id: '20180917113202192',
    in_time: 1_537_155_122,
    car_type: 1,
    power_type: 1,
    body_color: null,
    plate_color: 0,
    logo: '',
    auth_type: 0,
    model: 0,
    owner: '',
    in_lane: 'in1',
  },
  from: {
    'vehicle-entered': ({ body: { stay } }, { settings }) => reading(stay, stay.entryRecordId, settings),
    'plate-corrected': ({ body: { stay }, seq }, { settings }) => again(stay, seq, settings),
    'stay-corrected': ({ body: { what, stay }, seq }, { settings }) =>
      what === 'plate' ? again(stay, seq, settings) : undefined,
  },
  wire: ({ in_lane, in_code, ...rest }, { settings }) => {
    const code = in_code ?? gateOf({ id: in_lane, number: 0 }, settings);
    return code === undefined ? new Refused(noGate(in_lane)) : { in_code: code, ...rest };
  },
  answered: ({ data }, { vpl_number, record_id }, context) => {
    const told = toldAutoPaySchema.safeParse(data);
    if (told.success) noteAutoPay(context, { plate: vpl_number, uid: record_id }, told.data);
  },
});

/** The plate was put right while the car is inside; there is no interface for that, so it is the site's choice. */
function again(stay: Stay | null, seq: number, settings: CmbSettings) {
  if (settings.correctedEntry !== 'resend' || stay?.status !== 'inside') return undefined;
  return reading(stay, `${stay.entryRecordId}-${seq}`, settings);
}

function reading(stay: Stay, id: string, settings: CmbSettings) {
  return {
    recordId: id,
    key: stay.uid,
    body: {
      in_code: gateOf(stay.entryLane, settings) ?? null,
      vpl_number: vplOf(stay),
      record_id: stay.uid,
      in_time: toSeconds(stay.enteredAt),
      car_type: carType(stay.plate, stay.vehicleClass),
      power_type: powerType(stay.plate),
      body_color: null,
      plate_color: plateColor(stay.plate),
      logo: '',
      auth_type: authType(stay.terms),
      model: 0,
      owner: '',
      in_lane: stay.entryLane.id,
    },
  };
}
