import { z } from 'zod';
import { setting } from '../../../shared/domain/setting.ts';

/** Serial number of a camera behind a broker. It becomes a part of topics: neither a level of its own nor a wildcard. */
export const topicSerialNo = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^+#/\s]+$/, 'no blank, +, # or /');

/** The broker that camera and station meet at: what all drivers over MQTT ask for. */
export const brokerSettings = {
  url: z
    .string()
    .trim()
    .max(200)
    .regex(/^mqtts?:\/\/[^@/\s]+\/?$/, 'mqtt://address:port, without a name or a password')
    .describe('The broker that the camera connects to, e.g. mqtt://192.168.1.2:1883, with TLS mqtts://…:8883')
    .meta(
      setting('MQTT 服务器', '相机所连的 MQTT 服务器，例如 mqtt://192.168.1.2:1883；加密用 mqtts://…:8883', 'Broker'),
    ),
  username: z
    .string()
    .max(100)
    .default('')
    .describe('Name with which this station logs in to the broker; empty: none')
    .meta(setting('用户名', '工作站登录 MQTT 服务器的用户名，不需要则留空', 'User name')),
  password: z
    .string()
    .max(200)
    .default('')
    .describe('Password with which this station logs in to the broker')
    .meta(setting('密码', '工作站登录 MQTT 服务器的密码；保存后不再显示', 'Password', { secret: true })),
};
