import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ShenzhenReply } from '../context.ts';
import { done, notDone, SHENZHEN } from '../context.ts';
import { down, table } from '../define.ts';
import { code, plateColor, plateToKeep, text, time, whole } from '../down-fields.ts';
import { changeOrder } from '../package-orders.ts';

const DAY_MS = 86_400_000;

const keptSchema = z.object({ digest: z.string() });

const order = table({
  ppsType: code(0, 1, 2, 3, 4, 5, 6),
  plateNumber: plateToKeep(),
  plateColor: plateColor(),
  orderId: text(36),
  items: z
    .array(table({ operateType: whole(0, 99), beginTime: time(), endTime: time('end') }), '应为订单明细')
    .min(1, '缺少参数')
    .max(50, '过多'),
});

/**
 * Changes or cancels space packages that the city sold; each order is a booking here. Every order has its result, and 0 says that all of
 * them are done. An operation is carried out once, however late it comes again; one of which something failed may be tried again.
 */
export const prepaidOrderChange = down({
  name: 'prepaidOrderChange',
  title: '车位预租订单取消/修改推送',
  section: '6.3.16',
  schema: table({
    orderList: z.array(order, '应为订单合集').min(1, '缺少参数').max(500, '过多'),
    operateNum: text(36),
  }),
  sample: {
    orderList: [
      {
        ppsType: 3,
        plateNumber: '粤B12345',
        plateColor: '0',
        orderId: 'PPS001',
        items: [{ operateType: 2, endTime: '2026-10-31 23:59:59', beginTime: '2026-10-01 00:00:00' }],
      },
    ],
    operateNum: 'OP20260927001',
  },
  handle: ({ orderList, operateNum }, { at }, context): ShenzhenReply => {
    const { commands, settings } = context;
    const key = `operate:${operateNum}`;
    const digest = createHash('sha256').update(JSON.stringify(orderList)).digest('hex');
    const known = commands.recall(SHENZHEN.name, key);
    if (known !== undefined) {
      if (keptSchema.parse(JSON.parse(known)).digest !== digest) return notDone(400, 'operateNum: 已用于另一操作');
      return done({ results: orderList.map(({ orderId }) => ({ orderId, code: 0, msg: 'success' })) });
    }
    const results = orderList.map((each) => {
      const { code: result, msg } = changeOrder(each, context);
      return { orderId: each.orderId, code: result, msg };
    });
    const failed = results.filter((result) => result.code !== 0);
    if (failed.length > 0)
      return { code: 1, msg: `${orderList.length} 个订单中 ${failed.length} 个未完成`, data: { results } };
    const until = at + settings.packages.rememberDays * DAY_MS;
    commands.remember(SHENZHEN.name, key, JSON.stringify({ digest, until }));
    return done({ results });
  },
});
