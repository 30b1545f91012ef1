import { describe, expect, test } from 'vitest';
import { encode, readForm, sameSign, signOf, stringA, writeForm } from '../../../peers/cmb/index.ts';

const SECRET = 'vqhqr9vozoorivkc3lemrbicphgzx';
const entry = {
  ...{
    appid: 'ik45nfuz',
    park_code: '5201020001',
    in_code: '1',
    vpl_number: '京A12311',
    record_id: '20180917113202192',
  },
  ...{ in_time: '1537155122', car_type: '1', power_type: '1', body_color: '0', plate_color: '0' },
  ...{ logo: '', auth_type: '0', model: '0', owner: '' },
};
const exit = {
  ...{ appid: 'ik45nfuz', in_code: '1', in_time: '1550049030', out_time: '1550562547', park_code: '4406050001' },
  ...{ record_id: '2019213091030', vpl_number: '浙C99999' },
};
const told =
  '[{"should_pay":1,"actual_pay":1,"pay_type":99,"toll_collector":"Doraemon","seq_num":"520600NCcLjxR1550560951699014cmb","time":1550560954}]';
const pay = {
  ...{
    appid: 'ik45nfuz',
    park_code: '9100000008',
    vpl_number: '京A12345',
    record_id: '20180917113202192',
    bill_id: '',
  },
  ...{ pay_time: '1537243165', pay_list: '[{"pay_type":99,"amount":1000,"order":"12343535"}]' },
};
const at = { appid: 'ik45nfuz', park_code: '5201030001' };
const picture = { appid: 'ik45nfuz', park_code: '5201020001', record_id: '1234567', in_out_flag: '1' };

describe('the signature', () => {
  test.each<[string, Record<string, string | null>, string]>([
    ['a Chinese plate', { ...at, out_code: '12', vpl_number: '陕A12345' }, '4e1c68fc651b20eb438f0b5b14765182'],
    ['empty and zero', entry, '90894834780bc986d00cc9196e353d05'],
    ['null', { ...at, out_code: null, vpl_number: '陕A12345' }, '2d7471b2ddd924e1534e0de33b326a99'],
    ['an extension field', { ...pay, new_field: '扩展1' }, '7e9cf4238eae9573127dec193253d814'],
    ['an array', { ...exit, out_code: '1', charge_items: told }, '201aa7119bebbf6da981c177425a8f00'],
    ['an empty array', { ...exit, out_code: '2', charge_items: '[]' }, 'f11b0b827a8e1ee42139425cd9d8cc46'],
    [
      'an object',
      { appid: 'ik45nfuz', park_code: '1101010030', config_items: '{"reserved_out_time":1800}' },
      '9aa4ca2a95a65a432742468c7de908bb',
    ],
    [
      'ASCII order',
      { ...at, vpl_number: '粤B12345', Zone: 'A', a_b: '1', aB: '2', ab: '3' },
      'deb71de996a26250f21c3b9e54dec51f',
    ],
    ['a push', { ...at, vpl_number: '无A20190307000001', in_code: '3' }, 'a860023a7a347834b60c0e89d86aaa00'],
  ])('of %s', (_, fields, expected) => {
    expect(signOf(fields, SECRET)).toBe(expected);
  });

  test('leaves out what is not to be signed, and itself', () => {
    const fields = { ...picture, pic_con: 'aGVsbG8rLz09', sign: 'to-be-ignored' };
    expect(signOf(fields, SECRET, ['pic_con'])).toBe('cc39f0596bd521c2191fef10d0ebf3b7');
    expect(stringA(fields, ['pic_con'])).not.toContain('aGVs');
  });

  test('is compared whatever its case', () => {
    expect(sameSign('ABCD', 'abcd')).toBe(true);
    expect(sameSign('abce', 'abcd')).toBe(false);
    expect(sameSign('abc', 'abcd')).toBe(false);
  });
});

describe('the form', () => {
  test('reads back what it wrote', () => {
    const pairs = { vpl_number: '京A12345', text: 'a b+c%41&=', empty: '' };
    const form = readForm(Buffer.from(writeForm(Object.entries(pairs))));
    expect(form).toEqual({ fields: pairs, findings: [] });
    const other = writeForm(Object.entries(pairs), { spaceAs: '%20', hex: 'lower' });
    expect(readForm(Buffer.from(other)).fields).toEqual(pairs);
  });

  test('writes as the printed examples do', () => {
    expect(encode('苏ZZ9871')).toBe('%E8%8B%8FZZ9871');
    expect(writeForm([['config_items', '{"reserved_out_time":1800}']])).toBe(
      'config_items=%7B%22reserved_out_time%22%3A1800%7D',
    );
  });

  test.each([
    ['a=1&a=2', /occurs twice/],
    ['vpl_number=京A12345', /is not percent-encoded/],
    ['vpl_number=%BE%A9A12345', /not UTF-8/],
    ['a=%zz', /without two hex digits/],
    ['a=1&&b=2', /no name=value/],
  ])('%s is found out', (body, detail) => {
    expect(readForm(Buffer.from(body)).findings.map((one) => one.detail)).toEqual([expect.stringMatching(detail)]);
  });
});
