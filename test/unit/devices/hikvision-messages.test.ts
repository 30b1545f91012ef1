import { describe, expect, it } from 'vitest';
import { readPush } from '../../../electron/station/devices/hikvision/endpoint.ts';
import {
  deviceInfoOf,
  gateBody,
  gateStateOf,
  inputStateOf,
  parseEvent,
  timeOf,
  unlockMs,
  verdictOf,
} from '../../../electron/station/devices/hikvision/messages.ts';
import { plateOf } from '../../../electron/station/devices/hikvision/plate-map.ts';
import { tinyJpeg } from '../../peers/jpeg.ts';
import { HIK_BOUNDARY, HIK_EVENT, hikForm } from './hikvision-samples.ts';

const form = (body: Buffer) => readPush({ body, contentType: `multipart/form-data; boundary=${HIK_BOUNDARY}` });

describe('the push of the specification', () => {
  it('is read, with its picture', () => {
    const { event, pictures } = form(hikForm(HIK_EVENT, [tinyJpeg()]));
    expect(event).toEqual({
      ...{ mac: '44:19:b6:00:00:01', ip: '192.168.1.64', channel: 1, type: 'anpr', uuid: 'b6c0f7a2-0001' },
      ...{ dateTime: '2026-11-22T09:30:00+08:00', at: Date.UTC(2026, 10, 22, 1, 30) },
      anpr: {
        ...{ licensePlate: '粤B12345', plateColor: 'blue', plateType: '92TypeCivil', direction: 'forward' },
        ...{ confidence: 97, stored: false, hadOpened: false, parts: 1, urls: [], hasMore: false },
      },
    });
    expect(pictures.map((each) => Buffer.from(each))).toEqual([tinyJpeg()]);
  });

  it('is read whatever its content type says, by itself, with the other namespace and with prefixes', () => {
    const body = hikForm(HIK_EVENT, []);
    for (const contentType of ['', 'application/octet-stream', 'multipart/form-data'])
      expect(readPush({ body, contentType }).event?.uuid).toBe('b6c0f7a2-0001');
    const other = HIK_EVENT.replace('www.isapi.org', 'www.hikvision.com');
    expect(readPush({ body: Buffer.from(other), contentType: 'application/xml' }).event?.anpr?.licensePlate).toBe(
      '粤B12345',
    );
    const prefixed = HIK_EVENT.replace(/<(\/?)(?=[A-Za-z])/g, '<$1h:');
    expect(parseEvent(prefixed)?.anpr?.licensePlate).toBe('粤B12345');
  });

  it('is none when it is cut off anywhere', () => {
    const body = hikForm(HIK_EVENT, []);
    const end = body.indexOf('</EventNotificationAlert>');
    for (let length = 0; length < end + 24; length += 7) expect(form(body.subarray(0, length)).event).toBeNull();
  });
});

it.each([
  ['0', false],
  ['1', true],
  ['2', true],
  ['true', true],
  ['', false],
])('alarmDataType %j: kept from before: %s', (value, stored) => {
  const xml = HIK_EVENT.replace('<alarmDataType>0<', `<alarmDataType>${value}<`);
  expect(parseEvent(xml)?.anpr?.stored).toBe(stored);
});

it('says how many pictures follow, and where others are to be fetched', () => {
  const info = /<pictureInfo>.*<\/pictureInfo>/.exec(HIK_EVENT)?.[0] ?? '';
  const byUrl = info.replace(
    '<dataType>0</dataType>',
    '<dataType>1</dataType><pictureURL>http://a/b?c&amp;d</pictureURL>',
  );
  expect(parseEvent(HIK_EVENT.replace(info, info + byUrl))?.anpr).toMatchObject({ parts: 1, urls: ['http://a/b?c&d'] });
  const alone = HIK_EVENT.replace(/<pictureInfoList>.*<\/pictureInfoList>/, '<hasMoreData>true</hasMoreData>');
  expect(parseEvent(alone.replace('<picNum>1<', '<picNum>0<'))?.anpr?.parts).toBe(0);
  expect(parseEvent(alone.replace('<hasMoreData>true</hasMoreData>', ''))?.anpr?.parts).toBe(1);
});

