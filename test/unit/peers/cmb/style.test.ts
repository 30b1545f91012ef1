import { describe, expect, test } from 'vitest';
import { ENTRY, world } from './support.ts';

describe('answers where the document leaves them open', () => {
  test('texts for numbers, names of no table, no message', async () => {
    const { bank, park } = await world();
    bank.owner('京A12345').set({ autopay: { limit: 5_000 } });
    Object.assign(bank.state.style, { numbersAs: 'string', extra: true, message: 'absent' });
    const { json } = await park.send('AutoPayStatus', { vpl_number: '京A12345' });
    expect(json).toMatchObject({ status: '0', data: { uid: '1', limit: '5000', reserved: '预留' } });
    expect(json).not.toHaveProperty('message');
  });

  test('no limit where there is none', async () => {
    const { bank, park } = await world();
    bank.state.style.noLimit = 'absent';
    expect((await park.send('Indata', ENTRY)).json?.data).toEqual({ uid: 0 });
  });

  test.each([
    ['absent', '{"status":0,"message":"success"}'],
    ['null', '{"status":0,"message":"success","data":null}'],
    ['empty', '{"status":0,"message":"success","data":{}}'],
  ] as const)('nothing to return: %s', async (noData, text) => {
    const { bank, park } = await world();
    bank.state.style.noData = noData;
    expect((await park.send('SpaceInfo', { total_empty: '7', vip_empty: '6', tmp_empty: '1' })).text).toBe(text);
  });

  test.each([
    ['answer', { uid: 1, limit: 5_000 }, 0],
    ['push', undefined, 1],
    ['both', { uid: 1, limit: 5_000 }, 1],
    ['none', undefined, 0],
  ] as const)('无感 at the entry: %s', async (announces, data, pushes) => {
    const { bank, park } = await world();
    bank.owner('京A12345').set({ autopay: { limit: 5_000 }, announces });
    expect((await park.send('Indata', ENTRY)).json?.data).toEqual(data);
    if (pushes > 0) await bank.waitFor(() => bank.pushed('autoPayBind')[0]?.done, 'binding');
    expect(park.heard).toHaveLength(pushes);
  });
});

describe('the bank’s memory', () => {
  test('loses records without blaming anybody', async () => {
    const { bank, park } = await world();
    await park.send('Indata', ENTRY);
    expect(bank.forget(({ plate }) => plate === '京A12345')).toHaveLength(1);
    expect(await park.says('PicUpload', { record_id: 'R1', in_out_flag: '1', pic_con: 'https://p.example/1' })).toBe(2);
    expect(await park.says('Indata', ENTRY)).toBe(0);
    expect([...bank.violations, ...bank.repeats]).toEqual([]);
  });

  test('what a test waits for in vain is told with all that happened', async () => {
    const { bank, park } = await world();
    await park.send('Indata', ENTRY);
    await bank.owner('京A12345').signsUp(100);
    await expect(bank.waitFor(() => bank.orders.get('Q1'), 'order', 10)).rejects.toThrow(
      /no order within 10 ms; received: up: Indata=accepted; down: autoPayBind→0/,
    );
  });
});
