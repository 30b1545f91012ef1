import { expect, it } from 'vitest';
import { attachPath, openPath } from '../../../electron/station/devices/dahua/cgi.ts';
import { momentOf, readEvents, readPush } from '../../../electron/station/devices/dahua/messages.ts';
import { plateOf } from '../../../electron/station/devices/dahua/plate-map.ts';
import { loginAnswer } from '../../../electron/station/devices/dahua/rpc.ts';
import { readMultipart } from '../../../electron/station/devices/multipart.ts';
import { tinyJpeg } from '../../peers/jpeg.ts';

/** The sample of the specification. */
const EVENT = [
  'Events[0].EventBaseInfo.Code=TrafficJunction',
  'Events[0].EventBaseInfo.Action=Pulse',
  'Events[0].EventBaseInfo.Index=0',
  'Events[0].EventID=5012',
  'Events[0].GroupID=5012',
  'Events[0].CountInGroup=1',
  'Events[0].IndexInGroup=1',
  'Events[0].UTC=1795311000',
  'Events[0].UTCMS=120',
  'Events[0].Lane=1',
  'Events[0].TrafficCar.PlateNumber=粤B12345',
  'Events[0].TrafficCar.PlateColor=Blue',
  'Events[0].TrafficCar.VehicleColor=White',
  'Events[0].OpenStrobeState=Close',
  '',
].join('\r\n');
const AT = 1_795_311_000_120;

it('reads the sample, which is as long as it says', () => {
  expect(Buffer.byteLength(EVENT)).toBe(438);
  expect(readEvents(EVENT)).toEqual([
    {
      ...{ code: 'TrafficJunction', id: '5012 1795311000.120', at: AT, isZoneOpen: true, lane: 1 },
      ...{ plate: '粤B12345', color: 'Blue', opened: false, stored: false },
    },
  ]);
  const wire = Buffer.concat([
    Buffer.from(`--myboundary\r\nContent-Type: text/plain\r\nContent-Length: 438\r\n\r\n${EVENT}\r\n`),
    Buffer.from(`--myboundary\r\nContent-Type: image/jpeg\r\nContent-Length: ${tinyJpeg().length}\r\n\r\n`),
    ...[tinyJpeg(), Buffer.from('\r\n')],
  ]);
  const [text, picture] = readMultipart(wire);
  expect(Buffer.from(text?.body ?? []).toString()).toBe(EVENT);
  expect(Buffer.from(picture?.body ?? [])).toEqual(tinyJpeg());
});

it('reads the other prefix, several events, groups, and nothing in a heartbeat', () => {
  expect(readEvents(EVENT.replaceAll('Events[', 'ReturnEvents['))).toHaveLength(1);
  expect(readEvents(EVENT + EVENT.replaceAll('[0]', '[1]').replace('5012', '5013')).map(({ id }) => id)).toEqual([
    ...['5012 1795311000.120', '5013 1795311000.120'],
  ]);
  const group = (index: number): string | undefined =>
    readEvents(EVENT.replace('CountInGroup=1', 'CountInGroup=2').replace('IndexInGroup=1', `IndexInGroup=${index}`))[0]
      ?.id;
  expect(group(1)).toBe(group(2));
  expect(readEvents('Heartbeat\r\n')).toEqual([]);
  expect(readEvents(EVENT.replace('State=Close', 'State=Auto'))[0]?.opened).toBe(true);
  expect(readEvents(`${EVENT}Events[0].IsOffline=true\r\n`)[0]?.stored).toBe(true);
  expect(readEvents('Events[0].UTC=never\r\nEvents[0].TrafficCar.PlateNumber=粤B1\r\n')[0]).toMatchObject({ at: null });
});

