import { Refused } from '../../define-message.ts';
import { PAID } from '../codes.ts';
import { down } from '../define.ts';
import { looseText } from '../loose.ts';
import { addressed } from '../notice-rules.ts';
import { paymentAnswerSchema, samplePaymentAnswer } from '../payment-answer.ts';
import { settleFromPlatform } from '../settle.ts';

/**
 * A bill was paid through the platform: in its app, at the exit, or after the car left. A payment is paid for good and known by its
 * number, so the order of its notices makes no difference, and money is never passed over because of its age (D14).
 */
export const payResult = down({
  name: 'payResult',
  title: '账单支付扣费结果通知',
  section: '四(四)4',
  schema: paymentAnswerSchema.extend({ parkingCode: looseText(64) }),
  sample: { ...samplePaymentAnswer, billTime: '2026-03-02 11:05:00', payType: 102 },
  handle: (body, notice, context) => {
    const elsewhere = addressed(body.parkingCode, notice, context);
    if (elsewhere !== undefined) return elsewhere;
    if (body.billID === null) return new Refused('billID: missing');
    // Not paid: nothing follows from it.
    if (body.payStatus !== PAID) return { kind: 'done' };
    const settled = settleFromPlatform(context, body);
    return settled.kind === 'refused' ? new Refused(settled.reason) : { kind: settled.again ? 'repeated' : 'done' };
  },
});
