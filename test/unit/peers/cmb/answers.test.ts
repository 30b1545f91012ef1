import { describe, expect, test } from 'vitest';
import { ENTRY, FEE, SECONDS, world } from './support.ts';

const data = FEE.data;
const PAY = {
  ...{ vpl_number: '京A12345', record_id: 'R1', bill_id: '', pay_time: String(SECONDS) },
  pay_list: '[{"pay_type":99,"amount":800,"order":"1"}]',
};

describe('answers of the car park', () => {
  test.each<[string, unknown, string]>([
    ['no status', { message: 'success' }, 'answer'],
    ['a status in words', { status: '0', message: 'success' }, 'answer'],
    ['no reason', { status: 1 }, 'presence'],
    ['data where there is none', { status: 0, message: 'success', data: {} }, 'answer'],
    ['another name', { status: 0, message: 'success', code: 1 }, 'unknown-field'],
  ])('to pay: %s', async (_, answer, rule) => {
    const { bank, park } = await world();
    park.answers = { pay: answer };
    await bank.push('pay', PAY, { retry: false });
    expect(bank.violations).toMatchObject([{ rule, interface: 'pay', direction: 'down' }]);
  });

  test.each([
    [{ status: 500, contentType: 'application/json', text: '{"status":500,"message":"x"}' }, 'answer'],
    [{ status: 200, contentType: 'text/html', text: '{"status":0,"message":"x"}' }, 'content-type'],
    [{ status: 200, contentType: 'application/json', text: 'ok' }, 'answer'],
  ])('%o', async (raw, rule) => {
    const { bank, park } = await world();
    park.raw = raw;
    await bank.push('pay', PAY, { retry: false });
    expect(bank.violations).toMatchObject([{ rule }]);
  });

  test.each<[string, object, string]>([
    ['in_time missing', { in_time: undefined }, 'presence'],
    ['in_time in words', { in_time: String(SECONDS) }, 'type'],
    ['in_time in ms', { in_time: SECONDS * 1_000 }, 'time'],
    ['duration', { duration: 7_199 }, 'relation'],
    ['money in yuan', { charge: { total_price: 10, should_pay: 7.5, paid: 0 } }, 'type'],
    ['no charge', { charge: undefined }, 'presence'],
    ['no paid', { charge: { total_price: 1_000, should_pay: 800 } }, 'presence'],
    ['record_id', { record_id: '' }, 'presence'],
    ['another plate', { vpl_number: '京B12345' }, 'relation'],
    ['discount', { discount: [{ unit: 2, name: '券', value: 1 }] }, 'code'],
    ['old name', { vpln_number: '京A12345' }, 'unknown-field'],
  ])('to calc: %s', async (_, change, rule) => {
    const { bank, park } = await world();
    park.answers = { calc: { ...FEE, data: { ...data, ...change } } };
    await bank.owner('京A12345').set({ pays: 'never' }).payByPlate();
    expect(bank.violations[0]).toMatchObject({ rule, interface: 'calc' });
  });

  test('an entry told by Indata and by calc is the same', async () => {
    const { bank, park } = await world();
    await park.send('Indata', { ...ENTRY, in_time: String(SECONDS - 7_000) });
    park.answers = { calc: FEE };
    await bank.owner('京A12345').scanExit(12);
    expect(bank.violations).toEqual([]);
    expect(bank.doubts).toMatchObject([{ rule: 'relation', field: 'in_time' }]);
  });

  test('no order brings its plate', async () => {
    const { bank, park } = await world();
    park.answers = { calc: { status: 2, message: '无记录', data: { vpl_number: '京A12345' } } };
    expect((await bank.owner('京A12345').payByPlate()).fee).toBeNull();
    expect((await bank.owner('京A12345').scanExit(12)).fee).toBeNull();
    expect(bank.violations).toEqual([]);
    park.answers = { calc: { status: 2, message: '无记录' } };
    await bank.owner('京A12345').payByPlate();
    park.answers = { calc: { status: 2, message: '无记录', data: { vpl_number: '' } } };
    await bank.owner('京A12345').scanExit(12);
    park.answers = { calc: { status: 6, message: '其他' } };
    await bank.owner('京A12345').payByPlate();
    expect(bank.violations.map(({ rule }) => rule)).toEqual(['presence', 'presence', 'code']);
  });

  test.each<[unknown, string[]]>([
    [{ status: 0, message: 'success', data: { vpl_number: '短' } }, ['format']],
    [{ status: 0, message: 'success' }, ['presence']],
    [{ status: 3, message: '其他' }, ['code']],
    [{ status: 2, message: '入口无车' }, []],
  ])('to NoVpln: %o', async (answer, rules) => {
    const { bank, park } = await world();
    park.answers = { NoVpln: answer };
    await bank.driver().scanEntry(3);
    expect(bank.violations.map(({ rule }) => rule)).toEqual(rules);
  });
});
