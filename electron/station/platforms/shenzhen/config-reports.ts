import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { ms } from '../config-kinds.ts';
import { fieldName } from './config-wire.ts';

/** Settings about when the city is told what, and with which pictures. */
export const reportSettings = {
  reports: z
    .strictObject({
      berthStatusMs: ms(1000, 3_600_000)
        .default(300_000)
        .describe('Pause between two reports of the berths of each video device, and of each device (6.3.3, 6.3.4)')
        .meta(setting('泊位心跳（毫秒）', '视频设备的泊位状态和设备状态多久上报一次', 'Berths every (ms)')),
      berthState: z
        .strictObject({
          code: fieldName.default('berthCode').meta(
            setting('泊位编号字段', '每个元素中泊位编号的字段名', 'Field of the code', {
              description: 'Name in each element',
            }),
          ),
          state: fieldName.default('state').meta(
            setting('状态字段', '每个元素中状态的字段名', 'Field of the state', {
              description: 'Name in each element',
            }),
          ),
          length: z
            .int()
            .min(128)
            .max(100_000)
            .default(256)
            .describe('Characters of one text at most; what does not fit goes in the next (V256)')
            .meta(setting('最长字符数', '超过则分多条上报；文档为 256', 'Characters at most')),
        })
        .prefault({})
        .refine(({ code, state }) => code !== state, 'code and state must have different names')
        .describe('berthState of 6.3.4: what its elements are called, and how long it may be')
        .meta(setting('berthState 写法', '元素的字段名和最大长度', 'How berthState is written')),
      firstParkMs: ms(0, 3_600_000)
        .default(60_000)
        .describe('After a start records wait so long for the city to answer the car park (6.3.10); 0: they do not')
        .meta(
          setting(
            '记录等待车场信息（毫秒）',
            '启动后记录最多等这么久，让车场信息先上报；0 为不等',
            'Records wait (ms)',
          ),
        ),
      freeNumMs: ms(1000, 3_600_000)
        .default(300_000)
        .describe('Free spaces are told at least so often (6.3.11)')
        .meta(setting('空余泊位周期（毫秒）', '没有变化时多久上报一次空余泊位数', 'Free spaces every (ms)')),
      freeNumQuietMs: ms(0, 3_600_000)
        .default(10_000)
        .describe('After a change free spaces are told at most so often')
        .meta(setting('空余泊位最短间隔（毫秒）', '变化后最多多久上报一次', 'Free spaces at most every (ms)')),
      freeNumOf: z
        .enum(['open', 'all'])
        .default('open')
        .describe('Free spaces of those open to everybody, or of all there are')
        .meta(
          setting('空余泊位口径', '只算对外开放的，或按全部泊位算', 'Counted', {
            choicesZh: { open: '对外开放的', all: '全部泊位' },
            choices: { open: 'open ones', all: 'all spaces' },
          }),
        ),
      firstPlate: z
        .enum(['entry', 'update'])
        .default('entry')
        .describe(
          'When the plate of a car inside becomes known: its entry is told again (the latest counts), or corrected',
        )
        .meta(
          setting('补录车牌', '在场无牌记录得到车牌时：重报入场（以最后一次为准）或报修改', 'A plate becomes known', {
            choicesZh: { entry: '重报入场', update: '报修改' },
            choices: { entry: 'entry again', update: 'correction' },
          }),
        ),
      closedStays: z
        .enum(['exit', 'none'])
        .default('exit')
        .describe(
          'A stay that ended without an exit (closed, void, turned back): the city waits for one, or is told nothing',
        )
        .meta(
          setting('异常结束的记录', '人工关闭、作废、掉头的记录：报一条出场，或不报', 'Stays that were closed', {
            choicesZh: { exit: '报出场', none: '不报' },
            choices: { exit: 'an exit', none: 'nothing' },
          }),
        ),
      secondExit: z
        .enum(['update', 'none'])
        .default('update')
        .describe(
          'A car whose exit was told and taken back leaves: told as a correction, or not at all; never as an exit',
        )
        .meta(
          setting('撤销后再出场', '出场已上报、撤销后再次离开：报修改（新的出场时间）或不报', 'A second exit', {
            choicesZh: { update: '报修改', none: '不报' },
            choices: { update: 'a correction', none: 'nothing' },
          }),
        ),
      owedAs: z
        .enum(['discount', 'left-out'])
        .default('discount')
        .describe('What a car left owing: within agioMoney, so that shouldPay is the whole fee, or in no field')
        .meta(
          setting('欠费离场', '未付部分计入优惠金额（应付为全额），或不计入任何金额', 'Left owing', {
            choicesZh: { discount: '计入优惠', 'left-out': '不计入' },
            choices: { discount: 'as a discount', 'left-out': 'left out' },
          }),
        ),
      amounts: z
        .enum(['always', 'closed'])
        .default('always')
        .describe('Amounts of an exit: always, or only in a closed car park (rsType 1), where they are required')
        .meta(
          setting('出场金额', '总是上报，或只在封闭停车场（rsType 1）上报', 'Amounts', {
            choicesZh: { always: '总是上报', closed: '仅封闭停车场' },
            choices: { always: 'always', closed: 'closed car parks only' },
          }),
        ),
      lists: z
        .boolean()
        .default(true)
        .describe('Tell of list entries that were made, changed or taken off here (6.3.6)')
        .meta(setting('上报名单', '本地新增、修改、删除的黑白名单', 'Lists')),
    })
    .prefault({})
    .meta(setting('上报节奏', '定时与变化上报', 'When it is told', { description: 'By the clock, and on change' })),
  photo: z
    .strictObject({
      form: z
        .enum(['url', 'none'])
        .default('url')
        .describe('Pictures of records as an address that the city opens, or none')
        .meta(
          setting('图片上报方式', '图片地址，或不上报', 'Pictures', {
            choicesZh: { url: '图片地址', none: '不上报' },
            choices: { url: 'its address', none: 'none' },
          }),
        ),
      publicUrl: z
        .union([z.literal(''), z.url({ protocol: /^https?$/ }).max(48)])
        .default('')
        .describe('How the city reaches this station, at most 48 characters; empty: worked out from the listener')
        .meta(
          setting('本机公网地址', '平台取图片用的地址，最长 48 个字符；留空则按监听地址推算', 'Our public address'),
        ),
      days: z
        .number()
        .min(0.01)
        .max(3650)
        .default(30)
        .describe('So long a picture can be fetched, from when it was taken')
        .meta(setting('图片地址有效天数', '自拍摄起，过期后地址失效', 'Address holds (days)')),
    })
    .prefault({})
    .meta(setting('图片', '出入场记录的图片', 'Pictures', { description: 'Of entries and exits' })),
};
