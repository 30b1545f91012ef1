import * as f from '../field.ts';
import { DONE, type UpInterface } from '../interface.ts';
import { bindingData } from '../style.ts';

/** 5.5 无感状态查询. */
export const AutoPayStatus: UpInterface = {
  name: 'AutoPayStatus',
  section: '5.5',
  fields: [f.PARK_CODE, f.PLATE],
  process: ({ fields }, state) => {
    const account = state.accounts.of(fields['vpl_number'] ?? '');
    const { binding } = account;
    return {
      answer: { ...DONE, data: bindingData(binding, state.style) },
      after: (heard) => account.told(binding, heard),
    };
  },
};
