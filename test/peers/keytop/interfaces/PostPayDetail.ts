import { CARD, code, count, PARK, PICTURE, PLATE, slash, text } from '../field.ts';
import { doubt, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { numberOf, textOf } from '../json.ts';
import { entryDoubt, stayFaults } from '../stay-rules.ts';
import { stayKey } from '../stays.ts';
import { DONE } from '../style.ts';

/** 上行2.3, every exit, once. */
export const PostPayDetail: UpInterface = {
  name: 'PostPayDetail',
  fields: [
    PARK,
    PLATE,
    CARD,
    slash('entryTime'),
    slash('leaveTime'),
    count('preMoney'),
    count('payMoney'),
    code('payType', 'exitPayType'),
    count('ticketMoney'),
    count('ticketTime'),
    count('freeMoney'),
    code('carType', 'carType'),
    text('leavePlace'),
    PICTURE,
  ],
  ...{ kind: 'report', ordered: true },
  key: (fields) => `${stayKey(fields)}|${textOf(fields, 'leaveTime')}`,
  stay: (fields) => stayKey(fields),
  relations(request, state) {
    const { fields } = request;
    const other = state.stays.find(fields)?.exits.find((exit) => exit['leaveTime'] !== fields['leaveTime']);
    return [
      ...stayFaults(request, ['entryTime', 'leaveTime']),
      ...some(
        entryDoubt(fields, state),
        other && finding('second-exit', `the car left at ${textOf(other, 'leaveTime')} already`, 'leaveTime'),
        numberOf(fields, 'payMoney') === 0 &&
          numberOf(fields, 'payType') !== 0 &&
          doubt('code', `payType ${numberOf(fields, 'payType')} although nothing was collected`, 'payType'),
      ),
    ];
  },
  process({ fields }, state) {
    const { exits, plate } = state.stays.of(fields);
    state.signed.delete(plate);
    if (!exits.some((exit) => exit['leaveTime'] === fields['leaveTime'])) exits.push(fields);
    return { answer: DONE };
  },
};
