import { describe, expect, test } from 'vitest';
import { type PushOptions, readForm, signOf } from '../../../peers/cmb/index.ts';
import { CHARGE, ENTRY, FEE, SECONDS, world } from './support.ts';

const data = FEE.data;
const PAY = {
  ...{ vpl_number: '京A12345', record_id: 'R1', bill_id: '', pay_time: String(SECONDS) },
  pay_list: '[{"pay_type":99,"amount":800,"order":"1"}]',
};

describe('owners', () => {
  test('an exit scan asks, pays and tells', async () => {
    const { bank, park } = await world();
    park.answers = { calc: FEE };
    await park.send('Indata', ENTRY);
    const visit = await bank.owner('京A12345').scanExit(12);
    expect(visit.fee).toMatchObject({ plate: '京A12345', recordId: 'R1', billId: 'B1', due: 800, total: 1_000 });
    const [calc, pay] = park.heard;
    expect(calc).toMatchObject({ path: '/any/prefix/cmbParking/calc', fields: { out_code: '12' } });
    expect(calc?.fields).not.toHaveProperty('vpl_number');
    expect(calc?.fields['sign']).toBe(signOf(calc?.fields ?? {}, bank.appsecret));
    const order = visit.payments[0]?.order;
    expect(pay).toMatchObject({
      path: '/any/prefix/cmbParking/pay',
      fields: {
        ...{ park_code: bank.parkCode, vpl_number: '京A12345', record_id: 'R1', bill_id: 'B1' },
        ...{ pay_time: String(SECONDS), pay_list: `[{"pay_type":99,"amount":800,"order":"${order}"}]` },
      },
    });
    expect(bank.books.record('R1')).toMatchObject({
      collectedFen: 800,
      collected: [{ order, via: 'scan', heard: true }],
    });
    expect([...bank.violations, ...bank.doubts, ...bank.unanswered()]).toEqual([]);
  });

  test('a typed plate, in parts, with bare numbers for orders', async () => {
    const { bank, park } = await world();
    park.answers = { calc: FEE };
    bank.state.orders.numbering = 'long-digits';
    const visit = await bank.owner('京A12345').payByPlate({ parts: [300, 500], orderAs: 'number' });
    const [one, two] = visit.payments.map(({ order }) => order);
    expect(one).toMatch(/^\d{20}$/);
    expect(park.heard[0]?.fields).toMatchObject({ vpl_number: '京A12345' });
    expect(park.heard[1]?.fields['pay_list']).toBe(
      `[{"pay_type":99,"amount":300,"order":${one}},{"pay_type":99,"amount":500,"order":${two}}]`,
    );
    expect(bank.books.totals().collectedFen).toBe(800);
  });

  test('who does not pay only asks; who pays later tells later', async () => {
    const { bank, park, clock } = await world();
    park.answers = { calc: FEE };
    expect(await bank.owner('京B00001').set({ pays: 'never' }).scanExit(12)).toMatchObject({
      payments: [],
      push: null,
    });
    await bank.owner('京B00002').set({ pays: 'later', delayMs: 60_000 }).scanExit(12);
    expect(bank.pushed('pay')).toHaveLength(0);
    await clock.advance(60_000);
    await bank.waitFor(() => bank.pushed('pay')[0]?.done, 'late payment');
    expect(bank.state.orders.payments.size).toBe(1);
  });

  test('a driver without a plate, with the car park’s own virtual plate', async () => {
    const { bank, park } = await world();
    const driver = bank.driver();
    const own = 'WP20260302100000A1';
    park.answers = { NoVpln: { status: 0, message: 'success', data: { vpl_number: own } } };
    expect((await driver.scanEntry(3)).done).toBe(true);
    expect(park.heard[0]?.fields).toMatchObject({ vpl_number: driver.plate, in_code: '3' });
    expect(driver.virtualPlate).toBe(own);
    park.answers = { calc: { ...FEE, data: { ...data, vpl_number: '' } } };
    await driver.scanExitWithoutPlate(12);
    expect(park.heard[1]?.fields).toMatchObject({ vpl_number: own, out_code: '12' });
    expect(park.heard[2]?.fields).toMatchObject({ vpl_number: own });
    expect(bank.violations).toEqual([]);
  });

  test('signing and cancelling change what may be charged once the car park knows', async () => {
    const { bank, park } = await world();
    const owner = bank.owner('京A12345');
    await park.send('Indata', ENTRY);
    expect((await owner.signsUp(5_000)).done).toBe(true);
    expect(park.heard[0]?.fields).toMatchObject({
      auto_pay_type: '0',
      limiter: '5000',
      serial_no: 'WG00000001',
      post_url: '',
    });
    park.answers = { autoPayUnbind: { status: 1, message: '稍后' } };
    await owner.cancels({ retry: false });
    // The car park said that it did not take the news: it may still believe the old.
    expect(await park.says('AutoPay', CHARGE)).toBe(1);
    expect(bank.violations).toEqual([]);
    park.answers = {};
    await owner.cancels();
    expect(await park.says('AutoPay', { ...CHARGE, request_order: 'Q2' })).toBe(1);
    expect(bank.violations).toMatchObject([{ rule: 'contract' }]);
  });
});

