import { z } from 'zod';
import { plateFields } from '../bill-fields.ts';
import { asked, query } from '../define.ts';
import { parkingCode } from '../fields.ts';
import { looseCode, looseLimit } from '../loose.ts';

/** The contract of a car, where its notice was missed. 204: it has none. */
export const getDeparturePayInfo = query({
  name: 'getDeparturePayInfo',
  title: '车辆签约信息查询',
  section: '四(五)3',
  schema: z.strictObject({ parkingCode, ...plateFields }),
  sample: { parkingCode: '1001', plateNo: '鲁B01001', plateColor: 1 },
  answer: z.looseObject({ noSense: looseCode, departurePay: looseCode, moneyLimit: looseLimit }),
  sampleAnswer: { resultCode: '200', msg: '', noSense: 1, moneyLimit: 10_000, departurePay: 1 },
  wire: asked,
});
