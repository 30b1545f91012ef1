import type { Attempt, Bill } from '../../../../shared/domain/money-flow.ts';
import type { ChargeRequest, Outcome, PaymentChannel } from '../../payments/channel.ts';
import { hasRunOut, holdsMs, isOrderable, orderOf, RUN_OUT } from './code-orders.ts';
import { KEYTOP, type KeytopContext } from './context.ts';
import { GetPayQRCode } from './messages/GetPayQRCode.ts';

/** So long before its order ends a code makes way for the next: whoever has just scanned it can still pay. */
const BEFORE_END_MS = 30_000;
/** Codes that are shown again are not asked for again; so many are known. */
const MOST = 100;

/** 停车费二维码: a code of the third party on the booth's screen. Whoever pays by it is told of by PayParkingFee. */
export class KeytopCodeChannel implements PaymentChannel {
  readonly id = `${KEYTOP.name}-qr`;
  readonly title = '科拓收款码';
  readonly kind = 'qr';
  readonly method = 'platform';
  readonly via = KEYTOP.name;
  /** What was taken stays so; what was refused the third party gives back by itself. */
  readonly givesBack = false;
  /** Nobody to ask. */
  readonly askAtMs = [];
  readonly shownMs: number;
  readonly #context: KeytopContext;
  readonly #codes = new Map<string, string>();

  constructor(context: KeytopContext) {
    this.#context = context;
    const holds = holdsMs(context);
    this.shownMs = holds - Math.min(BEFORE_END_MS, holds / 2);
  }

  covers(bill: Bill): boolean {
    return this.#context.settings.codes.enabled && isOrderable(bill);
  }

  async qr(
    { attempt, stay }: ChargeRequest,
    signal: AbortSignal,
  ): Promise<{ readonly text: string } | { readonly refused: string }> {
    const known = this.#codes.get(attempt.id);
    if (known !== undefined) return { text: known };
    const reply = await this.#context.ask(GetPayQRCode, orderOf(attempt, stay, this.#context), signal);
    // Whatever became of the question: a code that nobody has seen is paid by nobody.
    if (reply.kind === 'no') return { refused: `第三方未给出付款码：${reply.reason}`.slice(0, 400) };
    if (reply.kind === 'failed') return { refused: '第三方未应答，没有取到付款码，请重试或用其他方式收款' };
    const [oldest] = this.#codes.keys();
    if (oldest !== undefined && this.#codes.size >= MOST) this.#codes.delete(oldest);
    this.#codes.set(attempt.id, reply.answer.qrcode);
    return { text: reply.answer.qrcode };
  }

  async charge(): Promise<Outcome> {
    return PENDING;
  }

  async query(attempt: Attempt): Promise<Outcome> {
    return hasRunOut(attempt, this.#context) ? RUN_OUT : PENDING;
  }

  /** It is not shown any more. Who pays by it all the same, while its order holds, is decided when that is told. */
  async reverse(): Promise<'reversed'> {
    return 'reversed';
  }
}

const PENDING: Outcome = { state: 'pending', reference: null, detail: '等待扫码支付' };
