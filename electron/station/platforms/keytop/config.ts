import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { certificate, ms, url } from '../config-kinds.ts';
import { outboxSettings, outboxWords, timeoutSettings, timeoutWords } from '../config-transport.ts';
import { downSettings, headerText, threeDesKey } from './config-down.ts';
import { moneySettings } from './config-money.ts';
import { readingSettings } from './config-readings.ts';
import { recordSettings } from './config-records.ts';
import { registrySettings } from './config-registry.ts';

/** Settings of `platforms.keytop`. Where the specification leaves something open, the choice is a setting (see README). */
export const keytopSettingsSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .meta(
      setting('启用', '关闭后不再上报、不再受理第三方请求；已有数据保留', 'Enabled', {
        description: 'Switched off nothing is told and nobody is served; what waits stays',
      }),
    ),
  baseUrl: url(['http', 'https'])
    .describe('Address of the third party, before the name of the interface')
    .meta(setting('第三方地址', '第三方地址，到接口名之前为止', 'Address')),
  user: headerText()
    .max(100)
    .describe('User name given by the third party')
    .meta(setting('上行用户名', '第三方分配的 user', 'User')),
  password: headerText()
    .max(200)
    .describe('Password given by the third party')
    .meta(setting('上行密码', '第三方分配的 pwd；保存后不再显示', 'Password', { secret: true })),
  key: threeDesKey()
    .describe('Key (KEY) given by the third party: 24 characters')
    .meta(setting('上行密钥 KEY', '第三方分配的 24 位密钥；保存后不再显示', 'Key', { secret: true })),
  parkCode: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .describe('Car-park number (parkCode)')
    .meta(setting('停车场编号', '停车场编号 parkCode', 'Car-park number')),
  http: z
    .strictObject({
      caFile: certificate
        .optional()
        .describe('PEM file of the authority that signed the server certificate')
        .meta(setting('CA 证书文件', '第三方用 https 时签发证书的 CA；公网证书不用填', 'CA file')),
    })
    .prefault({})
    .meta(setting('HTTP', '证书', 'HTTP', { description: 'Certificate' })),
  ...downSettings,
  ...recordSettings,
  ...registrySettings,
  ...moneySettings,
  ...readingSettings,
  timeouts: z
    .strictObject({
      ...timeoutSettings({ connectMs: 5000, headersMs: 10_000, bodyMs: 10_000, totalMs: 10_000 }),
      passageMs: ms(500, 60_000)
        .default(5000)
        .describe(
          'So long a call may take that a car waits for (2.2, 4.1, 4.2, 5.3), or whose answer it needs (2.1) (G11)',
        )
        .meta(
          setting(
            '等车请求超时（毫秒）',
            '车在等的请求（上行2.2、4.1、4.2、5.3）和入场上报（2.1）最多等多久',
            'While a car waits (ms)',
          ),
        ),
    })
    .prefault({})
    .meta(timeoutWords),
  outbox: z
    .strictObject({
      ...outboxSettings(),
      giveUpAfter: z
        .int()
        .min(0)
        .max(1000)
        .default(0)
        .describe('A report that was refused so often waits for a person; 0: it is sent until it is taken')
        .meta(setting('拒收几次转人工', '第三方连续拒收多少次后转人工处理；0 为一直重发', 'Refusals before a person')),
    })
    .prefault({})
    .meta(outboxWords),
  concurrency: z
    .int()
    .min(1)
    .max(32)
    .default(4)
    .describe('Reports on their way at once')
    .meta(setting('并发数', '同时在途的上报数', 'Concurrency')),
});
export type KeytopSettings = z.output<typeof keytopSettingsSchema>;
