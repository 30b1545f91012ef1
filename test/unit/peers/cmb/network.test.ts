import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../peers/cmb/index.ts';
import { CHARGE, ENTRY, FEE, SECONDS, world } from './support.ts';

const PAY = {
  ...{ vpl_number: '京A12345', record_id: 'R1', bill_id: '', pay_time: String(SECONDS) },
  pay_list: '[{"pay_type":99,"amount":800,"order":"1"}]',
};

describe('what happens to a request of the car park', () => {
  test.each<[Fault, RegExp, number]>([
    [{ kind: 'down' }, /^no answer$/, 0],
    [{ kind: 'request-lost' }, /^no answer$/, 0],
    [{ kind: 'answer-lost' }, /^no answer$/, 1],
    [{ kind: 'cut' }, /^no answer$/, 1],
    [{ kind: 'silence' }, /^no answer$/, 0],
    [{ kind: 'silence', processed: true }, /^no answer$/, 1],
    [{ kind: 'late', ms: 5 }, /^200 {"status":0/, 1],
    [{ kind: 'late', ms: 2_000 }, /^no answer$/, 1],
    [{ kind: 'delay', ms: 5 }, /^200 {"status":0/, 1],
    [{ kind: 'slow-body', ms: 20 }, /^200 {"status":0/, 1],
    [{ kind: 'duplicate' }, /^200 {"status":0/, 1],
    [{ kind: 'http-status', status: 502 }, /^502 </, 0],
    [{ kind: 'http-status', status: 500, processed: true }, /^500 </, 1],
    [{ kind: 'html' }, /^200 </, 0],
    [{ kind: 'garbage', processed: true }, /^200 {"status":0,"mess.$/, 1],
    [{ kind: 'status', status: 9, message: '繁忙' }, /^200 {"status":9,"message":"繁忙"}$/, 0],
    [{ kind: 'status', status: 9, processed: true }, /^200 {"status":9/, 1],
  ])('%o', async (fault, answer, stored) => {
    const { bank, park } = await world();
    const handle = bank.fault(fault, { times: 1 });
    // What has no end of its own, or one that nobody waits for.
    const timeoutMs = fault.kind === 'silence' || (fault.kind === 'late' && fault.ms > 1_000) ? 1_000 : 5_000;
    const got = await park.send('Indata', ENTRY, { timeoutMs }).catch(() => undefined);
    expect(got ? `${got.http} ${got.text}` : 'no answer').toMatch(answer);
    expect(bank.records.size).toBe(stored);
    expect(handle.hits).toBe(1);
    expect(await park.says('Indata', ENTRY)).toBe(0);
    expect(bank.repeats).toHaveLength(stored + (fault.kind === 'duplicate' ? 1 : 0));
    expect(bank.violations).toEqual([]);
  });

  test('two copies of an AutoPay charge once and are echoed once', async () => {
    const { bank, park } = await world();
    bank.owner('京A12345').set({ autopay: { limit: 5_000 } });
    await park.send('Indata', ENTRY);
    bank.fault({ kind: 'duplicate' }, { interface: 'AutoPay' });
    expect(await park.says('AutoPay', CHARGE)).toBe(0);
    await bank.waitFor(() => bank.pushed('pay')[0]?.done, 'echo');
    expect(bank.books.totals().collectedFen).toBe(800);
    expect(park.heard).toHaveLength(1);
  });

  test('the bank goes away and comes back with its memory', async () => {
    const { bank, park } = await world();
    await park.send('Indata', ENTRY);
    const { baseUrl } = bank;
    await bank.stop();
    await expect(park.send('Indata', ENTRY)).rejects.toThrow('ECONNREFUSED');
    await bank.start();
    expect(bank.baseUrl).toBe(baseUrl);
    await park.send('Indata', ENTRY);
    expect(bank.repeats).toHaveLength(1);
  });

  test('an outbox that goes on after a refusal breaks no order', async () => {
    const { bank, park } = await world();
    bank.fault({ kind: 'status', status: 5 }, { interface: 'Indata', times: 1 });
    await park.send('Indata', ENTRY);
    expect(await park.says('PicUpload', { record_id: 'R1', in_out_flag: '1', pic_con: 'https://p.example/1' })).toBe(2);
    expect(bank.violations).toEqual([]);
  });
});

describe('what happens to a push', () => {
  test.each<[Fault, number, boolean]>([
    [{ kind: 'request-lost' }, 0, false],
    [{ kind: 'down' }, 0, false],
    [{ kind: 'answer-lost' }, 1, false],
    [{ kind: 'silence', processed: true }, 1, false],
    [{ kind: 'silence' }, 0, false],
    [{ kind: 'cut' }, 0, false],
    [{ kind: 'duplicate' }, 2, true],
    [{ kind: 'duplicate', atOnce: true }, 2, true],
    [{ kind: 'delay', ms: 5 }, 1, true],
    [{ kind: 'late', ms: 5 }, 1, true],
    [{ kind: 'slow-body', ms: 20 }, 1, true],
  ])('%o', async (fault, delivered, done) => {
    const { bank, park, clock } = await world();
    bank.fault(fault, { direction: 'down', times: 1 });
    const push = await bank.push('pay', PAY, { timeoutMs: fault.kind === 'silence' ? 500 : 5_000 });
    expect(push.done).toBe(done);
    expect(park.heard).toHaveLength(delivered);
    await clock.advance(1_000);
    await bank.waitFor(() => push.done, 'answer');
    expect(park.heard).toHaveLength(delivered + (done ? 0 : 1));
    expect(bank.violations).toEqual([]);
  });

  test('a car park that says nothing is asked again', async () => {
    const { bank, park, clock } = await world();
    bank.downlink.timeoutMs = 100;
    park.silent = true;
    const push = await bank.push('pay', PAY);
    expect(push.attempts).toMatchObject([{ reply: null, error: 'no answer within 100 ms' }]);
    park.silent = false;
    await clock.advance(1_000);
    await bank.waitFor(() => push.done, 'answer');
  });
});

describe('whom a fault hits', () => {
  test('interface, direction, plate, turn, and a die', async () => {
    const { bank, park } = await world({ random: () => 0.5 });
    park.answers = { calc: FEE };
    const busy: Fault = { kind: 'status', status: 9 };
    bank.fault(busy, { interface: 'Indata', plate: '京A12345', nth: 2 });
    const says = (plate: string) => park.says('Indata', { ...ENTRY, vpl_number: plate });
    expect([await says('京A12345'), await says('京B12345'), await says('京A12345'), await says('京A12345')]).toEqual([
      ...[0, 0, 9, 0],
    ]);
    const never = bank.fault(busy, { chance: 0.5 });
    const always = bank.fault({ kind: 'request-lost' }, { chance: 0.6, direction: 'down' });
    await bank.owner('京A12345').scanExit(12);
    expect([never.hits, always.hits]).toEqual([0, 1]);
    always.clear();
    bank.fault(busy, { only: ({ recordId }) => recordId === 'R7' });
    expect(await park.says('Indata', { ...ENTRY, record_id: 'R7' })).toBe(9);
    bank.clearFaults();
    expect((await bank.owner('京A12345').scanExit(12)).push?.done).toBe(true);
  });
});

describe('hooks', () => {
  test('are awaited at their moments', async () => {
    const { bank, park } = await world();
    bank.owner('京A12345').set({ autopay: { limit: 5_000 } });
    await park.send('Indata', ENTRY);
    const seen: string[] = [];
    for (const moment of ['received', 'processed', 'answering', 'answered', 'pushing', 'pushed'] as const)
      bank.on(moment, '*', async (happening) => {
        await new Promise((resolve) => setTimeout(resolve, 2));
        seen.push(`${moment} ${happening.interface} ${happening.plate} ${bank.orders.size} ${park.heard.length}`);
      });
    await park.send('AutoPay', CHARGE);
    await bank.waitFor(() => seen.length === 6, 'all moments');
    expect(seen.filter((line) => !line.startsWith('answered'))).toEqual([
      'received AutoPay 京A12345 0 0',
      'processed AutoPay 京A12345 1 0',
      'answering AutoPay 京A12345 1 0',
      'pushing pay 京A12345 1 0',
      'pushed pay 京A12345 1 1',
    ]);
  });

  test('a car park that dies in a hook never hears the answer', async () => {
    const { bank, park } = await world();
    bank.owner('京A12345').set({ autopay: { limit: 5_000 }, echo: 'never' });
    await park.send('Indata', ENTRY);
    let kill: () => void = () => undefined;
    bank.once('processed', 'AutoPay', () => {
      kill();
    });
    const dead = new Promise<void>((resolve) => {
      kill = () => {
        void bank.stop();
        resolve();
      };
    });
    await expect(park.send('AutoPay', CHARGE)).rejects.toThrow();
    await dead;
    expect(bank.orders.get('Q1')).toMatchObject({ state: 'paid', known: null });
  });
});
