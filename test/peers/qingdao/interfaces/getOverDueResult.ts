import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';

/** 车辆欠费情况查询. The example of its answer has neither resultCode nor overDueCount (D42). */
export const getOverDueResult: UplinkInterface = {
  name: 'getOverDueResult',
  section: '四(六)4',
  fields: [f.PARKING_CODE, f.SHORT_PLATE_NO, { ...f.PLATE_COLOR, required: false }],
  relations: [],
  process: ({ data }, { accounts, style }) => {
    const account = accounts.of(String(data.plateNo));
    if (account.arrears.size === 0 && style.nothingKnown === '204') return { code: 204, msg: '没有查询到数据' };
    const { overDueCount, ...rest } = account.overDue();
    return {
      extra: { ...rest, ...(style.overDueCount === 'present' ? { overDueCount } : {}) },
      bare: !style.queriesHaveResultCode,
    };
  },
};