describe('a push', () => {
  test('is repeated until it is answered with 0', async () => {
    const { bank, park, clock } = await world();
    park.answers = { pay: { status: 1, message: 'busy' } };
    const push = await bank.push('pay', PAY);
    expect(push).toMatchObject({ done: false, ended: false, attempts: [{ answer: { status: 1 } }] });
    expect(bank.unanswered()).toEqual([push]);
    park.answers = {};
    await clock.advance(1_000);
    await bank.waitFor(() => push.done, 'second attempt');
    expect(park.heard.map(({ body }) => body)).toEqual([park.heard[0]?.body, park.heard[0]?.body]);
    expect(push.ended).toBe(true);
    await clock.advance(60_000);
    await bank.replay(push);
    expect(park.heard).toHaveLength(3);
  });

  test.each<[string, PushOptions, (fields: Readonly<Record<string, string>>, body: string) => boolean]>([
    ['extension fields', { extra: { 扩展: '是' } }, (fields) => fields['扩展'] === '是'],
    ['no empty fields', { empties: 'omitted' }, (fields) => !('bill_id' in fields)],
    ['another order', { fieldOrder: 'reversed' }, (_, body) => body.startsWith('sign=')],
    ['lower-case hex', { encoding: { hex: 'lower' } }, (_, body) => body.includes('%e4%ba%ac')],
    ['upper-case sign', { upperSign: true }, (fields) => /^[0-9A-F]{32}$/.test(fields['sign'] ?? '')],
  ])('odd but legal: %s', async (_, options, holds) => {
    const { bank, park } = await world();
    const push = await bank.push('pay', PAY, options);
    const [heard] = park.heard;
    expect(holds(heard?.fields ?? {}, heard?.body ?? '')).toBe(true);
    expect(heard?.fields['sign']?.toLowerCase()).toBe(signOf(heard?.fields ?? {}, bank.appsecret));
    expect(push).toMatchObject({ legal: true, done: true });
    expect(bank.violations).toEqual([]);
  });

  test.each<PushOptions>([
    { sign: 'wrong' },
    { sign: 'missing' },
    { sign: 'short' },
    { sign: 'with-empties' },
    { sign: 'url-encoded' },
    { appid: 'other' },
    { parkCode: '9100000008' },
    { omit: ['record_id'] },
    { omit: ['appid'] },
    { set: { pay_list: '[{' } },
    { tampered: { pay_list: '[{"pay_type":99,"amount":1,"order":"1"}]' } },
    { twice: ['record_id', 'R2'] },
    { padding: 2_000_000 },
    { path: 'cmbParking/PAY' },
    { contentType: 'application/json', body: '{}' },
  ])('illegal, and answered as done: %o', async (options) => {
    const { bank } = await world();
    expect(await bank.push('pay', PAY, options)).toMatchObject({ legal: false, ended: true });
    expect(bank.violations).toMatchObject([{ rule: 'accepted', direction: 'down' }]);
    expect(bank.unanswered()).toEqual([]);
  });

  test('a calc that asks for nothing is illegal', async () => {
    const { bank } = await world();
    expect((await bank.push('calc', {})).legal).toBe(false);
    expect((await bank.push('calc', { out_code: '12' })).legal).toBe(true);
  });

  test('what is signed wrongly is not the right signature', async () => {
    const { bank, park } = await world();
    for (const sign of ['wrong', 'short', 'with-empties', 'url-encoded'] as const)
      await bank.push('pay', PAY, { sign });
    await bank.push('pay', PAY, { tampered: { record_id: 'R2' } });
    await bank.push('pay', PAY, { twice: ['record_id', 'R2'] });
    for (const { fields } of park.heard.slice(0, 5)) expect(fields['sign']).not.toBe(signOf(fields, bank.appsecret));
    expect(readForm(Buffer.from(park.heard[5]?.body ?? '')).findings).toMatchObject([{ rule: 'form' }]);
  });
});
