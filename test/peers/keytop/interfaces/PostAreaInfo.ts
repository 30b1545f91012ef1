import { code, count, int, list, PARK, text } from '../field.ts';
import { doubt, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { numberOf, rowsOf, textOf } from '../json.ts';
import { againDaily } from '../objections.ts';
import { DONE } from '../style.ts';
import { dayOf } from '../wire-time.ts';

/** 上行1.2, once a day, all areas. */
export const PostAreaInfo: UpInterface = {
  name: 'PostAreaInfo',
  fields: [
    PARK,
    text('parkName'),
    text('parkArea', { format: 'digits' }),
    count('totalPlaceCount'),
    list('areaInfo', [int('areaCode'), text('areaName'), code('areaType', 'areaType'), count('placeCount')]),
  ],
  ...{ kind: 'report', ordered: false },
  key: (_fields, { at }) => dayOf(at),
  again: againDaily,
  relations({ fields }, state) {
    const areas = rowsOf(fields['areaInfo']);
    const number = Number(textOf(fields, 'parkArea'));
    const places = areas.reduce((sum, area) => sum + numberOf(area, 'placeCount'), 0);
    const total = numberOf(fields, 'totalPlaceCount');
    const told = state.parking;
    return some(
      number !== areas.length && finding('sum', `parkArea ${number} with ${areas.length} areas`, 'parkArea'),
      new Set(areas.map((area) => area['areaCode'])).size !== areas.length &&
        finding('sum', 'an areaCode is there twice', 'areaCode'),
      places !== total && doubt('sum', `areas of ${places} places in a park of ${total}`, 'totalPlaceCount'),
      told !== null &&
        numberOf(told, 'parkArea') !== number &&
        doubt('sum', `parkArea ${number} beside ${numberOf(told, 'parkArea')} of PostParkingInfo`, 'parkArea'),
    );
  },
  process({ fields }, state) {
    state.areas = fields;
    return { answer: DONE };
  },
};
