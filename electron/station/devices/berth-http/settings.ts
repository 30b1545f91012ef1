import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';

/** Settings of a device that tells by HTTP which berths are taken. */
export const settingsSchema = z.strictObject({
  serialNo: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .describe('Serial number that the device sends with every push')
    .meta(setting('序列号', '设备推送里的 serialNo，一台设备可以看多个泊位', 'Serial number')),
  key: z
    .string()
    .min(8)
    .max(100)
    .optional()
    .describe('Key that the device must send; without one every push under its serial number is believed')
    .meta(setting('推送密钥', '设备推送时必须带上的 key；不填则不核对', 'Push key', { secret: true })),
  silentSeconds: z
    .int()
    .min(10)
    .max(3600)
    .default(180)
    .describe('Silence after which it counts as offline; three times the interval of its heartbeat')
    .meta(setting('离线判定（秒）', '多久没有推送算离线，建议为心跳间隔的三倍', 'Offline after (s)')),
  clockMinutes: z
    .int()
    .min(1)
    .max(1440)
    .default(5)
    .describe('A clock that is further off than this is not believed: what it tells counts from when it was received')
    .meta(
      setting('时钟允许偏差（分钟）', '设备时钟偏差超过此值时，车辆时间按本机收到时计', 'Clock may be off (minutes)'),
    ),
});
export type BerthHttpSettings = z.output<typeof settingsSchema>;
