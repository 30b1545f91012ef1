import { CARD, maybe, PARK, PICTURE, PLATE, slash, text } from '../field.ts';
import { doubt, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { textOf } from '../json.ts';
import { stayFaults } from '../stay-rules.ts';
import { plateOf, stayKey } from '../stays.ts';

/** 上行2.1, every entry; the answer signs the stay for seamless payment. */
export const PostCarInInfo: UpInterface = {
  name: 'PostCarInInfo',
  fields: [
    PARK,
    PLATE,
    CARD,
    slash('entryTime'),
    text('entryPlace'),
    PICTURE,
    maybe('vplType', { codes: 'vplType' }),
    maybe('vplColor', { codes: 'vplColor' }),
  ],
  ...{ kind: 'report', ordered: true },
  key: (fields) => stayKey(fields),
  stay: (fields) => stayKey(fields),
  relations(request, state) {
    const { fields } = request;
    const plate = plateOf(textOf(fields, 'plateNo'));
    const other = plate === '' ? undefined : state.stays.inside(plate);
    const isOther = other?.entry !== null && other?.key !== stayKey(fields);
    return [
      ...stayFaults(request, ['entryTime']),
      ...some(other && isOther && doubt('unknown-stay', `${other.plate} comes in, and never left after ${other.key}`)),
    ];
  },
  process({ fields }, state) {
    const stay = state.stays.of(fields);
    const { signed, delayMs } = state.will(stay.plate, stay.card);
    stay.entry = fields;
    stay.signed = stay.signed || signed;
    return { answer: { resCode: 0, resMsg: '', rows: [{ IsDensityPay: stay.signed ? 1 : 0 }] }, delayMs };
  },
};
