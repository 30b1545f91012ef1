import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { certificate, key, ms, path, url } from '../config-kinds.ts';
import { outboxSettings, outboxWords, timeoutSettings, timeoutWords } from '../config-transport.ts';
import { mqttSchema } from './config-mqtt.ts';
import { noticeMsSchema, paymentSettings } from './config-payments.ts';
import { recordSettings, whenInDoubtSchema } from './config-records.ts';
import { readPrivateKey, readPublicKey } from './keys.ts';

const cryptoSchema = z.strictObject({
  encoding: z
    .enum(['base64', 'hex'])
    .default('base64')
    .describe('How cipher and sign are written as text')
    .meta(setting('密文编码', 'cipher 与 sign 写成文字的方式', 'Cipher text encoding')),
  signInput: z
    .enum(['text', 'bytes'])
    .default('text')
    .describe('Sign the cipher as text, or its bytes before encoding')
    .meta(setting('签名对象', '对密文文字签名，还是对编码前的字节签名', 'Signed input')),
  uplinkKey: z
    .enum(['platformPublic', 'userPrivate'])
    .default('platformPublic')
    .describe('Key that encrypts requests; some cities of the same family use the private one')
    .meta(setting('加密所用密钥', '一般用平台公钥；个别城市用用户私钥', 'Encryption key')),
  hash: z
    .enum(['SHA1', 'MD5'])
    .default('SHA1')
    .describe('Hash of the signature')
    .meta(setting('签名摘要', '签名用的摘要算法', 'Signature hash')),
  downlink: z
    .enum(['auto', 'mirrored', 'platformPrivate'])
    .default('auto')
    .describe('How notices are encrypted: for our key (mirrored), with the platform private key, or try both')
    .meta(
      setting(
        '下发消息加密',
        'auto 两种都试；mirrored 用我方公钥加密；platformPrivate 用平台私钥加密',
        'Notice encryption',
      ),
    ),
});

