import { z } from 'zod';
import { query } from '../define.ts';
import { orderFields, sampleOrder } from '../order-fields.ts';

/** 被扫: a code for an order, which the driver scans. The number in the answer is the third party's own. */
export const GetPayQRCode = query({
  name: 'GetPayQRCode',
  title: '获取停车费二维码接口',
  section: '上行4.1',
  schema: z.strictObject(orderFields),
  sample: sampleOrder,
  answer: z.looseObject({ qrcode: z.string().trim().min(1).max(2000) }),
  sampleAnswer: { qrcode: 'http://127.0.0.1:9000/s/Ab3dE' },
  wire: ({ orderNo, device, plate, cardNo, inTime, elapsedTime, amount, outTime }, { settings }) => ({
    orderNo,
    deviceCode: device,
    // The example spells it so (G06).
    ...(settings.bothSpellings ? { deviceId: device } : {}),
    ...{ plateNum: plate, cardNo, inTime, elapsedTime, amount, outTime },
  }),
});
