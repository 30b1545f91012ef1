import { OUR_BILL_TYPES, OUR_TERMINAL } from '../codes.ts';
import { CARD, code, count, maybe, PARK, PLATE, slash } from '../field.ts';
import { doubt, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { type JsonObject, numberOf, textOf } from '../json.ts';
import { entryDoubt, stayFaults } from '../stay-rules.ts';
import { stayKey } from '../stays.ts';
import { DONE } from '../style.ts';
import { momentOf } from '../wire-time.ts';

const CHARGED = 0;
const FREE = 1;

/** Which payment a row is of. */
const rowKey = (fields: JsonObject): string =>
  [
    stayKey(fields),
    ...['payTime', 'remark'].map((name) => textOf(fields, name)),
    ...['payType', 'paidType', 'payMoney', 'totalMoney'].map((name) => numberOf(fields, name)),
  ].join('|');

/** 上行2.7, every payment. */
export const PostCarBillDetail: UpInterface = {
  name: 'PostCarBillDetail',
  fields: [
    PARK,
    PLATE,
    CARD,
    code('carType', 'carType'),
    slash('entryTime'),
    slash('leaveTime'),
    ...['totalMoney', 'payMoney', 'freeMoney', 'selfTotal', 'selfPay'].map(count),
    ...['ticketMoney', 'ticketTime', 'ticketNum'].map(count),
    code('terminalType', 'terminalType'),
    code('payType', 'billPayType'),
    slash('payTime'),
    code('paidType', 'paidType'),
    maybe('remark'),
  ],
  ...{ kind: 'report', ordered: true },
  key: rowKey,
  stay: (fields) => stayKey(fields),
  relations(request, state) {
    const { fields } = request;
    const value = (name: string): number => numberOf(fields, name);
    const covered = value('payMoney') + value('freeMoney') + value('ticketMoney');
    const sums = value('paidType') === CHARGED || value('paidType') === FREE;
    const ours = OUR_BILL_TYPES.includes(value('payType'));
    return [
      ...stayFaults(request, ['entryTime', 'leaveTime']),
      ...some(
        entryDoubt(fields, state),
        sums &&
          covered !== value('totalMoney') &&
          (value('ticketTime') > 0 ? doubt : finding)(
            'sum',
            `totalMoney ${value('totalMoney')} is paid, waived and covered by ${covered}`,
            'totalMoney',
          ),
        value('paidType') === FREE && value('payMoney') > 0 && finding('sum', 'free, and money was taken', 'paidType'),
        value('selfPay') > value('selfTotal') && finding('sum', 'more change given than was owed', 'selfPay'),
        momentOf(textOf(fields, 'payTime')) < momentOf(textOf(fields, 'entryTime')) &&
          finding('time', 'paid before it came in', 'payTime'),
        momentOf(textOf(fields, 'payTime')) > momentOf(textOf(fields, 'leaveTime')) &&
          doubt('time', 'paid after it left', 'payTime'),
        ours !== (value('terminalType') === OUR_TERMINAL) &&
          doubt('code', `payType ${value('payType')} at terminalType ${value('terminalType')}`, 'terminalType'),
      ),
    ];
  },
  process({ fields }, state) {
    const { bills } = state.stays.of(fields);
    if (!bills.some((bill) => rowKey(bill) === rowKey(fields))) bills.push(fields);
    return { answer: DONE };
  },
};
