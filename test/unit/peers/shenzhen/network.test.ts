import { describe, expect, test } from 'vitest';
import type { AnswerStyle, Fault, Shape } from '../../../peers/shenzhen/index.ts';
import { ENTRY, PARK, RECORD } from './samples.ts';
import { broken, world } from './support.ts';

describe('faults of the line', () => {
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
    [{ kind: 'garbage', processed: true }, '200 {"code":0,"ms', 1],
    [{ kind: 'refused' }, '200 {"code":1', 0],
    [{ kind: 'refused', code: 500, msg: '忙' }, '200 {"code":500,"msg":"忙"', 0],
    [{ kind: 'duplicate' }, '200 {"code":1,"msg":"记录已存在', 1],
    [{ kind: 'slow-body', ms: 50 }, '200 {"code":0', 1],
    [{ kind: 'delay', ms: 10 }, '200 {"code":0', 1],
    [{ kind: 'late', ms: 10 }, '200 {"code":0', 1],
  ])('%j', async (fault, said, entries) => {
    const { cloud, park } = await world();
    const handle = cloud.fault(fault, {
      interface: 'parkRecordEntry',
      only: (about) => about.recordCode === RECORD,
      nth: 1,
    });
    expect(await park.tries('parkRecordEntry', ENTRY)).toContain(said);
    expect([handle.hits, cloud.state.records.get(RECORD)?.entry ? 1 : 0]).toEqual([1, entries]);
    expect(await park.tries('parkRecordEntry', { ...ENTRY, recordCode: 'R2' })).toContain('"code":0');
  });

  test.each<[Shape, string, string]>([
    ['code-text', '"code":"0"', 'heard'],
    ['code-missing', '{"msg"', 'unclear'],
    ['code-null', '"code":null', 'unclear'],
    ['code-words', '"code":"OK"', 'unclear'],
    ['data-null', '"data":null', 'heard'],
    ['data-list', '"data":[]', 'heard'],
    ['data-missing', '{"code":0,"msg":"success"}', 'heard'],
    ['table35', '{"resultCode":0,"resultMsg":"success","timestamp":1772416800000,"data":{}}', 'heard'],
    ['text-html', '"code":0', 'heard'],
  ])('an answer as %s', async (shape, said, result) => {
    const { cloud, park } = await world();
    cloud.fault({ kind: 'answer', shape });
    expect(await park.tries('park', PARK)).toContain(said);
    expect(cloud.state.told.get('park ')?.sends[0]?.result).toBe(result);
  });

  test.each<[Partial<AnswerStyle>, string]>([
    [
      { envelope: 'table35', codeAs: 'string', data: 'list' },
      '{"resultCode":"0","resultMsg":"success","timestamp":1772416800000,"data":[]}',
    ],
    [{ msg: 'null', data: 'missing', extra: true }, '{"code":0,"msg":null,"traceId":"a1b2c3"}'],
  ])('in the style %j', async (style, said) => {
    const { cloud, park } = await world();
    Object.assign(cloud.style, style);
    expect(await park.tries('park', PARK)).toBe(`200 ${said}`);
  });

  test('away, and back on the same ports with all that was known', async () => {
    const w = await world();
    await w.park.says('park', PARK);
    const { port, tcpPort } = w.cloud;
    await w.cloud.goAway();
    expect(await w.park.tries('parkRecordEntry', ENTRY)).toBe('no answer');
    await w.cloud.comeBack();
    expect([w.cloud.port, w.cloud.tcpPort]).toEqual([port, tcpPort]);
    expect(await w.park.says('parkRecordEntry', ENTRY)).toBe(0);
    expect(broken(w)).toEqual([]);
  });

  test('hooks are awaited where they stand', async () => {
    const { cloud, park } = await world();
    const seen: string[] = [];
    for (const moment of ['received', 'processed', 'answering', 'answered'] as const)
      cloud.on(moment, 'park', async (about) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        seen.push(`${moment} ${cloud.state.carPark ? 'done' : 'open'} ${about.interface}`);
      });
    await park.says('park', PARK);
    await cloud.waitFor(() => seen.length === 4, 'all moments');
    expect(seen).toEqual(['received open park', 'processed done park', 'answering done park', 'answered done park']);
  });
});
