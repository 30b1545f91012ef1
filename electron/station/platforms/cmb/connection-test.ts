import type { TestStep } from '../../../../shared/domain/connection-test.ts';
import { readCertificate } from '../certificate.ts';
import { connects, endpointOf, resolves, StepByStep, StepFailed } from '../connection-test.ts';
import type { TestDeps } from '../platform.ts';
import type { CmbSettings } from './config.ts';
import { readAnswer, said } from './judge.ts';
import { AutoPayStatus } from './messages/AutoPayStatus.ts';
import { Uplink } from './uplink.ts';

/** What the bank may say of a sign, an application or a car park that it does not know; the specification has no codes for it. */
const ABOUT_US =
  /\bsign|签名|验签|appid|app_id|appsecret|应用|密钥|未授权|无权|没有权限|鉴权|auth|park_?code|(车场|停车场)(编号|不存在|未注册|未开通|错误|无效)/i;
const STATUS_ABOUT_US: ReadonlySet<number> = new Set([401, 403]);

/** A plate that nobody has: the question changes nothing, and settles the rule of the sign. */
const NOBODYS = '测A00000';

/**
 * AutoPayStatus is the one message that changes nothing at the bank, so it is what the test sends. Whether the bank reaches us only
 * its own call can show.
 */
export async function testCmb(settings: CmbSettings, deps: TestDeps): Promise<readonly TestStep[]> {
  const { signal } = deps;
  const at = endpointOf(settings.baseUrl);
  const names = ['address', 'tcp', ...(at.tls ? ['tls' as const] : []), 'http', 'credentials'] as const;
  const steps = new StepByStep('uplink', names, deps);
  await steps.take('address', () => resolves(at.host));
  await steps.take('tcp', () => connects(at, signal));
  if (at.tls)
    await steps.take('tls', async () =>
      connects(at, signal, { ca: readCertificate(settings.http.caFile, 'cmb.http.caFile') }),
    );
  const asked = await steps.take('http', () => question(settings, deps));
  await steps.take('credentials', async () => {
    const refusal = asked?.refusal;
    if (refusal && (STATUS_ABOUT_US.has(refusal.status) || ABOUT_US.test(refusal.message)))
      throw new StepFailed(`招行答复：${said(refusal)}`);
    return { detail: refusal ? `招行答复：${said(refusal)}` : '' };
  });
  return steps.steps();
}

interface Asked {
  readonly detail: string;
  /** What it said instead of an answer. */
  readonly refusal: { readonly status: number; readonly message: string } | undefined;
}

async function question(settings: CmbSettings, { clock, signal }: TestDeps): Promise<Asked> {
  const uplink = new Uplink(settings, clock, readCertificate(settings.http.caFile, 'cmb.http.caFile'));
  try {
    const { result } = await uplink.post(AutoPayStatus.name, { vpl_number: NOBODYS }, signal, { as: 'question' });
    const answer = readAnswer(result);
    if (answer.kind !== 'answered') throw new StepFailed(answer.reason);
    if (result.kind === 'answered' && result.status >= 500) throw new StepFailed(`HTTP ${result.status}`);
    return { detail: '', refusal: answer.status === 0 ? undefined : answer };
  } finally {
    await uplink.close();
  }
}
