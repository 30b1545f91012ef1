import type { SelfTestStep } from '../../../shared/domain/device-test.ts';

/** Two seconds, and one for the way and the camera's whole seconds. */
const CLOCK_LIMIT_MS = 3_000;

/** How far the camera's clock is from ours, by what it told last; null: it has told no time yet. */
export function clockStep(offsetMs: number | null): SelfTestStep {
  const step = { step: 'clock', tookMs: null } as const;
  if (offsetMs === null)
    return {
      ...{ ...step, result: 'skipped', detail: '还没有收到带时间的识别结果' },
      said: { code: 'no-times', figures: {} },
    };
  const apartMs = Math.abs(offsetMs);
  if (apartMs <= CLOCK_LIMIT_MS) {
    const seconds = (apartMs / 1000).toFixed(1);
    return {
      ...{ ...step, result: 'ok', detail: `与本机相差 ${seconds} 秒` },
      said: { code: 'clock-near', figures: { seconds } },
    };
  }
  const seconds = Math.round(apartMs / 1000);
  return {
    ...{ ...step, result: 'warning' },
    detail: `相机时钟比本机${offsetMs < 0 ? '快' : '慢'} ${seconds} 秒，请给相机设置对时`,
    said: { code: offsetMs < 0 ? 'clock-ahead' : 'clock-behind', figures: { seconds } },
  };
}