it.each([
  ['粤B12345', 'blue', '92TypeCivil', '粤B12345', 'blue'],
  ['粤BD12345', 'newEnergyGreen', 'newEnergy', '粤BD12345', 'green'],
  ['粤B12345D', 'newEnergyYellowGreen', 'newEnergy', '粤B12345D', 'yellow-green'],
  ['民航B1234', 'civilAviationGreen', 'civilAviation', '民航B1234', 'green'],
  ['粤B1234警', 'other', 'arm', '粤B1234警', 'white'],
  ['粤Z1234港', 'unknown', 'hongKongMacao', '粤Z1234港', 'black'],
  ['蓝粤B12345', 'blue', '', '粤B12345', 'blue'],
  ['ABC', 'purple', 'someday', 'ABC', 'unknown'],
])('plate %s in %s, %s', (license, color, type, text, ours) => {
  expect(plateOf(license, color, type)).toMatchObject({ text, color: ours });
});

it.each(['unknown', 'Unknown', '无车牌', '', '  '])('%j is a car whose plate was not read', (license) => {
  expect(plateOf(license, 'blue', '92TypeCivil').kind).toBe('unread');
});

const status = (code: number, sub: string): string =>
  `<ResponseStatus version="2.0" xmlns="x"><requestURL>/a</requestURL><statusCode>${code}</statusCode><statusString>S</statusString><subStatusCode>${sub}</subStatusCode></ResponseStatus>`;

it.each([
  [200, status(1, 'ok'), 'done'],
  [200, '', 'done'],
  [200, status(4, 'notSupport'), 'unsupported'],
  [403, status(4, 'notSupport'), 'unsupported'],
  [404, '<html><body>404</body></html>', 'unsupported'],
  [403, status(4, 'lowPrivilege'), 'refused'],
  [503, status(2, 'deviceBusy'), 'refused'],
  [400, status(6, 'badParameters'), 'refused'],
  [500, status(3, 'deviceError'), 'unclear'],
  [403, 'Forbidden', 'refused'],
  [500, 'oops', 'unclear'],
  [200, 'who knows', 'unclear'],
])('an answer %i %s is %s', (code, xml, verdict) => {
  expect(verdictOf(code, xml).verdict).toBe(verdict);
});

it('reads what else the camera tells', () => {
  expect(unlockMs('<userCheck><lockStatus>lock</lockStatus><unlockTime>1800</unlockTime></userCheck>')).toBe(1_800_000);
  expect(unlockMs('<userCheck><lockStatus>unlock</lockStatus><unlockTime>0</unlockTime></userCheck>')).toBeNull();
  expect(unlockMs('<userCheck><lockStatus>lock</lockStatus></userCheck>')).toBe(1_800_000);
  expect(timeOf('2026-11-22T09:30:00')).toBe(Date.UTC(2026, 10, 22, 1, 30));
  expect(timeOf('2026-11-22T01:30:00Z')).toBe(Date.UTC(2026, 10, 22, 1, 30));
  expect(timeOf('1970-01-01T08:00:01+08:00')).toBe(1_000);
  for (const none of [null, '', 'soon', '2026-13-45T99:00:00']) expect(timeOf(none)).toBeNull();
  expect(inputStateOf('<IOPortStatus><ioState>active</ioState></IOPortStatus>')).toBe(true);
  expect(inputStateOf('<IOPortStatus><ioState>inactive</ioState></IOPortStatus>')).toBe(false);
  expect(inputStateOf('<IOPortStatus/>')).toBeNull();
  expect([0, 1, 2, 3].map((n) => gateStateOf(`<B><barrierGateStatus>${n}</barrierGateStatus></B>`))).toEqual([
    ...['unknown', 'closed', 'open', null],
  ]);
  expect(
    deviceInfoOf('<DeviceInfo><serialNumber>S</serialNumber><firmwareVersion>V5</firmwareVersion></DeviceInfo>'),
  ).toEqual({
    ...{ serialNumber: 'S', mac: null, firmware: 'V5' },
  });
});

it('the barrier command is that of the sample, 90 bytes', () => {
  expect(gateBody('open')).toBe(
    '<?xml version="1.0" encoding="UTF-8"?><BarrierGate><ctrlMode>open</ctrlMode></BarrierGate>',
  );
  expect(Buffer.byteLength(gateBody('open'))).toBe(90);
});
