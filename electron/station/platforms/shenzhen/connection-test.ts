import type { TestStep } from '../../../../shared/domain/connection-test.ts';
import { readCertificate } from '../certificate.ts';
import { connects, reachesUplink, resolves, StepByStep } from '../connection-test.ts';
import type { TestDeps } from '../platform.ts';
import type { ShenzhenSettings } from './config.ts';

export async function testShenzhen(settings: ShenzhenSettings, deps: TestDeps): Promise<readonly TestStep[]> {
  const [up, down] = await Promise.all([uplink(settings, deps), downlink(settings, deps)]);
  return [...up, ...down];
}

/** Every call of ours leaves something at the city, and none only asks. So the test ends where the talking would begin, and says so. */
async function uplink(settings: ShenzhenSettings, deps: TestDeps): Promise<readonly TestStep[]> {
  const { signal } = deps;
  const steps = new StepByStep('uplink', ['address', 'tcp', 'tls', 'http'], deps);
  const ca = () => readCertificate(settings.http.caFile, 'shenzhen.http.caFile');
  await reachesUplink(
    steps,
    { baseUrl: settings.baseUrl, ca, plain: '未加密：云平台地址是 http（文档如此），内容有签名' },
    signal,
  );
  steps.skip('http', '没有发送：上行接口都会在云平台留下记录。密钥要到第一次上报才能验证');
  return steps.steps();
}

/** Nobody logs in: a second login of the same car park may end the line that is in use. */
async function downlink(settings: ShenzhenSettings, deps: TestDeps): Promise<readonly TestStep[]> {
  const { downlink: own } = settings;
  if (own === undefined) return [];
  const { signal } = deps;
  if (own.role === 'server') {
    const waits = new StepByStep('downlink', ['connect'], deps);
    waits.skip('connect', `由云平台连接本机 ${own.host}:${own.port}，是否连上请看“上报状态”`);
    return waits.steps();
  }
  const names = ['address', 'tcp', ...(own.tls ? (['tls'] as const) : []), 'connect'] as const;
  const steps = new StepByStep('downlink', names, deps);
  await steps.take('address', () => resolves(own.host));
  await steps.take('tcp', () => connects(own, signal));
  if (own.tls)
    await steps.take('tls', async () =>
      connects(own, signal, { ca: readCertificate(settings.http.caFile, 'shenzhen.http.caFile') }),
    );
  steps.skip('connect', '没有登录：同一车场再次登录可能断开正在使用的连接。启用后请看“上报状态”');
  return steps.steps();
}
