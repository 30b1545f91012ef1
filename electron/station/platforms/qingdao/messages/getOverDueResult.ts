import { z } from 'zod';
import { fenSchema } from '../../../../../shared/domain/money.ts';
import { plateFields } from '../bill-fields.ts';
import { asked, query } from '../define.ts';
import { parkingCode } from '../fields.ts';
import { looseFen, optionalCode } from '../loose.ts';

/** What a car owes in the whole city. The count may be missing, and so may the result code (D42). 204: nothing. */
export const getOverDueResult = query({
  name: 'getOverDueResult',
  title: '车辆欠费情况查询',
  section: '四(六)4',
  schema: z.strictObject({ parkingCode, ...plateFields, plateColor: plateFields.plateColor.nullable() }),
  sample: { parkingCode: '1001', plateNo: '鲁B01001', plateColor: 1 },
  answer: z.looseObject({
    overDueCount: optionalCode,
    unPay: looseFen.transform((fen) => fen ?? 0).pipe(fenSchema),
    prevent: optionalCode,
  }),
  sampleAnswer: { plateNo: '鲁B01001', unPay: 1000, prevent: 1 },
  wire: asked,
});
