import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { Figures } from '../../../../shared/domain/events.ts';
import type { Clock } from '../../runtime/ports.ts';
import { clockStep } from '../clock-step.ts';
import type { LoginGuard } from '../login-guard.ts';
import { loginStep } from '../login-step.ts';
import type { Isapi } from './isapi.ts';
import { localTimeOf, PATHS } from './messages.ts';
import type { HikvisionSettings } from './settings.ts';

export interface HikHealth {
  readonly isapi: Isapi;
  readonly clock: Clock;
  readonly guard: LoginGuard;
  /** Whether events are heard; null: this camera is not listened to. */
  readonly streaming: boolean | null;
  readonly pushed: { readonly silentMs: number; readonly remote: string } | null;
  readonly inputs: string;
  readonly impostor: string | null;
}

const said = (code: NonNullable<SelfTestStep['said']>['code'], figures: Figures = {}) => ({ said: { code, figures } });

/** Looks at everything that can be looked at without the arm moving. */
export async function selfTest(settings: HikvisionSettings, health: HikHealth): Promise<readonly SelfTestStep[]> {
  const { clock, isapi } = health;
  const since = clock.monotonic();
  const answer = await isapi.get(PATHS.time);
  const tookMs = Math.round(clock.monotonic() - since);
  const failed = 'failed' in answer ? answer.detail : null;
  const isAway = failed !== null && health.guard.minutesLeft === null;
  return [
    isAway || health.impostor === null ? reachable(settings, isAway ? failed : null, tookMs) : other(health.impostor),
    loginStep(health.guard, !isAway),
    clockStep('failed' in answer ? null : offset(answer.text, clock)),
    ...(health.streaming === null ? [] : [listening(settings, health.streaming)]),
    ...(settings.receive === 'stream' ? [] : [pushes(health.pushed)]),
    ...(settings.inputs.length === 0 ? [] : [inputs(health.inputs)]),
    {
      ...{ step: 'relay', result: 'skipped', tookMs: null },
      detail: '该协议不能在不动闸杆的情况下检查开闸，请用开闸测试确认',
      ...said('relay-unseen'),
    },
  ];
}

function offset(xml: string, clock: Clock): number | null {
  const told = localTimeOf(xml);
  return told === null ? null : clock.now() - told;
}

function reachable({ host, port }: HikvisionSettings, why: string | null, ms: number): SelfTestStep {
  if (why === null)
    return {
      step: 'reachable',
      result: 'ok',
      detail: `相机在 ${ms} 毫秒内应答`,
      ...said('answered', { ms }),
      tookMs: ms,
    };
  return {
    ...{ step: 'reachable', result: 'failed', detail: `${host}:${port} 连不上：${why}`, tookMs: ms },
    ...said('not-connected', { address: `${host}:${port}`, reason: why }),
  };
}

/** Somebody answers, and it is not this camera. */
const other = (impostor: string): SelfTestStep => ({
  ...{ step: 'reachable', result: 'failed', detail: impostor, tookMs: null },
});

function listening({ host }: HikvisionSettings, isUp: boolean): SelfTestStep {
  if (isUp)
    return {
      ...{ step: 'connection', result: 'ok', detail: '事件监听已接通', tookMs: null },
      ...said('connected', { address: host }),
    };
  return {
    ...{ step: 'connection', result: 'failed', detail: '事件监听没有接通', tookMs: null },
    ...said('not-connected', { address: host, reason: 'alertStream' }),
  };
}

function pushes(pushed: HikHealth['pushed']): SelfTestStep {
  if (!pushed)
    return {
      ...{ step: 'heartbeat', result: 'warning', detail: '还没有收到推送，请核对相机里的推送地址', tookMs: null },
      ...said('never-heard'),
    };
  const seconds = Math.round(pushed.silentMs / 1000);
  return {
    ...{ step: 'heartbeat', result: 'ok', detail: `${seconds} 秒前收到推送，来自 ${pushed.remote}`, tookMs: null },
    ...said('heard', { seconds, address: pushed.remote }),
  };
}

function inputs(known: string): SelfTestStep {
  if (known === '') return { step: 'inputs', result: 'failed', detail: '输入口状态还没有读到', tookMs: null };
  return {
    ...{ step: 'inputs', result: 'ok', detail: `输入口状态已读到：${known}`, tookMs: null },
    ...said('inputs-read', { inputs: known }),
  };
}
