import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeForm,
  isSigned,
  plainText,
  readForm,
  signature,
  texts,
} from '../../../../electron/station/platforms/cmb/codec.ts';

/** The sample secret of the specification. */
const SECRET = 'vqhqr9vozoorivkc3lemrbicphgzx';
const form = (fields: Readonly<Record<string, string>>) => new Map(Object.entries({ appid: 'ik45nfuz', ...fields }));

/** Written rule of §3.2 applied by hand; the digests were made with another program. */
const vectors: readonly {
  readonly what: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly plain: string;
  readonly sign: string;
}[] = [
  {
    what: 'a Chinese plate, signed as raw text and not percent-encoded',
    fields: { out_code: '12', park_code: '5201030001', vpl_number: '陕A12345' },
    plain: 'appid=ik45nfuz&out_code=12&park_code=5201030001&vpl_number=陕A12345',
    sign: '4e1c68fc651b20eb438f0b5b14765182',
  },
  {
    what: 'empty values skipped, "0" signed',
    fields: {
      ...{ park_code: '5201020001', in_code: '1', vpl_number: '京A12311', record_id: '20180917113202192' },
      ...{ in_time: '1537155122', car_type: '1', power_type: '1', body_color: '0', plate_color: '0' },
      ...{ logo: '', auth_type: '0', model: '0', owner: '' },
    },
    plain:
      'appid=ik45nfuz&auth_type=0&body_color=0&car_type=1&in_code=1&in_time=1537155122&model=0&park_code=5201020001&plate_color=0&power_type=1&record_id=20180917113202192&vpl_number=京A12311',
    sign: '90894834780bc986d00cc9196e353d05',
  },
  {
    what: 'nothing for what is absent',
    fields: { park_code: '5201030001', vpl_number: '陕A12345' },
    plain: 'appid=ik45nfuz&park_code=5201030001&vpl_number=陕A12345',
    sign: '2d7471b2ddd924e1534e0de33b326a99',
  },
  {
    what: 'the picture and the sign itself left out',
    fields: {
      ...{ park_code: '5201020001', record_id: '1234567', in_out_flag: '1' },
      ...{ pic_con: 'aGVsbG8rLz09', sign: 'to-be-ignored' },
    },
    plain: 'appid=ik45nfuz&in_out_flag=1&park_code=5201020001&record_id=1234567',
    sign: 'cc39f0596bd521c2191fef10d0ebf3b7',
  },
  {
    what: 'a field that nobody knows, and JSON as it travelled',
    fields: {
      ...{ park_code: '9100000008', vpl_number: '京A12345', record_id: '20180917113202192', bill_id: '' },
      pay_time: '1537243165',
      pay_list: '[{"pay_type":99,"amount":1000,"order":"12343535"}]',
      new_field: '扩展1',
    },
    plain:
      'appid=ik45nfuz&new_field=扩展1&park_code=9100000008&pay_list=[{"pay_type":99,"amount":1000,"order":"12343535"}]&pay_time=1537243165&record_id=20180917113202192&vpl_number=京A12345',
    sign: '7e9cf4238eae9573127dec193253d814',
  },
  {
    what: 'a list',
    fields: {
      charge_items:
        '[{"should_pay":1,"actual_pay":1,"pay_type":99,"toll_collector":"Doraemon","seq_num":"520600NCcLjxR1550560951699014cmb","time":1550560954}]',
      ...{ in_code: '1', in_time: '1550049030', out_code: '1', out_time: '1550562547' },
      ...{ park_code: '4406050001', record_id: '2019213091030', vpl_number: '浙C99999' },
    },
    plain:
      'appid=ik45nfuz&charge_items=[{"should_pay":1,"actual_pay":1,"pay_type":99,"toll_collector":"Doraemon","seq_num":"520600NCcLjxR1550560951699014cmb","time":1550560954}]&in_code=1&in_time=1550049030&out_code=1&out_time=1550562547&park_code=4406050001&record_id=2019213091030&vpl_number=浙C99999',
    sign: '201aa7119bebbf6da981c177425a8f00',
  },
  {
    what: 'an empty list is no empty value',
    fields: {
      ...{ charge_items: '[]', in_code: '1', in_time: '1550049030', out_code: '2', out_time: '1550562547' },
      ...{ park_code: '4406050001', record_id: '2019213091030', vpl_number: '浙C99999' },
    },
    plain:
      'appid=ik45nfuz&charge_items=[]&in_code=1&in_time=1550049030&out_code=2&out_time=1550562547&park_code=4406050001&record_id=2019213091030&vpl_number=浙C99999',
    sign: 'f11b0b827a8e1ee42139425cd9d8cc46',
  },
  {
    what: 'an object',
    fields: { park_code: '1101010030', config_items: '{"reserved_out_time":1800}' },
    plain: 'appid=ik45nfuz&config_items={"reserved_out_time":1800}&park_code=1101010030',
    sign: '9aa4ca2a95a65a432742468c7de908bb',
  },
  {
    what: 'names in the order of ASCII, capitals first',
    fields: { park_code: '5201030001', vpl_number: '粤B12345', Zone: 'A', a_b: '1', aB: '2', ab: '3' },
    plain: 'Zone=A&aB=2&a_b=1&ab=3&appid=ik45nfuz&park_code=5201030001&vpl_number=粤B12345',
    sign: 'deb71de996a26250f21c3b9e54dec51f',
  },
  {
    what: 'a request of the bank',
    fields: { park_code: '5201030001', vpl_number: '无A20190307000001', in_code: '3' },
    plain: 'appid=ik45nfuz&in_code=3&park_code=5201030001&vpl_number=无A20190307000001',
    sign: 'a860023a7a347834b60c0e89d86aaa00',
  },
];

