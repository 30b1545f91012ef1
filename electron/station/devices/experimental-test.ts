import type { SelfTestStep } from '../../../shared/domain/device-test.ts';
import type { EpochMs } from '../../../shared/domain/time.ts';

/** Says of a driver that it was written from public descriptions alone. */
export const EXPERIMENTAL: SelfTestStep = {
  ...{ step: 'driver', result: 'warning', tookMs: null },
  detail: '试验性驱动：只按公开资料编写，没有在真机上试过，启用前请逐项核对',
  said: { code: 'experimental', figures: {} },
};

export interface LastHeard {
  readonly lastSeenAt: EpochMs | null;
  readonly now: EpochMs;
  /** By the driver's own measure. */
  readonly isThere: boolean;
  /** Where it speaks from, or through what. */
  readonly address: string;
}

/** When a camera that cannot be asked was heard last. */
export function heardStep({ lastSeenAt, now, isThere, address }: LastHeard): SelfTestStep {
  const step = { step: 'reachable', tookMs: null } as const;
  if (lastSeenAt === null)
    return {
      ...{ ...step, result: 'failed', detail: '本次启动以来没有收到相机的任何请求，请核对序列号和推送地址' },
      said: { code: 'never-heard', figures: {} },
    };
  const seconds = Math.max(0, Math.round((now - lastSeenAt) / 1000));
  return {
    ...{ ...step, result: isThere ? 'ok' : 'failed', detail: `${seconds} 秒前收到请求，来自 ${address}` },
    said: { code: 'heard', figures: { seconds, address } },
  };
}
