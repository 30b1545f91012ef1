import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { ms } from '../config-kinds.ts';

/** Settings of the line by which the city calls us (TCP). The draft says no more of it than that name. */

export const downSettings = {
  downlink: z
    .strictObject({
      role: z
        .enum(['client', 'server'])
        .default('client')
        .describe('client: we connect to the city and keep the line · server: the city connects to us')
        .meta(
          setting('连接方向', '由车场连接云平台（默认），或由云平台连接车场', 'Who connects', {
            choicesZh: { client: '车场连接云平台', server: '云平台连接车场' },
            choices: { client: 'we do', server: 'the city does' },
          }),
        ),
      host: z
        .string()
        .min(1)
        .max(255)
        .describe('Address of the city; as server: the own address to listen on')
        .meta(setting('地址', '云平台地址；由云平台连接时为本机监听地址', 'Host')),
      port: z
        .int()
        .min(1)
        .max(65_535)
        .meta(setting('端口', 'TCP 端口', 'Port', { description: 'TCP port' })),
      allow: z
        .array(z.string().min(1).max(64))
        .max(100)
        .default([])
        .describe('As server: addresses from which the city may connect; none: nobody may')
        .meta(setting('允许的来源地址', '由云平台连接时，只接受这些地址；空则谁也不接受', 'Allowed addresses')),
      framing: z
        .enum(['len4be', 'len4le', 'line'])
        .default('len4be')
        .describe('How frames are told apart: a length of four bytes before each, or a line each')
        .meta(
          setting('分帧', '每帧前 4 字节长度（大端或小端），或每行一帧', 'Framing', {
            choicesZh: { len4be: '4 字节长度（大端）', len4le: '4 字节长度（小端）', line: '每行一帧' },
            choices: { len4be: 'length, big-endian', len4le: 'length, little-endian', line: 'lines' },
          }),
        ),
      maxFrame: z
        .int()
        .min(1024)
        .max(10_485_760)
        .default(10_485_760)
        .describe('A longer frame ends the connection, bytes')
        .meta(setting('最大帧（字节）', '超过即断开', 'Longest frame (bytes)')),
      login: z
        .boolean()
        .default(true)
        .describe('We say who we are in the first frame')
        .meta(setting('登录', '连接后首帧发送 login', 'Log in')),
      heartbeat: z
        .boolean()
        .default(true)
        .describe('We send heartbeats')
        .meta(setting('心跳', '定时发送 heartbeat', 'Heartbeat')),
      heartbeatMs: ms(100, 600_000)
        .default(30_000)
        .describe('Pause between heartbeats')
        .meta(setting('心跳间隔（毫秒）', '两次心跳之间的间隔', 'Heartbeat every (ms)')),
      deadAfterMs: ms(500, 1_800_000)
        .default(90_000)
        .describe('A line on which nothing came for so long is closed')
        .meta(setting('判定断线（毫秒）', '多久没有收到任何帧就断开', 'Dead after (ms)')),
      replyMs: ms(100, 60_000)
        .default(5000)
        .describe('Within this time a request is answered')
        .meta(setting('应答时限（毫秒）', '收到请求后最迟多久应答', 'Answer within (ms)')),
      windowMs: ms(0, 86_400_000)
        .default(300_000)
        .describe('A timestamp further away is refused with 408; 0: not looked at')
        .meta(setting('时间窗（毫秒）', '请求时间戳相差超过即拒绝；0 为不检查', 'Time window (ms)')),
      reconnectSeconds: z
        .array(z.int().min(1).max(3600))
        .min(1)
        .max(20)
        .default([1, 2, 4, 8, 16, 32, 60])
        .describe('Pauses before connecting again; the last one is repeated')
        .meta(setting('重连间隔（秒）', '依次采用，之后按最后一个', 'Reconnect after (s)')),
      rememberHours: z
        .int()
        .min(1)
        .max(720)
        .default(24)
        .describe('So long a request id is known: the same one again gets the same answer')
        .meta(setting('请求去重（小时）', '多久之内相同 requestId 只执行一次', 'Requests remembered (hours)')),
      signHeader: z
        .boolean()
        .default(false)
        .describe('Signatures cover the fields around data, too')
        .meta(setting('签名含报头', '签名包含 data 以外的字段', 'Header is signed')),
      signReplies: z
        .boolean()
        .default(false)
        .describe('Our answers carry a signature over their data')
        .meta(setting('应答签名', '应答的 data 带签名', 'Replies are signed')),
      tls: z
        .boolean()
        .default(false)
        .describe('The line is TLS')
        .meta(setting('加密', '用 TLS 连接', 'TLS')),
      methods: z
        .record(z.string().min(1).max(40), z.string().min(1).max(40))
        .default({})
        .describe('What the city calls an interface (its name or number) by our name: {"CPS3004": "orderPush"}')
        .meta(setting('接口别名', '云平台所用名称或代码 → 本文档接口名', 'Names of methods')),
      fields: z
        .strictObject({
          type: z
            .string()
            .min(1)
            .max(40)
            .default('type')
            .meta(setting('报文类型', '报头字段名', 'type', { description: 'Name of the field' })),
          method: z
            .string()
            .min(1)
            .max(40)
            .default('method')
            .meta(setting('接口名', '报头字段名', 'method', { description: 'Name of the field' })),
          requestId: z
            .string()
            .min(1)
            .max(40)
            .default('requestId')
            .meta(setting('请求号', '报头字段名', 'requestId', { description: 'Name of the field' })),
          parkCode: z
            .string()
            .min(1)
            .max(40)
            .default('parkCode')
            .meta(setting('车场编码', '报头字段名', 'parkCode', { description: 'Name of the field' })),
          data: z
            .string()
            .min(1)
            .max(40)
            .default('data')
            .meta(setting('数据', '报头字段名', 'data', { description: 'Name of the field' })),
        })
        .prefault({})
        .meta(
          setting('报头字段名', '报头各字段的名称', 'Names of header fields', {
            description: 'What the fields around data are called',
          }),
        ),
    })
    .optional()
    .describe('The line by which the city calls us; absent: it cannot')
    .meta(setting('下行连接', '云平台下发所用的 TCP 连接；不设则不接收下发', 'Line down')),
};
