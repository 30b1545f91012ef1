import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { Figures } from '../../../../shared/domain/events.ts';
import { clockStep } from '../clock-step.ts';
import type { LoginGuard } from '../login-guard.ts';
import { loginStep } from '../login-step.ts';
import type { DahuaSettings } from './settings.ts';

export interface DahuaHealth {
  readonly guard: LoginGuard;
  /** Whether events are heard; null: it pushes. */
  readonly streaming: boolean | null;
  readonly silentMs: number | null;
  readonly pushed: { readonly silentMs: number; readonly remote: string } | null;
  /** How far its clock was behind ours with its last live event. */
  readonly offsetMs: number | null;
  /** How long ago it opened by itself. */
  readonly openedAgoMs: number | null;
}

const said = (code: NonNullable<SelfTestStep['said']>['code'], figures: Figures = {}) => ({ said: { code, figures } });

/** Everything that can be known without the arm moving: nothing is ordered for it. */
export async function selfTest(settings: DahuaSettings, health: DahuaHealth): Promise<readonly SelfTestStep[]> {
  const { guard, streaming, silentMs, openedAgoMs } = health;
  return [
    ...(streaming === null ? [pushes(settings, health.pushed)] : [listening(settings, streaming)]),
    ...(streaming && silentMs !== null ? [heartbeat(silentMs)] : []),
    loginStep(guard, streaming === true),
    clockStep(health.offsetMs),
    openedAgoMs === null
      ? {
          ...{ step: 'relay', result: 'skipped', tookMs: null },
          detail: '该协议不能在不动闸杆的情况下检查开闸，请用开闸测试确认',
          ...said('relay-unseen'),
        }
      : {
          ...{ step: 'relay', result: 'warning', tookMs: null },
          detail: `相机在 ${Math.round(openedAgoMs / 1000)} 秒前自己开过闸，请在相机里关掉自动开闸和白名单`,
        },
  ];
}

function listening({ host, port }: DahuaSettings, isUp: boolean): SelfTestStep {
  const address = `${host}:${port}`;
  if (isUp)
    return {
      step: 'connection',
      result: 'ok',
      detail: `已连接 ${address}`,
      ...said('connected', { address }),
      tookMs: null,
    };
  return {
    ...{ step: 'connection', result: 'failed', detail: `没有连上 ${address}`, tookMs: null },
    ...said('not-connected', { address, reason: 'snapManager' }),
  };
}

function heartbeat(silentMs: number): SelfTestStep {
  const seconds = Math.round(silentMs / 1000);
  return {
    ...{
      step: 'heartbeat',
      result: seconds <= 30 ? 'ok' : 'warning',
      detail: `上次心跳在 ${seconds} 秒前`,
      tookMs: null,
    },
    ...said('heartbeat', { seconds }),
  };
}

function pushes({ silentSeconds }: DahuaSettings, pushed: DahuaHealth['pushed']): SelfTestStep {
  if (!pushed)
    return {
      ...{ step: 'heartbeat', result: 'failed', detail: '还没有收到推送，请核对设备编号和推送地址', tookMs: null },
      ...said('never-heard'),
    };
  const seconds = Math.round(pushed.silentMs / 1000);
  return {
    ...{ step: 'heartbeat', result: seconds <= silentSeconds ? 'ok' : 'failed', tookMs: null },
    detail: `${seconds} 秒前收到推送，来自 ${pushed.remote}`,
    ...said('heard', { seconds, address: pushed.remote }),
  };
}
