import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { cardTypeSchema } from '../../../../shared/domain/terms.ts';

/** Settings about the cards that the third party keeps here. */

export const registrySettings = {
  cards: z
    .strictObject({
      unknownType: cardTypeSchema
        .default('monthly')
        .describe(
          'What a card is here whose carType is not in appendix 1.1; questions are answered with the code that it came with, reports are made with that of this type (G25)',
        )
        .meta(
          setting(
            '未知卡类型按',
            '附录 1.1 之外的 carType 在本车场按哪种卡处理；查询时仍返回原代码，上报时按该卡种的代码',
            'Unknown card types',
          ),
        ),
      recharge: z
        .enum(['set', 'join'])
        .default('set')
        .describe('A recharge (4.6) puts its validity in the place of the old one, or joins it to one that is in force')
        .meta(
          setting('充值后的有效期', '改为充值的起止时间，或与尚未到期的有效期相接', 'Validity after a recharge', {
            choicesZh: { set: '改为充值的起止时间', join: '与未到期的有效期相接' },
            choices: { set: 'that of the recharge', join: 'joined to one in force' },
          }),
        ),
      repeatMinutes: z
        .int()
        .min(0)
        .max(1440)
        .default(10)
        .describe('A recharge (4.6) without an order number that says the same again within so long is a repetition')
        .meta(
          setting(
            '无订单号的重复充值（分钟）',
            '没有订单号、内容相同的充值，多少分钟内视为重发',
            'Repetitions (minutes)',
          ),
        ),
    })
    .prefault({})
    .meta(setting('固定车', '第三方发卡、充值的处理', 'Cards', { description: 'Cards that the third party keeps' })),
};
