import type { Attempt, Bill } from '../../../../shared/domain/money-flow.ts';
import type { ChargeRequest, Outcome, PaymentChannel } from '../../payments/channel.ts';
import { hasRunOut, isOrderable, orderOf, RUN_OUT } from './code-orders.ts';
import { KEYTOP, type KeytopContext } from './context.ts';
import { PayScanCode } from './messages/PayScanCode.ts';

/**
 * 扫码枪: the driver's payment code goes to the third party, which charges it. Its answer is no proof: the arm waits for PayParkingFee. The
 * code itself is in nobody's memory but that of the one request.
 */
export class KeytopScanChannel implements PaymentChannel {
  readonly id = `${KEYTOP.name}-scan`;
  readonly title = '科拓扫码枪';
  readonly kind = 'scan';
  readonly method = 'platform';
  readonly via = KEYTOP.name;
  /** What was taken stays so; what was refused the third party gives back by itself. */
  readonly givesBack = false;
  /** Nobody to ask. */
  readonly askAtMs = [];
  readonly #context: KeytopContext;

  constructor(context: KeytopContext) {
    this.#context = context;
  }

  covers(bill: Bill): boolean {
    return this.#context.settings.codes.scanner && isOrderable(bill);
  }

  async charge({ attempt, stay, authCode = '' }: ChargeRequest, signal: AbortSignal): Promise<Outcome> {
    if (!/^\d{10,32}$/.test(authCode)) return outcome('declined', '付款码无法识别，未收款，请重新扫码');
    const reply = await this.#context.ask(PayScanCode, { ...orderOf(attempt, stay, this.#context), authCode }, signal);
    if (reply.kind === 'answered') return outcome('pending', '第三方已受理，等待付款结果');
    if (reply.kind === 'no') {
      if (reply.code === 1) return outcome('declined', `第三方未收款：${reply.reason}`);
      return outcome('unknown', `第三方应答 ${reply.code}，付款结果未知`);
    }
    return reply.maybeArrived
      ? outcome('unknown', '第三方未应答，付款结果未知')
      : outcome('declined', '未能连接第三方，未收款');
  }

  /** Nobody to ask: as it was, until its order has run out. */
  async query(attempt: Attempt): Promise<Outcome> {
    if (hasRunOut(attempt, this.#context)) return RUN_OUT;
    return outcome(attempt.state === 'sent' ? 'pending' : 'unknown', attempt.detail || '等待付款结果');
  }

  /** No interface takes it back. While its order holds the driver may be paying; after that nothing is taken for it. */
  async reverse(attempt: Attempt): Promise<'reversed' | 'unknown'> {
    return hasRunOut(attempt, this.#context) ? 'reversed' : 'unknown';
  }
}

const outcome = (state: 'declined' | 'pending' | 'unknown', detail: string): Outcome => ({
  state,
  reference: null,
  detail: detail.slice(0, 400),
});
