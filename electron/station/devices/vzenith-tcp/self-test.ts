import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import { clockStep } from '../vzenith-self-test.ts';

/** What is known of the camera at this moment. */
interface Health {
  readonly address: string;
  /** Why it is not at our service; null: it is. */
  readonly down: string | null;
  /** How long it took to answer a question that moves nothing; null: it did not answer. */
  readonly answeredMs: number | null;
  readonly silentMs: number;
  readonly clockOffsetMs: number | null;
}

export function selfTest(health: Health): readonly SelfTestStep[] {
  const { address, down, clockOffsetMs } = health;
  if (down !== null)
    return [
      {
        ...{ step: 'connection', result: 'failed', detail: `没有连上 ${address}：${down}`, tookMs: null },
        said: { code: 'not-connected', figures: { address, reason: down } },
      },
    ];
  return [
    {
      ...{ step: 'connection', result: 'ok', detail: `已连接 ${address}`, tookMs: null },
      said: { code: 'connected', figures: { address } },
    },
    commands(health),
    clockStep(clockOffsetMs),
    {
      step: 'relay',
      result: 'skipped',
      detail: '该协议不能在不动闸杆的情况下检查继电器，请用开闸测试确认',
      said: { code: 'relay-unseen', figures: {} },
      tookMs: null,
    },
  ];
}

function commands({ answeredMs }: Health): SelfTestStep {
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
