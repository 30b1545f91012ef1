import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';

/** How the specification is read where it can be read in several ways, and where what is usual may differ from what is printed. */

const carKeys = ['plateNo', 'cardNo', 'deviceCode'] as const;

export const readingSettings = {
  readings: z
    .strictObject({
      deduction: z
        .enum(['both', 'densityMoney', 'deductMoney'])
        .default('both')
        .describe(
          'Which name of the answer to PostCarOutInfo says what was deducted; both: either, and where they differ nobody knows (G12)',
        )
        .meta(
          setting('免密扣款金额取自', '上行2.2 应答里哪个字段是扣款金额', 'Deducted is read from', {
            choicesZh: { both: '两个都认，不一致视为未知', densityMoney: 'densityMoney', deductMoney: 'deductMoney' },
            choices: { both: 'either', densityMoney: 'densityMoney', deductMoney: 'deductMoney' },
          }),
        ),
      seamlessTotal: z
        .enum(['owed', 'fee'])
        .default('owed')
        .describe('totalMoney of PostCarOutInfo: what is still owed at the exit, or with what was paid before it (G26)')
        .meta(
          setting('免密请求金额', '上行2.2 的 totalMoney 是出口还欠的，还是含已付的全部费用', 'Asked for at the exit', {
            choicesZh: { owed: '出口还欠的金额', fee: '全部费用（含已付）' },
            choices: { owed: 'what is still owed', fee: 'the whole fee' },
          }),
        ),
      isCard: z
        .enum(['plate-first', 'table'])
        .default('plate-first')
        .describe('CarCardNoManage: what is a plate is one whatever isCard says, or isCard decides alone (G19)')
        .meta(
          setting('isCard 的含义', '下行4.4：像车牌的一律按车牌，还是完全按 isCard', 'isCard', {
            choicesZh: { 'plate-first': '像车牌的按车牌', table: '完全按 isCard' },
            choices: { 'plate-first': 'a plate is a plate', table: 'as the table says' },
          }),
        ),
      freeTime: z
        .enum(['seconds', 'minutes'])
        .default('seconds')
        .describe('Unit of freeTime in ParkingFree (G20)')
        .meta(
          setting('优惠时间单位', '下行3.3 的 freeTime 按秒还是按分钟', 'Unit of freeTime', {
            choicesZh: { seconds: '秒', minutes: '分钟' },
            choices: { seconds: 'seconds', minutes: 'minutes' },
          }),
        ),
      deletedCard: z
        .enum(['ended', 'untold'])
        .default('ended')
        .describe('A card that is cancelled here is told once more, ending at that moment, or is not told (G22)')
        .meta(
          setting('注销的固定车', '注销后以当时为截止时间再上报一次，或不上报', 'Cancelled cards', {
            choicesZh: { ended: '上报一次，截止到注销时', untold: '不上报' },
            choices: { ended: 'told as ended', untold: 'not told' },
          }),
        ),
      notFound: z
        .enum(['failure', 'empty'])
        .default('failure')
        .describe(
          'A question about one car or one order that there is none of (3.1, 3.4, 3.5): resCode 1, or 0 with an empty list (G23)',
        )
        .meta(
          setting('单个查询查不到时', '下行3.1、3.4、3.5 查不到车辆或订单时的应答', 'Nothing found', {
            choicesZh: { failure: 'resCode 1', empty: 'resCode 0，空列表' },
            choices: { failure: 'resCode 1', empty: 'resCode 0, empty list' },
          }),
        ),
      unlistedCodes: z
        .enum(['accepted', 'refused'])
        .default('accepted')
        .describe(
          'Codes that are in no list (carType of cards, payType, payMethod): accepted and kept, or refused (G25)',
        )
        .meta(
          setting('文档外的代码', '卡类型、支付类型等不在文档里的代码是否受理', 'Codes in no list', {
            choicesZh: { accepted: '受理并保留', refused: '拒绝' },
            choices: { accepted: 'accepted', refused: 'refused' },
          }),
        ),
      oldParkCode: z
        .enum(['optional', 'required'])
        .default('optional')
        .describe('parkCode in requests below /api/pay/ (G27)')
        .meta(
          setting('旧地址的停车场编号', '/api/pay/ 下的请求是否必须带 parkCode', 'parkCode below /api/pay/', {
            choicesZh: { optional: '可以不带', required: '必须带' },
            choices: { optional: 'optional', required: 'required' },
          }),
        ),
      carKeys: z
        .array(z.enum(carKeys))
        .min(1)
        .max(3)
        .refine((keys) => new Set(keys).size === keys.length, 'each at most once')
        .default([...carKeys])
        .describe(
          'Which car a request means: the first of these that says something counts, what is not here is not read (G30)',
        )
        .meta(setting('按什么找车', '依次看车牌、卡号、设备编码，取第一个有值的', 'A car is found by')),
    })
    .prefault({})
    .meta(
      setting('文档未定之处', '文档没有写明、各第三方做法不同的地方', 'Left open', {
        description: 'What the specification leaves open and third parties do differently',
      }),
    ),
};
