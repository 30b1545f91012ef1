import * as f from '../field.ts';
import { doubt } from '../finding.ts';
import { DONE, type UpInterface } from '../interface.ts';

/** 5.2 车位信息上报: only the newest counts. */
export const SpaceInfo: UpInterface = {
  name: 'SpaceInfo',
  section: '5.2',
  fields: [f.PARK_CODE, f.int('total_empty'), f.int('vip_empty'), f.int('tmp_empty')],
  relations: [
    ({ total_empty: total, vip_empty: vip, tmp_empty: casual }) =>
      Number(total) === Number(vip) + Number(casual)
        ? []
        : [doubt('relation', `${vip} + ${casual} free spaces are not ${total}`, 'total_empty')],
  ],
  process: ({ fields, at }, state) => {
    const [total, vip, casual] = ['total_empty', 'vip_empty', 'tmp_empty'].map((name) => Number(fields[name]));
    state.spaces = { at, total: total ?? 0, vip: vip ?? 0, casual: casual ?? 0 };
    state.spacesTold += 1;
    return { answer: DONE };
  },
};
