import { CARD, count, PARK, PICTURE, PLATE, slash, text } from '../field.ts';
import { doubt, finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { numberOf, textOf } from '../json.ts';
import { entryDoubt, stayFaults } from '../stay-rules.ts';
import { type Deduction, stayKey } from '../stays.ts';
import { refusal } from '../style.ts';
import type { CarWill } from '../wills.ts';

function rowOf(told: number, { spelling }: CarWill) {
  switch (spelling) {
    case 'both':
      return { densityMoney: told, deductMoney: told };
    case 'unequal':
      return { densityMoney: told, deductMoney: told + 100 };
    case 'none':
      return {};
    default:
      return { [spelling]: told };
  }
}

/** 上行2.2: money is taken from whoever signed. */
export const PostCarOutInfo: UpInterface = {
  name: 'PostCarOutInfo',
  fields: [PARK, PLATE, CARD, slash('entryTime'), slash('leaveTime'), count('totalMoney'), text('leavePlace'), PICTURE],
  ...{ kind: 'ask', ordered: false },
  key: (fields) => `${stayKey(fields)}|${textOf(fields, 'leaveTime')}|${numberOf(fields, 'totalMoney')}`,
  stay: (fields) => stayKey(fields),
  again: ({ key }) => [finding('repeat', `${key} is asked again: it could be taken twice`)],
  relations(request, state) {
    const { fields, at } = request;
    const stay = state.stays.find(fields);
    const money = numberOf(fields, 'totalMoney');
    const earlier = (stay?.deductions ?? []).filter((one) => one.fields['leaveTime'] !== fields['leaveTime']);
    const unsettled = earlier.find(({ outcome, reversed }) => outcome === 'unknown' && !reversed);
    const soon = earlier.find((one) => one.totalMoney === money && at - one.at < state.pace.personMs);
    const taken = earlier.find((one) => one.outcome === 'taken' && one.money >= one.totalMoney && !one.reversed);
    return [
      ...stayFaults(request, ['entryTime', 'leaveTime']),
      ...some(
        entryDoubt(fields, state),
        stay?.signed !== true &&
          !state.signed.has(textOf(fields, 'plateNo')) &&
          finding('unsigned', `${textOf(fields, 'plateNo')} is not signed for seamless payment`),
        money === 0 && finding('unsigned', 'nothing is owed', 'totalMoney'),
        unsettled &&
          (unsettled.totalMoney === money ? finding : doubt)(
            'repeat',
            'asked again while nobody knows what became of the first time',
          ),
        soon && finding('repeat', 'the same amount is asked for again sooner than a person would'),
        taken && doubt('repeat', `asked for ${money} after ${taken.money} were taken`),
        (stay?.exits.length ?? 0) > 0 && finding('time', 'asked for a car that has left'),
      ),
    ];
  },
  process({ fields, at }, state) {
    const stay = state.stays.of(fields);
    const will = state.will(stay.plate, stay.card);
    const totalMoney = numberOf(fields, 'totalMoney');
    const refused = will.refuse || !(stay.signed || state.signed.has(stay.plate));
    const money = refused ? 0 : Math.min(totalMoney, will.limitFen ?? totalMoney);
    const deduction: Deduction = { stay, fields, totalMoney, money, at, outcome: 'unknown', reversed: false };
    stay.deductions.push(deduction);
    const { plate, card, enteredAt } = stay;
    const charge =
      money === 0
        ? null
        : state.charges.take({
            ...{ platformOrder: `D${state.next()}`, orderNo: '', via: 'seamless', plate, card, enteredAt },
            ...{ amount: money, wallet: will.wallet, customer: plate || card, at, deduction },
          });
    return {
      answer: refused
        ? refusal('账户余额不足')
        : { resCode: 0, resMsg: '', rows: [rowOf(money + will.answerFen, will)] },
      delayMs: will.delayMs,
      settled(result) {
        const isClear = result === 'heard' && (refused || !['unequal', 'none'].includes(will.spelling));
        if (isClear) deduction.outcome = refused ? 'refused' : 'taken';
        if (charge) charge.state = isClear ? 'settled' : 'unknown';
      },
    };
  },
};
