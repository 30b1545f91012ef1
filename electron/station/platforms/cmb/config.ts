import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { certificate, ms, url } from '../config-kinds.ts';
import { listenerSettings } from '../config-listener.ts';
import { outboxSettings, outboxWords, timeoutSettings, timeoutWords } from '../config-transport.ts';
import { moneySettings } from './config-money.ts';
import { recordSettings } from './config-records.ts';

/** Settings of `platforms.cmb`. Where the specification leaves something open, the choice is a setting (see README). */
export const cmbSettingsSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .meta(
      setting('启用', '关闭后不再上报、不再收款，已有数据保留', 'Enabled', {
        description: 'Switched off nothing is told or collected; what waits stays',
      }),
    ),
  baseUrl: url(['http', 'https'])
    .describe('Address of the open platform, before /api: test (UAT) or production')
    .meta(setting('平台地址', '招行开放平台地址，到 /api 之前为止；联调用 UAT 环境', 'Platform address')),
  appId: z
    .string()
    .min(1)
    .max(64)
    .describe('Application id (appid) given by the bank')
    .meta(setting('应用编号 appid', '招行分配的 appid', 'Application id')),
  appSecret: z
    .string()
    .min(1)
    .max(200)
    .describe('Secret (appsecret) that signs in both directions')
    .meta(setting('密钥 appsecret', '招行分配的 appsecret，双向签名用；保存后不再显示', 'Secret', { secret: true })),
  parkCode: z
    .string()
    .regex(/^\d{1,18}$/, 'must be decimal digits')
    .describe('Car-park number (park_code) given by the bank')
    .meta(setting('车场编号 park_code', '招行分配的车场编号，数字', 'Car-park number')),
  downlink: z
    .strictObject(listenerSettings('the bank', '招行下发请求的端口'))
    .optional()
    .describe('A listener of its own for the bank; absent: the shared one of the station')
    .meta(setting('独立监听', '单独为招行开一个端口；不设则用工作站的公共端口', 'Listener of its own')),
  http: z
    .strictObject({
      caFile: certificate
        .optional()
        .describe('PEM file of the authority that signed the server certificate')
        .meta(setting('CA 证书文件', '签发服务器证书的 CA，PEM 文件路径；公网证书不用填', 'CA file')),
      extraFields: z
        .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/), z.string().max(200))
        .default({})
        .describe('Fields added to every request, signed with the others')
        .meta(setting('附加字段', '每个请求都附带并参与签名的字段；招行另有约定才填', 'Extra fields')),
    })
    .prefault({})
    .meta(setting('HTTP', '证书与附加字段', 'HTTP', { description: 'Certificate and extra fields' })),
  ...recordSettings,
  ...moneySettings,
  timeouts: z
    .strictObject({
      ...timeoutSettings({ connectMs: 5000, headersMs: 10_000, bodyMs: 10_000, totalMs: 10_000 }),
      autoPayMs: ms(1000, 60_000)
        .default(15_000)
        .describe('So long an AutoPay may take in all; then its outcome is asked about')
        .meta(setting('无感扣费超时（毫秒）', '扣费请求最多等多久，之后查询结果', 'AutoPay timeout (ms)')),
    })
    .prefault({})
    .meta(timeoutWords),
  outbox: z
    .strictObject({
      ...outboxSettings(),
      giveUpAfter: z
        .int()
        .min(1)
        .max(1000)
        .default(8)
        .describe('A record that the bank answered with a failure so often waits for a person')
        .meta(setting('失败几次转人工', '招行连续答复失败多少次后转人工处理；断网不计', 'Failures before a person')),
    })
    .prefault({})
    .meta(outboxWords),
  concurrency: z
    .int()
    .min(1)
    .max(32)
    .default(4)
    .describe('Requests on their way at once')
    .meta(setting('并发数', '同时在途的请求数', 'Concurrency')),
});
export type CmbSettings = z.output<typeof cmbSettingsSchema>;
