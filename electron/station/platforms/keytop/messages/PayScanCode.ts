import { z } from 'zod';
import { query } from '../define.ts';
import { orderFields, sampleOrder } from '../order-fields.ts';

/** 主扫: the driver's payment code, to be charged for an order. Taken is not paid: PayParkingFee says that. */
export const PayScanCode = query({
  name: 'PayScanCode',
  title: '扫码枪扫码用户手机二维码缴费接口',
  section: '上行4.2',
  schema: z.strictObject({
    ...orderFields,
    authCode: z
      .string()
      .max(32)
      .regex(/^\d{10,32}$/),
  }),
  sample: { ...sampleOrder, authCode: '134500000000000001' },
  answer: z.looseObject({}),
  sampleAnswer: { orderno: 'P20190325000002', paytype: 6 },
  wire: ({ orderNo, device, plate, inTime, elapsedTime, amount, outTime, authCode }) => ({
    ...{ orderNo, deviceId: device, carNo: plate, inTime, elapsedTime, amount, authCode, outTime },
  }),
});