describe('the signature (§3.2)', () => {
  it.each(vectors)('$what', ({ fields, plain, sign }) => {
    expect(plainText(form(fields))).toBe(plain);
    expect(signature(form(fields), SECRET)).toBe(sign);
    // What we send; in what we receive no field is left out besides the sign.
    const excepted = 'pic_con' in fields;
    expect(isSigned(form({ ...fields, sign }), SECRET)).toBe(!excepted);
    expect(isSigned(form({ ...fields, sign: sign.toUpperCase() }), SECRET)).toBe(!excepted);
  });

  it('does not hold once anything that travels has changed', () => {
    const name = fc.stringMatching(/^[A-Za-z_]{1,12}$/);
    const value = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.dictionary(name, value, { minKeys: 1, maxKeys: 8 }), fc.nat(), value, (fields, at, other) => {
        const { sign: _sign, pic_con: _picture, ...signed } = fields;
        const names = Object.keys(signed);
        const changed = names[at % Math.max(1, names.length)];
        fc.pre(changed !== undefined && signed[changed] !== other);
        const sign = signature(form(signed), SECRET);
        expect(isSigned(form({ ...signed, sign }), SECRET)).toBe(true);
        expect(isSigned(form({ ...signed, [changed ?? '']: other, sign }), SECRET)).toBe(false);
        expect(isSigned(form({ ...signed, zz_added: other, sign }), SECRET)).toBe(false);
        expect(isSigned(form({ ...signed, zz_empty: '', sign }), SECRET)).toBe(true);
      }),
    );
  });

  it.each(['', '0', 'g'.repeat(32), '8'.repeat(31), `${'8'.repeat(32)} `])('is none: "%s"', (sign) => {
    expect(isSigned(form({ park_code: '1', sign }), SECRET)).toBe(false);
  });
});

describe('the form', () => {
  it('is encoded once, and read back as it was', () => {
    const fields = form({ vpl_number: '陕A12345', pic_con: 'aGVsbG8rLz09', pay_list: '[{"a":1}]', empty: '' });
    const body = encodeForm(fields);
    expect(body).toContain('vpl_number=%E9%99%95A12345');
    expect(body).toContain('pic_con=aGVsbG8rLz09');
    expect(readForm(new TextEncoder().encode(body))).toEqual(fields);
  });

  it('tells a blank from a plus', () => {
    expect(readForm(new TextEncoder().encode('a=1+2&b=1%2B2&c=%20x'))).toEqual(
      new Map([
        ['a', '1 2'],
        ['b', '1+2'],
        ['c', ' x'],
      ]),
    );
  });

  it('refuses a name that comes twice, and what is no UTF-8', () => {
    expect(readForm(new TextEncoder().encode('a=1&b=2&a=1'))).toBe('twice');
    expect(readForm(Buffer.from([0x61, 0x3d, 0xc9, 0xc2]))).toBe('not-utf8');
  });

  it('refuses percent-encoded text that is no UTF-8: what was signed would be a guess', () => {
    expect(readForm(new TextEncoder().encode('vpl_number=%C9%C2A12345'))).toBe('not-utf8');
  });
});

it('writes numbers in decimal, JSON compact and in its own order, and nothing for what is absent', () => {
  const made = texts({
    ...{ amount: 0, big: 9_100_000_008, plate: '京A12345', none: null, missing: undefined },
    ...{ list: [{ should_pay: 1, name: '招' }], nothing: [], object: { b: 1, a: 2 }, empty: '' },
  });
  expect([...made]).toEqual([
    ['amount', '0'],
    ['big', '9100000008'],
    ['plate', '京A12345'],
    ['list', '[{"should_pay":1,"name":"招"}]'],
    ['nothing', '[]'],
    ['object', '{"b":1,"a":2}'],
    ['empty', ''],
  ]);
});
