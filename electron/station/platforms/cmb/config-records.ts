import { z } from 'zod';
import { setting } from '../../../../shared/domain/setting.ts';
import { ms } from '../config-kinds.ts';

/** Settings about what is told: entries, exits, pictures, spaces. */

export const recordSettings = {
  codes: z
    .strictObject({
      gates: z
        .record(z.string().min(1).max(40), z.int().min(1).max(255))
        .default({})
        .describe('Number of an entry or exit at the bank, by the id of the lane; absent: the number of the lane')
        .meta(setting('出入口编号', '车道在招行的编号（1-255）；没有列出的车道用它自己的编号', 'Gate numbers')),
      collectorForUnknown: z
        .int()
        .min(0)
        .max(99)
        .default(4)
        .describe('pay_type of a payment whose way is not known any more (records from before it was kept)')
        .meta(setting('未知方式的代码', '旧记录没有收款方式时上报的 pay_type', 'Unknown payment code')),
    })
    .prefault({})
    .meta(setting('编号与代码', '车道编号与代码', 'Numbers and codes', { description: 'Gate numbers and codes' })),
  spaces: z
    .strictObject({
      everyMs: ms(1000, 86_400_000)
        .default(300_000)
        .meta(
          setting('车位定时上报（毫秒）', '没有变化时多久上报一次', 'Spaces every (ms)', {
            description: 'How often free spaces are told without a change',
          }),
        ),
      quietMs: ms(0, 3_600_000)
        .default(10_000)
        .describe('After a change at most so often')
        .meta(setting('车位变化最短间隔（毫秒）', '车位变化后最多多久上报一次', 'Changes at most every (ms)')),
    })
    .prefault({})
    .meta(setting('车位信息', 'SpaceInfo 的上报间隔', 'Free spaces', { description: 'How often SpaceInfo is sent' })),
  photo: z
    .strictObject({
      form: z
        .enum(['base64', 'url', 'none'])
        .default('base64')
        .describe('Pictures travel whole, as an address where the bank fetches them, or not at all')
        .meta(
          setting('图片上报方式', '图片内容、图片地址，或不上报', 'Pictures', {
            choicesZh: { base64: '图片内容', url: '图片地址', none: '不上报' },
            choices: { base64: 'the picture itself', url: 'its address', none: 'none' },
          }),
        ),
      maxKilobytes: z
        .int()
        .min(20)
        .max(5000)
        .default(500)
        .describe('A larger picture is made smaller first, KB')
        .meta(setting('图片上限（KB）', '超过则先压缩', 'Largest picture (KB)')),
      encodedTwice: z
        .boolean()
        .default(false)
        .describe('Percent-encode the Base64 text once more before the form (FAQ 6.7); only if the bank asks for it')
        .meta(setting('再编码一次', '图片文字先做一次 URL 编码再放进表单；招行要求时才开', 'Encoded twice')),
      publicUrl: z
        .string()
        .max(200)
        .default('')
        .describe('With addresses: how the bank reaches this station, e.g. http://park.example:8700')
        .meta(setting('本机公网地址', '图片地址方式时，招行访问本工作站的地址', 'Our public address')),
      days: z
        .number()
        .min(0.01)
        .max(3650)
        .default(7)
        .describe('With addresses: so long a picture can be fetched')
        .meta(setting('图片地址有效天数', '过期后地址失效', 'Address holds (days)')),
    })
    .prefault({})
    .meta(setting('出入图片', '进出图片怎样上报', 'Pictures', { description: 'How pictures are told' })),
  correctedEntry: z
    .enum(['ask', 'resend'])
    .default('ask')
    .describe('A plate put right while the car is inside: only ask about the right plate, or send Indata again as well')
    .meta(
      setting('在场更正车牌', '文档没有更正接口', 'Plate corrected inside', {
        choicesZh: { ask: '只查询新车牌的无感状态', resend: '同时重发进车记录' },
        choices: { ask: 'only ask about the plate', resend: 'send the entry again as well' },
      }),
    ),
};
