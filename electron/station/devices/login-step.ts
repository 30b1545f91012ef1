import type { SelfTestStep } from '../../../shared/domain/device-test.ts';
import type { LoginGuard } from './login-guard.ts';

/** The step `login` of a self-test; `isTried`: the device answered, so that it would have said no. */
export function loginStep(guard: LoginGuard, isTried: boolean): SelfTestStep {
  const step = { step: 'login', tookMs: null } as const;
  const refusal = guard.refusal();
  if (refusal !== null)
    return {
      ...{ ...step, result: 'failed', detail: refusal },
      said: guard.isLock
        ? { code: 'login-locked', figures: { minutes: guard.minutesLeft ?? 0 } }
        : { code: 'login-refused', figures: {} },
    };
  if (!isTried) return { ...step, result: 'skipped', detail: '没有接通，还没有试登录' };
  return { ...step, result: 'ok', detail: '用户名和密码正确', said: { code: 'login-ok', figures: {} } };
}
