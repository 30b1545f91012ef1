import { OURS, payload, reportRow } from '../change.ts';
import { notDone } from '../context.ts';
import { down, parameters } from '../define.ts';
import { paging, period } from '../down-fields.ts';

/** The last of the second that a time names. */
const REST_OF_SECOND_MS = 999;
/** More rows than anybody asks for at once, and few enough to keep no car waiting. */
const MOST_ROWS = 1000;

/** 找零数据查询: what was paid in a time, and besides whatever is still open, by the time of the payment. */
export const PayChargeReport = down({
  name: 'PayChargeReport',
  title: '找零数据查询',
  section: '下行3.7',
  schema: parameters({ ...period, ...paging }),
  sample: {
    ...{ parkCode: '123', startTime: '2019-01-01 00:00:00', endTime: '2019-01-31 23:59:59' },
    ...{ pageIndex: 1, pageCount: 20 },
  },
  handle: ({ startTime, endTime, pageIndex, pageCount }, _call, context) => {
    if (endTime < startTime) return notDone('参数有误：endTime: 不应早于 startTime');
    if (pageCount > MOST_ROWS) return notDone(`参数有误：pageCount: 不应大于 ${MOST_ROWS}`);
    const page = { offset: (pageIndex - 1) * pageCount, limit: pageCount };
    const orders = context.station().read.changeOrders.told(OURS, startTime, endTime + REST_OF_SECOND_MS, page);
    return payload(
      orders.map((order) => reportRow(order, context.settings.bothSpellings)),
      context,
    );
  },
});
