import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { ms } from '../config-kinds.ts';
import { listenerSettings, listenerTls } from '../config-listener.ts';

/** Settings about what the third party calls us by: where it is heard, who it is, how it may write. */

/** User and password travel in headers, which carry nothing but ASCII for certain. */
export const headerText = () =>
  z.string().regex(/^[\x21-\x7E]([\x20-\x7E]*[\x21-\x7E])?$/, 'must be ASCII without blanks around it');

export const threeDesKey = () => z.string().regex(/^[\x21-\x7E]{24}$/, 'must be 24 ASCII characters');

export const downSettings = {
  downlink: z
    .strictObject({
      user: headerText()
        .max(100)
        .describe('User name that we give the third party')
        .meta(setting('下行用户名', '发给第三方的 user', 'User we give')),
      password: headerText()
        .max(200)
        .describe('Password that we give the third party')
        .meta(setting('下行密码', '发给第三方的 pwd；保存后不再显示', 'Password we give', { secret: true })),
      key: threeDesKey()
        .describe('Key (KEY) that we give the third party: 24 characters')
        .meta(setting('下行密钥 KEY', '发给第三方的 24 位密钥；保存后不再显示', 'Key we give', { secret: true })),
      listen: z
        .strictObject({
          ...listenerSettings('the third party', '第三方请求的端口'),
          tls: listenerTls('plain HTTP, as the specification has it', '配置后以 HTTPS 监听；文档为 HTTP'),
        })
        .optional()
        .describe('A listener of its own; absent: the shared one of the station')
        .meta(setting('独立监听', '单独为第三方开一个端口；不设则用工作站的公共端口', 'Listener of its own')),
    })
    .optional()
    .describe('What the third party calls us by; absent: it cannot call us')
    .meta(setting('下行接口', '第三方调用本车场所用的用户名、密码和密钥；不设则不提供下行接口', 'Calls to us')),
  security: z
    .strictObject({
      neighbourMinutes: z
        .int()
        .min(0)
        .max(720)
        .default(10)
        .describe('So long before and after midnight a request made with the neighbouring day is read, too (G09)')
        .meta(setting('跨日容差（分钟）', '零点前后多久内也接受相邻日期加密的请求', 'Around midnight (minutes)')),
      lockout: z
        .strictObject({
          tries: z
            .int()
            .min(0)
            .max(1000)
            .default(10)
            .describe('Wrong user names or passwords of one address after which it is not listened to; 0: never locked')
            .meta(setting('错误次数', '同一地址用户名或密码错误几次后锁定；0 为不锁定', 'Wrong tries')),
          windowMinutes: z
            .int()
            .min(1)
            .max(1440)
            .default(5)
            .describe('Wrong ones of so long count together')
            .meta(setting('计数时间（分钟）', '多久之内的错误一起计数', 'Counted over (minutes)')),
          lockMinutes: z
            .int()
            .min(1)
            .max(1440)
            .default(10)
            .describe('So long the address is not listened to')
            .meta(setting('锁定时长（分钟）', '锁定后多久之内不受理该地址', 'Locked for (minutes)')),
        })
        .prefault({})
        .meta(
          setting('防猜测', '用户名密码连续错误时锁定来源地址', 'Guessing', {
            description: 'An address that guesses is not listened to for a while',
          }),
        ),
      forms: z
        .boolean()
        .default(true)
        .describe('Read form bodies (data=…) besides JSON (G29)')
        .meta(setting('接受表单', '也接受 data=… 形式的表单请求', 'Forms are read')),
      oldPaths: z
        .boolean()
        .default(true)
        .describe(
          'Serve the legacy addresses (/api/pay2/, /api/card2/, /api/book/, /api/pay/) besides the current ones (G05)',
        )
        .meta(setting('兼容旧地址', '同时提供旧版地址', 'Legacy addresses')),
    })
    .prefault({})
    .meta(
      setting('请求校验', '对第三方请求的检查与兼容', 'Checks of requests', {
        description: 'What is proved, and what is read besides',
      }),
    ),
  gate: z
    .strictObject({
      answerMs: ms(100, 10_000)
        .default(2500)
        .describe('So long the answer waits for the end of a command to an arm')
        .meta(setting('等待闸机应答（毫秒）', '答复第三方前最多等闸机多久', 'Awaiting the arm (ms)')),
      allowed: z
        .boolean()
        .default(true)
        .describe('The third party may move arms (GateControl)')
        .meta(setting('允许道闸控制', '第三方可以远程开闸、落闸、常抬', 'May move arms')),
      photoMs: ms(500, 30_000)
        .default(5000)
        .describe('So long GetPhoto waits for the picture')
        .meta(setting('等待拍照（毫秒）', '拍照接口最多等相机多久', 'Awaiting a picture (ms)')),
    })
    .prefault({})
    .meta(setting('设备控制', '道闸控制与拍照', 'Arms and cameras', { description: 'Moving arms, taking pictures' })),
  promptlyMissing: z
    .union([z.literal(0), z.literal(1)])
    .default(1)
    .describe('A booking that does not say promptly: 1 counts from the next entry, 0 at once (G32)')
    .meta(
      setting('未写立即生效时', '预约车没有写 promptly 时的含义', 'Where promptly is missing', {
        choicesZh: { '0': '立即生效', '1': '下次入场起' },
        choices: { '0': 'at once', '1': 'from the next entry' },
      }),
    ),
  payloadIn: z
    .enum(['data', 'resMsg'])
    .default('data')
    .describe('Where the answers to GetPayChargeInfo and PayChargeReport stand: in data, or in resMsg as well (G04)')
    .meta(
      setting('找零应答位置', '找零查询的内容放在 data，还是照文档示例在 resMsg 里也放一份', 'Change answers in', {
        choicesZh: { data: 'data', resMsg: 'data 和 resMsg' },
        choices: { data: 'data', resMsg: 'data and resMsg' },
      }),
    ),
  plateWithoutProvince: z
    .boolean()
    .default(true)
    .describe('A plate without its province finds the one car that has the rest (G28)')
    .meta(setting('允许省略省份', '车牌没有汉字时，其余部分唯一相符即可', 'Plates without province')),
};
