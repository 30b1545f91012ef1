import { carriedOut } from '../carried-out.ts';
import { done, notDone, notNow, SHENZHEN } from '../context.ts';
import { down, table } from '../define.ts';
import { decimal, maybePlate, plateColor, text } from '../down-fields.ts';
import { NO_RECORD, stayOf } from '../record.ts';

/** As many hours as anybody stays. */
const MAX_MINUTES = 10 * 366 * 24 * 60;

/**
 * 停车记录减免时长下发: minutes off what a car inside will pay. The discount bears the number of the request, so that it is granted once also
 * where the station died before the answer was kept. The answer must say what is still to pay: where nobody can tell, nothing is granted.
 */
export const freeTimeDown = down({
  name: 'freeTimeDown',
  title: '停车记录减免时长下发',
  section: '6.3.19',
  schema: table({
    ...{ recordCode: text(36), plateNumber: maybePlate(), plateColor: plateColor(), parkId: text(36) },
    freeHour: decimal(MAX_MINUTES),
  }),
  sample: {
    ...{
      recordCode: '1709271518590000001',
      plateNumber: '粤B12345',
      plateColor: '0',
      parkId: '80010001',
      freeHour: '2',
    },
  },
  handle: async ({ recordCode, plateNumber, plateColor: color, freeHour }, { requestId }, context) => {
    const { settings, station, clock } = context;
    const { unit, sameColor } = settings.freeTime;
    // Counted in millionths, so that a tenth of an hour is six minutes and not a little more.
    const minutes = Math.ceil(Math.round(freeHour * (unit === 'hours' ? 60 : 1) * 1_000_000) / 1_000_000);
    if (minutes === 0 || minutes > MAX_MINUTES) return notDone(400, 'freeHour: 应大于 0，且不超过十年');
    const stay = stayOf(recordCode, context);
    if (!stay) return NO_RECORD;
    if (plateNumber !== stay.plate.text) return notDone(404, '车牌号与停车记录不符');
    const known = stay.plate.text !== '' && stay.plate.color !== 'unknown' && color !== 'unknown';
    if (sameColor && known && color !== stay.plate.color) return notDone(1, '车牌颜色与停车记录不符');
    if (stay.status !== 'inside') return notDone(1, '车辆已离场，不能减免时长');
    await station().prices?.fresh(stay);
    return carriedOut(async () => {
      const { lanes, payments, prices, read } = station();
      const before = lanes.account(read.stays.get(stay.uid) ?? stay, clock.now());
      if (before === null) return notNow('暂时无法计费，未减免，请稍后再试');
      const grant = { kind: 'minutes', value: minutes, maxFen: null, minimumFen: 0, reason: '减免时长' } as const;
      const after = payments.grants.grantAll(stay.uid, [{ ...grant, id: `free-${requestId}` }], SHENZHEN, null);
      // Whoever prices in our place has to be asked anew. It is granted by now: without an answer the sum from before is told, and not 0.
      await prices?.fresh(after);
      return done({ recordCode, shouldPay: (lanes.account(after, clock.now()) ?? before).dueFen });
    });
  },
});
