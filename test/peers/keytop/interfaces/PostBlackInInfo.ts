import { int, maybe, PARK, PLATE, slash, text } from '../field.ts';
import { doubt, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { numberOf, textOf } from '../json.ts';
import { stayFaults } from '../stay-rules.ts';
import { DONE } from '../style.ts';

/** 上行2.4: a car of the blacklist of 下行4.8 stands at an entrance. */
export const PostBlackInInfo: UpInterface = {
  name: 'PostBlackInInfo',
  fields: [PARK, int('blackId'), PLATE, maybe('remark'), text('entryPlace'), slash('entryTime')],
  ...{ kind: 'report', ordered: true },
  key: (fields) => `${numberOf(fields, 'blackId')}|${textOf(fields, 'plateNo')}|${textOf(fields, 'entryTime')}`,
  relations(request, state) {
    const { fields } = request;
    const entry = state.blacks.get(numberOf(fields, 'blackId'));
    const plate = textOf(fields, 'plateNo');
    return [
      ...stayFaults(request, ['entryTime']),
      ...some(
        !entry && finding('blacklist', `nobody was ever black-listed as ${numberOf(fields, 'blackId')}`, 'blackId'),
        entry && entry.plate !== plate && finding('blacklist', `${entry.blackId} is ${entry.plate}`, 'plateNo'),
        entry?.deleted === true && doubt('blacklist', `${plate} is not black-listed any more`, 'blackId'),
        entry &&
          entry.remark !== textOf(fields, 'remark') &&
          doubt('blacklist', `the reason of ${plate} is another`, 'remark'),
      ),
    ];
  },
  process({ fields }, state) {
    const same = JSON.stringify(fields);
    if (!state.blackEntries.some((one) => JSON.stringify(one) === same)) state.blackEntries.push(fields);
    return { answer: DONE };
  },
};
