import { z } from 'zod';
import { duty, record } from '../define.ts';
import { berthFields, berthsOf, parkingCode } from '../fields.ts';

/** Free spaces, every minute. A failed one is not repeated: the next one says more. */
export const uploadParkingState = duty({
  name: 'uploadParkingState',
  title: '上传停车场剩余开放泊位数',
  section: '四(一)4',
  schema: z.strictObject({ parkingCode, ...berthFields }),
  sample: { parkingCode: '1001', totalBerthNum: 150, openBerthNum: 130, freeBerthNum: 10 },
  everyMs: ({ settings }) => settings.intervals.parkingStateMs,
  body: ({ settings, commands }) => ({ parkingCode: settings.parkingCode, ...berthsOf(commands.spaces()) }),
  wire: record,
});
