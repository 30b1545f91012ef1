import { z } from 'zod';
import { carFields, carOf, carTypeFields, carTypeFieldsOf, fen, placeFields } from '../car.ts';
import { up } from '../define.ts';
import { exitMoney } from '../exits.ts';
import { instant, toSlashed } from '../fields.ts';
import { imageOf } from '../pictures.ts';
import { placeOf } from '../places.ts';

/** A car left, with what its stay came to. A car that was let through and did not go leaves once more later, and is told once more. */
export const PostPayDetail = up({
  name: 'PostPayDetail',
  title: '出场数据提交接口',
  section: '上行2.3',
  schema: z.strictObject({
    ...carFields,
    ...placeFields,
    entryTime: instant,
    preMoney: fen,
    payMoney: fen,
    payType: z.int().min(0).max(999),
    ticketMoney: fen,
    ticketTime: z.int().min(0),
    freeMoney: fen,
    ...carTypeFields,
    /** Ours, not sent: whose picture it is. */
    uid: z.string().max(60),
  }),
  sample: {
    ...{ plateNo: '闽D02000', cardNo: '', laneId: 'out1', laneName: '出口1', at: 1_553_480_100_000 },
    ...{ entryTime: 1_553_472_309_000, preMoney: 0, payMoney: 500, payType: 0, ticketMoney: 0, ticketTime: 0 },
    ...{ freeMoney: 0, carType: 0, uid: '1120190325080509000' },
  },
  from: {
    'vehicle-exited': ({ body, at }, context) => {
      const { stay } = body;
      const lane = stay.exitLane ?? body.lane;
      return {
        recordId: stay.exitRecordId ?? String(at),
        key: stay.uid,
        body: {
          ...carOf(stay, context),
          ...{ laneId: lane.id, laneName: lane.name, at: stay.exitedAt ?? at },
          entryTime: stay.enteredAt,
          ...exitMoney(body, context),
          ...carTypeFieldsOf(stay),
          uid: stay.uid,
        },
      };
    },
  },
  wire: async ({ uid, laneId, laneName, at, entryTime, plateNo, cardNo, carType, ...money }, context) => ({
    ...{ plateNo, cardNo },
    entryTime: toSlashed(entryTime, context.settings),
    leaveTime: toSlashed(at, context.settings),
    ...money,
    carType,
    leavePlace: placeOf({ laneId, laneName }, 'out', context),
    imgName: await imageOf(uid, 'exit', context),
  }),
});
