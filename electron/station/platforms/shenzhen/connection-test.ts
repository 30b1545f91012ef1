import type { TestStep } from '../../../../shared/domain/connection-test.ts';
import { readCertificate } from '../certificate.ts';
import { connects, endpointOf, resolves, StepByStep } from '../connection-test.ts';
import type { TestDeps } from '../platform.ts';
import type { ShenzhenSettings } from './config.ts';

/** Every call of ours leaves something at the city, and none only asks. So the test ends where the talking would begin, and says so. */
export async function testShenzhen(settings: ShenzhenSettings, deps: TestDeps): Promise<readonly TestStep[]> {
  const { signal } = deps;
  const at = endpointOf(settings.baseUrl);
  const steps = new StepByStep('uplink', ['address', 'tcp', 'tls', 'http'], deps);
  await steps.take('address', () => resolves(at.host));
  await steps.take('tcp', () => connects(at, signal));
  if (at.tls)
    await steps.take('tls', async () =>
      connects(at, signal, { ca: readCertificate(settings.http.caFile, 'shenzhen.http.caFile') }),
    );
  else steps.skip('tls', '未加密：云平台地址是 http（文档如此），内容有签名');
  steps.skip('http', '没有发送：上行接口都会在云平台留下记录。密钥要到第一次上报才能验证');
  return steps.steps();
}
