import { z } from 'zod';
import { up } from '../define.ts';

/** How a device is: each at the start, then whenever that changes. Made by `device-reports.ts`. */
export const PostDeviceState = up({
  name: 'PostDeviceState',
  title: '设备状态上报接口',
  section: '上行1.3',
  kind: 'bulk',
  schema: z.strictObject({
    deviceCode: z.string().min(1).max(64),
    deviceName: z.string().min(1).max(100),
    deviceType: z.int().min(1).max(99),
    /** "0" 正常; there is no list of faults, so that any fault is "1" and the remark says which. */
    status: z.enum(['0', '1']),
    remark: z.string().max(200),
  }),
  sample: { deviceCode: '1', deviceName: '入口1道闸', deviceType: 4, status: '0', remark: '' },
  wire: (body) => body,
});
