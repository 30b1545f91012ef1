import type { TestStep } from '../../../../shared/domain/connection-test.ts';
import { readCertificate } from '../certificate.ts';
import { connects, endpointOf, resolves, StepByStep } from '../connection-test.ts';
import type { TestDeps } from '../platform.ts';
import type { VankeSettings } from './config.ts';

/**
 * None of the platform's interfaces leaves it as it was: each tells it of a car or a fault, and a question about a made-up car could
 * open a barrier in its books. So the test ends where the talking would begin, and says so. Whether the platform reaches us only its
 * own call can show.
 */
export async function testVanke(settings: VankeSettings, deps: TestDeps): Promise<readonly TestStep[]> {
  const { signal } = deps;
  const { baseUrl, http } = settings;
  const at = endpointOf(baseUrl);
  const steps = new StepByStep('uplink', ['address', 'tcp', 'tls', 'http'], deps);
  await steps.take('address', () => resolves(at.host));
  await steps.take('tcp', () => connects(at, signal));
  if (at.tls)
    await steps.take('tls', async () =>
      connects(at, signal, { ca: readCertificate(http.caFile, 'vanke.http.caFile'), fingerprint: http.fingerprint }),
    );
  else steps.skip('tls', '未加密：平台地址是 http，只可在前面另有设备加密时使用');
  steps.skip(
    'http',
    '没有发送：万科的接口都会在平台留下记录，没有可供测试的。appId、密钥和停车场编号，要到第一次推送或收到平台请求时才能验证',
  );
  return steps.steps();
}
