import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';

/** Settings of a camera of 华夏智信: it tells plates, and that is all that is known of it. */
export const settingsSchema = z.strictObject({
  serialNo: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .describe('What the camera sends as cam_id, mostly its MAC; experimental: never tried on hardware')
    .meta(
      setting('相机编号', '相机推送里的 cam_id，多为 MAC 地址，不分大小写。试验性驱动，未在真机上试过', 'Camera id'),
    ),
  offlineAfterMs: z
    .int()
    .min(5000)
    .max(600_000)
    .default(90_000)
    .describe('Silence after which it counts as offline; how often it sends heartbeats is up to the camera')
    .meta(setting('离线判定（毫秒）', '多久没有消息算离线，应为相机心跳间隔的三倍', 'Offline after (ms)')),
});
export type HuaxiaSettings = z.output<typeof settingsSchema>;
