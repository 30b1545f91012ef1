import { MAX_FEN } from '../../../../../shared/domain/money.ts';
import { notDone } from '../context.ts';
import { grantCoupon } from '../coupons.ts';
import { down, parameters } from '../define.ts';
import { maybePlate, maybeText, maybeWhole, whole } from '../down-fields.ts';
import { findCar } from '../find-car.ts';
import { MAX_MINUTES } from '../free-details.ts';
import { freeSeconds, unlisted } from '../readings.ts';

/** 停车优惠减免接口: takes money or time (in seconds unless the site says minutes) off what a car inside will pay. Needs no order. */
export const ParkingFree = down({
  name: 'ParkingFree',
  title: '停车优惠减免',
  section: '下行3.3',
  schema: parameters({
    ...{ plateNo: maybePlate(), cardNo: maybeText(64) },
    ...{ freeMoney: maybeWhole(0, MAX_FEN), freeTime: maybeWhole(0, MAX_MINUTES * 60) },
    ...{ payType: whole(), payMethod: whole(), remark: maybeText(500) },
  }),
  sample: {
    ...{ parkCode: '123', plateNo: '闽D02000', cardNo: '', freeMoney: 0, freeTime: 3600 },
    ...{ payType: 4, payMethod: 4, remark: '会员减免' },
  },
  handle: ({ plateNo, cardNo, freeMoney = 0, freeTime = 0, payType, payMethod, remark }, _call, context) => {
    const odd = unlisted({ payType, payMethod }, context);
    if (odd !== undefined) return notDone(odd);
    if (freeMoney === 0 && freeTime === 0) return notDone('优惠金额和优惠时间不能都为 0');
    const seconds = freeSeconds(freeTime, context);
    if (seconds > MAX_MINUTES * 60) return notDone('参数有误：freeTime: 过大');
    const found = findCar({ plateNo, cardNo }, context);
    if ('refused' in found) return notDone(found.refused);
    return grantCoupon({ freeMoneyFen: freeMoney, freeSeconds: seconds, remark }, found.stay, context);
  },
});
