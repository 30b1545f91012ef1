import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { ms, url } from '../config-kinds.ts';
import { outboxSettings, timeoutSettings, timeoutWords } from '../config-transport.ts';
import { deviceSettings } from './config-devices.ts';
import { downSettings } from './config-down.ts';
import { pushSettings } from './config-push.ts';

/** Settings of `platforms.vanke`. Where the specification leaves something open, the choice is a setting (see README). */
export const vankeSettingsSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .meta(
      setting('启用', '关闭后不再询问、不再上报；已有数据保留', 'Enabled', {
        description: 'Switched off nothing is asked or told; what waits stays',
      }),
    ),
  baseUrl: url(['https', 'http'])
    .describe('Address of the platform, before the name of the interface; http only where TLS ends before it')
    .meta(setting('平台地址', '万科平台地址，到接口名之前为止；应为 https', 'Platform address')),
  appId: z
    .string()
    .min(1)
    .max(64)
    .describe('Supplier id (appId) given by Vanke')
    .meta(setting('供应商编号 appId', '万科分配的供应商 id', 'Supplier id')),
  appSecret: z
    .string()
    .min(1)
    .max(200)
    .describe('Secret (appSecret) that makes the tokens of both directions')
    .meta(setting('密钥 appSecret', '万科分配的 appSecret，双向校验用；保存后不再显示', 'Secret', { secret: true })),
  parkingLotId: z
    .string()
    .min(1)
    .max(64)
    .describe('Car-park id (parkingLotId) given by Vanke')
    .meta(setting('停车场编号', '万科分配的停车场 id（parkingLotId）', 'Car-park id')),
  version: z
    .string()
    .min(1)
    .max(20)
    .default('1.0')
    .describe('Version of the interface that every message carries')
    .meta(setting('接口版本', '每条消息都带的 version，文档为 1.0', 'Interface version')),
  ...downSettings,
  ...pushSettings,
  ...deviceSettings,
  timeouts: z
    .strictObject(timeoutSettings({ connectMs: 3000, headersMs: 3000, bodyMs: 3000, totalMs: 3000 }))
    .prefault({})
    .meta(timeoutWords),
  outbox: z
    .strictObject({
      maxMs: ms(1000, 3_600_000)
        .default(60_000)
        .describe('Abnormal reports that failed are tried again at least this often')
        .meta(
          setting(
            '异常信息重发间隔（毫秒）',
            '推送失败的异常信息多久再试一次；60000 毫秒为 1 分钟',
            'Reports again (ms)',
          ),
        ),
      attemptDays: outboxSettings().attemptDays,
      keepDays: z
        .int()
        .min(7)
        .max(3650)
        .default(90)
        .describe('Days for which messages that are done with and failed pushes are kept; the journal is kept for ever')
        .meta(
          setting('消息与失败记录保留天数', '已送达消息和推送失败记录保留多少天；流水永久保留', 'Messages kept (days)'),
        ),
    })
    .prefault({})
    .meta(setting('重发与保留', '异常信息的重发和消息的保留', 'Retries', { description: 'Trying again, and keeping' })),
  concurrency: z
    .int()
    .min(1)
    .max(32)
    .default(4)
    .describe('Records on their way at once; the questions of lanes do not wait for them')
    .meta(setting('并发数', '同时在途的上报数；车道的询问不排队', 'Concurrency')),
});
export type VankeSettings = z.output<typeof vankeSettingsSchema>;
