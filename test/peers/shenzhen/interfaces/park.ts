import {
  ACCESS_KEY,
  coded,
  type Field,
  maybe,
  PARK_CODE,
  picture,
  SIGNATURE_FIELD,
  TIMESTAMP,
  text,
  whole,
} from '../field.ts';
import { finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';

const coordinate = (name: string): Field => ({ name, type: 'Long', required: true, format: 'coordinate' });

/** 6.3.10: the car park itself. */
export const park: UpInterface = {
  name: 'park',
  fields: [
    ...[ACCESS_KEY, TIMESTAMP, PARK_CODE, text('parkName', 100), coded('parkType', 'parkType'), text('cityCode', 20)],
    ...[text('address', 200), picture('image'), coordinate('lng'), coordinate('lat'), whole('totalSpace', 4)],
    ...[coded('free', 'free'), coded('rsType', 'rsType'), maybe('description', 100)],
    ...[coded('innerPayable', 'innerPayable'), coded('payMode', 'payMode'), coded('scope', 'scope'), SIGNATURE_FIELD],
  ],
  kind: 'static',
  key: () => '',
  subject: ({ parkCode = '' }) => parkCode,
  relations: ({ fields: { totalSpace = '0' } }) =>
    some(Number(totalSpace) < 0 && finding('format', 'totalSpace is below 0', 'totalSpace')),
  process({ fields }, state) {
    state.carPark = fields;
    // It comes at start, and with it whatever else is told at start.
    state.started();
  },
};
