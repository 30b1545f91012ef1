import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { ms } from '../config-kinds.ts';

/** Settings about what is told: names, numbers, dates, pictures, codes. */

const payCode = z.int().min(0).max(999);
const payWay = z.enum([
  ...(['cash', 'pos', 'card', 'etc', 'wechat', 'alipay', 'unionpay'] as const),
  ...(['third-wechat', 'third-alipay', 'third-other', 'platform'] as const),
]);

export const recordSettings = {
  placeAs: z
    .enum(['name', 'ip', 'code'])
    .default('name')
    .describe('A lane is told by its name, the address of its camera, or its code (G17)')
    .meta(
      setting('出入口写法', '出入口用名称、IP 还是设备编码（三选一）', 'Lanes told as', {
        choicesZh: { name: '名称', ip: 'IP', code: '设备编码' },
        choices: { name: 'name', ip: 'address', code: 'code' },
      }),
    ),
  devices: z
    .record(z.string().min(1).max(40), z.string().trim().min(1).max(64))
    .default({})
    .describe(
      'Code (deviceCode) of a lane, camera, barrier or display at the third party, by its id; absent: the id itself',
    )
    .meta(setting('设备编码', '车道或设备在第三方的编码；没有列出的用自己的编号', 'Device codes')),
  boothDevice: z
    .string()
    .max(40)
    .default('booth')
    .describe('Code of this workstation as a device (appendix 1.5, 1); empty: not told')
    .meta(setting('收费电脑编码', '本机作为设备上报的编码；留空不上报', 'Code of this workstation')),
  areaTypes: z
    .record(z.string().min(1).max(40), z.int().min(0).max(99))
    .default({})
    .describe('areaType of an area by its id: 0 normal, 1 and 2 stacked places of 6 and 9; absent: 0')
    .meta(setting('区域类别', '区域编号对应的类别：0 普通、1 六格立体、2 九格立体；没有列出的为 0', 'Kinds of areas')),
  dates: z
    .enum(['printed', 'dashes'])
    .default('printed')
    .describe('Dates of 2.x: with slashes as the examples are printed, or with dashes (G03)')
    .meta(
      setting('2.x 日期写法', '照示例用斜杠，或统一用横线', 'Dates of 2.x', {
        choicesZh: { printed: '斜杠（照示例）', dashes: '横线' },
        choices: { printed: 'slashes, as printed', dashes: 'dashes' },
      }),
    ),
  bothSpellings: z
    .boolean()
    .default(true)
    .describe('Write fields with two printed spellings in both (G06)')
    .meta(setting('两种拼写都写', '文档里有两种拼写的字段同时写出', 'Both spellings')),
  unlicensedPlate: z
    .string()
    .min(1)
    .max(16)
    .default('无牌车')
    .describe('plateNo of a car without a plate, where it must not be empty (G07)')
    .meta(setting('无牌车写法', '不允许为空时，无牌车的 plateNo', 'Without a plate')),
  photo: z
    .strictObject({
      form: z
        .enum(['url', 'base64', 'none'])
        .default('url')
        .describe('Pictures (imgName) as an address, whole, or not at all (G18)')
        .meta(
          setting('图片上报方式', '图片地址、图片内容，或不上报', 'Pictures', {
            choicesZh: { url: '图片地址', base64: '图片内容', none: '不上报' },
            choices: { url: 'its address', base64: 'the picture itself', none: 'none' },
          }),
        ),
      publicUrl: z
        .union([z.literal(''), z.url({ protocol: /^https?$/ })])
        .default('')
        .describe(
          'How the third party reaches this station, e.g. http://park.example:8700; empty: worked out from the listener',
        )
        .meta(setting('本机公网地址', '第三方取图片用的地址；留空则按监听地址推算', 'Our public address')),
      days: z
        .number()
        .min(0.01)
        .max(3650)
        .default(30)
        .describe('So long a picture can be fetched')
        .meta(setting('图片地址有效天数', '过期后地址失效', 'Address holds (days)')),
      maxKilobytes: z
        .int()
        .min(20)
        .max(5000)
        .default(200)
        .describe('A larger picture is made smaller before it travels whole, KB')
        .meta(setting('图片上限（KB）', '上报图片内容时，超过则先压缩', 'Largest picture (KB)')),
    })
    .prefault({})
    .meta(setting('图片', 'imgName 怎样上报', 'Pictures', { description: 'How imgName is told' })),
  spaces: z
    .strictObject({
      count: z
        .enum(['all', 'open'])
        .default('all')
        .describe(
          'Free spaces of the whole (2.5): of all there are, as the areas add up to them, or of those open to everybody',
        )
        .meta(
          setting('空闲车位口径', '全场按全部车位算（与各区域之和一致），或只算对外开放的车位', 'Counted', {
            choicesZh: { all: '全部车位', open: '对外开放的车位' },
            choices: { all: 'all spaces', open: 'open ones' },
          }),
        ),
      quietMs: ms(0, 3_600_000)
        .default(1000)
        .describe('After a change free spaces are told at most so often')
        .meta(setting('车位变化最短间隔（毫秒）', '车位变化后最多多久上报一次', 'Changes at most every (ms)')),
    })
    .prefault({})
    .meta(
      setting('空闲车位', '空闲车位的上报', 'Free spaces', {
        description: 'Which free spaces are told, and how often',
      }),
    ),
  daily: z
    .strictObject({
      atMinute: z
        .int()
        .min(0)
        .max(1439)
        .default(30)
        .describe('Minute of the day at which car park and areas are told')
        .meta(setting('每日上报时刻（分钟）', '每天第几分钟上报车场和区域；30 为 0:30', 'Daily at (minute)')),
    })
    .prefault({})
    .meta(setting('每日上报', '车场与区域信息', 'Daily reports', { description: 'Car park and areas' })),
  payCodes: z
    .strictObject({
      exit: z
        .partialRecord(payWay, payCode)
        .default({})
        .describe('payType of 2.3 (appendix 1.2) that differs from the table in the documentation, by way of payment')
        .meta(setting('出口支付类型', '附录 1.2 的代码；只填与默认不同的', 'Codes of 1.2')),
      bill: z
        .partialRecord(payWay, payCode)
        .default({})
        .describe('payType of 2.7 (appendix 1.4) that differs from the table in the documentation, by way of payment')
        .meta(setting('支付方式', '附录 1.4 的代码；只填与默认不同的', 'Codes of 1.4')),
    })
    .prefault({})
    .meta(setting('支付代码', '各附录的支付代码（G16）', 'Payment codes', { description: 'Codes of the appendices' })),
  abnormalReasons: z
    .array(z.string().trim().min(1).max(40))
    .max(50)
    .default(['异常放行'])
    .describe('Reasons of a release that are told as abnormal (paidType 2); all others are free of charge (1)')
    .meta(setting('异常放行原因', '这些放行原因上报为异常放行，其余为免费', 'Abnormal releases')),
};
