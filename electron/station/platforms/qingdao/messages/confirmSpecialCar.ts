import { z } from 'zod';
import { parseLossless, rawNumber } from '../../lossless-json.ts';
import { text } from '../../wire-fields.ts';
import { up } from '../define.ts';

/**
 * The answer to {@link specialCar}. `params` is the JSON of the notice as it was decrypted, kept as text so that it goes back
 * exactly as it came, whatever it holds; `requestId` is its digits, because it may be larger than a number can hold.
 */
export const confirmSpecialCar = up({
  name: 'confirmSpecialCar',
  title: '黑白名单信息确认',
  section: '四(八)2',
  kind: 'answer',
  schema: z.strictObject({
    requestId: z
      .string()
      .max(20)
      .regex(/^(0|-?[1-9]\d*)$/),
    success: z.boolean(),
    params: text(65_536).refine((json) => isObject(json), 'must be the JSON of an object'),
  }),
  sample: {
    requestId: '9007199254740993123',
    success: true,
    params:
      '{"parkingCode":"1001","plateNo":"鲁B01001","carType":1,"operateType":1,"operate":0,"remark":"应急救援车辆","operateTime":"2026-03-02 08:08:08","startTime":"2026-03-02 08:08:08","endTime":"2026-12-31 23:59:59"}',
  },
  wire: ({ requestId, success, params }) => ({
    data: { requestId: rawNumber(requestId), success, params: parseLossless(params) },
  }),
});

function isObject(json: string): boolean {
  try {
    const value = parseLossless(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
