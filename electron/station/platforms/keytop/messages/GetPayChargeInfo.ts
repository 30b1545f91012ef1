import { NotFoundError } from '../../../runtime/errors.ts';
import { carriedOut } from '../carried-out.ts';
import { infoRow, OURS, payload } from '../change.ts';
import { down, parameters } from '../define.ts';
import { text } from '../down-fields.ts';
import { noneFound } from '../readings.ts';

/** 找零信息查询: the driver opened the page of 上行5.2; what was due, what was handed over, and whether it is given already. */
export const GetPayChargeInfo = down({
  name: 'GetPayChargeInfo',
  title: '找零信息查询',
  section: '下行3.5',
  schema: parameters({ orderNo: text(40) }),
  sample: { parkCode: '123', orderNo: '0215646456465' },
  handle: ({ orderNo }, _call, context) => {
    const find = () => payload([infoRow(context.station().payments.changeOrders.get(orderNo, OURS))], context);
    return carriedOut(() => {
      try {
        return find();
      } catch (error) {
        if (error instanceof NotFoundError) return noneFound(error.message, context);
        throw error;
      }
    });
  },
});
