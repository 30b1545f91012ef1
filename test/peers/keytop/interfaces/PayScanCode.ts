import { askedStay, askFaults } from '../ask-rules.ts';
import { WALLETS } from '../codes.ts';
import { count, dash, maybe, PARK, text } from '../field.ts';
import type { UpInterface } from '../interface.ts';
import { numberOf, textOf } from '../json.ts';
import { refusal } from '../style.ts';
import { percentDecoded } from '../validate.ts';

/** 上行4.2: the gun read a customer's code. What is answered is no payment yet. */
export const PayScanCode: UpInterface = {
  name: 'PayScanCode',
  fields: [
    PARK,
    text('orderNo'),
    text('deviceId'),
    maybe('carNo', { format: 'percent' }),
    dash('inTime'),
    count('elapsedTime'),
    count('amount'),
    text('authCode', { format: 'digits' }),
    dash('outTime'),
  ],
  ...{ kind: 'ask', ordered: false },
  key: (fields) => `${textOf(fields, 'orderNo')}|${textOf(fields, 'authCode')}`,
  relations: (request, state) => askFaults(request, state, 'carNo'),
  process(request, state) {
    const { fields, at } = request;
    const customer = state.customers.byCode(textOf(fields, 'authCode'));
    const amount = numberOf(fields, 'amount');
    if (!customer) return { answer: refusal('付款码无效') };
    const { scan, wallet, name } = customer;
    if (scan.kind === 'refuse') return { answer: refusal('用户拒绝支付') };
    const platformOrder = `S${state.next()}`;
    const row = { orderNo: platformOrder, payType: WALLETS[wallet].offered };
    const answer = { resCode: 0, resMsg: '', rows: [row] } as const;
    if (scan.kind === 'silent') return { answer };
    if (!state.customers.pay(customer, amount)) return { answer: refusal('账户余额不足') };
    const stay = askedStay(request, state, 'carNo');
    const charge = state.charges.take({
      ...{ platformOrder, orderNo: textOf(fields, 'orderNo'), via: 'scan', amount, wallet, customer: name, at },
      plate: percentDecoded(textOf(fields, 'carNo')) ?? '',
      ...{ card: stay?.card ?? '', enteredAt: stay?.enteredAt ?? null },
    });
    return { answer, afterwards: () => state.tell(charge, scan.afterMs ?? 0) };
  },
};
