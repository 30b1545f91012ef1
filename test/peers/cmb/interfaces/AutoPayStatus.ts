import * as f from '../field.ts';
import { DONE, type UpInterface } from '../interface.ts';

/** 5.5 无感状态查询. */
export const AutoPayStatus: UpInterface = {
  name: 'AutoPayStatus',
  section: '5.5',
  fields: [f.PARK_CODE, f.PLATE],
  process: ({ fields }, state) => {
    const account = state.accounts.of(fields['vpl_number'] ?? '');
    const { binding } = account;
    return {
      answer: { ...DONE, data: binding ? { uid: 1, limit: binding.limit } : { uid: 0, limit: 0 } },
      after: (heard) => account.told(binding, heard),
    };
  },
};
