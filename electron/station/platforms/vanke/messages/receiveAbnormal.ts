import { z } from 'zod';
import { optionalText, text } from '../../wire-fields.ts';
import { up } from '../define.ts';
import { instant } from '../fields.ts';

/** A device that cannot be reached, a loop that is pressed too long. Not made from an event: see `device-check.ts` and `loop-watch.ts`. */
export const receiveAbnormal = up({
  name: 'receiveAbnormal',
  title: '接收异常信息',
  section: '万科提供接口 / 接收异常信息',
  schema: z.strictObject({
    abnormalCode: text(8),
    deviceNo: optionalText(64),
    msg: text(200),
    at: instant,
  }),
  sample: {
    abnormalCode: '1101',
    deviceNo: 'DWWE10232',
    msg: '东二门01道的显示屏【DWWE10232】连接异常！',
    at: 1_503_047_655_000,
  },
  wire: ({ abnormalCode, deviceNo, msg }) => ({ abnormalCode, deviceNo: deviceNo ?? undefined, msg }),
});