it.each([
  ['auto', AT, 0, 0],
  ['auto', AT + 8 * 3_600_000, 0, 0],
  ['auto', AT - 3_600_000, 0, -3_600_000],
  ['utc', AT + 8 * 3_600_000, 0, 8 * 3_600_000],
  ['local', AT + 8 * 3_600_000, 5_000_000, 0],
] as const)('%s: the moment of an event', (utc, at, ahead, offset) => {
  const [event] = readEvents(EVENT);
  if (!event) throw new Error('no event');
  expect(momentOf({ ...event, at }, utc, AT + ahead)).toBe(AT + offset);
});

const push = (more: object = {}, snap: object = {}): string =>
  JSON.stringify({
    Picture: {
      Plate: { IsExist: true, PlateNumber: '粤B12345', PlateColor: 'Blue' },
      Vehicle: { VehicleColor: 'White' },
      SnapInfo: { DeviceID: 'ITC-1', AccurateTime: '2026-11-22 09:30:00.120', LanNo: 1, OpenStrobe: false, ...snap },
      NormalPic: { PicName: 'a.jpg', Content: 'QUJD' },
      CutoutPic: { PicName: 'b.jpg', Content: '' },
      ...more,
    },
  });

it('reads pushes, with numbers or without, and what is none', () => {
  expect(readPush(push())).toEqual({
    ...{ deviceId: 'ITC-1', name: null, pictures: ['QUJD'] },
    event: {
      ...{
        code: 'TrafficJunction',
        id: '2026-11-22 09:30:00.120 1 粤B12345',
        at: Date.UTC(2026, 10, 22, 1, 30, 0, 120),
      },
      ...{ isZoneOpen: false, plate: '粤B12345', color: 'Blue', lane: 1, opened: false, stored: false },
    },
  });
  expect(readPush(push({ Plate: { IsExist: false, PlateNumber: '旧' } }))?.event?.plate).toBe('');
  expect(readPush(push({}, { OpenStrobe: true, OfflineFlag: 1 }))?.event).toMatchObject({ opened: true, stored: true });
  expect(readPush(push({}, { DeviceID: 7, AccurateTime: null }))).toMatchObject({ deviceId: '7', event: { at: null } });
  expect(readPush('{"Active":"keepAlive","DeviceID":"ITC-1"}')).toMatchObject({ deviceId: 'ITC-1', event: null });
  for (const none of ['', 'hello', '[]', '{"Picture":7}']) expect(readPush(none)).toBeNull();
});

it.each([
  ['粤B12345', 'Blue', 'blue'],
  ['粤BD12345', 'ShadowGreen', 'green'],
  ['粤B12345D', 'Yellow-Green', 'yellow-green'],
  ['粤B12345', 'Other', 'unknown'],
])('plate %s in %s', (plate, color, ours) => {
  expect(plateOf(plate, color)).toMatchObject({ text: plate, color: ours });
});
it.each(['', 'Unknown', '无牌车'])('%j is a car whose plate was not read', (plate) => {
  expect(plateOf(plate, 'Blue').kind).toBe('unread');
});

it('answers the challenge of the specification', () => {
  const login = { user: 'admin', realm: 'Login to DEMO1234', password: 'Abc12345' };
  expect(loginAnswer(login, '305419896')).toBe('A945B0804F83FA7EC7CECF4A7418567A');
});

it('asks as the specification says first, and then the same with brackets escaped', () => {
  const ways = [0, 1, 2, 3].map((turn) => attachPath(1, turn));
  expect(ways[0]).toBe(
    '/cgi-bin/snapManager.cgi?action=attachFileProc&channel=1&heartbeat=5&Flags[0]=Event&Events=[TrafficJunction]',
  );
  expect(new Set(ways).size).toBe(4);
  expect(new Set(ways.map(decodeURIComponent))).toEqual(new Set([ways[0]]));
  expect(attachPath(1, 4)).toBe(ways[0]);
  expect(openPath(1)).toBe(
    '/cgi-bin/trafficSnap.cgi?action=openStrobe&channel=1&info.openType=Normal&info.plateNumber=',
  );
});
