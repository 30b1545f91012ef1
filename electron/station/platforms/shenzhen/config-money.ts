import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';

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
    })
    .prefault({})
    .meta(setting('线上支付', '费用查询与支付通知', 'Payments', { description: 'Questions about fees, and money' })),
};
