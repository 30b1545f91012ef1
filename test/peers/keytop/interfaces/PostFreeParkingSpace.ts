import { count, int, list, PARK, text } from '../field.ts';
import { doubt, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { numberOf, rowsOf } from '../json.ts';
import { DONE } from '../style.ts';

const TOLERANCE_MS = 100;

/** 上行2.5, whenever a number of free places changes. */
export const PostFreeParkingSpace: UpInterface = {
  name: 'PostFreeParkingSpace',
  fields: [
    PARK,
    count('freeSpaceNum'),
    count('totalSpaceNum'),
    list('areaInfo', [int('areaCode'), text('areaName'), count('areaFreeSpaceNum')]),
  ],
  ...{ kind: 'report', ordered: false },
  key: (_fields, { ms }) => String(ms),
  relations({ fields, at }, state) {
    const [free, total] = ['freeSpaceNum', 'totalSpaceNum'].map((name) => numberOf(fields, name));
    const areas = rowsOf(fields['areaInfo']);
    const sum = areas.reduce((all, area) => all + numberOf(area, 'areaFreeSpaceNum'), 0);
    const before = state.freeSpaces.at(-1);
    const places = state.parking && numberOf(state.parking, 'placeCount');
    return some(
      (free ?? 0) > (total ?? 0) && finding('sum', `${free} of ${total} places are free`, 'freeSpaceNum'),
      areas.length > 0 && sum !== free && doubt('sum', `areas have ${sum} free, all have ${free}`, 'areaInfo'),
      places !== null && places !== total && doubt('sum', `${total} places beside ${places}`, 'totalSpaceNum'),
      before &&
        at - before.at < state.pace.spacesMs - TOLERANCE_MS &&
        doubt('pace', `free places are told after ${at - before.at} ms again`),
      before &&
        !state.starts.some((start) => start >= before.at) &&
        JSON.stringify(before.fields) === JSON.stringify(fields) &&
        doubt('repeat', 'free places are told without a change'),
    );
  },
  process({ fields, at }, state) {
    return {
      answer: DONE,
      settled(result) {
        if (result === 'heard') state.freeSpaces.push({ at, fields });
      },
    };
  },
};
