import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../peers/vanke/index.ts';
import { READ, world } from './support.ts';

describe('what happens to a request of the car park', () => {
  test.each<[Fault, RegExp, number, string]>([
    [{ kind: 'down' }, /^no answer$/, 0, 'unheard'],
    [{ kind: 'request-lost' }, /^no answer$/, 0, 'unheard'],
    [{ kind: 'answer-lost' }, /^no answer$/, 1, 'unheard'],
    [{ kind: 'cut' }, /^no answer$/, 1, 'unheard'],
    [{ kind: 'silence' }, /^no answer$/, 0, 'unheard'],
    [{ kind: 'silence', ms: 10 }, /^no answer$/, 0, 'unheard'],
    [{ kind: 'silence', processed: true }, /^no answer$/, 1, 'unheard'],
    [{ kind: 'late', ms: 5 }, /^200 {"respCode":"0"/, 1, 'heard'],
    [{ kind: 'delay', ms: 5 }, /^200 {"respCode":"0"/, 1, 'heard'],
    [{ kind: 'slow-body', ms: 20 }, /^200 {"respCode":"0"/, 1, 'heard'],
    [{ kind: 'http-status', status: 500 }, /^500 </, 0, 'unheard'],
    [{ kind: 'http-status', status: 502, processed: true }, /^502 </, 1, 'unheard'],
    [{ kind: 'http-status', status: 302 }, /^302 </, 0, 'unheard'],
    [{ kind: 'html' }, /^200 </, 0, 'unheard'],
    [{ kind: 'garbage', processed: true }, /^200 {"respCode":"0","resp.$/, 1, 'unheard'],
    [{ kind: 'resp-code' }, /^200 {"respDesc":/, 0, 'unclear'],
    [{ kind: 'resp-code', value: 0, processed: true }, /^200 {"respCode":0,/, 1, 'unclear'],
    [{ kind: 'resp-code', value: '2' }, /^200 {"respCode":"2",/, 0, 'unclear'],
  ])('%o', async (fault, answer, taken, result) => {
    const { cloud, park } = await world();
    const handle = cloud.fault(fault, { times: 1 });
    const endless = fault.kind === 'silence' && !('ms' in fault);
    expect(await park.tries('receivePlateNumber', READ, endless ? 300 : 5_000)).toMatch(answer);
    expect(cloud.recognitions()).toHaveLength(taken);
    expect(handle.hits).toBe(1);
    // Once heard it is not said again.
    if (result === 'heard') expect(await park.says('receivePlateNumber', READ)).toBe('1');
    else expect(await park.says('receivePlateNumber', READ)).toBe('0');
    expect(cloud.violations.map(({ rule }) => rule)).toEqual(result === 'heard' ? ['after-allowed'] : []);
    expect([...cloud.state.recognitions.values()].flatMap(({ sends }) => sends.map((send) => send.result))).toEqual([
      ...[result, 'heard'],
    ]);
  });

  test('an answer for which nobody waited is not heard', async () => {
    const { cloud, park } = await world();
    cloud.fault({ kind: 'late', ms: 200 }, { times: 1 });
    expect(await park.tries('receivePlateNumber', READ, 50)).toBe('no answer');
    const [recognition] = cloud.recognitions();
    await cloud.waitFor(() => recognition?.sends[0]?.result !== 'pending', 'end');
    expect(recognition?.sends).toMatchObject([{ answer: '0', result: 'unheard' }]);
    expect(await park.says('receivePlateNumber', READ)).toBe('0');
    expect(cloud.violations).toEqual([]);
  });

  test('the cloud goes away and comes back with its memory', async () => {
    const { cloud, park } = await world();
    await park.says('receivePlateNumber', READ);
    const { baseUrl } = cloud;
    await cloud.goAway();
    await expect(park.send('receivePlateNumber', READ)).rejects.toThrow('ECONNREFUSED');
    await cloud.comeBack();
    expect(cloud.baseUrl).toBe(baseUrl);
    await park.says('receivePlateNumber', { ...READ, uuid: 'b' });
    expect(cloud.recognitions()).toHaveLength(2);
  });

  test('who follows a redirect is noticed', async () => {
    const { cloud, park } = await world();
    cloud.fault({ kind: 'http-status', status: 302 }, { times: 1 });
    expect((await park.send('receivePlateNumber', READ)).http).toBe(302);
    await park.post('/redirected', '', { method: 'GET' });
    expect(cloud.violations).toMatchObject([{ rule: 'unknown-interface', interface: 'redirected' }]);
  });

  test('answers as the document leaves them open', async () => {
    const { cloud, park } = await world();
    Object.assign(cloud.style, { description: 'absent', extra: true });
    expect((await park.send('receivePlateNumber', READ)).text).toBe('{"respCode":"0","traceId":"a1b2c3"}');
    cloud.decision = 'refuse';
    const refused = await park.send('receivePlateNumber', { ...READ, uuid: 'b' });
    expect(refused.json).toMatchObject({ respCode: '1', respDesc: '该车辆未授权，不允许开闸' });
  });
});

describe('whom a fault hits', () => {
  test('interface, plate, turn, a question and a die', async () => {
    const { cloud, park } = await world({ random: () => 0.5 });
    const broken: Fault = { kind: 'http-status', status: 500 };
    const turns = cloud.fault(broken, { interface: 'receivePlateNumber', plate: '粤B00001', nth: 2 });
    let uuid = 0;
    const ask = async (plateNumber: string): Promise<number> => {
      uuid += 1;
      return (await park.send('receivePlateNumber', { ...READ, uuid: `u${uuid}`, plateNumber })).http;
    };
    expect([await ask('粤B00001'), await ask('粤B00002'), await ask('粤B00001'), await ask('粤B00001')]).toEqual([
      ...[200, 200, 500, 200],
    ]);
    turns.clear();
    const never = cloud.fault(broken, { chance: 0.5 });
    const always = cloud.fault({ kind: 'request-lost' }, { chance: 0.6, direction: 'down' });
    await cloud.checkConnect();
    expect([await ask('粤B00003'), never.hits, always.hits]).toEqual([200, 0, 1]);
    cloud.fault(broken, { only: (about) => about.uuid === 'u6' });
    expect(await ask('粤B00004')).toBe(500);
    cloud.clearFaults();
    expect(await ask('粤B00004')).toBe(200);
  });
});

describe('hooks', () => {
  test('are awaited at their moments', async () => {
    const { cloud, park } = await world();
    const seen: string[] = [];
    for (const moment of ['received', 'processed', 'answering', 'answered', 'pushing', 'pushed'] as const)
      cloud.on(moment, '*', async (happening) => {
        await new Promise((resolve) => setTimeout(resolve, 2));
        seen.push(
          `${moment} ${happening.interface} ${happening.plate} ${cloud.recognitions().length} ${park.heard.length}`,
        );
      });
    await park.send('receivePlateNumber', READ);
    await cloud.waitFor(() => seen.length === 4, 'all moments of the request');
    await cloud.openGate({ deviceNo: 'LPR-E01', plateNumber: '粤B12345', openMode: '2' });
    expect(seen).toEqual([
      'received receivePlateNumber 粤B12345 0 0',
      'processed receivePlateNumber 粤B12345 1 0',
      'answering receivePlateNumber 粤B12345 1 0',
      'answered receivePlateNumber 粤B12345 1 0',
      'pushing receiveOpenGate 粤B12345 1 0',
      'pushed receiveOpenGate 粤B12345 1 1',
    ]);
  });

  test('a car park that dies in a hook never hears the answer', async () => {
    const { cloud, park } = await world();
    cloud.once('processed', 'receivePlateNumber', () => {
      void cloud.goAway();
    });
    expect(await park.tries('receivePlateNumber', READ)).toBe('no answer');
    await cloud.waitFor(() => cloud.recognitions()[0]?.sends[0]?.result === 'unheard', 'end');
    expect(cloud.recognitions()).toHaveLength(1);
  });
});
