import { describe, expect, test } from 'vitest';
import { jpegOfSize } from '../../../peers/jpeg.ts';
import type { Rule } from '../../../peers/qingdao/finding.ts';
import { INTERFACES } from '../../../peers/qingdao/interfaces/index.ts';
import { parseLossless } from '../../../peers/qingdao/lossless-json.ts';
import { validate } from '../../../peers/qingdao/validate.ts';
import * as samples from './samples.ts';
import { ENTRY, EXIT, FILE, HEARTBEAT, PAYMENT, PHOTO } from './samples.ts';

function broken(name: string, plain: string, form: Readonly<Record<string, string>> = {}): [Rule, string | null][] {
  const definition = INTERFACES.get(name);
  if (!definition) throw new Error(`no interface ${name}`);
  return validate(definition, parseLossless(plain), form).map((item) => [item.rule, item.field]);
}
const wrap = (data: object): string => JSON.stringify({ data });
const without = (data: object, name: string): object =>
  Object.fromEntries(Object.entries(data).filter(([key]) => key !== name));

describe('good records', () => {
  test.each([
    ['uploadCarInData', ENTRY, {}],
    ['uploadCarInData', { ...ENTRY, gateNo: '1', operatorCode: '' }, {}],
    ['uploadCarInData', { ...ENTRY, plateNo: '无车牌' }, {}],
    ['uploadCarOutData', EXIT, {}],
    ['uploadCarOutData', { ...EXIT, chargeFee: 0, shouldPay: 0 }, {}],
    ['uploadPayRecord', PAYMENT, {}],
    ['uploadPhoto', PHOTO, FILE],
    ['uploadPhoto', PHOTO, { file: jpegOfSize(375_000).toString('base64') }],
    ['uploadHeartbeat', HEARTBEAT, {}],
    ['uploadModifyCarInData', samples.MODIFY, {}],
    ['uploadModifyCarInData', { ...samples.MODIFY, operateType: 1 }, {}],
    ['uploadParkingState', samples.STATE, {}],
    ['uploadCheckRecord', samples.CHECK, {}],
    ['downloadUID', samples.DOWNLOAD, {}],
    ['uploadParkingInfo', samples.INFO, {}],
    ['uploadParkingInfo', { ...samples.INFO, inroadFeesType: '00', attachedType: '16', buildType: 3, x: '1' }, {}],
    ['applyPayment', samples.APPLY, {}],
    ['uploadFee', samples.FEE, {}],
    ['uploadFee', { ...samples.FEE, params: { ...samples.BILL, payStatus: 1, paidType: 4 } }, {}],
    ['uploadFee', { requestId: 1, success: false, params: { plateNo: '鲁B01C01', parkingCode: '1001' } }, {}],
    ['confirmPayResult', samples.PAY_RESULT, {}],
    ['confirmDeparturePayInfo', samples.CONTRACT, {}],
    ['getDeparturePayInfo', samples.QUERY, {}],
    ['uploadAbnormalBill', samples.BILL, {}],
    ['checkDailyBill', samples.DAILY, {}],
    ['checkDailyBill', { ...samples.DAILY, plateNo: '鲁B01C01' }, {}],
    ['getPayResult', samples.RESULT_QUERY, {}],
    ['cancelOverDueBill', samples.CANCEL, {}],
    ['confirmOverDueResult', samples.OVER_DUE, {}],
    ['getOverDueResult', samples.QUERY, {}],
    ['getOverDueResult', without(samples.QUERY, 'plateColor'), {}],
    ['confirmSpecialCar', samples.SPECIAL, {}],
  ])('%s', (name, data, form) => expect(broken(name, wrap(data), form)).toEqual([]));
});

