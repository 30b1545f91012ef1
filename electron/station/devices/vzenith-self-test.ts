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

/** Whether the way to the camera stands; `down`: why not. */
export const connectionStep = (address: string, down: string | null): SelfTestStep =>
  down === null
    ? {
        ...{ step: 'connection', result: 'ok', detail: `已连接 ${address}`, tookMs: null },
        said: { code: 'connected', figures: { address } },
      }
    : {
        ...{ step: 'connection', result: 'failed', detail: `没有连上 ${address}：${down}`, tookMs: null },
        said: { code: 'not-connected', figures: { address, reason: down } },
      };

/** How long the camera took to answer a question that moves nothing; null: it did not answer. */
export function answerStep(answeredMs: number | null): SelfTestStep {
  if (answeredMs === null)
    return {
      ...{ step: 'commands', result: 'failed', detail: '相机没有应答指令', tookMs: null },
      said: { code: 'unanswered', figures: {} },
    };
  const ms = Math.round(answeredMs);
  return {
    ...{ step: 'commands', result: 'ok', detail: `${ms} 毫秒内应答`, tookMs: ms },
    said: { code: 'answered', figures: { ms } },
  };
}

export const RELAY_UNSEEN: SelfTestStep = {
  step: 'relay',
  result: 'skipped',
  detail: '该协议不能在不动闸杆的情况下检查继电器，请用开闸测试确认',
  said: { code: 'relay-unseen', figures: {} },
  tookMs: null,
};
