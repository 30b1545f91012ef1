import { askedStay, askFaults } from '../ask-rules.ts';
import { WALLETS } from '../codes.ts';
import { CARD, count, dash, maybe, PARK, text } from '../field.ts';
import { finding, some } from '../finding.ts';
import type { UpInterface } from '../interface.ts';
import { numberOf, textOf } from '../json.ts';
import { percentDecoded } from '../validate.ts';

/** 上行4.1: a code for the customer's phone. */
export const GetPayQRCode: UpInterface = {
  name: 'GetPayQRCode',
  fields: [
    PARK,
    text('orderNo'),
    text('deviceCode', { also: ['deviceId'] }),
    maybe('plateNum', { format: 'percent' }),
    CARD,
    dash('inTime'),
    count('elapsedTime'),
    count('amount'),
    dash('outTime'),
  ],
  ...{ kind: 'ask', ordered: false },
  key: (fields) => textOf(fields, 'orderNo'),
  relations(request, state) {
    const { fields } = request;
    return [
      ...askFaults(request, state, 'plateNum'),
      ...some(
        fields['plateNum'] === '' &&
          fields['cardNo'] === '' &&
          finding('presence', 'neither plate nor card', 'plateNum'),
      ),
    ];
  },
  process(request, state) {
    const { fields, at } = request;
    const plate = percentDecoded(textOf(fields, 'plateNum')) ?? '';
    const card = textOf(fields, 'cardNo') || (askedStay(request, state, 'plateNum')?.card ?? '');
    const { wallet, delayMs } = state.will(plate, card);
    const number = state.next();
    const platformOrder = `P${number}`;
    const qrcode = `${state.baseUrl()}/s/${number.toString(36).padStart(5, '0')}`;
    const { orderNo, amount } = { orderNo: textOf(fields, 'orderNo'), amount: numberOf(fields, 'amount') };
    state.offers.set(qrcode, { qrcode, orderNo, platformOrder, amount, plate, card, at });
    const row = { qrcode, orderNo: platformOrder, payType: WALLETS[wallet].offered };
    return { answer: { resCode: 0, resMsg: '', rows: [row] }, delayMs };
  },
};
