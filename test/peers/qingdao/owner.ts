import type { Account, AccountOptions } from './accounts.ts';
import type { Bill, Payment } from './bills.ts';
import type { City } from './city.ts';
import type { Conversations } from './conversations.ts';
import type { Downlink } from './downlink.ts';
import type { Notice, PublishOptions } from './notices.ts';

/** Resolves with the first truthy value of a probe. */
export type WaitFor = <T>(probe: () => T | undefined | null | false, what: string, timeoutMs?: number) => Promise<T>;

/** The owner of a plate, with a phone. */
export class Owner {
  readonly account: Account;
  readonly #city: City;
  readonly #downlink: Downlink;
  readonly #conversations: Conversations;
  readonly #waitFor: WaitFor;

  constructor(account: Account, city: City, downlink: Downlink, conversations: Conversations, waitFor: WaitFor) {
    this.account = account;
    this.#city = city;
    this.#downlink = downlink;
    this.#conversations = conversations;
    this.#waitFor = waitFor;
  }

  /** Contract, arrears and habits of this owner. */
  set(options: AccountOptions): this {
    this.account.set(options);
    return this;
  }

  /** Asks the car park for the bill, and waits for its answer. Rejects when the car park does not know the car. */
  async ask(options: PublishOptions = {}, timeoutMs = 5_000): Promise<Bill> {
    const { plateNo } = this.account;
    const query = { parkingCode: options.parkingCode ?? this.#city.parkingCode, plateNo };
    const notice = await this.#downlink.publish('fee', query, options);
    const answer = await this.#waitFor(
      () => this.#downlink.confirms.find((confirm) => confirm.notice === notice),
      `bill of ${plateNo}`,
      timeoutMs,
    );
    const bill = answer.success ? this.#city.bills.get(String(answer.params.billID)) : undefined;
    if (!bill) throw new Error(`the car park has no bill for ${plateNo}`);
    return bill;
  }

  /** Asks for the bill, pays it if there is anything to pay, and tells the car park (payType 102). */
  async prepay(options: PublishOptions = {}): Promise<Bill> {
    const bill = await this.ask(options);
    if (bill.shouldPay > 0) await this.pay(bill.billID, 102);
    return bill;
  }

  /** Pays a bill that the platform knows, and tells the car park. */
  pay(billID: string, payType?: Payment['payType'], options: PublishOptions = {}): Promise<Notice> {
    const bill = this.#known(billID);
    return this.#conversations.pay(bill, payType ?? (bill.carStock === 1 ? 101 : 103), options);
  }

  /** Pays a bill without telling anybody: getPayResult and checkDailyBill know it. */
  paySilently(billID: string, payType?: Payment['payType']): Payment {
    const bill = this.#known(billID);
    return this.#city.pay(bill, payType ?? (bill.carStock === 1 ? 101 : 103));
  }

  /** Does not pay: the bill becomes arrears. */
  owe(billID: string): void {
    const { shouldPay } = this.#known(billID);
    this.account.arrears.set(billID, { billID, amount: shouldPay });
  }

  #known(billID: string): Bill {
    const bill = this.#city.bills.get(billID);
    if (!bill) throw new Error(`the platform knows no bill ${billID}`);
    return bill;
  }
}
