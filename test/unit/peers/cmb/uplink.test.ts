import { describe, expect, test } from 'vitest';
import { CHARGE, ENTRY, EXIT, item, SECONDS, world } from './support.ts';

const JPEG = Buffer.from('ffd8ffe000104a464946ffd9', 'hex').toString('base64');
const PHOTO = { record_id: 'R1', in_out_flag: '1', pic_con: JPEG };

describe('the eight interfaces', () => {
  test('a whole stay without a fault', async () => {
    const { bank, park } = await world();
    bank.owner('京A12345').set({ autopay: { limit: 5_000 }, echo: 'never' });
    expect((await park.send('Indata', ENTRY)).json).toEqual({
      ...{ status: 0, message: 'success' },
      data: { uid: 1, limit: 5_000 },
    });
    expect((await park.send('AutoPayStatus', { vpl_number: '京A12345' })).json?.data).toEqual({ uid: 1, limit: 5_000 });
    expect((await park.send('AutoPayStatus', { vpl_number: '京B12345' })).json?.data).toEqual({ uid: 0, limit: 0 });
    const charged = (await park.send('AutoPay', CHARGE)).json;
    expect(charged).toMatchObject({ status: 0, data: { vpl_number: '京A12345', pay_time: SECONDS } });
    const channel = String(charged?.data?.['channel_order']);
    expect((await park.send('PayOrderStatus', { request_order: 'Q1' })).json).toMatchObject({
      status: 0,
      data: { amount: 800, parking_duration: 7_200, channel_order: channel },
    });
    expect(await park.says('PayOrderStatus', { request_order: 'Q2' })).toBe(1);
    expect(await park.says('Outdata', { ...EXIT, charge_items: item(channel, 800) })).toBe(0);
    expect(await park.says('PicUpload', PHOTO)).toBe(0);
    expect(await park.says('PicUpload', { ...PHOTO, in_out_flag: '2', pic_con: 'https://p.example/1.jpg' })).toBe(0);
    expect(await park.says('SpaceInfo', { total_empty: '700', vip_empty: '600', tmp_empty: '100' })).toBe(0);
    expect(await park.says('ConfigUpload', { config_items: '{"reserved_out_time":1800}' })).toBe(0);
    expect(bank.state.spaces).toMatchObject({ total: 700, vip: 600, casual: 100 });
    expect(bank.state.config).toEqual({ reserved_out_time: 1_800 });
    expect(bank.records.get('R1')).toMatchObject({
      ...{ plate: '京A12345', inCode: 1, exit: { outCode: 12, outTime: SECONDS } },
      pictures: { in: { bytes: Buffer.from(JPEG, 'base64') }, out: { url: 'https://p.example/1.jpg' } },
    });
    expect(bank.books.record('R1')).toMatchObject({ collectedFen: 800, toldFen: 800, missing: [], extra: [] });
    expect(bank.books.differences()).toEqual([]);
    expect([...bank.violations, ...bank.doubts, ...bank.repeats, ...bank.failures]).toEqual([]);
  });

  test('said twice they are done once, and what changed is told', async () => {
    const { bank, park } = await world();
    for (let n = 0; n < 2; n += 1) {
      await park.send('Indata', ENTRY);
      await park.send('Outdata', EXIT);
      await park.send('PicUpload', PHOTO);
    }
    expect(bank.violations).toEqual([]);
    expect(bank.repeats.map((one) => [one.interface, ...one.changed])).toEqual([
      ['Indata'],
      ['Outdata'],
      ['PicUpload'],
    ]);
    await park.send('PicUpload', { ...PHOTO, pic_con: 'https://p.example/1.jpg' });
    expect(bank.repeats.at(-1)?.changed).toEqual(['pic_con']);
    expect(await park.says('Outdata', { ...EXIT, out_code: '13' })).toBe(1);
    expect(bank.violations).toMatchObject([{ rule: 'order', interface: 'Outdata' }]);
  });
});

describe('faults in the envelope', () => {
  test.each<[string, Parameters<Awaited<ReturnType<typeof world>>['park']['send']>[2], string, number]>([
    ['GET', { method: 'PUT' }, 'method', 400],
    ['JSON', { contentType: 'application/json' }, 'content-type', 400],
    ['GBK', { contentType: 'application/x-www-form-urlencoded;charset=GBK' }, 'content-type', 400],
    ['a query', { query: '?a=1' }, 'query', 400],
    ['another secret', { secret: 'x' }, 'sign', 401],
    ['no appid', { body: 'a=1' }, 'presence', 400],
    ['a forged appid', { body: 'appid=x&sign=y' }, 'appid', 401],
    ['no sign', { body: 'appid=ik45nfuz' }, 'presence', 400],
  ])('%s', async (_, how, rule, status) => {
    const { bank, park } = await world();
    expect((await park.send('Indata', ENTRY, how)).json?.status).toBe(status);
    expect(bank.violations).toMatchObject([{ rule, direction: 'up' }]);
    expect(bank.records.size).toBe(0);
    expect(bank.log).toMatchObject([{ outcome: 'refused', status }]);
  });

  test('names are exact, other car parks are strangers', async () => {
    const { bank, park } = await world();
    expect(await park.says('InData', ENTRY)).toBe(404);
    expect((await park.post('/cmb/Indata', 'a=1')).json?.status).toBe(404);
    expect(await park.says('Indata', { ...ENTRY, park_code: '9100000008' })).toBe(404);
    expect(bank.violations.map(({ rule }) => rule)).toEqual(['unknown-interface', 'unknown-interface', 'park-code']);
  });

  test('signature over unknown and empty fields as they came', async () => {
    const { bank, park } = await world();
    await park.send('PicUpload', PHOTO, { unsigned: [] });
    await park.send('Indata', { ...ENTRY, vpln_number: '京A12345' });
    expect(bank.violations.map(({ rule, field }) => [rule, field])).toEqual([
      ['sign', 'sign'],
      ['unknown-field', 'vpln_number'],
    ]);
  });

  test('a lenient bank notes and goes on', async () => {
    const { bank, park } = await world();
    bank.strict = false;
    expect(await park.says('Indata', { ...ENTRY, in_code: '0' })).toBe(0);
    expect(await park.says('Outdata', { ...EXIT, record_id: 'R2' })).toBe(0);
    expect(bank.violations.map(({ rule }) => rule)).toEqual(['format', 'order']);
    expect(bank.records.size).toBe(2);
  });
});

