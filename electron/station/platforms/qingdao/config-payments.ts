import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { ms } from '../config-kinds.ts';

/** Settings about money: pay before leaving, departure-pay, arrears, and what is asked about a car. */

export const noticeMsSchema = ms(1000, 600_000)
  .default(5000)
  .describe('Any other notice not answered for this long: counted, one alarm for all of them')
  .meta(setting('通知答复超时（毫秒）', '其他通知多久没有答复就计数并报警一次', 'Answer timeout (ms)'));

export const paymentSettings = {
  prepay: z
    .strictObject({
      validMinutes: z
        .int()
        .min(1)
        .max(240)
        .default(15)
        .describe(
          'So long a bill holds that somebody asked for in the app; paid later, it still counts, and the rest is due',
        )
        .meta(setting('账单有效期（分钟）', '车主在平台查询账单后，多久之内缴费有效', 'Bill holds (minutes)')),
    })
    .prefault({})
    .meta(
      setting('场内提前缴费', '车主在平台上查询并提前缴费', 'Paying inside', {
        description: 'The owner asks for the bill in the app and pays before leaving',
      }),
    ),
  applyPayment: z
    .strictObject({
      ask: z
        .enum(['every', 'signed'])
        .default('every')
        .describe('Ask the platform for each car before the cashier charges, or only for cars with a contract')
        .meta(
          setting('离场前申请扣款', '在岗亭收费之前，为哪些车向平台申请', 'Ask before charging', {
            choicesZh: { every: '每辆车', signed: '只为已签约的车' },
            choices: { every: 'each car', signed: 'cars with a contract' },
          }),
        ),
      timeoutMs: ms(500, 8000)
        .default(5000)
        .describe('After this long the result is asked for once; then the cashier takes over')
        .meta(setting('申请超时（毫秒）', '超过后查询一次结果，仍未知由岗亭收费', 'Application timeout (ms)')),
      unpaid: z
        .enum(['declined', 'pending'])
        .default('declined')
        .describe('What "not paid" means: the cashier takes over at once, or the payment may still come')
        .meta(
          setting('答复未支付时', '平台答复“未支付”之后怎么办', 'When it answers "not paid"', {
            choicesZh: { declined: '岗亭立即收费', pending: '继续等平台扣款' },
            choices: { declined: 'the cashier charges', pending: 'wait for the platform' },
          }),
        ),
      afterSilence: z
        .enum(['declined', 'unknown'])
        .default('declined')
        .describe('What a plain no to the one question after an unanswered application means')
        .meta(
          setting(
            '未应答后查询为未支付时',
            '申请未应答，随即查询，平台答复未支付或没有这笔扣款',
            'A no after silence',
            {
              choicesZh: { declined: '视为未扣款，任何方式均可收费', unknown: '视为结果未知，继续查询' },
              choices: { declined: 'not charged: any way of paying is open', unknown: 'unknown: asked about further' },
            },
          ),
        ),
    })
    .prefault({})
    .meta(
      setting('先付费后离场', '车在出口时向平台申请扣款', 'Pay before leaving', {
        description: 'The platform is asked for the money while the car stands at the exit',
      }),
    ),
  departurePay: z
    .strictObject({
      pollHours: z
        .number()
        .min(0.1)
        .max(72)
        .default(3)
        .describe('So long after applying the result is asked for; then the bill counts as abnormal')
        .meta(setting('查询时长（小时）', '申请扣款后查询多久，之后按异常账单上报', 'Asked for (hours)')),
      pollFirstMs: ms(1000, 3_600_000)
        .default(60_000)
        .describe('Pause before the first question about a bill; grows')
        .meta(setting('首次查询（毫秒）', '离场后多久第一次查询，之后逐渐放慢', 'First question (ms)')),
      pollMaxMs: ms(1000, 3_600_000)
        .default(600_000)
        .meta(
          setting('最长查询间隔（毫秒）', '查询间隔的上限', 'Longest pause (ms)', {
            description: 'Longest pause between questions',
          }),
        ),
      abnormalEveryMs: ms(60_000, 86_400_000)
        .default(3_600_000)
        .describe('An abnormal bill is reported and asked about this often; after three days once a day')
        .meta(setting('异常上报间隔（毫秒）', '异常账单多久上报并查询一次，三天后改为每天一次', 'Reported every (ms)')),
      abnormalDays: z
        .int()
        .min(1)
        .max(365)
        .default(30)
        .describe('An abnormal bill is reported and asked about for so many days; then it is a case for a person')
        .meta(setting('异常跟踪天数', '超过后停止上报和查询，转为异常由人工处理', 'Followed for (days)')),
    })
    .prefault({})
    .meta(
      setting('先离场后付费', '车辆先离场，平台随后扣款', 'Pay after leaving', {
        description: 'The car leaves first, and the platform collects',
      }),
    ),
  overDue: z
    .strictObject({
      extraFields: z
        .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/), z.string().max(200))
        .default({})
        .describe('Fields added to cancelOverDueBill, by name: its table in the specification is lost')
        .meta(setting('核销附加字段', '核销欠费时附加的字段名与内容，文档缺表，按平台要求填', 'Extra fields')),
      letGoDays: z
        .int()
        .min(1)
        .max(3650)
        .default(30)
        .describe(
          'Arrears that a person here let go of are not asked for again for so long, though the platform tells them',
        )
        .meta(setting('免除有效期（天）', '在本场免除的欠费，平台仍下发时，多少天内不再收取', 'Let go for (days)')),
    })
    .prefault({})
    .meta(setting('欠费', '城市平台的欠费', 'Arrears', { description: 'What cars owe in the whole city' })),
  lookUp: z
    .strictObject({
      atEntry: z
        .enum(['never', 'offline', 'always'])
        .default('offline')
        .describe('Ask for contract and arrears after an entry: never, while notices cannot come, or always')
        .meta(
          setting('入场后查询', '车辆入场后是否主动查询签约和欠费', 'Asked after an entry', {
            choicesZh: { never: '不查询', offline: '收不到通知时查询', always: '每次查询' },
            choices: { never: 'never', offline: 'while notices cannot come', always: 'always' },
          }),
        ),
    })
    .prefault({})
    .meta(
      setting('签约与欠费查询', '主动向平台查询车辆', 'Look-up', { description: 'Asking the platform about a car' }),
    ),
};
