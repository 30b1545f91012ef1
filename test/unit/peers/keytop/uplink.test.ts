import { describe, expect, test } from 'vitest';
import { encodeGb18030 } from '../../../peers/keytop/gb2312.ts';
import {
  AREAS,
  BILL,
  broken,
  CARD,
  CORRECT,
  DEVICE,
  FEE,
  IN,
  LEFT,
  NOW,
  OUT,
  QR,
  rules,
  SCAN,
  SPACES,
  STATE,
  type Written,
  world,
} from './support.ts';

describe('the fifteen posted interfaces', () => {
  test('a whole day without a fault or a doubt', async () => {
    const { thirdParty, park } = await world();
    thirdParty.plate('粤B12345').set({ signed: true });
    expect(await park.says('PostParkingInfo', { parkName: '测试车场', parkArea: 1, placeCount: 100 })).toBe(0);
    expect(await park.says('PostAreaInfo', AREAS)).toBe(0);
    expect(await park.says('PostParkingDevice', DEVICE)).toBe(0);
    expect(await park.says('PostDeviceState', STATE)).toBe(0);
    expect(await park.says('PostCarCard', CARD)).toBe(0);
    expect(await park.row('PostCarInInfo', IN)).toEqual({ IsDensityPay: 1 });
    expect(await park.says('PostFreeParkingSpace', SPACES)).toBe(0);
    expect(await park.row('AutonomousCalfee', FEE)).toEqual({ payMoney: 300 });
    expect(await park.row('GetPayQRCode', QR)).toMatchObject({ qrcode: expect.stringMatching(/^http:/), payType: 6 });
    const authCode = thirdParty.authCode('王');
    thirdParty.customer('王').scan = { kind: 'silent' };
    expect(await park.row('PayScanCode', { ...SCAN, authCode })).toMatchObject({ payType: 6 });
    expect(await park.row('PostCarOutInfo', OUT)).toEqual({ densityMoney: 500 });
    expect(await park.says('PostPayDetail', LEFT)).toBe(0);
    expect(await park.says('PostCarBillDetail', BILL)).toBe(0);
    expect([...thirdParty.violations, ...thirdParty.doubts]).toEqual([]);
    expect(thirdParty.books.differences()).toEqual([]);
    expect(thirdParty.waiting()).toEqual([]);
    expect(new Set(thirdParty.log.map((line) => line.interface)).size).toBe(13);
  });

  test('the other two: a black-listed car, and a reversal', async () => {
    const { thirdParty, park } = await world();
    park.answers['BlackListControl'] = { resCode: 0, resMsg: '', data: [{ blackId: 7 }] };
    await thirdParty.blackListControl({ plateNo: '粤B99999', remark: '违章停车', controlType: 0 });
    const black = {
      blackId: 7,
      plateNo: '粤B99999',
      remark: '违章停车',
      entryPlace: '入口1',
      entryTime: IN['entryTime'],
    };
    expect(await park.says('PostBlackInInfo', black)).toBe(0);
    expect(await park.says('PostBlackInInfo', { ...black, blackId: 8 })).toBe(1);
    expect(rules(thirdParty.violations)).toEqual(['blacklist']);
    expect(await park.says('PostCarCorrect', CORRECT)).toBe(1);
    expect(rules(thirdParty.violations)).toEqual(['blacklist', 'reversal']);
  });
});

describe('faults in the envelope', () => {
  const entry = JSON.stringify({ parkCode: '123', ...IN });
  test.each<[string, Written, string]>([
    ['PUT', { method: 'PUT' }, 'method'],
    ['another type', { contentType: 'text/plain' }, 'content-type'],
    ['no charset', { contentType: 'application/json' }, 'content-type'],
    ['a query', { query: '?a=1' }, 'query'],
    ['no credentials', { headers: {} }, 'credentials'],
    ['a wrong password', { headers: { user: 'park-up', pwd: 'kP3xw8' } }, 'credentials'],
    ['no JSON', { body: 'data=abc' }, 'envelope'],
    ['more than data', { body: '{"data":"AAAA","x":1}' }, 'envelope'],
    ['line breaks', { body: '{"data":"AAAA\\r\\nAAAA"}' }, 'base64'],
    ['another key', { key: '000000000000000000000000' }, 'cipher'],
    ['the day before', { day: '20260301' }, 'iv'],
    ['GBK bytes', { plain: encodeGb18030(entry.replace('入口1', '镕口1')) }, 'charset'],
    ['UTF-8', { plain: entry }, 'charset'],
    ['blanks in JSON', { plain: encodeGb18030(JSON.stringify(JSON.parse(entry), null, 1)) }, 'json'],
  ])('%s', async (_what, how, rule) => {
    const w = await world();
    expect(await w.park.says('PostCarInInfo', IN, how)).toBe(1);
    expect(broken(w)).toContain(rule);
    expect(w.thirdParty.state.stays.all.size).toBe(0);
  });

  test('a type in another case or with a blank is doubted only', async () => {
    const { thirdParty, park } = await world();
    expect(await park.says('PostCarInInfo', IN, { contentType: 'application/json; charset=UTF-8' })).toBe(0);
    expect([rules(thirdParty.violations), rules(thirdParty.doubts)]).toEqual([[], ['content-type']]);
  });

  test('the date of the other day is right within ten minutes of midnight, on either side', async () => {
    // 23:55 and 00:05 in China.
    for (const [at, day, said] of [
      [Date.UTC(2026, 2, 2, 15, 55), '20260303', 0],
      [Date.UTC(2026, 2, 2, 16, 5), '20260302', 0],
      [Date.UTC(2026, 2, 2, 16, 11), '20260302', 1],
    ] as const) {
      const { park } = await world({}, at);
      expect(await park.says('PostCarInInfo', IN, { day })).toBe(said);
    }
  });

  test('an interface that there is not', async () => {
    const w = await world();
    expect(await w.park.says('PostCarGone', IN)).toBe(1);
    expect(broken(w)).toEqual(['unknown-interface']);
  });
});

