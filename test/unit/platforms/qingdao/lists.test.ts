import { describe, expect, it } from 'vitest';
import { HeldList } from '../../../../electron/station/platforms/qingdao/held-list.ts';
import { checkDailyBill } from '../../../../electron/station/platforms/qingdao/messages/checkDailyBill.ts';
import { downloadUID } from '../../../../electron/station/platforms/qingdao/messages/downloadUID.ts';
import { uploadCheckRecord } from '../../../../electron/station/platforms/qingdao/messages/uploadCheckRecord.ts';

const read = (body: unknown) => downloadUID.answer.safeParse(body);
const both = [
  { uid: '1544606795434', ids: ['1'] },
  { uid: '1544606795500', ids: ['2'] },
];
const result = [
  { UID: '1544606795434', arriveID: '1' },
  { UID: '1544606795500', arriveID: '2' },
];

describe('the list of what the platform has', () => {
  it.each([
    ['an object, as in the example', { data: { result } }],
    ['an object in a text, as in the table', { data: JSON.stringify({ result }) }],
    ['a list', { data: result }],
    ['a list in a text', { data: JSON.stringify(result) }],
    ['a text without outer braces, as in the sample', { data: `"result":${JSON.stringify(result)}` }],
    ['a text in a text', { data: JSON.stringify(JSON.stringify({ result })) }],
    ['a list that is a text within an object', { data: { result: JSON.stringify(result) } }],
    ['beside data', { result }],
    ['beside data that is empty', { data: null, result }],
    ['other spellings', { data: { Result: result.map(({ UID, arriveID }) => ({ uid: UID, arrivalID: arriveID })) } }],
    [
      'the misprint of the sample',
      { data: { result: result.map(({ UID, arriveID }) => ({ UID, arrivalD: arriveID })) } },
    ],
    [
      'numbers',
      {
        data: {
          result: [
            { UID: 1544606795434, arriveID: 1 },
            { UID: 1544606795500, arriveID: 2 },
          ],
        },
      },
    ],
    ['unknown fields and things that are no records', { data: { page: 1, result: [...result, null, 'x', { id: 3 }] } }],
  ])('is read from %s', (_form, body) => {
    expect(read({ resultCode: 200, msg: '', ...body }).data).toEqual(both);
  });

  it.each(['endID', 'exitID', 'billID', 'photoID'])('takes the id of a record from %s', (name) => {
    expect(read({ data: { result: [{ UID: 'a', [name]: 'b' }] } }).data).toEqual([{ uid: 'a', ids: ['b'] }]);
  });

  it('keeps every digit of a uid that came as a number in a text', () => {
    const digits = '100112026030208050912345';
    expect(read({ data: `{"result":[{"UID":${digits},"endID":7}]}` }).data).toEqual([{ uid: digits, ids: ['7'] }]);
  });

  it.each([
    ['null', null],
    ['an empty text', ''],
    ['an empty object', {}],
    ['an empty list', { result: [] }],
    ['an empty list in a text', '{"result":[]}'],
  ])('is empty when data is %s', (_form, data) => {
    expect(read({ data }).data).toEqual([]);
  });

  it.each([
    ['nothing', {}],
    ['a sentence', { data: '操作成功' }],
    ['half a list', { data: JSON.stringify({ result }).slice(0, -9) }],
    ['a number', { data: 5 }],
    ['something else', { data: { total: 5 } }],
  ])('is no list, rather than an empty one, when there is %s', (_form, body) => {
    expect(read({ resultCode: 200, ...body }).success).toBe(false);
  });

  it('may be far longer than the table says', () => {
    const many = Array.from({ length: 8000 }, (_, index) => ({ UID: `1001120260302${index}`, photoID: `ph_${index}` }));
    const data = JSON.stringify({ result: many });
    expect(data.length).toBeGreaterThan(300_000);
    const list = new HeldList(read({ data }).data ?? []);
    expect(list.find('10011202603027999', 'ph_7999')).toBeDefined();
    expect(list.find('10011202603027999', 'ph_7998')).toBeUndefined();
  });
});

it('a record is known by uid and id, and by the uid alone where the platform tells no id', () => {
  const list = new HeldList([
    { uid: 'a', ids: ['1'] },
    { uid: 'a', ids: ['2'] },
    { uid: 'b', ids: [] },
  ]);
  expect([list.find('a', '2')?.ids, list.find('a', '3'), list.find('b', '9')?.uid, list.find('c', '1')]).toEqual([
    ['2'],
    undefined,
    'b',
    undefined,
  ]);
});

describe('the marks of a day', () => {
  it.each([
    [
      { accountMark: 5, photoMark: 1 },
      { accountMark: 5, photoMark: 1 },
    ],
    [
      { accountMark: '7', photoMark: '0' },
      { accountMark: 7, photoMark: 0 },
    ],
    [{ AccountMark: 0 }, { accountMark: 0, photoMark: null }],
    [{ data: { accountMark: 2, photoMark: 0 } }, { accountMark: 2, photoMark: 0 }],
  ])('%o', (body, marks) => {
    expect(uploadCheckRecord.answer.parse({ resultCode: 200, msg: '', ...body })).toEqual(marks);
  });

  it.each([{}, { accountMark: null }, { accountMark: 'x' }, { accountMark: '' }])('are missing in %o', (body) => {
    expect(uploadCheckRecord.answer.safeParse(body).success).toBe(false);
  });
});

describe('the bills of a day', () => {
  const bill = {
    ...{ plateNo: '鲁B01001', billID: '001', billTime: '2008-08-08 08:08:08', shouldPay: 1000, payStatus: 1 },
    ...{ actualPay: 1000, dealTime: '2008-08-08 08:08:08', orderCode: '20080808080808', paidType: 1, payType: 101 },
  };
  const day = { parkingCode: 9000001, dailyCount: 1, dailyShouldPay: 1000, dailyActualPay: 1000 };
  const parsed = (body: unknown) => checkDailyBill.answer.parse(body);

  it.each([
    ['a list', [bill]],
    ['a list in a text', JSON.stringify([bill])],
    ['one bill alone', bill],
    ['the dots of the example', [bill, '......']],
  ])('come as %s', (_form, detail) => {
    expect(parsed({ ...day, detail })).toMatchObject({
      ...{ count: 1, shouldPay: 1000, actualPay: 1000 },
      bills: [{ billID: '001', payStatus: 1, actualPay: 1000, orderCode: '20080808080808' }],
    });
  });

  it('are added up where the sums are missing', () => {
    const unpaid = { plateNo: '鲁B2', billID: '002', shouldPay: '500', payStatus: 0, actualPay: '' };
    expect(parsed({ detail: [bill, unpaid] })).toMatchObject({ count: 2, shouldPay: 1500, actualPay: 1000 });
  });

  it('are none on a day without any', () => {
    expect(parsed({ dailyCount: '0', dailyShouldPay: 0, dailyActualPay: 0, detail: '' })).toEqual({
      ...{ count: 0, shouldPay: 0, actualPay: 0, bills: [] },
    });
  });

  it('are unreadable when there is neither a count nor a list', () => {
    expect(checkDailyBill.answer.safeParse({ resultCode: 200 }).success).toBe(false);
    expect(checkDailyBill.answer.safeParse({ ...day, detail: 'later' }).success).toBe(false);
  });
});
