/** An order of AutoPay. */
export interface AutoOrder {
  readonly requestOrder: string;
  readonly recordId: string;
  readonly plate: string;
  readonly amount: number;
  readonly at: number;
  /** 银行订单号; from the start, told when it is paid. */
  readonly channelOrder: string;
  /** `pending`: taken, not paid, may come. `guaranteed`: answered 0, the completion is the bank's business. */
  state: 'declined' | 'pending' | 'guaranteed' | 'paid';
  paidAt: number | null;
  /** What the car park heard of it for certain; null: it cannot know. */
  known: 'paid' | 'failed' | null;
}

/** Money that an owner paid at the bank, to be told by `pay`. */
export interface Payment {
  /** pay_list[].order. */
  readonly order: string;
  readonly recordId: string;
  readonly plate: string;
  readonly billId: string;
  /** fen. */
  readonly amount: number;
  readonly paidAt: number;
  readonly via: 'scan' | 'plate' | 'no-plate' | 'autopay';
  readonly auto: AutoOrder | null;
  /** Whether the car park answered its `pay` with 0. */
  confirmed: boolean;
}

export interface NewPayment extends Omit<Payment, 'order' | 'confirmed' | 'auto'> {
  readonly order?: string;
  readonly auto?: AutoOrder;
}

/** The bank's orders: those of AutoPay by request_order, and all payments by their number. */
export class Orders {
  readonly auto = new Map<string, AutoOrder>();
  readonly payments = new Map<string, Payment>();
  /** What AutoPay brought, by request_order. */
  readonly #charged = new Map<string, Payment>();
  /** Letters and digits; 15 digits; or 20, more than a JSON number holds without rounding. */
  numbering: 'text' | 'digits' | 'long-digits' = 'text';
  #serial = 0;

  /** A number of the bank that was never used before. */
  number(now: number): string {
    this.#serial += 1;
    const serial = String(this.#serial).padStart(5, '0');
    const seconds = Math.floor(now / 1_000);
    return { text: `CMB${seconds}${serial}`, digits: `${seconds}${serial}`, 'long-digits': `9${seconds}9999${serial}` }[
      this.numbering
    ];
  }

  pay(payment: NewPayment): Payment {
    const { auto = null, order = auto?.channelOrder ?? this.number(payment.paidAt), ...rest } = payment;
    if (this.payments.has(order)) throw new Error(`order ${order} was paid before`);
    const made: Payment = { ...rest, order, auto, confirmed: false };
    this.payments.set(order, made);
    if (auto) this.#charged.set(auto.requestOrder, made);
    return made;
  }

  /** The payment that AutoPay brought, if it did. */
  chargedBy(requestOrder: string): Payment | undefined {
    return this.#charged.get(requestOrder);
  }

  autoOf(recordId: string): AutoOrder[] {
    return [...this.auto.values()].filter((order) => order.recordId === recordId);
  }

  paymentsOf(recordId: string): Payment[] {
    return [...this.payments.values()].filter((payment) => payment.recordId === recordId);
  }
}
