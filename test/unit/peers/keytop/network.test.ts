import { describe, expect, test } from 'vitest';
import type { Fault, Shape } from '../../../peers/keytop/index.ts';
import { BILL, broken, IN, no, OUT, ok, world } from './support.ts';

describe('faults of the line, up', () => {
  test.each<[Fault, string, number]>([
    [{ kind: 'answer-lost' }, 'no answer', 1],
    [{ kind: 'request-lost' }, 'no answer', 0],
    [{ kind: 'down' }, 'no answer', 0],
    [{ kind: 'cut' }, 'no answer', 1],
    [{ kind: 'silence' }, 'no answer', 0],
    [{ kind: 'silence', processed: true }, 'no answer', 1],
    [{ kind: 'http-status', status: 500 }, '500 ', 0],
    [{ kind: 'http-status', status: 302, processed: true }, '302 ', 1],
    [{ kind: 'html' }, '200 <!DOCTYPE', 0],
    [{ kind: 'garbage', processed: true }, '200 {"resCode":0,"resM', 1],
    [{ kind: 'refused' }, '200 {"resCode":1', 0],
    [{ kind: 'slow-body', ms: 50 }, '200 {"resCode":0', 1],
    [{ kind: 'delay', ms: 10 }, '200 {"resCode":0', 1],
    [{ kind: 'late', ms: 10 }, '200 {"resCode":0', 1],
  ])('%j', async (fault, said, stays) => {
    const { thirdParty, park } = await world();
    const handle = thirdParty.fault(fault, { interface: 'PostCarInInfo', plate: '粤B12345', nth: 1 });
    expect(await park.tries('PostCarInInfo', IN, 300)).toContain(said);
    expect([handle.hits, thirdParty.state.stays.all.size]).toEqual([1, stays]);
    expect(await park.says('PostCarInInfo', { ...IN, plateNo: '粤B54321', cardNo: '' })).not.toBeUndefined();
  });

  test.each<[Shape, object, string]>([
    ['res-code-text', { resCode: '0' }, 'heard'],
    ['res-code-missing', { resMsg: '' }, 'unclear'],
    ['res-msg-null', { resMsg: null }, 'heard'],
    ['data-object', { data: { densityMoney: 500 } }, 'heard'],
    ['data-null', { data: null }, 'unclear'],
    ['data-missing', { resCode: 0 }, 'unclear'],
    ['data-empty', { data: [] }, 'unclear'],
    ['text-html', { data: [{ densityMoney: 500 }] }, 'heard'],
  ])('an answer as %s', async (shape, said, result) => {
    const { thirdParty, park } = await world();
    thirdParty.plate('粤B12345').set({ signed: true });
    await park.says('PostCarInInfo', IN);
    thirdParty.fault({ kind: 'answer', shape }, { interface: 'PostCarOutInfo' });
    const { json } = await park.send('PostCarOutInfo', OUT);
    expect(json).toMatchObject(said);
    const [told] = [...thirdParty.state.told.values()].filter((one) => one.interface === 'PostCarOutInfo');
    expect(told?.sends[0]?.result).toBe(result);
    expect(thirdParty.state.charges.all[0]?.state).toBe(result === 'heard' ? 'settled' : 'unknown');
  });

  test('answers in other styles', async () => {
    const { thirdParty, park } = await world();
    Object.assign(thirdParty.style, { densityPay: 'lower', resMsg: 'words', numbersAs: 'string', noData: 'missing' });
    expect((await park.send('PostCarInInfo', IN)).text).toBe(
      '{"resCode":0,"resMsg":"操作成功","data":[{"isDensityPay":"0"}]}',
    );
    expect((await park.send('PostCarBillDetail', BILL)).json).toEqual({ resCode: 0, resMsg: '操作成功' });
  });

  test('away, and back on the same port with all that was known', async () => {
    const w = await world();
    await w.park.says('PostCarInInfo', IN);
    const { port } = w.thirdParty;
    await w.thirdParty.goAway();
    expect(await w.park.tries('PostCarBillDetail', BILL, 300)).toBe('no answer');
    await w.thirdParty.comeBack();
    expect(w.thirdParty.port).toBe(port);
    expect(await w.park.says('PostCarBillDetail', BILL)).toBe(0);
    expect(broken(w)).toEqual([]);
  });

  test('by chance', async () => {
    const { thirdParty, park } = await world({ random: () => 0.4 });
    const fault = thirdParty.fault({ kind: 'request-lost' }, { chance: 0.5 });
    expect(await park.tries('PostCarInInfo', IN, 300)).toBe('no answer');
    thirdParty.clearFaults();
    thirdParty.fault({ kind: 'request-lost' }, { chance: 0.3 });
    expect(await park.tries('PostCarBillDetail', BILL, 300)).toContain('200');
    expect(fault.hits).toBe(1);
  });
});

describe('faults of the line, down', () => {
  test.each<[Fault, number]>([
    [{ kind: 'request-lost' }, 0],
    [{ kind: 'answer-lost' }, 1],
    [{ kind: 'cut' }, 0],
  ])('%j', async (fault, arrived) => {
    const { thirdParty, park } = await world();
    park.answers['GetPaymentStatus'] = no();
    const handle = thirdParty.fault(fault, { direction: 'down', interface: 'GetPaymentStatus' });
    const call = await thirdParty.getPaymentStatus('K1', { timeoutMs: 300 });
    expect([call.http, call.ok, handle.hits, park.heard.length]).toEqual([null, false, 1, arrived]);
    expect(call.error).not.toBeNull();
    handle.clear();
    expect((await thirdParty.getPaymentStatus('K1')).http).toBe(200);
  });
});

describe('hooks', () => {
  test('are awaited at their moments, up and down', async () => {
    const { thirdParty, park } = await world();
    const seen: string[] = [];
    for (const moment of ['received', 'processed', 'answering', 'answered', 'pushing', 'pushed'] as const)
      thirdParty.on(moment, '*', async ({ interface: name, plate }) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        seen.push(`${moment} ${name} ${plate} ${thirdParty.state.stays.all.size}`);
      });
    await park.says('PostCarInInfo', IN);
    await thirdParty.waitFor(() => seen.length === 4, 'the last hook');
    park.answers['RecordDensityPay'] = ok();
    await thirdParty.recordDensityPay('粤B12345');
    expect(seen).toEqual([
      'received PostCarInInfo 粤B12345 0',
      'processed PostCarInInfo 粤B12345 1',
      'answering PostCarInInfo 粤B12345 1',
      'answered PostCarInInfo 粤B12345 1',
      'pushing RecordDensityPay 粤B12345 1',
      'pushed RecordDensityPay 粤B12345 1',
    ]);
  });
});
