import { answerTo, PARAMS } from '../confirm-fields.ts';
import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';

/** 车辆签约信息确认: `params` repeat departurePayInfo unchanged. */
export const confirmDeparturePayInfo: UplinkInterface = {
  name: 'confirmDeparturePayInfo',
  section: '四(五)2',
  fields: [
    ...answerTo(),
    f.text('plateNo', 10, PARAMS),
    f.int('plateColor', 1, { ...PARAMS, codes: 'plateColor' }),
    f.text('parkingCode', 45, PARAMS),
    f.int('noSense', 1, { ...PARAMS, codes: 'noSense' }),
    f.int('moneyLimit', 10, PARAMS),
    f.int('departurePay', 1, { ...PARAMS, codes: 'departurePay' }),
  ],
  relations: [],
  answers: 'departurePayInfo',
};
