import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { cardTypeSchema } from '../../../../shared/domain/terms.ts';
import { MAPPED_PARAMETERS, type MappedParameter } from './parameter-names.ts';

/** What time can be bought for; the others hold money, hours or passes, which a monthly card has not. */
const cardWords = {
  choicesZh: {
    ...{ vip: 'VIP 卡', monthly: '月租卡', owner: '产权卡', guest: '贵宾访客', staff: '员工卡' },
    ...{ coach: '班车', 'shared-space': '共享车位' },
  },
  choices: {
    ...{ vip: 'VIP', monthly: 'monthly', owner: 'owner', guest: 'guest', staff: 'staff', coach: 'coach' },
    'shared-space': 'shared space',
  },
};
const periodCard = cardTypeSchema.exclude(['stored-value', 'hours', 'counted']).meta(cardWords);

const parameterWords = {
  choicesZh: {
    ...{ fixedcarAllowInNotNull: '车位满后固定车入场', reverseTempCar: '车主限位已满转临时车' },
    ...{ carOutQuick: '0 元车快速出场', isNoPlateCheck: '无车牌校验', selfServiceFreeMin: '缴费后免费时间' },
    ...{ diffParkingSpace: '车位数修正', parkingOvertimeAlarm: '停车超时报警' },
    ...{ alarmByDay: '月租车到期提醒天数', alarmEnable: '固定车辆提醒' },
  },
  choices: {
    ...{ fixedcarAllowInNotNull: 'cards enter when full', reverseTempCar: 'surplus car is temporary' },
    ...{ carOutQuick: 'free exits at once', isNoPlateCheck: 'cars without a plate wait' },
    ...{ selfServiceFreeMin: 'minutes to leave', diffParkingSpace: 'correction of the count' },
    ...{ parkingOvertimeAlarm: 'overtime alarm', alarmByDay: 'days of the reminder', alarmEnable: 'reminder' },
  },
} satisfies Record<string, Record<MappedParameter, string>>;

/** Settings about what the city may change here. */
export const registrySettings = {
  lists: z
    .strictObject({
      entryAllowed: z
        .enum(['warn', 'no-exit'])
        .default('warn')
        .describe('What a black-listed car meets that may drive in (outInType 1): only a hint, or it may not leave')
        .meta(
          setting('黑名单允许入场时', '仅提示值班员，或禁止出场（outInType 为 1）', 'Black-listed, may enter', {
            choicesZh: { warn: '仅提示', 'no-exit': '禁止出场' },
            choices: { warn: 'a hint', 'no-exit': 'may not leave' },
          }),
        ),
      byColor: z
        .boolean()
        .default(true)
        .describe(
          'An entry counts for plates of its colour only, as the table has it in its key; otherwise for any colour',
        )
        .meta(
          setting(
            '按车牌颜色区分',
            '同一车牌号不同颜色为不同条目，只对该颜色的车生效；关闭则不看颜色',
            'By plate colour',
          ),
        ),
      endOwn: z
        .boolean()
        .default(true)
        .describe(
          'The city may end an entry that people of the car park made, or the provision file, as well as its own',
        )
        .meta(
          setting(
            '可结束车场自建的名单',
            '云平台下发结束时，车场自行添加的同一条目也移出名单；关闭则只结束云平台下发的',
            'May end entries of the site',
          ),
        ),
    })
    .prefault({})
    .meta(setting('名单下发', '云平台下发的黑白名单', 'Lists', { description: 'Lists that the city keeps' })),
  cards: z
    .strictObject({
      type: periodCard
        .default('monthly')
        .describe('What a card of the city is here, unless its carTypeName is among the types')
        .meta(setting('月卡类型', '云平台的月卡在本车场按哪种卡处理', 'Type of cards', cardWords)),
      types: z
        .record(z.string().min(1).max(60), periodCard)
        .default({})
        .describe('carTypeName of the city → type of the card here')
        .meta(setting('车辆类型对照', 'carTypeName → 本车场卡类型', 'Types by name')),
      groups: z
        .record(z.string().min(1).max(60), z.string().min(1).max(40))
        .default({})
        .describe('carGroupId of the city → reserved quota here; others are kept in the remark')
        .meta(setting('车辆组对照', 'carGroupId → 预留车位组；其余记入备注', 'Groups')),
      renewal: z
        .enum(['join', 'set'])
        .default('join')
        .describe('A later period is joined to that of the card where they touch, or takes its place')
        .meta(
          setting('续费后的有效期', '与未到期的有效期相接，或改为下发的起止时间', 'Validity after a renewal', {
            choicesZh: { join: '与未到期的有效期相接', set: '改为下发的起止时间' },
            choices: { join: 'joined to one that is not over', set: 'as told' },
          }),
        ),
    })
    .prefault({})
    .meta(setting('月卡下发', '云平台办理的月卡', 'Cards', { description: 'Cards that the city sells' })),
  packages: z
    .strictObject({
      unknown: z
        .enum(['create', 'refuse'])
        .default('create')
        .describe('A change of an order that is not known here: the draft has no message by which a new one is told')
        .meta(
          setting('未知订单的修改', '建立该订单，或以 404 拒绝；征求意见稿没有新增接口', 'Change of an unknown order', {
            choicesZh: { create: '建立订单', refuse: '拒绝' },
            choices: { create: 'it is created', refuse: 'it is refused' },
          }),
        ),
      rememberDays: z
        .int()
        .min(1)
        .max(366)
        .default(30)
        .describe('So long an operation number (operateNum) is known, and the same one not carried out again')
        .meta(setting('操作码去重（天）', '多久之内相同操作码只执行一次', 'Operations remembered (days)')),
    })
    .prefault({})
    .meta(setting('车位预租', '云平台售出的错峰、包月等车位', 'Packages', { description: 'Space packages sold' })),
  parameters: z
    .strictObject({
      keep: z
        .array(z.enum(MAPPED_PARAMETERS).meta(parameterWords))
        .default([])
        .describe('Parameters that the site keeps to itself: what the city sets of them is reported as ignored')
        .meta(setting('不接受的参数', '由车场自行设定；云平台下发时回报为未采用', 'Kept parameters')),
      automaticOpening: z
        .boolean()
        .default(false)
        .describe('The city may change what lets a car pass by itself where a person was asked before')
        .meta(setting('允许下发自动放行', '允许云平台把需要人工放行的情形改为自动放行', 'Automatic opening')),
    })
    .prefault({})
    .meta(setting('参数下发', '云平台可以修改的参数', 'Parameters', { description: 'What the city may change' })),
};
