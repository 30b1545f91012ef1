import { ConflictError } from '../../../runtime/errors.ts';
import { carriedOut } from '../carried-out.ts';
import { alarmTwice, methodOfChange } from '../change.ts';
import { KEYTOP, rows } from '../context.ts';
import { down, parameters } from '../define.ts';
import { code, maybeText, text } from '../down-fields.ts';

/** 找零成功通知: the third party gave the change. Told again nothing changes, and the first time of it stays. */
export const PayChargeNotice = down({
  name: 'PayChargeNotice',
  title: '找零成功通知',
  section: '下行3.6',
  schema: parameters({ orderNo: text(40), chargeType: code(0, 1), UserAccount: maybeText(200) }),
  sample: { parkCode: '123', orderNo: '0215646456465', chargeType: '0', UserAccount: 'wx-openid' },
  handle: ({ orderNo, chargeType, UserAccount }, _call, context) =>
    carriedOut(() => {
      const how = { chargeType: String(chargeType), method: methodOfChange(chargeType), account: UserAccount || null };
      try {
        context.station().payments.changeOrders.given(orderNo, how, KEYTOP);
      } catch (error) {
        if (error instanceof ConflictError && error.reason === 'change-settled') alarmTwice(orderNo, context);
        throw error;
      }
      return rows([{ orderNo }]);
    }),
});
