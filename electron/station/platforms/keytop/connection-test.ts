import type { TestStep } from '../../../../shared/domain/connection-test.ts';
import { readCertificate } from '../certificate.ts';
import { reachesUplink, StepByStep } from '../connection-test.ts';
import type { TestDeps } from '../platform.ts';
import type { KeytopSettings } from './config.ts';

/**
 * Every call of ours leaves a record or an order at the third party, and none only asks. So the test ends where the talking would begin,
 * and says so: user, password and key are proved by the first report.
 */
export async function testKeytop(settings: KeytopSettings, deps: TestDeps): Promise<readonly TestStep[]> {
  const { signal } = deps;
  const steps = new StepByStep('uplink', ['address', 'tcp', 'tls', 'http'], deps);
  const ca = () => readCertificate(settings.http.caFile, 'keytop.http.caFile');
  await reachesUplink(
    steps,
    { baseUrl: settings.baseUrl, ca, plain: '未加密：第三方地址是 http（文档如此），内容已用 3DES 加密' },
    signal,
  );
  steps.skip('http', '没有发送：上行接口都会在第三方留下记录。用户名、密码和密钥，要到第一次上报才能验证');
  return steps.steps();
}
