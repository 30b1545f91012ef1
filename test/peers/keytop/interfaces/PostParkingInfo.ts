import { count, PARK, text } from '../field.ts';
import type { UpInterface } from '../interface.ts';
import { againDaily } from '../objections.ts';
import { DONE } from '../style.ts';
import { dayOf } from '../wire-time.ts';

/** 上行1.1, once a day. */
export const PostParkingInfo: UpInterface = {
  name: 'PostParkingInfo',
  fields: [PARK, text('parkName'), count('parkArea'), count('placeCount')],
  ...{ kind: 'report', ordered: false },
  key: (_fields, { at }) => dayOf(at),
  again: againDaily,
  relations: () => [],
  process({ fields }, state) {
    state.parking = fields;
    return { answer: DONE };
  },
};
