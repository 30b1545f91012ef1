import { code, maybe, PARK, text } from '../field.ts';
import type { UpInterface } from '../interface.ts';
import { textOf } from '../json.ts';
import { againState } from '../objections.ts';
import { DONE } from '../style.ts';

/** 上行1.4, every device at start, before its state. */
export const PostParkingDevice: UpInterface = {
  name: 'PostParkingDevice',
  fields: [
    PARK,
    text('deviceCode'),
    maybe('deviceIp', { format: 'ip' }),
    text('deviceName'),
    code('deviceType', 'deviceType'),
  ],
  ...{ kind: 'report', ordered: false },
  key: (fields) => textOf(fields, 'deviceCode'),
  again: againState,
  relations: () => [],
  process({ fields }, state) {
    state.devices.set(textOf(fields, 'deviceCode'), fields);
    return { answer: DONE };
  },
};
