import { carriedOut } from '../carried-out.ts';
import { notDone } from '../context.ts';
import { down, parameters } from '../define.ts';
import { plate } from '../down-fields.ts';
import { sign } from '../signed.ts';

/** A car that is inside already is paid for from now on, for this stay only. */
export const RecordDensityPay = down({
  name: 'RecordDensityPay',
  title: '免密支付车辆签约接口',
  section: '下行2.5',
  schema: parameters({ plateNo: plate() }),
  sample: { plateNo: '闽D02000' },
  handle: ({ plateNo }, _call, context) =>
    carriedOut(() => {
      const stay = context.station().read.stays.inside(plateNo);
      if (!stay) return notDone('该车不在场内');
      return sign(stay.uid, plateNo, context) ? undefined : notDone('该车牌不能签约');
    }),
});
