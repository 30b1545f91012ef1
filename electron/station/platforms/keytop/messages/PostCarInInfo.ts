import { z } from 'zod';
import { firstOf } from '../answer.ts';
import { carFields, carOf, placeFields } from '../car.ts';
import { up } from '../define.ts';
import { toSlashed, vplColorOf, vplTypeOf } from '../fields.ts';
import { imageOf } from '../pictures.ts';
import { placeOf } from '../places.ts';
import { sign } from '../signed.ts';

/** 1, as a number or a text; whatever else it says, and nothing at all, is no. */
const isSigned = (data: readonly unknown[]): boolean => {
  const told = firstOf(data)['isdensitypay'];
  return told === 1 || (typeof told === 'string' && told.trim() === '1');
};

/** A car came in. The answer may mark its stay for seamless payment, also when it comes late: as long as that car is inside. */
export const PostCarInInfo = up({
  name: 'PostCarInInfo',
  title: '入场数据提交接口',
  section: '上行2.1',
  schema: z.strictObject({
    ...carFields,
    ...placeFields,
    vplType: z.enum(['1', '2']),
    vplColor: z.enum(['', '0', '1', '2', '3', '4']),
    /** Ours, not sent. */
    uid: z.string().max(60),
  }),
  sample: {
    ...{ plateNo: '闽D02000', cardNo: '', laneId: 'in1', laneName: '入口1', at: 1_553_472_309_000 },
    ...{ vplType: '2', vplColor: '0', uid: '1120190325080509000' },
  },
  from: {
    'vehicle-entered': ({ body: { stay } }, context) => ({
      recordId: stay.entryRecordId,
      key: stay.uid,
      body: {
        ...carOf(stay, context),
        ...{ laneId: stay.entryLane.id, laneName: stay.entryLane.name, at: stay.enteredAt },
        ...{ vplType: vplTypeOf(stay), vplColor: vplColorOf(stay.plate), uid: stay.uid },
      },
    }),
  },
  wire: async ({ uid, laneId, laneName, at, plateNo, cardNo, vplType, vplColor }, context) => ({
    ...{ plateNo, cardNo },
    entryTime: toSlashed(at, context.settings),
    entryPlace: placeOf({ laneId, laneName }, 'in', context),
    imgName: await imageOf(uid, 'entry', context),
    ...{ vplType, vplColor },
  }),
  answered: ({ data }, { uid, plateNo }, context) => {
    // Only the car that it answered for: not one that has left, nor one whose plate was put right since.
    if (isSigned(data)) sign(uid, plateNo, context);
  },
});
