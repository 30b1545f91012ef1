import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../peers/qingdao/finding.ts';
import { INTERFACES } from '../../../peers/qingdao/interfaces/index.ts';
import { parseLossless } from '../../../peers/qingdao/lossless-json.ts';
import { validate } from '../../../peers/qingdao/validate.ts';
import * as samples from './samples.ts';

/** What is wrong with a record: rule, field, and whether the source itself says so. */
function broken(name: string, data: object): [Rule, string | null, boolean][] {
  const definition = INTERFACES.get(name);
  if (!definition) throw new Error(`no interface ${name}`);
  return validate(definition, parseLossless(JSON.stringify({ data })), {}).map(({ rule, field, proven }) => [
    rule,
    field,
    proven,
  ]);
}
const without = (data: object, name: string): object =>
  Object.fromEntries(Object.entries(data).filter(([key]) => key !== name));
type Answer = { readonly params: object };
const params = (answer: Answer, change: object): object => ({ ...answer, params: { ...answer.params, ...change } });
const paramsWithout = (answer: Answer, name: string): object => ({ ...answer, params: without(answer.params, name) });
const UNPAID = { payStatus: 0, actualPay: '', dealTime: null, orderCode: '', paidType: null, payType: null };

test('the document has 22 interfaces upwards', () => {
  expect(INTERFACES.size).toBe(22);
  for (const [name, definition] of INTERFACES) expect(definition.name).toBe(name);
});

