import type { TestStep } from '../../../../shared/domain/connection-test.ts';
import { readCertificate } from '../certificate.ts';
import { connects, endpointOf, resolves, StepByStep } from '../connection-test.ts';
import type { TestDeps } from '../platform.ts';
import type { KeytopSettings } from './config.ts';

/**
 * Every call of ours leaves a record or an order at the third party, and none only asks. So the test ends where the talking would begin,
 * and says so: user, password and key are proved by the first report.
 */
export async function testKeytop(settings: KeytopSettings, deps: TestDeps): Promise<readonly TestStep[]> {
  const { signal } = deps;
  const at = endpointOf(settings.baseUrl);
  const steps = new StepByStep('uplink', ['address', 'tcp', 'tls', 'http'], deps);
  await steps.take('address', () => resolves(at.host));
  await steps.take('tcp', () => connects(at, signal));
  if (at.tls)
    await steps.take('tls', async () =>
      connects(at, signal, { ca: readCertificate(settings.http.caFile, 'keytop.http.caFile') }),
    );
  else steps.skip('tls', '未加密：第三方地址是 http（文档如此），内容已用 3DES 加密');
  steps.skip('http', '没有发送：上行接口都会在第三方留下记录。用户名、密码和密钥，要到第一次上报才能验证');
  return steps.steps();
}
