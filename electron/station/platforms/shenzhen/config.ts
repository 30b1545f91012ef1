import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { certificate, url } from '../config-kinds.ts';
import { outboxSettings, outboxWords, timeoutSettings, timeoutWords } from '../config-transport.ts';
import { downSettings } from './config-down.ts';
import { moneySettings } from './config-money.ts';
import { registrySettings } from './config-registry.ts';
import { siteSettings } from './config-site.ts';
import { wireSettings } from './config-wire.ts';

// How long to wait before the next attempt is said by `retrySeconds` alone.
const { attemptDays, keepDays } = outboxSettings();
const keptDays = { attemptDays, keepDays };

/** Settings of `platforms.shenzhen`. Every decision that the draft leaves to us is one, with that decision as default (see README). */
export const shenzhenSettingsSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .meta(
      setting('启用', '关闭后不再上报、不再接收下发；已有数据保留', 'Enabled', {
        description: 'Switched off nothing is told and nothing is heard; what waits stays',
      }),
    ),
  baseUrl: url(['http', 'https'])
    .describe('Address of the city platform, before the path of the interfaces')
    .meta(setting('云平台地址', '上报地址，到接口前缀之前为止', 'Address')),
  accessKey: z
    .string()
    .trim()
    .min(1)
    .max(16)
    .describe('Key of the vendor (accessKey)')
    .meta(setting('厂商密钥（accessKey）', '平台分配给厂商的固定值', 'accessKey')),
  accessSecret: z
    .string()
    .min(1)
    .max(200)
    .describe('Secret for signatures; to be changed regularly')
    .meta(setting('签名密钥（accessSecret）', '应定期更换；保存后不再显示', 'accessSecret', { secret: true })),
  parkCode: z
    .string()
    .trim()
    .min(1)
    .max(20)
    .describe('Car-park number: four digits of the merchant, then its own')
    .meta(setting('车场编码', '4 位商户号加唯一编码', 'Car-park number')),
  http: z
    .strictObject({
      caFile: certificate
        .optional()
        .describe('PEM file of the authority that signed the server certificate')
        .meta(setting('CA 证书文件', '云平台用 https 或 TLS 时签发证书的 CA；公网证书不用填', 'CA file')),
    })
    .prefault({})
    .meta(setting('证书', '云平台的证书', 'Certificates', { description: 'Of the city platform' })),
  ...wireSettings,
  ...downSettings,
  ...siteSettings,
  ...moneySettings,
  ...registrySettings,
  timeouts: z
    .strictObject(timeoutSettings({ connectMs: 5000, headersMs: 10_000, bodyMs: 10_000, totalMs: 15_000 }))
    .prefault({})
    .meta(timeoutWords),
  outbox: z
    .strictObject({
      ...keptDays,
      retrySeconds: z
        .array(z.int().min(1).max(3600))
        .min(1)
        .max(20)
        .default([5, 15, 60, 300])
        .describe('Pauses before a message that was not taken is sent again; the last one is repeated')
        .meta(setting('重发间隔（秒）', '依次采用，之后按最后一个', 'Sent again after (s)')),
    })
    .prefault({})
    .meta(outboxWords),
  concurrency: z
    .int()
    .min(1)
    .max(32)
    .default(4)
    .describe('Messages on their way at once')
    .meta(setting('并发数', '同时在途的上报数', 'Concurrency')),
});
export type ShenzhenSettings = z.output<typeof shenzhenSettingsSchema>;
