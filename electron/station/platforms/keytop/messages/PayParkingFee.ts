import { MAX_FEN } from '../../../../../shared/domain/money.ts';
import { methodOfPayMethod } from '../codes.ts';
import { notDone } from '../context.ts';
import { down, parameters } from '../define.ts';
import { maybeWhole, text, whole } from '../down-fields.ts';
import { freeDetail, MAX_MINUTES } from '../free-details.ts';
import { unlisted } from '../readings.ts';
import { settle } from '../settle.ts';

const fen = () => whole(0, MAX_FEN);

/** 停车费支付接口: money for one of our orders. The same again is answered the same, and booked once (G14). */
export const PayParkingFee = down({
  name: 'PayParkingFee',
  title: '停车费支付',
  section: '下行3.2',
  schema: parameters({
    orderNo: text(100),
    ...{ amount: fen(), discount: fen(), payType: whole(), payMethod: maybeWhole() },
    ...{ freeMoney: fen(), freeTime: whole(0, MAX_MINUTES), freeDetail: freeDetail() },
  }),
  sample: {
    ...{
      parkCode: '123',
      orderNo: '000120181212173448477D02000',
      amount: 22_500,
      discount: 0,
      payType: 4,
      payMethod: 4,
    },
    ...{ freeMoney: 100, freeTime: 0, freeDetail: '[{"type":0,"money":"100","time":"0","code":1234567}]' },
  },
  handle: (fields, { at }, context) => {
    const odd = unlisted(fields, context);
    if (odd !== undefined) return notDone(odd);
    return settle(
      {
        ...{ orderNo: fields.orderNo, amountFen: fields.amount, discountFen: fields.discount, at },
        ...{ freeMoneyFen: fields.freeMoney, freeMinutes: fields.freeTime, details: fields.freeDetail },
        // 默认与payType一致
        method: methodOfPayMethod(fields.payMethod ?? fields.payType),
      },
      context,
    );
  },
});
