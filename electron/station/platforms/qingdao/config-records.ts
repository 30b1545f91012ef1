import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { parkingInfoSchema } from './parking-info.ts';

/** Settings about records: their corrections, their daily comparison, and what the platform knows of the car park itself. */

export const whenInDoubtSchema = z
  .enum(['ask', 'send'])
  .default('ask')
  .describe('Nobody knows whether a record arrived: ask the platform which ones it has first, or send it once more')
  .meta(
    setting('去向不明时', '不知道平台是否已收到时怎么办', 'When in doubt', {
      choicesZh: { ask: '先向平台查询', send: '直接重发' },
      choices: { ask: 'ask the platform first', send: 'send once more' },
    }),
  );

export const recordSettings = {
  parkingInfo: parkingInfoSchema
    .optional()
    .describe('What the platform is told of the car park, at first and whenever it changes; absent: it is not told')
    .meta(setting('停车场基本信息', '首次连接和有变化时上传；不填则不上传', 'Car park')),
  corrections: z
    .strictObject({
      closedStays: z
        .enum(['delete', 'keep'])
        .default('delete')
        .describe(
          'Stays that ended without an exit, nothing paid: deleted at the platform, or left there as cars inside',
        )
        .meta(
          setting('无出场的记录', '再次入场、清理滞留等没有出场且未收费的记录', 'Stays without exit', {
            choicesZh: { delete: '通知平台删除', keep: '平台保留为在场' },
            choices: { delete: 'deleted at the platform', keep: 'left as cars inside' },
          }),
        ),
    })
    .prefault({})
    .meta(
      setting('更正', '已上传记录的更正', 'Corrections', { description: 'What is put right after it was uploaded' }),
    ),
  check: z
    .strictObject({
      atMinute: z
        .int()
        .min(0)
        .max(1439)
        .default(60)
        .describe('Minutes after midnight at which the finished day is compared; 60 is 01:00')
        .meta(setting('核对时刻（分钟）', '每天零点后多少分钟核对前一天，60 即 01:00', 'Checked at (minute)')),
      retryMs: z
        .int()
        .min(10_000)
        .max(86_400_000)
        .default(600_000)
        .describe('A comparison that did not succeed is tried again after this')
        .meta(setting('核对重试（毫秒）', '核对没有成功时隔多久再试', 'Check again after (ms)')),
      repair: z
        .boolean()
        .default(true)
        .describe('Send what the platform lacks once more without being asked, then compare again')
        .meta(setting('自动补报', '平台缺少的记录自动补报，再核对一次', 'Repair by itself')),
    })
    .prefault({})
    .meta(
      setting('日核对', '每天与平台核对前一天的记录', 'Daily check', {
        description: 'Days compared with the platform',
      }),
    ),
};
