import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../peers/keytop/index.ts';
import { BILL_ROW, no, ok, rules, world } from './support.ts';

const PERIOD = { startTime: '2026-03-01 00:00:00', endTime: '2026-03-02 23:59:59', pageIndex: 1, pageCount: 20 };

describe('answers are held against their tables', () => {
  const bill = (change: JsonObject) => ok({ ...BILL_ROW, ...change });
  test.each<[string, JsonObject, string]>([
    ['resCode as a text', { ...ok(BILL_ROW), resCode: '0' }, 'answer'],
    ['resMsg null', { ...ok(BILL_ROW), resMsg: null }, 'type'],
    ['a member more', { ...ok(BILL_ROW), code: 1 }, 'unknown-field'],
    ['data that is one object', { ...ok(), data: BILL_ROW }, 'type'],
    ['data null', ok(), 'type'],
    ['two rows', ok(BILL_ROW, BILL_ROW), 'answer'],
    ['a number for a text', bill({ totalFee: 500 }), 'type'],
    ['a text for a number', bill({ payable: '500' }), 'type'],
    ['slashes', bill({ outTime: '2026/03/02 10:00:00' }), 'format'],
    ['a field that is missing', bill({ delayTime: undefined }), 'presence'],
    ['a field of no table', bill({ freeMoney: 0 }), 'unknown-field'],
    ['sums', bill({ payable: 400 }), 'sum'],
    ['minutes', bill({ elapsedTime: 62 }), 'sum'],
    ['no address', bill({ imgName: '/a.jpg' }), 'format'],
    ['a reason that is not Chinese', no('not found'), 'answer'],
    ['resCode 1 with data', { ...no(), data: [] }, 'answer'],
    ['a key', no('密码uR7mq2'), 'secret'],
  ])('%s', async (_what, answer, rule) => {
    const { thirdParty, park } = await world();
    park.answers['GetParkingPaymentInfo'] = answer;
    const call = await thirdParty.getParkingPaymentInfo({ plateNo: '粤B12345' });
    expect(rules(call.violations)).toEqual([rule]);
    expect(rules(thirdParty.violations)).toEqual([rule]);
  });

  test('both spellings, pages, and who is in the list', async () => {
    const { thirdParty, park } = await world();
    const booking = { bookId: 1, bookid: 1, plateNo: '粤B12345', preMoney: 0, bookType: 1, isCarIn: 0 };
    const times = { validFrom: '2026-03-01 00:00:00', validTo: '2026-03-02 00:00:00' };
    const both = { ...booking, ...times, ValidFrom: times.validFrom, ValidTo: times.validTo };
    park.answers['GetBookingCar'] = ok(both);
    expect((await thirdParty.getBookingCar('粤B12345')).violations).toEqual([]);
    park.answers['GetBookingCar'] = ok({ ...both, bookid: 2, ValidTo: undefined });
    expect(rules((await thirdParty.getBookingCar('粤B12345')).violations)).toEqual(['spelling', 'spelling']);
    const row = {
      ...{ id: '1', plateNo: '粤B12345', entryTime: '2026/03/02 08:00:00', entryPlace: '入口1' },
      ...{ leaveTime: '2026/03/02 09:00:00', leavePlace: '出口1', imgName: '', payable: '500' },
      ...{ cashUser: '', cashTime: '2026/03/02 09:00:00' },
    };
    const query = { ...PERIOD, plateNo: 'B1', pageCount: 1 };
    const answer = (totalNum: string, ...detail: JsonObject[]) => {
      park.answers['GetCarInOutInfoByPlate'] = ok({ totalNum, detail });
      return thirdParty.getCarInOutInfoByPlate(query);
    };
    expect((await answer('2', row)).violations).toEqual([]);
    expect(rules((await answer('1', row, row)).violations)).toEqual(['paging', 'paging']);
    expect(rules((await answer('1', { ...row, plateNo: '粤B2' })).violations)).toEqual(['paging']);
    expect(rules((await answer('1', { ...row, leaveTime: '2026/02/02 09:00:00' })).violations)).toEqual(['paging']);
  });

  test('change: done and open rows', async () => {
    const { thirdParty, park } = await world();
    const row = {
      ...{ orderNo: 'C1', plateNo: '粤B1', cardNo: '', entryTime: '1972-01-01 00:00:00', payMoney: 500 },
      ...{ paidAmount: 1000, ifCharge: 0, chargeType: '', UserAccount: '', userAccount: '' },
      ...{ paidTime: '2026-03-02 09:00:00', chargeTime: '', remark: '' },
    };
    park.answers['PayChargeReport'] = ok(row);
    expect((await thirdParty.payChargeReport(PERIOD)).violations).toEqual([]);
    park.answers['PayChargeReport'] = ok({ ...row, chargeTime: '2026-03-02 09:10:00' });
    expect(rules((await thirdParty.payChargeReport(PERIOD)).violations)).toEqual(['answer']);
    park.answers['PayChargeReport'] = { resCode: 0, resMsg: JSON.stringify([row]), data: [row] };
    expect(rules((await thirdParty.payChargeReport(PERIOD)).doubts)).toEqual(['answer']);
    thirdParty.downlink.copiesRows = true;
    expect((await thirdParty.payChargeReport(PERIOD)).doubts).toEqual([]);
  });
});
