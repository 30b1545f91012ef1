import type { SelfTestStep } from '../../../../shared/domain/device-test.ts';
import type { CommandOutcome } from '../device.ts';

interface Look {
  readonly isUp: () => boolean;
  /** Why the line is not open. */
  readonly lineFault: string;
  /** The camera that passes its bytes on. */
  readonly via: string | undefined;
  readonly place: string;
  readonly answers: boolean;
  /** Asks the board for an answer, by setting its clock. */
  readonly ask: () => Promise<CommandOutcome>;
  readonly answeredMs: () => number | null;
  /** What came instead of the answer was no frame. */
  readonly garbled: () => boolean;
}

/** Whether the line is open and the board answers. Nothing is shown, and nothing is said. */
export async function selfTest(look: Look): Promise<readonly SelfTestStep[]> {
  const { isUp, lineFault, via, place, answers, ask, answeredMs, garbled } = look;
  if (via === undefined && !isUp()) return [shut(place, lineFault)];
  const connected: SelfTestStep = {
    ...{ step: 'connection', result: 'ok', detail: `已连接 ${place}`, tookMs: null },
    said: { code: 'connected', figures: { address: place } },
  };
  const asked = await ask();
  if (!isUp()) return [shut(place, asked.detail)];
  if (!answers && asked.outcome === 'done')
    return [
      connected,
      {
        ...{ step: 'commands', result: 'skipped', detail: '该设备不应答，只能发送；请看屏或听语音确认', tookMs: null },
        said: { code: 'answers-nothing', figures: {} },
      },
    ];
  const tookMs = answeredMs();
  if (asked.outcome === 'done' && tookMs !== null)
    return [
      connected,
      {
        ...{ step: 'commands', result: 'ok', detail: `${Math.round(tookMs)} 毫秒内应答`, tookMs },
        said: { code: 'answered', figures: { ms: Math.round(tookMs) } },
      },
    ];
  if (asked.outcome === 'unknown' && garbled())
    return [
      connected,
      {
        ...{ step: 'commands', result: 'failed', detail: '收到的字节不成帧，请核对波特率和校验', tookMs: null },
        said: { code: 'garbled', figures: {} },
      },
    ];
  if (!answers) return [connected, { step: 'commands', result: 'failed', detail: asked.detail, tookMs: null }];
  return [
    connected,
    {
      ...{ step: 'commands', result: 'failed', detail: `${asked.detail}，请核对地址、波特率和接线`, tookMs: null },
      ...(asked.outcome === 'unknown' && { said: { code: 'unanswered', figures: {} } }),
    },
  ];
}

const shut = (place: string, why: string): SelfTestStep => ({
  ...{ step: 'connection', result: 'failed', detail: `没有连上 ${place}：${why}`, tookMs: null },
  said: { code: 'not-connected', figures: { address: place, reason: why } },
});
