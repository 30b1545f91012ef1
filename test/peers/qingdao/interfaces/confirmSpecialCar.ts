import * as f from '../field.ts';

const params = { in: 'params' } as const;

/** 黑白名单信息确认: `params` repeat the notice unchanged. */
export const confirmSpecialCar: f.UplinkInterface = {
  name: 'confirmSpecialCar',
  section: '四(八)2',
  fields: [
    { name: 'requestId', type: 'Long', maxLength: null, required: true, in: 'data' },
    { name: 'success', type: 'Boolean', maxLength: null, required: true, in: 'data' },
    f.text('parkingCode', 45, params),
    f.text('plateNo', 50, params),
    f.int('carType', 1, { ...params, codes: 'carType' }),
    f.int('operateType', 1, { ...params, codes: 'specialCarList' }),
    f.int('operate', 1, { ...params, codes: 'specialCarOperate' }),
    f.text('remark', 50, { ...params, required: false }),
    f.moment('operateTime', params),
    f.moment('startTime', params),
    f.moment('endTime', params),
  ],
  relations: [],
  answers: 'specialCar',
};
