import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { brokerSettings, topicSerialNo } from '../broker-settings.ts';

const topic = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^+#]+$/, 'no + or #');
const output = z.int().min(0).max(7);

/** Settings of a camera of 芊熠 behind an MQTT broker. */
export const settingsSchema = z.strictObject({
  serialNo: topicSerialNo
    .describe('Serial number (sn) of the camera; experimental: never tried on hardware')
    .meta(setting('序列号', '相机的 sn，印在机身标签上。试验性驱动，未在真机上试过', 'Serial number')),
  ...brokerSettings,
  topicUp: topic
    .default('aiot/plate/{sn}')
    .describe('Where the camera speaks (its pubtopic); {sn} stands for the serial number')
    .meta(setting('相机上报主题', '相机设置里的发布主题；{sn} 代表序列号', 'Topic up')),
  topicDown: topic
    .default('device/plate/{sn}')
    .describe('Where the camera listens (its subtopic); {sn} stands for the serial number')
    .meta(setting('相机接收主题', '相机设置里的订阅主题；{sn} 代表序列号', 'Topic down')),
  openIo: output
    .default(0)
    .describe('Output that raises the arm (ionum)')
    .meta(setting('开闸输出口', '抬杆用的输出口编号', 'Opening output')),
  closeIo: output
    .default(2)
    .describe('Output that lowers the arm (ionum)')
    .meta(setting('关闸输出口', '落杆用的输出口编号', 'Closing output')),
  offlineAfterMs: z
    .int()
    .min(5000)
    .max(600_000)
    .default(90_000)
    .describe(
      'Silence after which it counts as offline; it beats every 30 s, and commands are refused after 75 s of silence',
    )
    .meta(
      setting(
        '离线判定（毫秒）',
        '多久没有消息算离线；相机心跳为 30 秒，建议取三倍。75 秒没有消息就不再发指令',
        'Offline after (ms)',
      ),
    ),
});
export type QianyiSettings = z.output<typeof settingsSchema>;

/** A topic with the serial number put in. */
export const topicOf = (pattern: string, sn: string): string => pattern.replaceAll('{sn}', sn);
