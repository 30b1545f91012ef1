import type { Finding, SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { Figures } from '../../../../shared/domain/events.ts';
import { clockStep } from '../clock-step.ts';
import { RELAY_UNSEEN } from '../vzenith-self-test.ts';
import type { VzenithSettings } from './settings.ts';

/** What is known of the camera at this moment. Ages are null where it never happened. */
export interface CameraHealth {
  readonly silentMs: number | null;
  readonly heartbeatAgeMs: number | null;
  /** A request of the camera stands open, so that a command leaves at once. */
  readonly listening: boolean;
  readonly clockOffsetMs: number | null;
  readonly address: string;
}

/** A heartbeat comes every half minute as delivered; in comet mode far more often. */
const HEARTBEAT_LATE_MS = 60_000;
/** Between the answer to one open request and the next, a camera needs a moment. */
const COMET_PAUSE_MS = 3_000;

const seconds = (ms: number): string => `${Math.round(ms / 1000)} 秒`;
type Found = Pick<SelfTestStep, 'result' | 'detail' | 'said'>;
const said = (code: Finding, figures: Figures = {}) => ({ said: { code, figures } });

/** A camera that calls us cannot be called: what it did last tells whether it is well. */
export function selfTest(settings: VzenithSettings, health: CameraHealth): readonly SelfTestStep[] {
  return [
    { step: 'reachable', ...reachable(settings, health), tookMs: null },
    { step: 'heartbeat', ...heartbeat(health), tookMs: null },
    clockStep(health.clockOffsetMs),
    { step: 'commands', ...commands(settings, health), tookMs: null },
    RELAY_UNSEEN,
  ];
}

function reachable(settings: VzenithSettings, { silentMs, address }: CameraHealth): Found {
  if (silentMs === null)
    return {
      ...{ result: 'failed', detail: '本次启动以来没有收到相机的任何请求，请核对序列号和推送地址' },
      ...said('never-heard'),
    };
  const ok = silentMs <= settings.offlineAfterMs;
  return {
    ...{ result: ok ? 'ok' : 'failed', detail: `${seconds(silentMs)}前收到请求，来自 ${address}` },
    ...said('heard', { seconds: Math.round(silentMs / 1000), address }),
  };
}

function heartbeat({ heartbeatAgeMs: age }: CameraHealth): Found {
  if (age === null)
    return { result: 'failed', detail: '没有收到过心跳，请在相机里启用心跳（长轮询）', ...said('no-heartbeat') };
  return {
    ...{ result: age <= HEARTBEAT_LATE_MS ? 'ok' : 'warning', detail: `上次心跳在 ${seconds(age)}前` },
    ...said('heartbeat', { seconds: Math.round(age / 1000) }),
  };
}

function commands({ heartbeat: mode }: VzenithSettings, { listening, heartbeatAgeMs: age }: CameraHealth): Found {
  if (mode === 'normal')
    return {
      ...{ result: 'warning', detail: '普通心跳：只能在识别应答里带开闸指令，缴费后不能马上开闸' },
      ...said('heartbeat-only'),
    };
  if (listening || (age !== null && age <= COMET_PAUSE_MS))
    return { result: 'ok', detail: '长轮询已接通，指令立即送达', ...said('line-open') };
  return { result: 'failed', detail: '长轮询没有接通，指令要等相机下一次请求', ...said('line-shut') };
}
