import { z } from 'zod';
import { setting } from '../../../shared/domain/setting.ts';
import { ms } from './config-kinds.ts';
import type { HttpTimeouts } from './http-client.ts';

/** Settings that every platform with HTTP up has: how long to wait, and how to try again. The specification gives the defaults. */

export const timeoutSettings = (defaults: HttpTimeouts) => ({
  connectMs: ms(100, 60_000)
    .default(defaults.connectMs)
    .meta(
      setting('连接超时（毫秒）', '超过就算失败并稍后重发', 'Connecting timeout (ms)', {
        description: 'After this long it failed and is sent again later',
      }),
    ),
  headersMs: ms(100, 120_000)
    .default(defaults.headersMs)
    .meta(
      setting('等待应答超时（毫秒）', '超过就算失败并稍后重发', 'Awaiting answer timeout (ms)', {
        description: 'After this long it failed and is sent again later',
      }),
    ),
  bodyMs: ms(100, 120_000)
    .default(defaults.bodyMs)
    .meta(
      setting('接收应答超时（毫秒）', '超过就算失败并稍后重发', 'Receiving timeout (ms)', {
        description: 'After this long it failed and is sent again later',
      }),
    ),
  totalMs: ms(100, 300_000)
    .default(defaults.totalMs)
    .meta(
      setting('全程超时（毫秒）', '超过就算失败并稍后重发', 'Whole request timeout (ms)', {
        description: 'After this long it failed and is sent again later',
      }),
    ),
});

export const timeoutWords = setting('超时', '每一步最多等多久', 'Timeouts', {
  description: 'How long each step may take',
});

export const outboxSettings = () => ({
  firstMs: ms(100, 600_000)
    .default(5000)
    .describe('Pause after the first failure of a message; doubles each time')
    .meta(setting('首次重发（毫秒）', '上传失败后多久重发，每次加倍', 'First retry (ms)')),
  maxMs: ms(1000, 3_600_000)
    .default(300_000)
    .meta(
      setting('最长重发间隔（毫秒）', '重发间隔的上限', 'Longest retry (ms)', {
        description: 'Longest pause between attempts',
      }),
    ),
  probeMs: ms(100, 600_000)
    .default(10_000)
    .describe('While the link is down, one message is tried this often')
    .meta(setting('断线试探（毫秒）', '线路中断期间多久试发一条', 'Probe every (ms)')),
  attemptDays: z
    .int()
    .min(1)
    .max(3650)
    .default(30)
    .describe('Days for which the attempts of a delivered message stay to be looked at')
    .meta(setting('发送记录保留天数', '已送达数据的每次发送记录保留多少天', 'Attempts kept (days)')),
  keepDays: z
    .int()
    .min(7)
    .max(3650)
    .default(90)
    .describe('Days for which a delivered message stays in the outbox; the journal is kept for ever')
    .meta(setting('消息保留天数', '已送达的消息保留多少天；流水永久保留', 'Messages kept (days)')),
});

export const outboxWords = setting('失败重发', '上传失败后怎样重发', 'Retries', {
  description: 'How failed messages are sent again',
});
