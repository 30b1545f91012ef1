import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';

const couponGroups = ['free', 'time', 'rate', 'cash'] as const;
/** Kinds of coupon in the order in which they may be taken off. */
export type CouponGroup = (typeof couponGroups)[number];

/** Settings about money that the city collects. */
export const moneySettings = {
  payments: z
    .strictObject({
      quoteMinutes: z
        .int()
        .min(1)
        .max(120)
        .default(15)
        .describe('So long the sum of a feeQuery is what onlinePay pays')
        .meta(setting('报价有效期（分钟）', '查询费用后多久内按该金额入账', 'Quotes hold (minutes)')),
      withoutQuote: z
        .enum(['wait', 'due', 'refuse'])
        .default('wait')
        .describe(
          'onlinePay has no amount. Without a quote that holds: wait for orderPush · due: what is due now · refuse it',
        )
        .meta(
          setting(
            '无报价的在线支付',
            '在线支付不带金额；没有有效报价时：等订单推送、按当时应付入账，或拒绝',
            'onlinePay without a quote',
            {
              choicesZh: { wait: '等订单推送', due: '按当时应付入账', refuse: '拒绝' },
              choices: { wait: 'wait for orderPush', due: 'what is due now', refuse: 'refuse' },
            },
          ),
        ),
      unit: z
        .enum(['yuan', 'fen'])
        .default('yuan')
        .describe('Unit of amounts that come down: of orders, coupons and cards. Ours are fen')
        .meta(
          setting('下发金额单位', '订单、优惠券、月卡金额的单位；应答中的金额为分', 'Unit of amounts', {
            choicesZh: { yuan: '元', fen: '分' },
            choices: { yuan: 'yuan', fen: 'fen' },
          }),
        ),
      parkingTime: z
        .enum(['minutes', 'hours'])
        .default('minutes')
        .describe('Unit of parkingTime of a coupon')
        .meta(
          setting('优惠券停车时长单位', '优惠券 parkingTime 的单位', 'Unit of parkingTime', {
            choicesZh: { minutes: '分钟', hours: '小时' },
            choices: { minutes: 'minutes', hours: 'hours' },
          }),
        ),
      amount: z
        .enum(['realPayMoney', 'orderMoney'])
        .default('realPayMoney')
        .describe('Which sum of orderPush is the money that was paid')
        .meta(
          setting('入账金额', '订单推送中哪个字段是实际支付的金额', 'Sum of an order', {
            choicesZh: { realPayMoney: '已收金额 realPayMoney', orderMoney: '支付金额 orderMoney' },
            choices: { realPayMoney: 'realPayMoney', orderMoney: 'orderMoney' },
          }),
        ),
    })
    .prefault({})
    .meta(setting('线上支付', '费用查询与支付通知', 'Payments', { description: 'Questions about fees, and money' })),
  coupons: z
    .strictObject({
      order: z
        .array(z.enum(couponGroups))
        .max(4)
        .default([...couponGroups])
        .describe('In which order coupons are taken off; a kind that is not named is not taken')
        .meta(
          setting('优惠券顺序', '依次抵扣；未列出的种类不接受', 'Order of coupons', {
            choicesZh: { free: '全免券', time: '时长券', rate: '折扣券', cash: '现金券' },
            choices: { free: 'all free', time: 'time', rate: 'discount', cash: 'cash' },
          }),
        ),
      stacking: z
        .enum(['all', 'best'])
        .default('all')
        .describe('All coupons of a query, or only the one that takes off most')
        .meta(
          setting('优惠券叠加', '所选优惠券全部抵扣，或只用优惠最多的一张', 'Coupons together', {
            choicesZh: { all: '全部抵扣', best: '只用最优一张' },
            choices: { all: 'all', best: 'only the best' },
          }),
        ),
      rate: z
        .enum(['pay', 'off', 'tenths'])
        .default('pay')
        .describe('discountRate 0.85 is to pay 85 % · off: to pay 15 % · tenths: 8.5 (折) is to pay 85 %')
        .meta(
          setting('折扣率含义', '0.85 表示付 85%，或减 85%；或以折表示，8.5 即付 85%', 'Meaning of discountRate', {
            choicesZh: { pay: '0.85 付 85%', off: '0.85 减 85%', tenths: '8.5 折付 85%' },
            choices: { pay: '0.85: pay 85 %', off: '0.85: pay 15 %', tenths: '8.5: pay 85 %' },
          }),
        ),
    })
    .prefault({})
    .meta(
      setting('优惠券', '费用查询所带的优惠券', 'Coupons', { description: 'That come with a question about a fee' }),
    ),
  freeTime: z
    .strictObject({
      unit: z
        .enum(['hours', 'minutes'])
        .default('hours')
        .describe('Unit of freeHour; decimals are allowed, and a begun minute counts')
        .meta(
          setting('减免时长单位', 'freeHour 的单位；可带小数，不足一分钟按一分钟', 'Unit of freeHour', {
            choicesZh: { hours: '小时', minutes: '分钟' },
            choices: { hours: 'hours', minutes: 'minutes' },
          }),
        ),
      sameColor: z
        .boolean()
        .default(true)
        .describe('The colour must fit the record, where the record has one')
        .meta(setting('核对车牌颜色', '减免时长下发的车牌颜色须与记录一致', 'Colour must fit')),
    })
    .prefault({})
    .meta(setting('减免时长', '减免时长下发', 'Free time', { description: 'That the city grants to a record' })),
};
