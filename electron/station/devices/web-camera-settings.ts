import { z } from 'zod';
import { setting } from '../../../shared/domain/setting.ts';

/** The settings of cameras that we call over HTTP, with a user name and a password. */
export const webCameraSettings = {
  user: z
    .string()
    .min(1)
    .max(60)
    .default('admin')
    .describe('User name at the camera')
    .meta(setting('用户名', '相机网页的登录名', 'User name')),
  password: z
    .string()
    .min(1)
    .max(100)
    .describe('Password at the camera')
    .meta(setting('密码', '相机网页的登录密码；连错几次相机会锁定', 'Password', { secret: true })),
  channel: z
    .int()
    .min(1)
    .max(32)
    .default(1)
    .describe('Channel of the camera, from 1')
    .meta(setting('通道', '相机的通道号，几乎都是 1', 'Channel')),
};

/** How long an order to such a camera may wait for its connection. */
export const webCommandTtlMs = z
  .int()
  .min(500)
  .max(15_000)
  .default(2000)
  .describe('A command that could not leave within this time is dropped')
  .meta(setting('指令有效期（毫秒）', '在此时间内没能发出的指令作废，绝不迟到执行', 'Command validity (ms)'));
