import { answerTo, PARAMS } from '../confirm-fields.ts';
import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';

/** 黑白名单信息确认: `params` repeat the notice unchanged. */
export const confirmSpecialCar: UplinkInterface = {
  name: 'confirmSpecialCar',
  section: '四(八)2',
  fields: [
    ...answerTo(),
    f.text('parkingCode', 45, PARAMS),
    f.text('plateNo', 50, PARAMS),
    f.int('carType', 1, { ...PARAMS, codes: 'carType' }),
    f.int('operateType', 1, { ...PARAMS, codes: 'specialCarList' }),
    f.int('operate', 1, { ...PARAMS, codes: 'specialCarOperate' }),
    f.text('remark', 50, { ...PARAMS, ...f.OPTIONAL }),
    f.moment('operateTime', PARAMS),
    f.moment('startTime', PARAMS),
    f.moment('endTime', PARAMS),
  ],
  relations: [],
  answers: 'specialCar',
};
