import { couponList } from '../coupons.ts';
import { down, table } from '../define.ts';
import { text } from '../down-fields.ts';
import { quote } from '../quotes.ts';
import { NO_RECORD, stayOf } from '../record.ts';

/** 停车费用查询: of a car inside, at an exit, or gone owing. What is told is what onlinePay pays; nobody has used a coupon by asking. */
export const feeQuery = down({
  name: 'feeQuery',
  title: '停车费用查询',
  section: '6.3.14',
  schema: table({ recordCode: text(36), parkId: text(36), couponList: couponList() }),
  sample: {
    recordCode: '1709271518590000001',
    parkId: '80010001',
    couponList: [
      { usercouponId: 'C1', couponType: 0, discountAmount: '5.00', minimumConsumption: '10.00' },
      { usercouponId: 'C2', couponType: 3, timeType: 1, freeMinutes: 60, timeoutValid: true, discountAmount: '0' },
    ],
  },
  handle: ({ recordCode, couponList: coupons }, _call, context) => {
    const stay = stayOf(recordCode, context);
    return stay ? quote(recordCode, stay, coupons, context) : NO_RECORD;
  },
});
