import { z } from 'zod';
import { up } from '../define.ts';

const count = z.int().min(0);

/** The car park, once a day. Made by `daily.ts`. */
export const PostParkingInfo = up({
  name: 'PostParkingInfo',
  title: '停车场信息数据上报接口',
  section: '上行1.1',
  kind: 'bulk',
  schema: z.strictObject({ parkName: z.string().min(1).max(60), parkArea: count, placeCount: count }),
  sample: { parkName: '测试车场', parkArea: 3, placeCount: 300 },
  wire: (body) => body,
});
