import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { certificate, ms } from '../config-kinds.ts';

/** Settings about what we push: how often it is tried, how the platform's certificate is proved, pictures, abnormal reports. */

const code = (preset: string) =>
  z
    .string()
    .regex(/^\d{0,8}$/)
    .default(preset);

export const pushSettings = {
  http: z
    .strictObject({
      caFile: certificate
        .optional()
        .describe('PEM file of the authority that signed the server certificate')
        .meta(setting('CA 证书文件', '签发平台证书的 CA，PEM 文件路径；公网证书不用填', 'CA file')),
      fingerprint: z
        .string()
        .regex(/^([0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}$/, 'must be a SHA-256 fingerprint: 64 hex digits')
        .optional()
        .describe('SHA-256 fingerprint of the one server certificate that is accepted, instead of an authority')
        .meta(setting('证书指纹（SHA-256）', '只认这一张平台证书；与 CA 文件二选一', 'Certificate fingerprint')),
    })
    .refine((http) => http.caFile === undefined || http.fingerprint === undefined, {
      path: ['fingerprint'],
      message: 'either caFile or fingerprint, not both',
    })
    .prefault({})
    .meta(setting('HTTPS', '怎样验证平台的证书', 'HTTPS', { description: "How the platform's certificate is proved" })),
  push: z
    .strictObject({
      tries: z
        .int()
        .min(1)
        .max(100)
        .default(5)
        .describe('Failures in a row, the first try included, after which a crossing or report is a failed push')
        .meta(setting('推送失败次数', '连续失败多少次记为推送失败（含第一次）', 'Tries of a push')),
      gapMs: ms(100, 60_000)
        .default(1000)
        .describe('Pause between two tries')
        .meta(setting('重试间隔（毫秒）', '两次推送之间等多久', 'Pause between tries (ms)')),
    })
    .prefault({})
    .meta(
      setting('推送', '过闸和异常信息的推送；识别信息的次数和间隔在车道里设置', 'Pushes', {
        description: 'Crossings and reports; those of recognitions are settings of the lane',
      }),
    ),
  photo: z
    .strictObject({
      publicUrl: z
        .union([z.literal(''), z.url({ protocol: /^https?$/ })])
        .default('')
        .describe(
          'How the platform reaches this station, e.g. https://park.example:8443; empty: worked out from the listener',
        )
        .meta(
          setting(
            '本机公网地址',
            '平台取图片用的地址，如 https://park.example:8443；留空则按监听地址推算',
            'Our public address',
          ),
        ),
      days: z
        .number()
        .min(0.01)
        .max(3650)
        .default(7)
        .describe('So long a picture can be fetched')
        .meta(setting('图片地址有效天数', '过期后地址失效', 'Address holds (days)')),
    })
    .prefault({})
    .meta(setting('图片', '识别照片的地址', 'Pictures', { description: 'Addresses of the pictures' })),
  abnormal: z
    .strictObject({
      checkMs: ms(1000, 86_400_000)
        .default(300_000)
        .describe('How often the connection of each device is looked at')
        .meta(
          setting('设备检查间隔（毫秒）', '多久检查一次各设备的连接；300000 毫秒为 5 分钟', 'Device check every (ms)'),
        ),
      repeat: z
        .boolean()
        .default(false)
        .describe('Report a fault at every check while it lasts, instead of once')
        .meta(setting('持续上报', '故障未恢复时每次检查都上报', 'Repeat reports')),
      loopSeconds: z
        .int()
        .min(1)
        .max(3600)
        .default(30)
        .describe('A loop that is pressed longer is reported')
        .meta(setting('压线圈超时（秒）', '线圈被压住超过多久上报', 'Loop pressed too long (s)')),
      codes: z
        .strictObject({
          display: code('1101').meta(
            setting('显示屏断线', '异常编号；留空不上报', 'Display', { description: 'Code; empty: not reported' }),
          ),
          camera: code('1201').meta(
            setting('识别器断线', '异常编号；留空不上报', 'Plate reader', { description: 'Code; empty: not reported' }),
          ),
          barrier: code('1301').meta(
            setting('栏杆机断线', '异常编号；留空不上报', 'Barrier', { description: 'Code; empty: not reported' }),
          ),
          loop: code('1401').meta(
            setting('压线圈过长', '异常编号；留空不上报', 'Loop', { description: 'Code; empty: not reported' }),
          ),
        })
        .prefault({})
        .meta(setting('异常编号', '各类异常的编号', 'Codes', { description: 'Code of each kind of fault' })),
    })
    .prefault({})
    .meta(
      setting('异常信息', 'receiveAbnormal 的上报', 'Abnormal reports', { description: 'What is reported, and when' }),
    ),
};
