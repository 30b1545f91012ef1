import { expect, it } from 'vitest';
import { canonical, plateResult, readOf } from '../../../electron/station/devices/vzenith-results.ts';
import { PLATE_PUSH } from './vzenith-samples.ts';

const about = { deviceId: 'cam1', serialNo: 's', receivedAt: 1_795_311_000_000, photo: null };
/** What the push of the specification says, with other outputs. */
const read = (gioouts: unknown) => {
  const text = PLATE_PUSH.replace('"gioouts":[{"ionum":0,"ctrltype":0}]', `"gioouts":${JSON.stringify(gioouts)}`);
  const { AlarmInfoPlate } = JSON.parse(text) as { AlarmInfoPlate: { result: { PlateResult: unknown } } };
  return readOf(plateResult.parse(canonical(AlarmInfoPlate.result.PlateResult)), about);
};

it.each([
  ['nothing moved', [{ ionum: 0, ctrltype: 0 }], undefined],
  ['the server opened', [{ ionum: 0, ctrltype: 1 }], undefined],
  ['its own list opened', [{ ionum: 0, ctrltype: 2 }], true],
  [
    'its own list opened by the second output',
    [
      { ionum: 0, ctrltype: 0 },
      { ionum: 1, ctrltype: '2' },
    ],
    true,
  ],
  ['something else stands there', 'x', undefined],
  ['something else stands in it', [null, { ionum: 0 }, { ctrltype: {} }], undefined],
])('a camera of 臻识 of whose outputs is told that %s', (_what, gioouts, opened) => {
  expect(read(gioouts)).toMatchObject({ plate: { text: '粤B12345' } });
  expect(read(gioouts).openedByCamera).toBe(opened);
});
