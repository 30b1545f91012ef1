import { afterEach, describe, expect, it } from 'vitest';
import { cmb } from '../../../../electron/station/platforms/cmb/index.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { memoryLog } from '../../../support/silent-log.ts';
import { APP_SECRET, bankSigns, listen, settings } from './support.ts';

let close: () => Promise<void> = async () => undefined;
afterEach(() => close());

const test = async (changes: Readonly<Record<string, unknown>>) => {
  const deps = { clock: new FakeClock(), log: memoryLog(), ids: { next: (prefix: string) => `${prefix}_1` } };
  const steps = await cmb.test?.(settings(changes), { ...deps, signal: new AbortController().signal });
  return (steps ?? []).map(({ step, line, outcome, detail }) => ({ step, line, outcome, detail }));
};
const outcomes = (steps: Awaited<ReturnType<typeof test>>) => steps.map(({ step, outcome }) => `${step} ${outcome}`);

async function bank(status: number, text: string) {
  const server = await listen((_request, response) => {
    response.writeHead(status).end(text);
  });
  close = server.close;
  return server;
}
const ALL_OK = ['address ok', 'tcp ok', 'http ok', 'credentials ok'];

describe('the connection test', () => {
  it('asks AutoPayStatus of a plate that nobody has, and nothing else', async () => {
    const server = await bank(200, '{"status":0,"message":"success","data":{"uid":0}}');
    const steps = await test({ baseUrl: server.baseUrl });
    expect(outcomes(steps)).toEqual(ALL_OK);
    expect(steps.every(({ line }) => line === 'uplink')).toBe(true);
    expect(server.received.map(({ path }) => path)).toEqual(['/api/AutoPayStatus']);
    const { sign, ...fields } = server.received[0]?.form ?? {};
    expect(sign).toBe(bankSigns({ ...fields }));
  });

  it('finds a wrong secret by what the bank makes of the sign', async () => {
    const server = await listen(({ form }, response) => {
      const { sign, ...fields } = form;
      const right = sign === bankSigns({ ...fields });
      response.end(JSON.stringify(right ? { status: 0, data: { uid: 0 } } : { status: 1, message: '验签失败' }));
    });
    close = server.close;
    expect(outcomes(await test({ baseUrl: server.baseUrl }))).toEqual(ALL_OK);
    const wrong = await test({ baseUrl: server.baseUrl, appSecret: `${APP_SECRET}x` });
    expect(outcomes(wrong)).toEqual(['address ok', 'tcp ok', 'http ok', 'credentials failed']);
    expect(wrong.at(-1)?.detail).toBe('招行答复：1 验签失败');
    expect(JSON.stringify(wrong)).not.toContain(APP_SECRET);
  });

  it.each([
    ['{"status":1,"message":"appid不存在"}', 'failed'],
    ['{"status":2,"message":"invalid sign"}', 'failed'],
    ['{"status":3,"message":"停车场编号错误"}', 'failed'],
    ['{"status":401,"message":""}', 'failed'],
    ['{"status":4,"message":"该车辆未开通无感"}', 'ok'],
    ['{"status":5,"message":"无此车牌"}', 'ok'],
  ])('%s: credentials %s', async (text, outcome) => {
    const server = await bank(200, text);
    const steps = await test({ baseUrl: server.baseUrl });
    expect(outcomes(steps)).toEqual(['address ok', 'tcp ok', 'http ok', `credentials ${outcome}`]);
  });

  it.each([
    [502, '<html>Bad Gateway</html>'],
    [500, '{"status":500,"message":"Internal Server Error"}'],
    [200, '<html>login</html>'],
  ])('HTTP %i %s: something else answers there', async (status, text) => {
    const server = await bank(status, text);
    expect(outcomes(await test({ baseUrl: server.baseUrl }))).toEqual([
      ...['address ok', 'tcp ok', 'http failed', 'credentials skipped'],
    ]);
  });

  it('stops where nobody listens', async () => {
    const server = await bank(200, '');
    await server.close();
    close = async () => undefined;
    const steps = await test({ baseUrl: server.baseUrl });
    expect(outcomes(steps)).toEqual(['address ok', 'tcp failed', 'http skipped', 'credentials skipped']);
    expect(steps[1]?.detail).toContain('拒绝连接');
  });

  it('stops where TLS is spoken to somebody who does not', async () => {
    const server = await bank(200, '');
    const steps = await test({ baseUrl: server.baseUrl.replace('http:', 'https:') });
    expect(outcomes(steps)).toEqual(['address ok', 'tcp ok', 'tls failed', 'http skipped', 'credentials skipped']);
  });
});