describe('faults in a field', () => {
  test.each<[string, string, string, string]>([
    ['Indata', 'in_code', '256', 'format'],
    ['Indata', 'in_code', '1.0', 'type'],
    ['Indata', 'in_code', '', 'presence'],
    ['Indata', 'in_time', String((SECONDS - 60) * 1_000), 'time'],
    ['Indata', 'in_time', String(SECONDS + 90), 'time'],
    ['Indata', 'car_type', '3', 'code'],
    ['Indata', 'plate_color', '5', 'code'],
    ['Indata', 'model', '12', 'code'],
    ['Indata', 'auth_type', '1', 'code'],
    ['Indata', 'vpl_number', '京 A12345', 'format'],
    ['Indata', 'vpl_number', '%E4%BA%ACA12345', 'form'],
    ['Outdata', 'out_time', String(SECONDS - 7_201), 'relation'],
    ['Outdata', 'charge_items', '', 'presence'],
    ['Outdata', 'charge_items', '{}', 'json'],
    ['Outdata', 'charge_items', '[{', 'json'],
    ['Outdata', 'charge_items', item('X', 800).replace('99', '25'), 'code'],
    ['Outdata', 'charge_items', item('X', 800).replace('99', '"1"'), 'type'],
    ['Outdata', 'charge_items', item('X', 800).replace('99', '1').replace('800', '8.5'), 'type'],
    ['Outdata', 'charge_items', item('X', 800), 'money'],
    ['PicUpload', 'pic_con', `data:image/jpeg;base64,${JPEG}`, 'format'],
    ['PicUpload', 'pic_con', 'aGVsbG8rLz09%3D', 'format'],
    ['PicUpload', 'pic_con', 'a b=', 'format'],
    ['PicUpload', 'in_out_flag', '0', 'code'],
    ['ConfigUpload', 'config_items', '[]', 'json'],
    ['ConfigUpload', 'config_items', '{"reserved_out_time":"1800"}', 'type'],
    ['SpaceInfo', 'tmp_empty', '-1', 'type'],
    ['AutoPay', 'amount', '8.00', 'type'],
  ])('%s %s=%s', async (name, field, value, rule) => {
    const { bank, park } = await world();
    bank.owner('京A12345').set({ autopay: { limit: 5_000 } });
    if (name !== 'Indata') await park.send('Indata', ENTRY);
    const whole: Record<string, Record<string, string>> = {
      ...{ Indata: ENTRY, Outdata: EXIT, PicUpload: PHOTO, AutoPay: CHARGE },
      ConfigUpload: { config_items: '{"reserved_out_time":1800}' },
      SpaceInfo: { total_empty: '700', vip_empty: '600', tmp_empty: '100' },
    };
    expect(await park.says(name, { ...whole[name], [field]: value })).not.toBe(0);
    expect(bank.violations).toMatchObject([{ rule, interface: name }]);
  });

  test('records out of their order, and cash told twice', async () => {
    const { bank, park } = await world();
    expect(await park.says('PicUpload', { ...PHOTO, record_id: 'R3' })).not.toBe(0);
    expect(await park.says('Outdata', { ...EXIT, record_id: 'R2' })).not.toBe(0);
    await park.send('Indata', ENTRY);
    expect(await park.says('PicUpload', { ...PHOTO, in_out_flag: '2' })).not.toBe(0);
    const cash = item('C1', 300).replace('99', '1').slice(1, -1);
    expect(await park.says('Outdata', { ...EXIT, charge_items: `[${cash},${cash}]` })).not.toBe(0);
    await park.send('Outdata', EXIT);
    expect(await park.says('Indata', { ...ENTRY, in_code: '2' })).not.toBe(0);
    expect(bank.violations.map((one) => `${one.interface} ${one.rule}`)).toEqual([
      ...['PicUpload order', 'Outdata order', 'PicUpload order', 'Outdata money', 'Indata order'],
    ]);
  });

  test('what may still be right is only doubted', async () => {
    const { bank, park } = await world();
    expect(await park.says('Indata', { ...ENTRY, vpl_number: '未识别' })).toBe(0);
    expect(await park.says('Outdata', { ...EXIT, in_code: '2', charge_items: '[ ]' })).toBe(0);
    expect(await park.says('SpaceInfo', { total_empty: '7', vip_empty: '6', tmp_empty: '0' })).toBe(0);
    expect(bank.violations).toEqual([]);
    expect(bank.doubts.map(({ field }) => field)).toEqual([
      'vpl_number',
      'charge_items',
      'vpl_number',
      'in_code',
      'total_empty',
    ]);
  });

  test('a plate may be the platform’s or one of 16 to 30 characters', async () => {
    const { bank, park } = await world();
    const { plate } = bank.driver();
    await park.send('Indata', { ...ENTRY, vpl_number: plate });
    await park.send('Indata', { ...ENTRY, record_id: 'R2', vpl_number: 'WP20260302100000A1' });
    expect([...bank.violations, ...bank.doubts]).toEqual([]);
  });
});
