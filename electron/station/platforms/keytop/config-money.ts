import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';

/** Settings about money: seamless payment, codes, scanner, pricing, change. */

const pageUrl = z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default('');

export const moneySettings = {
  seamless: z
    .strictObject({
      enabled: z
        .boolean()
        .default(true)
        .describe('Ask for the money of a signed car at the exit (PostCarOutInfo)')
        .meta(setting('免密支付', '已签约的车在出口自动扣费', 'Seamless payment')),
    })
    .prefault({})
    .meta(
      setting('免密支付', '签约车辆的自动扣费', 'Seamless payment', {
        description: 'Signed cars are charged by themselves',
      }),
    ),
  codes: z
    .strictObject({
      enabled: z
        .boolean()
        .default(true)
        .describe('Offer the payment code of the third party (GetPayQRCode)')
        .meta(setting('停车费二维码', '出口屏幕上的付款二维码', 'Payment code')),
      scanner: z
        .boolean()
        .default(true)
        .describe('Let drivers show their code to the scanner (PayScanCode)')
        .meta(setting('扫码枪', '扫车主的付款码', 'Scanner')),
    })
    .prefault({})
    .meta(setting('扫码缴费', '二维码与扫码枪', 'Codes', { description: 'Payment code and scanner' })),
  orders: z
    .strictObject({
      minutes: z
        .int()
        .min(1)
        .max(120)
        .default(5)
        .describe('An order that nobody paid ends after so long (G15)')
        .meta(setting('订单有效期（分钟）', '未支付的订单多久失效', 'Orders hold (minutes)')),
    })
    .prefault({})
    .meta(setting('订单', '查询费用产生的订单', 'Orders', { description: 'Orders that a fee query makes' })),
  coupons: z
    .strictObject({
      repeatSeconds: z
        .int()
        .min(0)
        .max(86_400)
        .default(600)
        .describe(
          'ParkingFree that says the same for the same stay within so long is the same reduction told again; 0: each one counts',
        )
        .meta(
          setting(
            '相同减免视为重发（秒）',
            '同一辆车多久之内内容相同的减免只算一次；0 为每次都算',
            'Same again within (s)',
          ),
        ),
    })
    .prefault({})
    .meta(
      setting('停车减免', '第三方发放的停车减免', 'Reductions', {
        description: 'Reductions that the third party grants',
      }),
    ),
  pricing: z
    .strictObject({
      enabled: z
        .boolean()
        .default(false)
        .describe('The third party works out every fee (AutonomousCalfee), in place of the tariffs here')
        .meta(setting('第三方计费', '停车费由第三方计算，不采用本车场计费', 'Priced by them')),
    })
    .prefault({})
    .meta(setting('计费', '由谁计算停车费', 'Pricing', { description: 'Who works out the fee' })),
  pages: z
    .strictObject({
      entry: pageUrl
        .describe('Page on entry tickets (5.1), before its question mark; empty: no code on tickets')
        .meta(setting('入场小票页面', '入场小票二维码指向的第三方地址；留空不印', 'Page on entry tickets')),
      change: pageUrl
        .describe('Page where change is paid out (5.2), before its question mark; empty: no change by code')
        .meta(setting('找零页面', '找零小票二维码指向的第三方地址；留空不用扫码找零', 'Page for change')),
    })
    .prefault({})
    .meta(setting('小票页面', '小票上的二维码', 'Pages on tickets', { description: 'Codes on tickets' })),
};
