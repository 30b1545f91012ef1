import { answerTo, PARAMS } from '../confirm-fields.ts';
import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';

/** 车辆账单信息上报: the answer to a fee query. A car that is not found is answered with success false (D35). */
export const uploadFee: UplinkInterface = {
  name: 'uploadFee',
  section: '四(四)3',
  fields: [
    ...answerTo({ requestId: true }),
    f.text('parkingCode', 45, PARAMS),
    f.text('plateNo', 10, PARAMS),
    f.int('plateColor', 1, { ...PARAMS, codes: 'plateColor' }),
    f.moment('arriveTime', PARAMS),
    f.moment('endTime', PARAMS),
    f.text('billID', 60, PARAMS),
    f.moment('billTime', PARAMS),
    f.int('shouldPay', 10, PARAMS),
    f.text('uid', 64, { ...PARAMS, format: 'uid' }),
    f.int('payStatus', 1, { ...PARAMS, codes: 'payStatus' }),
    f.int('paidType', 2, { ...PARAMS, required: 'if-paid', codes: 'paidType' }),
  ],
  relations: [],
  paramsOnSuccess: true,
  needs: ['requestId'],
  answers: 'fee',
  objections: ({ data, params }, { bills }) => (data.success === true ? bills.conflicts(params) : []),
  process: ({ data, params, at }, { bills }) => {
    if (data.success === true) bills.note(params, 'uploadFee', at);
    return undefined;
  },
};
