import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import { clockStep } from '../clock-step.ts';
import { answerStep, connectionStep, RELAY_UNSEEN, unconfirmedStep } from '../vzenith-self-test.ts';

/** What is known of the camera at this moment. */
interface Health {
  readonly broker: string;
  /** Why the broker is not there; null: it is. */
  readonly down: string | null;
  /** Since when nothing was heard of the camera; null: it never was. */
  readonly silentMs: number | null;
  readonly isOnline: boolean;
  /** How long it took to answer a question that moves nothing; null: it did not answer. */
  readonly answeredMs: number | null;
  readonly clockOffsetMs: number | null;
}

export function selfTest(health: Health): readonly SelfTestStep[] {
  const connection = connectionStep(health.broker, health.down);
  if (health.down !== null) return [connection];
  const looked = [connection, heartbeat(health), answerStep(health.answeredMs), clockStep(health.clockOffsetMs)];
  return [...looked, RELAY_UNSEEN, unconfirmedStep('get_io_status.ioin[], set_time.timestamp')];
}

function heartbeat({ silentMs, isOnline }: Health): SelfTestStep {
  const step = { step: 'heartbeat', tookMs: null } as const;
  if (silentMs === null)
    return {
      ...{ ...step, result: 'failed', detail: '没有收到过相机的消息，请核对序列号和相机的 MQTT 设置' },
      said: { code: 'no-heartbeat', figures: {} },
    };
  const seconds = Math.round(silentMs / 1000);
  return {
    ...{ ...step, result: isOnline ? 'ok' : 'failed', detail: `上次心跳在 ${seconds} 秒前` },
    said: { code: 'heartbeat', figures: { seconds } },
  };
}
