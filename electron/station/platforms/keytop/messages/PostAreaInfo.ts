import { z } from 'zod';
import { up } from '../define.ts';

const count = z.int().min(0);

/** All areas, once a day. Made by `daily.ts`. */
export const PostAreaInfo = up({
  name: 'PostAreaInfo',
  title: '停车场内区域数据上报接口',
  section: '上行1.2',
  kind: 'bulk',
  schema: z.strictObject({
    parkName: z.string().min(1).max(60),
    /** Digits in a text here, a number in 1.1. */
    parkArea: z.string().max(6).regex(/^\d+$/),
    totalPlaceCount: count,
    areaInfo: z
      .array(
        z.strictObject({
          areaCode: z.int().min(1),
          areaName: z.string().min(1).max(60),
          /** 0 普通停车区 · 1 6格立体停车场 · 2 9格立体停车场 */
          areaType: z.int().min(0).max(99),
          placeCount: count,
        }),
      )
      .max(10_000),
  }),
  sample: {
    ...{ parkName: '测试车场', parkArea: '1', totalPlaceCount: 300 },
    areaInfo: [{ areaCode: 1, areaName: 'A地面', areaType: 0, placeCount: 300 }],
  },
  wire: (body) => body,
});
