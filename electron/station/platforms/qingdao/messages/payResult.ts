import { Refused } from '../../define-message.ts';
import { listedPlate, PAID } from '../codes.ts';
import { down } from '../define.ts';
import { looseText } from '../loose.ts';
import { addressed, newestOnly } from '../notice-rules.ts';
import { paymentAnswerSchema, samplePaymentAnswer } from '../payment-answer.ts';
import { settleFromPlatform, VIA } from '../settle.ts';

/**
 * A bill was paid through the platform: in its app, at the exit, or after the car left. Money is never passed over because of its
 * age: an outdated notice acts when nothing has told of that payment before.
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
    const { billID } = body;
    if (billID === null) return new Refused('billID: missing');
    // Not paid: nothing follows from it, and it must not make the notice that it is paid look old.
    if (body.payStatus !== PAID) return { kind: 'done' };
    const settle = (): Refused | undefined => {
      const settled = settleFromPlatform(context, body);
      return settled.kind === 'refused' ? new Refused(settled.reason) : undefined;
    };
    const { settings, clock, station } = context;
    const known = body.orderCode !== null && station().read.attempts.byReference(VIA, body.orderCode) !== undefined;
    const subject = ['payResult', settings.parkingCode, listedPlate(body.plateNo ?? '') ?? '', billID];
    const sent = { requestId: notice.requestId, at: notice.timestamp ?? body.dealTime ?? clock.now() };
    const result = newestOnly(context, subject, sent, settle);
    if (result instanceof Refused || result.kind === 'done' || known) return result;
    return settle() ?? result;
  },
});
