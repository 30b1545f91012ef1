import { z } from 'zod';
import { up } from '../define.ts';

/** A device as it is known: each at the start, and when something of it changed. Made by `device-reports.ts`. */
export const PostParkingDevice = up({
  name: 'PostParkingDevice',
  title: '车场终端设备上报接口',
  section: '上行1.4',
  kind: 'bulk',
  schema: z.strictObject({
    deviceCode: z.string().min(1).max(64),
    deviceIp: z.string().max(64),
    deviceName: z.string().min(1).max(100),
    deviceType: z.int().min(1).max(99),
  }),
  sample: { deviceCode: '1', deviceIp: '172.19.8.242', deviceName: '入口1道闸', deviceType: 4 },
  wire: (body) => body,
});