describe('faults in the table', () => {
  test.each<[string, string, object, string]>([
    ['a field that is missing', 'PostCarInInfo', { entryPlace: undefined }, 'presence'],
    ['a field of no table', 'PostCarInInfo', { colour: 'red' }, 'unknown-field'],
    ['another case', 'PostCarInInfo', { PlateNo: '粤B12345' }, 'unknown-field'],
    ['dashes for slashes', 'PostCarInInfo', { entryTime: '2026-03-02 09:00:00' }, 'format'],
    ['a number for a text', 'PostCarInInfo', { vplType: 2 }, 'type'],
    ['a code of no list', 'PostCarInInfo', { vplColor: '9' }, 'code'],
    ['no plate and no card', 'PostCarInInfo', { plateNo: '无牌车' }, 'presence'],
    ['no picture and no address', 'PostCarInInfo', { imgName: 'xxxxxxx.jpg' }, 'picture'],
    ['a password in an address', 'PostCarInInfo', { imgName: 'http://a:b@127.0.0.1/a.jpg' }, 'secret'],
    ['tomorrow', 'PostCarInInfo', { entryTime: '2026/03/03 09:00:00' }, 'time'],
    ['left before it came', 'PostPayDetail', { leaveTime: '2026/03/02 08:00:00' }, 'time'],
    ['yuan with a point', 'PostPayDetail', { payMoney: 5.5 }, 'type'],
    ['a code of another list', 'PostPayDetail', { payType: 111 }, 'code'],
    ['below nothing', 'PostPayDetail', { payMoney: -1 }, 'format'],
    ['sums that differ', 'PostCarBillDetail', { totalMoney: 600 }, 'sum'],
    ['free, and paid', 'PostCarBillDetail', { paidType: 1 }, 'sum'],
    ['a code of appendix 1.2', 'PostCarBillDetail', { payType: 0 }, 'code'],
    ['terminal 12', 'PostCarBillDetail', { terminalType: 12 }, 'code'],
    ['areas that are not all', 'PostAreaInfo', { parkArea: '2' }, 'sum'],
    ['an array for a text', 'PostCarCard', { plateDetails: [{ plateNo: '闽A12345', etcNo: '' }] }, 'type'],
    ['both of a pair', 'PostCarCard', { plateDetails: '[{"plateNo":"闽A12345","etcNo":"1"}]' }, 'format'],
    ['a plate that is not encoded', 'GetPayQRCode', { plateNum: '粤B12345' }, 'format'],
    ['one spelling only', 'GetPayQRCode', { deviceId: undefined }, 'spelling'],
    ['two unequal spellings', 'GetPayQRCode', { deviceId: '301' }, 'spelling'],
    ['minutes that do not fit', 'GetPayQRCode', { elapsedTime: 61 }, 'sum'],
    ['a text for minutes', 'GetPayQRCode', { elapsedTime: '60' }, 'type'],
    ['slashes for dashes', 'AutonomousCalfee', { leaveTime: '2026/03/02 10:00:00' }, 'format'],
    ['nobody', 'AutonomousCalfee', { plateNo: '' }, 'presence'],
    ['more free than there are', 'PostFreeParkingSpace', { freeSpaceNum: 101 }, 'sum'],
    ['another park', 'PostFreeParkingSpace', { parkCode: '124' }, 'park-code'],
    ['a password', 'PostDeviceState', { remark: 'kP3xw9' }, 'secret'],
    ['a state of no device', 'PostDeviceState', {}, 'device'],
  ])('%s', async (_what, name, change, rule) => {
    const all: Record<string, object> = {
      ...{ PostCarInInfo: IN, PostPayDetail: LEFT, PostCarBillDetail: BILL, PostAreaInfo: AREAS, PostCarCard: CARD },
      ...{ GetPayQRCode: QR, AutonomousCalfee: FEE, PostFreeParkingSpace: SPACES, PostDeviceState: STATE },
    };
    const w = await world();
    expect(await w.park.says(name, { ...all[name], ...change })).toBe(1);
    expect(broken(w)).toContain(rule);
  });

  test('nothing strict: noted, and done all the same', async () => {
    const w = await world();
    w.thirdParty.strict = false;
    expect(await w.park.says('PostCarInInfo', { ...IN, colour: 'red' })).toBe(0);
    expect(broken(w)).toEqual(['unknown-field']);
    expect(w.thirdParty.state.stays.all.size).toBe(1);
  });

  test('a plate outside GB 2312 arrives by its escape', async () => {
    const { thirdParty, park } = await world();
    await park.says('PostCarCard', { ...CARD, userName: '朱镕·𠮷' });
    expect(thirdParty.violations).toEqual([]);
    expect(thirdParty.state.cards.get('1')?.['userName']).toBe('朱镕·𠮷');
    expect(thirdParty.log[0]?.at).toBe(NOW);
  });
});
