import { answerTo, PARAMS } from '../confirm-fields.ts';
import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';

/** 车辆欠费情况确认: `params` repeat overDueResult unchanged. */
export const confirmOverDueResult: UplinkInterface = {
  name: 'confirmOverDueResult',
  section: '四(六)3',
  fields: [
    ...answerTo(),
    f.text('plateNo', 10, PARAMS),
    f.int('overDueCount', 5, PARAMS),
    f.int('unPay', 10, PARAMS),
    f.int('prevent', 1, { ...PARAMS, codes: 'prevent' }),
  ],
  relations: [],
  answers: 'overDueResult',
};
