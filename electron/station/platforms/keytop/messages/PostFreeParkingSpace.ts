import { z } from 'zod';
import { defineDuty } from '../../define-message.ts';
import type { KeytopAnswer, KeytopContext, KeytopWire } from '../context.ts';
import { freeSpaces } from '../spaces.ts';

const duty = defineDuty<KeytopContext, KeytopWire, KeytopAnswer>();
const DAY_MS = 86_400_000;

/** Free spaces: at the start and whenever a count changed; only the newest counts. */
export const PostFreeParkingSpace = duty({
  name: 'PostFreeParkingSpace',
  title: '空闲车位数据提交接口',
  section: '上行2.5',
  schema: z.strictObject({
    freeSpaceNum: z.int().min(0),
    totalSpaceNum: z.int().min(0),
    areaInfo: z
      .array(z.strictObject({ areaCode: z.int().min(1), areaName: z.string(), areaFreeSpaceNum: z.int().min(0) }))
      .max(10_000),
  }),
  sample: {
    ...{ freeSpaceNum: 200, totalSpaceNum: 300 },
    areaInfo: [{ areaCode: 1, areaName: 'A地面', areaFreeSpaceNum: 200 }],
  },
  everyMs: () => DAY_MS,
  body: freeSpaces,
  wire: (body) => body,
});
