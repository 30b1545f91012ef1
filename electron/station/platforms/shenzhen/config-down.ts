import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { certificate, ms } from '../config-kinds.ts';

/** Settings of the line by which the city calls us (TCP). The draft says no more of it than that name. */

const HOUR_MS = 3_600_000;

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
        .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
        .max(100)
        .default([])
        .describe('As server: addresses and networks from which the city may connect; none: nobody may')
        .meta(setting('允许的来源地址', '由云平台连接时，只接受这些地址或网段；空则谁也不接受', 'Allowed addresses')),
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
      maxValues: z
        .int()
        .min(100)
        .max(1_000_000)
        .default(20_000)
        .describe('A frame with more fields and list elements in all is not read: reading it holds the lanes up')
        .meta(
          setting(
            '最多字段数',
            '一帧内字段与数组元素总数，超过即不读；读得越多，车道等得越久',
            'Most values of a frame',
          ),
        ),
      login: z
        .boolean()
        .default(true)
        .describe('We say who we are in the first frame')
        .meta(setting('登录', '连接后首帧发送 login', 'Log in')),
      loginMs: ms(500, 120_000)
        .default(10_000)
        .describe('A login that is not answered within this time ends the connection')
        .meta(setting('登录应答时限（毫秒）', '登录后多久没有应答就断开重连', 'Login answered within (ms)')),
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
      frameMs: ms(500, 600_000)
        .default(30_000)
        .describe('So long a frame may take from its first byte to its last, and an answer of ours to be taken')
        .meta(
          setting('单帧时限（毫秒）', '一帧从头到尾、或对方取走应答最多多久，超过即断开', 'A frame takes at most (ms)'),
        ),
      proveMs: ms(500, 600_000)
        .default(30_000)
        .describe('As server: who has not proved to be the city within this time is cut off')
        .meta(
          setting('证明身份时限（毫秒）', '由云平台连接时，多久没有一条验签通过的请求就断开', 'Proved within (ms)'),
        ),
      wrongTries: z
        .int()
        .min(1)
        .max(1000)
        .default(10)
        .describe('So many requests in a row that prove nothing (not readable, signed wrongly) end the connection')
        .meta(setting('错误次数上限', '连续多少条请求读不懂或验签不过就断开', 'Wrong requests')),
      awayMinutes: z
        .int()
        .min(0)
        .max(1440)
        .default(10)
        .describe('A line that is away for longer raises an alarm; 0: never')
        .meta(setting('断线报警（分钟）', '下行连接断开超过多久报警；0 为不报警', 'Alarm when away (minutes)')),
      replyMs: ms(100, 60_000)
        .default(5000)
        .describe('Within this time a request is answered')
        .meta(setting('应答时限（毫秒）', '收到请求后最迟多久应答', 'Answer within (ms)')),
      windowMs: ms(0, 86_400_000)
        .default(300_000)
        .describe('A timestamp further away is refused with 408; 0: not looked at')
        .meta(setting('时间窗（毫秒）', '请求时间戳相差超过即拒绝；0 为不检查', 'Time window (ms)')),
      parkIds: z
        .enum(['same', 'any'])
        .default('same')
        .describe(
          'parkId and parkCode within the data must be our parkCode, or are not looked at; that of the header must be',
        )
        .meta(
          setting(
            '数据中的车场编号',
            'data 里的 parkId、parkCode 须为本车场编码，或不核对；报头的仍核对',
            'Car park in data',
            {
              choicesZh: { same: '须为本车场编码', any: '不核对' },
              choices: { same: 'must be ours', any: 'not looked at' },
            },
          ),
        ),
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
        .describe('So long a request id and a signature are known: either of them again gets the same answer')
        .meta(
          setting(
            '请求去重（小时）',
            '多久之内相同 requestId 或相同签名只执行一次；不短于时间窗的两倍',
            'Requests remembered (hours)',
          ),
        ),
      signHeader: z
        .boolean()
        .default(false)
        .describe('The fields around data carry a signature, too: over all of them, data as compact JSON')
        .meta(setting('报头签名', '报头另带 signature，覆盖报头全部字段与 data', 'Header is signed')),
      signReplies: z
        .boolean()
        .default(false)
        .describe('Our answers carry a signature over all their fields, data as compact JSON')
        .meta(setting('应答签名', '应答带 signature，覆盖应答全部字段', 'Replies are signed')),
      tls: z
        .boolean()
        .default(false)
        .describe('The line is TLS')
        .meta(setting('加密', '用 TLS 连接', 'TLS')),
      certificate: z
        .strictObject({
          certFile: certificate
            .describe('PEM file with our certificate and its chain')
            .meta(setting('证书文件', '本机证书（含证书链），PEM 文件路径', 'Certificate file')),
          keyFile: certificate
            .describe('PEM file with the key of the certificate')
            .meta(setting('私钥文件', '证书的私钥，PEM 文件路径', 'Key file')),
        })
        .optional()
        .describe('As server with TLS: our certificate')
        .meta(setting('本机证书', '由云平台以 TLS 连接时使用', 'Our certificate')),
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
          request: z
            .string()
            .min(1)
            .max(40)
            .default('request')
            .meta(setting('请求', '报文类型为请求时的取值', 'request', { description: 'What type says of a request' })),
          response: z
            .string()
            .min(1)
            .max(40)
            .default('response')
            .meta(
              setting('应答', '报文类型为应答时的取值', 'response', { description: 'What type says of an answer' }),
            ),
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
          timestamp: z
            .string()
            .min(1)
            .max(40)
            .default('timestamp')
            .meta(setting('应答时间', '报头字段名', 'timestamp', { description: 'Name of the field' })),
          code: z
            .string()
            .min(1)
            .max(40)
            .default('code')
            .meta(setting('应答结果码', '报头字段名', 'code', { description: 'Name of the field' })),
          msg: z
            .string()
            .min(1)
            .max(40)
            .default('msg')
            .meta(setting('应答说明', '报头字段名', 'msg', { description: 'Name of the field' })),
        })
        .prefault({})
        .meta(
          setting('报头字段名', '报头各字段的名称', 'Names of header fields', {
            description: 'What the fields around data are called',
          }),
        ),
    })
    .superRefine(({ role, tls, certificate: own, fields, rememberHours, windowMs }, context) => {
      if (fields.request === fields.response)
        context.addIssue({ code: 'custom', path: ['fields', 'response'], message: 'must differ from fields.request' });
      // A request may come as long before its time as after it, and must be known for all of that.
      if (rememberHours * HOUR_MS < 2 * windowMs)
        context.addIssue({ code: 'custom', path: ['rememberHours'], message: 'must be twice windowMs at least' });
      if (role === 'server' && tls && own === undefined)
        context.addIssue({ code: 'custom', path: ['certificate'], message: 'a server with TLS needs a certificate' });
    })
    .optional()
    .describe('The line by which the city calls us; absent: it cannot')
    .meta(setting('下行连接', '云平台下发所用的 TCP 连接；不设则不接收下发', 'Line down')),
};
