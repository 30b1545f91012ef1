import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { certificate, ms, url } from '../config-kinds.ts';

export const mqttSchema = z.strictObject({
  url: url(['mqtt', 'mqtts', 'ws', 'wss'])
    .describe('Address of the broker, e.g. mqtt://host:1883')
    .meta(setting('消息服务器地址', '例如 mqtt://主机:1883', 'Broker address')),
  username: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Empty: the access number, with the node number if set')
    .meta(setting('用户名', '不填：接入系统编号，设了节点号时带节点号', 'User name')),
  password: z
    .string()
    .min(1)
    .max(5000)
    .optional()
    .describe('Empty: the user private key as one line of Base64')
    .meta(setting('密码', '不填：一行 Base64 的用户私钥', 'Password', { secret: true })),
  node: z
    .int()
    .min(0)
    .max(9999)
    .optional()
    .describe('Number of this node when several share one access number')
    .meta(setting('节点号', '同一接入编号下有几台工作站时才填', 'Node number')),
  clientId: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Empty: same as the user name')
    .meta(setting('客户端标识', '不填：与用户名相同', 'Client id')),
  leadingSlash: z
    .enum(['both', 'never', 'always'])
    .default('both')
    .describe('Whether topics begin with a slash')
    .meta(setting('主题开头斜杠', 'both 两种都订阅', 'Leading slash')),
  legacyTopics: z
    .boolean()
    .default(false)
    .describe('Also subscribe to the older names of topics')
    .meta(setting('旧主题名', '同时订阅旧的主题名', 'Older topics')),
  scope: z
    .enum(['park', 'platform'])
    .default('park')
    .describe('One car park, or all of this access number')
    .meta(setting('订阅范围', 'park 只收本车场；platform 收本接入编号下全部', 'Scope')),
  keepaliveSeconds: z
    .int()
    .min(5)
    .max(3600)
    .default(60)
    .meta(
      setting('保活间隔（秒）', '多久向消息服务器报一次平安', 'Keep-alive (s)', {
        description: 'How often the broker is told that we are there',
      }),
    ),
  caFile: certificate
    .optional()
    .describe('PEM file of the authority that signed the broker certificate')
    .meta(setting('CA 证书文件', '签发消息服务器证书的 CA，PEM 文件路径；公网证书不用填', 'CA file')),
  connectTimeoutMs: ms(1000, 120_000)
    .default(15_000)
    .meta(
      setting('连接超时（毫秒）', '连接消息服务器最多等多久', 'Connect timeout (ms)', {
        description: 'How long a connection may take',
      }),
    ),
  reconnectFirstMs: ms(100, 60_000)
    .default(1000)
    .describe('Pause before the first new attempt; doubles each time')
    .meta(setting('首次重连（毫秒）', '断线后多久重连，每次加倍', 'First retry (ms)')),
  reconnectMaxMs: ms(1000, 600_000)
    .default(60_000)
    .meta(
      setting('最长重连间隔（毫秒）', '重连间隔的上限', 'Longest retry (ms)', {
        description: 'Longest pause between attempts',
      }),
    ),
});