describe('one planted fault in each table, one finding', () => {
  test.each<[string, object, Rule, string]>([
    ['uploadModifyCarInData', without(samples.MODIFY, 'operateType'), 'presence', 'operateType'],
    ['uploadModifyCarInData', { ...samples.MODIFY, operateType: 2 }, 'code', 'operateType'],
    ['uploadCheckRecord', { ...samples.CHECK, checkDate: '20260302' }, 'format', 'checkDate'],
    ['uploadCheckRecord', { ...samples.CHECK, checkDate: '2026-02-30' }, 'format', 'checkDate'],
    ['uploadCheckRecord', { ...samples.CHECK, payTotal: 12.5 }, 'type', 'payTotal'],
    ['downloadUID', { ...samples.DOWNLOAD, type: 4 }, 'code', 'type'],
    ['downloadUID', { ...samples.DOWNLOAD, type: '0' }, 'type', 'type'],
    ['uploadParkingInfo', { ...samples.INFO, regionCode: '330102' }, 'code', 'regionCode'],
    ['uploadParkingInfo', { ...samples.INFO, areaCode: 1 }, 'type', 'areaCode'],
    ['uploadParkingInfo', { ...samples.INFO, areaCode: '1' }, 'code', 'areaCode'],
    ['uploadParkingInfo', { ...samples.INFO, parkingType: 4 }, 'code', 'parkingType'],
    ['uploadParkingInfo', { ...samples.INFO, attachedType: '17' }, 'code', 'attachedType'],
    ['uploadParkingInfo', { ...samples.INFO, totalBirthNum: 150 }, 'unknown-field', 'totalBirthNum'],
    ['uploadParkingInfo', { ...samples.INFO, feeScale: '元'.repeat(501) }, 'length', 'feeScale'],
    ['uploadParkingInfo', without(samples.INFO, 'gmapY'), 'presence', 'gmapY'],
    ['applyPayment', { ...samples.APPLY, payStatus: 1 }, 'code', 'payStatus'],
    ['applyPayment', { ...samples.APPLY, carStock: 2 }, 'code', 'carStock'],
    ['applyPayment', { ...samples.APPLY, shouldPay: '500' }, 'type', 'shouldPay'],
    ['uploadFee', params(samples.FEE, { paidType: 1 }), 'presence', 'paidType'],
    ['uploadFee', params(samples.FEE, { payStatus: 1 }), 'presence', 'paidType'],
    ['uploadFee', params(samples.FEE, { plateNo: '鲁B01C01鲁B01C01' }), 'length', 'plateNo'],
    ['uploadFee', params(samples.FEE, { chargeFee: 1 }), 'unknown-field', 'chargeFee'],
    ['uploadFee', paramsWithout(samples.FEE, 'endTime'), 'presence', 'endTime'],
    ['uploadFee', { ...samples.FEE, success: 'true' }, 'type', 'success'],
    ['confirmPayResult', paramsWithout(samples.PAY_RESULT, 'orderCode'), 'presence', 'orderCode'],
    ['confirmPayResult', params(samples.PAY_RESULT, { ...UNPAID, payType: 102 }), 'presence', 'payType'],
    ['confirmPayResult', paramsWithout(samples.PAY_RESULT, 'discountAmount'), 'presence', 'discountAmount'],
    ['confirmDeparturePayInfo', params(samples.CONTRACT, { noSense: 3 }), 'code', 'noSense'],
    ['confirmDeparturePayInfo', { ...samples.CONTRACT, requestId: '1' }, 'type', 'requestId'],
    ['confirmDeparturePayInfo', without(samples.CONTRACT, 'params'), 'presence', 'params'],
    ['getDeparturePayInfo', without(samples.QUERY, 'plateColor'), 'presence', 'plateColor'],
    ['uploadAbnormalBill', { ...samples.BILL, payStatus: 1 }, 'code', 'payStatus'],
    ['uploadAbnormalBill', { ...samples.BILL, uploadTime: '2026-03-02 12:00:00' }, 'unknown-field', 'uploadTime'],
    ['checkDailyBill', { ...samples.DAILY, parkingCode: 1001 }, 'type', 'parkingCode'],
    ['checkDailyBill', { ...samples.DAILY, checkBillTime: '2026-03-02 00:00:00' }, 'format', 'checkBillTime'],
    ['getPayResult', without(samples.RESULT_QUERY, 'billID'), 'presence', 'billID'],
    ['getPayResult', { ...samples.RESULT_QUERY, plateColor: 1 }, 'unknown-field', 'plateColor'],
    ['confirmOverDueResult', params(samples.OVER_DUE, { prevent: 2 }), 'code', 'prevent'],
    ['confirmOverDueResult', params(samples.OVER_DUE, { overDueCount: 100_000 }), 'length', 'overDueCount'],
    ['getOverDueResult', { ...samples.QUERY, plateNo: '鲁B 1C01' }, 'format', 'plateNo'],
    ['confirmSpecialCar', { ...samples.SPECIAL, success: 1 }, 'type', 'success'],
  ])('%s %#', (name, data, rule, field) => {
    expect(broken(name, data)).toEqual([[rule, field, true]]);
  });

  test('what must be empty while a bill is unpaid may be absent, null or empty', () => {
    expect(broken('confirmPayResult', params(samples.PAY_RESULT, UNPAID))).toEqual([]);
  });
});

describe('rules of rows that are lost in the source prove nothing', () => {
  test.each<[string, object, Rule, string]>([
    ['uploadHeartbeat', without(samples.HEARTBEAT, 'uploadTime'), 'presence', 'uploadTime'],
    ['uploadHeartbeat', { ...samples.HEARTBEAT, status: 1 }, 'unknown-field', 'status'],
    ['applyPayment', without(samples.APPLY, 'outNum'), 'presence', 'outNum'],
    ['applyPayment', { ...samples.APPLY, plateColor: 9 }, 'code', 'plateColor'],
    ['applyPayment', { ...samples.APPLY, chargeFee: 800 }, 'unknown-field', 'chargeFee'],
    ['cancelOverDueBill', without(samples.CANCEL, 'plateColor'), 'presence', 'plateColor'],
    ['cancelOverDueBill', { ...samples.CANCEL, uid: samples.UID }, 'unknown-field', 'uid'],
    ['uploadFee', without(samples.FEE, 'requestId'), 'presence', 'requestId'],
    ['confirmPayResult', { ...samples.PAY_RESULT, success: 'true' }, 'type', 'success'],
  ])('%s %#', (name, data, rule, field) => {
    expect(broken(name, data)).toEqual([[rule, field, false]]);
  });
});