describe('one planted fault, one finding', () => {
  test.each<[string, string, object, Record<string, string>, Rule, string | null]>([
    ['a mandatory field left out', 'uploadCarInData', without(ENTRY, 'arriveTime'), {}, 'presence', 'arriveTime'],
    ['a mandatory field empty', 'uploadCarInData', { ...ENTRY, arriveID: '' }, {}, 'presence', 'arriveID'],
    ['a mandatory field null', 'uploadCarOutData', { ...EXIT, outNum: null }, {}, 'presence', 'outNum'],
    ['no photo in the form', 'uploadPhoto', PHOTO, {}, 'presence', 'file'],
    ['a number as text', 'uploadCarInData', { ...ENTRY, carType: '1' }, {}, 'type', 'carType'],
    ['a text as number', 'uploadCarInData', { ...ENTRY, parkingCode: 1001 }, {}, 'type', 'parkingCode'],
    ['yuan instead of fen', 'uploadPayRecord', { ...PAYMENT, actualPay: 4.5 }, {}, 'type', 'actualPay'],
    ['a text too long', 'uploadCarInData', { ...ENTRY, gateNo: 'x'.repeat(21) }, {}, 'length', 'gateNo'],
    ['too many digits', 'uploadCarInData', { ...ENTRY, totalBerthNum: 1_000_000 }, {}, 'length', 'totalBerthNum'],
    ['a negative count', 'uploadCarInData', { ...ENTRY, freeBerthNum: -1 }, {}, 'length', 'freeBerthNum'],
    [
      'an amount above the limit',
      'uploadPayRecord',
      { ...PAYMENT, chargeFee: 1_000_000_001 },
      {},
      'length',
      'chargeFee',
    ],
    [
      'a uid too long',
      'uploadPayRecord',
      { ...PAYMENT, uid: `${'1'.repeat(44)}20260302080509123` },
      {},
      'length',
      'uid',
    ],
    ['a colour of no list', 'uploadCarInData', { ...ENTRY, plateColor: 0 }, {}, 'code', 'plateColor'],
    ['a scenario of no list', 'uploadPayRecord', { ...PAYMENT, payType: 100 }, {}, 'code', 'payType'],
    ['a time with T', 'uploadCarOutData', { ...EXIT, endTime: '2026-03-02T09:35:00' }, {}, 'format', 'endTime'],
    ['a plate with a dot', 'uploadCarInData', { ...ENTRY, plateNo: '鲁B·01C01' }, {}, 'format', 'plateNo'],
    ['a uid without its moment', 'uploadPayRecord', { ...PAYMENT, uid: '42' }, {}, 'format', 'uid'],
    [
      'a photo that is no JPEG',
      'uploadPhoto',
      PHOTO,
      { file: Buffer.from('GIF89a').toString('base64') },
      'format',
      'file',
    ],
    ['a photo cut short', 'uploadPhoto', PHOTO, { file: FILE.file.slice(0, -8) }, 'format', 'file'],
    [
      'a photo with a data URL',
      'uploadPhoto',
      PHOTO,
      { file: `data:image/jpeg;base64,${FILE.file}` },
      'format',
      'file',
    ],
    ['a photo too large', 'uploadPhoto', PHOTO, { file: jpegOfSize(375_003).toString('base64') }, 'length', 'file'],
    ['a field of no table', 'uploadCarInData', { ...ENTRY, arrivalID: 'E1' }, {}, 'unknown-field', 'arrivalID'],
    ['the photo inside the cipher', 'uploadPhoto', { ...PHOTO, file: 'x' }, FILE, 'unknown-field', 'file'],
    [
      'more free than open',
      'uploadParkingState',
      { ...HEARTBEAT, totalBerthNum: 9, openBerthNum: 5, freeBerthNum: 6 },
      {},
      'relation',
      null,
    ],
    ['more open than total', 'uploadCarInData', { ...ENTRY, openBerthNum: 151 }, {}, 'relation', null],
    ['due above the fee', 'uploadCarOutData', { ...EXIT, shouldPay: 801 }, {}, 'relation', null],
    ['paid above the due', 'uploadPayRecord', { ...PAYMENT, actualPay: 501 }, {}, 'relation', null],
    ['a uid of another entrance', 'uploadCarInData', { ...ENTRY, entryNum: '2' }, {}, 'relation', null],
  ])('%s', (_what, name, data, form, rule, field) => {
    expect(broken(name, wrap(data), form)).toEqual([[rule, field]]);
  });

  test('the wrapper', () => {
    expect(broken('uploadHeartbeat', JSON.stringify(HEARTBEAT))).toEqual([['json', null]]);
    expect(broken('uploadHeartbeat', '[]')).toEqual([['json', null]]);
    expect(broken('uploadHeartbeat', JSON.stringify({ data: JSON.stringify(HEARTBEAT) }))).toEqual([['json', null]]);
    expect(broken('uploadHeartbeat', JSON.stringify({ data: HEARTBEAT, sign: 'x' }))).toEqual([
      ['unknown-field', 'sign'],
    ]);
  });

  test('an amount with a point is no whole number, even .0', () => {
    const plain = wrap(PAYMENT).replace('"actualPay":500', '"actualPay":500.0');
    expect(broken('uploadPayRecord', plain)).toEqual([['type', 'actualPay']]);
  });
});

test('rules of a table that is lost are marked as unproven', () => {
  const definition = INTERFACES.get('uploadHeartbeat');
  if (!definition) throw new Error('no heartbeat');
  expect(validate(definition, { data: {} }, {}).map((item) => item.proven)).toEqual([false, false]);
});
