import * as f from '../field.ts';
import { finding } from '../finding.ts';
import { DONE, type UpInterface } from '../interface.ts';
import { isObject, parseJson, readJson, some, strangersIn, wholeFault } from '../json-text.ts';

/** 5.7 配置信息上报: 出车预留时间, in seconds. */
export const ConfigUpload: UpInterface = {
  name: 'ConfigUpload',
  section: '5.7',
  fields: [f.PARK_CODE, f.text('config_items')],
  relations: [
    ({ config_items: text = '' }) => {
      if (text === '') return [];
      const { value, findings } = readJson('config_items', text);
      if (value !== undefined && !isObject(value))
        return [finding('json', 'config_items is not an object', 'config_items')];
      if (!isObject(value)) return findings;
      const time = wholeFault('config_items.reserved_out_time', value['reserved_out_time']);
      return [...findings, ...some(time), ...strangersIn(value, ['reserved_out_time'], 'config_items')];
    },
  ],
  process: ({ fields }, state) => {
    const items = parseJson(fields['config_items'] ?? '');
    state.config = isObject(items) ? items : null;
    return { answer: DONE };
  },
};
