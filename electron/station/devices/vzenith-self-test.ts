import type { SelfTestStep } from '../../../shared/domain/device-test.ts';

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

/** Names in messages that no document gives: what a test found rests on them. */
export const unconfirmedStep = (names: string): SelfTestStep => ({
  ...{ step: 'driver', result: 'skipped', tookMs: null },
  detail: `以下写法文档没有写明，没有在真机上确认过：${names}`,
  said: { code: 'unconfirmed', figures: { names } },
});

export const RELAY_UNSEEN: SelfTestStep = {
  step: 'relay',
  result: 'skipped',
  detail: '该协议不能在不动闸杆的情况下检查继电器，请用开闸测试确认',
  said: { code: 'relay-unseen', figures: {} },
  tookMs: null,
};
