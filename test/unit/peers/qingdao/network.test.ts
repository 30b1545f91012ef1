import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../peers/qingdao/index.ts';
import { ENTRY, HEARTBEAT, PAYMENT } from './samples.ts';
import { otherStay, world } from './support.ts';

const TEXT = JSON.stringify({ data: ENTRY });

describe('what the network and the platform do to a request', () => {
  test.each<[Fault, RegExp, number]>([
    [{ kind: 'http-status', status: 500, processed: true }, /^500 /, 1],
    [{ kind: 'http-status', status: 204 }, /^204 $/, 0],
    [{ kind: 'result-code', code: 500, processed: true }, /^200 .*"500"/, 1],
    [{ kind: 'silence' }, /^no answer$/, 0],
    [{ kind: 'silence', processed: true }, /^no answer$/, 1],
    [{ kind: 'cut' }, /^no answer$/, 1],
    [{ kind: 'slow-body', ms: 40 }, /^200 .*"200"/, 1],
  ])('%o', async (fault, answer, stored) => {
    const { platform, park } = await world();
    const handle = platform.fault(fault, { times: 1 });
    // Only silence has no end of its own.
    const patienceMs = fault.kind === 'silence' ? 1_000 : 5_000;
    const attempt = await park.post('uploadCarInData', TEXT, {}, patienceMs).catch(() => undefined);
    expect(attempt ? `${attempt.status} ${attempt.body}` : 'no answer').toMatch(answer);
    expect(platform.books.entries.size).toBe(stored);
    expect(handle.hits).toBe(1);
    expect(await park.send('uploadCarInData', ENTRY)).toMatchObject({ resultCode: '200' });
    expect(platform.repeats).toHaveLength(stored);
    expect(platform.violations).toEqual([]);
  });

  test.each(['first', 'second'] as const)('the network repeats it, the %s answer arrives', async (answer) => {
    const { platform, park } = await world();
    platform.repeatAnswer = 'duplicate-204';
    platform.fault({ kind: 'duplicate', answer }, { times: 1 });
    expect(await park.send('uploadCarInData', ENTRY)).toMatchObject({ resultCode: answer === 'first' ? '200' : '204' });
    expect(platform.received('uploadCarInData').map(({ outcome }) => outcome)).toEqual(['accepted', 'repeat']);
    expect(platform.violations).toEqual([]);
  });

  test('a request is overtaken by the next one', async () => {
    const { platform, park } = await world();
    platform.fault({ kind: 'overtaken', ms: 5_000 }, { times: 1, interface: 'uploadCarInData' });
    const first = park.send('uploadCarInData', ENTRY);
    const { uid, plateNo } = otherStay(1);
    await park.send('uploadHeartbeat', HEARTBEAT);
    await first;
    expect(platform.received('uploadHeartbeat')).toHaveLength(1);
    expect(platform.summary()).toBe('uploadHeartbeat=accepted uploadCarInData=accepted');
    platform.fault({ kind: 'overtaken', ms: 10 }, { times: 1 });
    await park.send('uploadCarInData', { ...ENTRY, uid, plateNo, arriveID: 'E2' });
    expect(platform.books.entries.size).toBe(2);
  });

  test('a request that outruns its own entry breaks the order', async () => {
    const { platform, park } = await world();
    platform.fault({ kind: 'overtaken', ms: 5_000 }, { times: 1, interface: 'uploadCarInData' });
    const entry = park.send('uploadCarInData', ENTRY);
    await park.send('uploadPayRecord', PAYMENT);
    await entry;
    expect(platform.violations).toMatchObject([{ rule: 'order', interface: 'uploadPayRecord' }]);
  });

  test('a die decides whom a fault hits', async () => {
    const { platform, park } = await world();
    let turn = 0;
    const handle = platform.fault({ kind: 'result-code', code: 500 }, { chance: () => turn++ % 2 === 1 });
    const codes: unknown[] = [];
    for (let n = 0; n < 4; n += 1) codes.push((await park.send('uploadHeartbeat', HEARTBEAT)).resultCode);
    expect(codes).toEqual(['200', '500', '200', '500']);
    expect(handle.hits).toBe(2);
  });
});