/** Settings of `platforms.qingdao`. Where the specification leaves something open, the choice is a setting (see README). */
export const qingdaoSettingsSchema = z.strictObject({
  enabled: z
    .boolean()
    .default(true)
    .meta(
      setting('启用', '关闭后不再上传，已有数据保留', 'Enabled', {
        description: 'Switched off nothing is uploaded; what waits stays',
      }),
    ),
  baseUrl: url(['http', 'https'])
    .describe('Address up to and with /api/v1/cp; only a host: that path is added')
    .meta(setting('接口地址', '到 /api/v1/cp 为止；只写主机时自动补上', 'Base address')),
  accessId: z
    .string()
    .min(1)
    .max(64)
    .describe('Access number (接入系统编号) given by the platform')
    .meta(setting('接入系统编号', '平台分配的 accessID', 'Access number')),
  parkingCode: z
    .string()
    .min(1)
    .max(45)
    .describe('Car-park number (停车场编号) at the platform')
    .meta(setting('停车场编号', '平台登记的 parkingCode', 'Car-park number')),
  platformPublicKey: key(readPublicKey)
    .describe('Public key of the platform: PEM or one line of Base64')
    .meta(setting('平台公钥', '平台给出的公钥，PEM 或一行 Base64', 'Platform public key')),
  userPrivateKey: key(readPrivateKey)
    .describe('Our own private key: PEM or one line of Base64')
    .meta(setting('用户私钥', '我方私钥，PEM 或一行 Base64；保存后不再显示', 'User private key', { secret: true })),
  mqtt: mqttSchema
    .optional()
    .describe('Notices from the platform; absent: none are received')
    .meta(setting('消息下发（MQTT）', '接收平台的黑白名单等通知；不设则不接收', 'Notices (MQTT)')),
  crypto: cryptoSchema.prefault({}).meta(
    setting('加密与签名', '与平台约定不同才改', 'Encryption and signature', {
      description: 'Only where the platform wants it otherwise',
    }),
  ),
  payload: z
    .strictObject({
      dataAs: z
        .enum(['object', 'string'])
        .default('object')
        .describe('Whether data is JSON, or JSON inside a string')
        .meta(
          setting('data 的写法', '业务内容怎样写进 data', 'Form of data', {
            choicesZh: { object: '直接写 JSON', string: '写成字符串' },
            choices: { object: 'as JSON', string: 'as text' },
          }),
        ),
      emptyAs: z
        .enum(['omit', 'null', 'emptyString'])
        .default('omit')
        .describe('How an empty field is written')
        .meta(
          setting('空字段写法', '没有内容的字段怎样写', 'Empty fields', {
            choicesZh: { omit: '不写', null: '写 null', emptyString: '写空字符串' },
            choices: { omit: 'left out', null: 'null', emptyString: 'empty text' },
          }),
        ),
    })
    .prefault({})
    .meta(
      setting('报文写法', '与平台约定不同才改', 'Message form', {
        description: 'Only where the platform wants it otherwise',
      }),
    ),
  fields: z
    .strictObject({
      entryRecordId: z
        .enum(['arriveID', 'arrivalID', 'both'])
        .default('arriveID')
        .meta(
          setting('入场记录字段', '文档两处写法不同，按平台要求选', 'Entry record field', {
            description: 'The specification spells it in two ways',
          }),
        ),
      exitRecordId: z
        .enum(['endID', 'exitID', 'both'])
        .default('endID')
        .meta(
          setting('出场记录字段', '文档两处写法不同，按平台要求选', 'Exit record field', {
            description: 'The specification spells it in two ways',
          }),
        ),
      modifyArriveTime: z
        .enum(['arriveTime', 'arrivalTime', 'both'])
        .default('arriveTime')
        .meta(
          setting('更正中的入场时间字段', '文档两处写法不同，按平台要求选', 'Corrected entry time field', {
            description: 'The specification spells it in two ways',
          }),
        ),
    })
    .prefault({})
    .describe('Names of fields that the specification spells in two ways')
    .meta(setting('字段名', '文档里有两种写法的字段', 'Field names')),
  defaults: z
    .strictObject({
      plateColor: z
        .int()
        .min(1)
        .max(6)
        .default(1)
        .describe('Code sent for a plate whose colour is not known')
        .meta(setting('未知颜色的代码', '车牌颜色不明时上传的代码', 'Unknown colour code')),
      carType: z
        .int()
        .min(1)
        .max(3)
        .optional()
        .describe('Code sent for a car without a readable plate')
        .meta(setting('无牌车车型代码', '无牌车上传的车型代码；不填不传', 'Unlicensed car code')),
    })
    .prefault({})
    .meta(
      setting('默认代码', '数据里没有时上传什么', 'Default codes', {
        description: 'What is sent where nothing is known',
      }),
    ),
  http: z
    .strictObject({
      paths: z
        .record(z.string(), path)
        .default({})
        .describe('Other paths for single interfaces, by their names')
        .meta(setting('单个接口的路径', '某个接口路径不同才填', 'Other paths')),
      caFile: certificate
        .optional()
        .describe('PEM file of the authority that signed the server certificate')
        .meta(setting('CA 证书文件', '签发服务器证书的 CA，PEM 文件路径；公网证书不用填', 'CA file')),
    })
    .prefault({})
    .meta(setting('HTTP', '路径与证书', 'HTTP', { description: 'Paths and certificate' })),
  heartbeat: z
    .strictObject({
      timeFields: z
        .array(z.string().min(1).max(40))
        .max(20)
        .default(['serverTime', 'serverDate', 'systemTime', 'sysTime', 'currentTime', 'time', 'timestamp'])
        .describe('Names under which the answer may carry the platform clock')
        .meta(setting('平台时间字段', '心跳应答里可能带平台时间的字段名', 'Clock fields')),
    })
    .prefault({})
    .meta(setting('心跳', '心跳应答', 'Heartbeat', { description: 'The answer to heartbeats' })),
  clock: z
    .strictObject({
      maxSkewMs: ms(500, 3_600_000)
        .default(5000)
        .describe('Larger deviation from the platform: alarm')
        .meta(setting('允许时差（毫秒）', '本机与平台时间相差超过此值就报警', 'Clock deviation (ms)')),
    })
    .prefault({})
    .meta(setting('对时', '与平台的时差', 'Clock', { description: 'Deviation from the platform' })),
  intervals: z
    .strictObject({
      parkingStateMs: ms(1000, 3_600_000)
        .default(60_000)
        .meta(
          setting('剩余泊位间隔（毫秒）', '多久上传一次剩余泊位', 'Free spaces every (ms)', {
            description: 'How often free spaces are told',
          }),
        ),
      heartbeatMs: ms(1000, 3_600_000)
        .default(600_000)
        .meta(
          setting('心跳间隔（毫秒）', '多久上传一次心跳', 'Heartbeat every (ms)', {
            description: 'How often a heartbeat is sent',
          }),
        ),
    })
    .prefault({})
    .meta(setting('上传间隔', '定时上传的间隔', 'Intervals', { description: 'What is sent on a timer' })),
  timeouts: z
    .strictObject({
      ...timeoutSettings({ connectMs: 3000, headersMs: 10_000, bodyMs: 10_000, totalMs: 20_000 }),
      confirmMs: ms(1000, 600_000)
        .default(20_000)
        .describe('A change of lists not confirmed for this long raises an alarm')
        .meta(setting('确认超时（毫秒）', '黑白名单变更多久没有确认就报警', 'Confirm timeout (ms)')),
      noticeMs: noticeMsSchema,
    })
    .prefault({})
    .meta(timeoutWords),
  outbox: z
    .strictObject({ ...outboxSettings(), whenInDoubt: whenInDoubtSchema })
    .prefault({})
    .meta(outboxWords),
  ...recordSettings,
  ...paymentSettings,
  concurrency: z
    .int()
    .min(1)
    .max(32)
    .default(4)
    .describe('Requests on their way at once')
    .meta(setting('并发数', '同时在途的请求数', 'Concurrency')),
});
export type QingdaoSettings = z.output<typeof qingdaoSettingsSchema>;

/** The access number as MQTT user, client and topic level: with `_n` on node n (D07). */
export const nodeName = ({ accessId, mqtt }: QingdaoSettings): string =>
  mqtt?.node === undefined ? accessId : `${accessId}_${mqtt.node}`;
