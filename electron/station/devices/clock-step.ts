import type { SelfTestStep } from '../../../shared/domain/device-test.ts';

/** Two seconds, and one for the way and whole seconds. */
const CLOCK_LIMIT_MS = 3_000;

/** The step `clock` of a self-test. `offsetMs`: how far the device's clock is behind ours; null: it does not say. */
export function clockStep(offsetMs: number | null): SelfTestStep {
  const step = { step: 'clock', tookMs: null } as const;
  if (offsetMs === null)
    return { ...step, result: 'skipped', detail: '还没有收到设备的时间', said: { code: 'no-times', figures: {} } };
  const apart = Math.abs(offsetMs);
  const exact = (apart / 1000).toFixed(1);
  if (apart <= CLOCK_LIMIT_MS)
    return {
      ...{ ...step, result: 'ok', detail: `与本机相差 ${exact} 秒` },
      said: { code: 'clock-near', figures: { seconds: exact } },
    };
  const seconds = Math.round(apart / 1000);
  const isAhead = offsetMs < 0;
  return {
    ...{ ...step, result: 'warning', detail: `设备时钟比本机${isAhead ? '快' : '慢'} ${seconds} 秒，请给设备设置对时` },
    said: { code: isAhead ? 'clock-ahead' : 'clock-behind', figures: { seconds } },
  };
}
