import * as f from '../field.ts';
import type { UplinkInterface } from '../interface.ts';

/** 车辆签约信息查询 */
export const getDeparturePayInfo: UplinkInterface = {
  name: 'getDeparturePayInfo',
  section: '四(五)3',
  fields: [f.PARKING_CODE, f.SHORT_PLATE_NO, f.PLATE_COLOR],
  relations: [],
  process: ({ data }, { accounts, style }) => {
    const account = accounts.of(String(data.plateNo));
    if (!account.hasContract && style.nothingKnown === '204') return { code: 204, msg: '没有查询到数据' };
    account.toldContracts.push(account.contract);
    return { extra: { ...account.contract } };
  },
};
