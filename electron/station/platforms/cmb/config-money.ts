import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { ms } from '../config-kinds.ts';

/** Settings about money: AutoPay, payments that the bank tells, no-plate cars. */

export const moneySettings = {
  autoPay: z
    .strictObject({
      enabled: z
        .boolean()
        .default(true)
        .describe('Ask the bank for the money of a car whose owner agreed to it')
        .meta(setting('无感扣费', '车主已开通无感的车，在出口自动扣费', 'AutoPay')),
      guaranteed: z
        .boolean()
        .default(false)
        .describe(
          'Guaranteed: an AutoPay that was taken lets the car go, and the bank completes the payment; else its answer is the payment',
        )
        .meta(setting('保付模式', '扣费受理即放行，由招行保证到账；关闭为非保付，以扣费结果为准', 'Guaranteed')),
      confirmHours: z
        .number()
        .min(0.1)
        .max(720)
        .default(48)
        .describe('Guaranteed: a payment that the bank has not told for so long becomes a case')
        .meta(setting('保付到账期限（小时）', '保付放行后多久没有收到支付通知就列为异常', 'Confirmed within (hours)')),
      askAtMs: z
        .array(ms(500, 600_000))
        .min(1)
        .max(10)
        .refine((list) => list.every((each, index) => index === 0 || each > (list[index - 1] ?? 0)), 'must grow')
        .default([2000, 5000, 10_000])
        .describe('When an unanswered AutoPay is asked about; after the last, other ways to pay are offered')
        .meta(
          setting(
            '结果未知时查询（毫秒）',
            '扣费无应答后第几毫秒查询，最后一次仍未知则改扫码或现金',
            'Asked about at (ms)',
          ),
        ),
      usePostUrl: z
        .boolean()
        .default(false)
        .describe('Send AutoPay to the address that a binding names; off: that address is only kept')
        .meta(setting('使用绑定下发的扣费地址', '默认不用：下发的地址不应改变扣费去向', 'Use the pushed address')),
    })
    .prefault({})
    .meta(setting('无感停车', '无感扣费 AutoPay', 'AutoPay', { description: 'Cars that are charged by themselves' })),
  lookUp: z
    .strictObject({
      atEntry: z
        .enum(['never', 'uncertain', 'always'])
        .default('uncertain')
        .describe('Ask AutoPayStatus after an entry: never, where the answer to Indata did not say it, or always')
        .meta(
          setting('入场后查询无感', '是否主动查询无感状态', 'Asked after an entry', {
            choicesZh: { never: '不查询', uncertain: '进车上报未答复时', always: '每次查询' },
            choices: { never: 'never', uncertain: 'where it is not known', always: 'always' },
          }),
        ),
    })
    .prefault({})
    .meta(
      setting('无感状态查询', '向招行查询车牌是否开通无感', 'Look-up', {
        description: 'Asking whether an owner agreed to AutoPay',
      }),
    ),
  calc: z
    .strictObject({
      validMinutes: z
        .int()
        .min(1)
        .max(240)
        .default(15)
        .describe('So long a bill holds that a driver asked for inside')
        .meta(setting('账单有效期（分钟）', '场内查询费用后，多久之内支付有效', 'Bill holds (minutes)')),
    })
    .prefault({})
    .meta(
      setting('查询停车费用', '车主扫码或按车牌查费', 'Fee queries', { description: 'Drivers who ask for their fee' }),
    ),
  noPlate: z
    .strictObject({
      plate: z
        .enum(['platform', 'own'])
        .default('platform')
        .describe('The virtual plate of a car without one: as the bank sends it, or made here')
        .meta(
          setting('无牌车虚拟车牌', '用招行下发的，还是本场生成', 'Virtual plate', {
            choicesZh: { platform: '招行下发', own: '本场生成' },
            choices: { platform: "the bank's", own: 'our own' },
          }),
        ),
      repeatMs: ms(0, 600_000)
        .default(60_000)
        .describe('The same virtual plate at the same entry within this time is the same scan')
        .meta(setting('重复扫码判定（毫秒）', '同一入口同一虚拟车牌在此时间内视为同一次', 'Same scan within (ms)')),
    })
    .prefault({})
    .meta(
      setting('无牌车', '无牌车扫码入场', 'Cars without a plate', {
        description: 'Drivers who scan the code of an entry',
      }),
    ),
  qr: z
    .strictObject({
      enabled: z
        .boolean()
        .default(true)
        .describe('Offer the dynamic payment code (§3.5) at exits and on receipts')
        .meta(setting('动态收款码', '出口屏幕或小票上的招行收款码', 'Payment code')),
      host: z
        .string()
        .max(200)
        .default('')
        .describe('Address of the payment page; empty: the one that belongs to the platform address')
        .meta(setting('收款页地址', '不填则按平台地址选择生产、UAT 或 ST 环境', 'Payment page')),
    })
    .prefault({})
    .meta(setting('扫码缴费', '动态收款码', 'Payment code', { description: 'The dynamic payment code' })),
};
