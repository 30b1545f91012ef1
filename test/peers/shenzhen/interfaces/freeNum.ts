import { ACCESS_KEY, DATA_SOURCE, PARK_CODE, SIGNATURE_FIELD, TIMESTAMP, whole } from '../field.ts';
import { doubt, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';

/** 6.3.11: how many spaces are free. */
export const freeNum: UpInterface = {
  name: 'freeNum',
  fields: [ACCESS_KEY, TIMESTAMP, PARK_CODE, whole('freeNum', 4), DATA_SOURCE, SIGNATURE_FIELD],
  kind: 'newest',
  everyMs: ({ everyMs }) => everyMs,
  key: () => '',
  subject: () => '',
  relations({ fields, ms }, { pace, carPark }, told) {
    const free = Number(fields['freeNum']);
    const last = told?.sends.at(-1);
    const gap = last ? ms - last.ms : Number.POSITIVE_INFINITY;
    const total = Number(carPark?.['totalSpace'] ?? Number.NaN);
    return some(
      free < 0 && finding('format', 'freeNum is below 0', 'freeNum'),
      free > total && doubt('sum', `${free} of ${total} spaces are free`, 'freeNum'),
      last?.result === 'heard' &&
        !last.forgotten &&
        gap < pace.freeNumMs - pace.toleranceMs &&
        finding('pace', `freeNum came ${Math.round(gap)} ms after the last one`),
    );
  },
  process({ fields, at }, state) {
    state.freeSpaces = { count: Number(fields['freeNum']), at };
  },
};
