import { code, maybe, PARK, text } from '../field.ts';
import { doubt, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { textOf } from '../json.ts';
import { againState } from '../objections.ts';
import { DONE } from '../style.ts';

/** 上行1.3, every device at start, then what changes. */
export const PostDeviceState: UpInterface = {
  name: 'PostDeviceState',
  fields: [
    PARK,
    text('deviceCode'),
    text('deviceName'),
    code('deviceType', 'deviceType'),
    text('status'),
    maybe('remark'),
  ],
  ...{ kind: 'report', ordered: false },
  key: (fields) => textOf(fields, 'deviceCode'),
  again: againState,
  relations({ fields }, state) {
    const deviceCode = textOf(fields, 'deviceCode');
    const known = state.devices.get(deviceCode);
    const status = textOf(fields, 'status');
    return some(
      !known && !state.missed && finding('device', `${deviceCode} has a state before it is told of`, 'deviceCode'),
      ...['deviceName', 'deviceType'].map((name) =>
        known && known[name] !== fields[name]
          ? doubt('device', `${name} of ${deviceCode} was ${String(known[name])}, is ${String(fields[name])}`, name)
          : undefined,
      ),
      status === '0' &&
        textOf(fields, 'remark') !== '' &&
        doubt('device', `${deviceCode} is in order, with a fault text`, 'remark'),
      status !== '0' && textOf(fields, 'remark') === '' && doubt('device', `${deviceCode} has a fault without words`),
    );
  },
  process({ fields }, state) {
    state.deviceStates.set(textOf(fields, 'deviceCode'), fields);
    return { answer: DONE };
  },
};
