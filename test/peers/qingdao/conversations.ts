import type { Account } from './accounts.ts';
import type { Bill, Payment } from './bills.ts';
import type { City } from './city.ts';
import type { Downlink } from './downlink.ts';
import type { Request } from './interface.ts';
import type { Notice, PublishOptions } from './notices.ts';
import { billFields } from './payment-answer.ts';
import type { After } from './post.ts';

/** A flat body without what is empty. */
function flat(fields: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [],
    ),
  );
}

/** What the platform says of its own accord, when the accounts are set to it. */
export class Conversations {
  /** Notices that could not be sent, and why. */
  readonly failures: unknown[] = [];
  readonly #city: City;
  readonly #downlink: Downlink;
  readonly #after: After;
  /** Bills that are going to be paid, by number. */
  readonly #waiting = new Map<string, () => void>();

  constructor(city: City, downlink: Downlink, after: After) {
    this.#city = city;
    this.#downlink = downlink;
    this.#after = after;
  }

  /** Called after a request was accepted and answered; `heard`: the answer can have arrived. */
  follow(name: string, { data }: Request, heard: boolean): void {
    if (name === 'uploadCarInData' || (name === 'uploadModifyCarInData' && this.#renamed(String(data.uid))))
      this.#entered(this.#city.accounts.of(String(data.plateNo)), Number(data.plateColor));
    if (name !== 'applyPayment' && name !== 'getPayResult') return;
    const bill = this.#city.bills.get(String(data.billID));
    if (bill?.payment && heard) bill.told = true;
    if (bill && name === 'applyPayment') this.#applied(bill);
  }

  /** The owner pays, and payResult says so. */
  async pay(bill: Bill, payType: Payment['payType'], options: PublishOptions = {}): Promise<Notice> {
    this.#waiting.get(bill.billID)?.();
    this.#waiting.delete(bill.billID);
    this.#city.pay(bill, payType);
    return this.#downlink.publish('payResult', flat(billFields(bill, { emptyAs: 'omit' })), options);
  }

  departurePayInfo(account: Account, plateColor: number, options: PublishOptions = {}): Promise<Notice> {
    const { contract, plateNo } = account;
    account.toldContracts.push(contract);
    const parkingCode = options.parkingCode ?? this.#city.parkingCode;
    return this.#downlink.publish('departurePayInfo', { parkingCode, plateNo, plateColor, ...contract }, options);
  }

  overDueResult(account: Account, options: PublishOptions = {}): Promise<Notice> {
    return this.#downlink.publish('overDueResult', account.overDue(), options);
  }

  /** Nobody pays any more. */
  end(): void {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  /** Whether the last correction gave the stay another plate. */
  #renamed(uid: string): boolean {
    const last = this.#city.corrections.findLast((one) => one.uid === uid);
    return last?.operateType === 0 && last.before?.plateNo !== last.record.plateNo;
  }

  #entered(account: Account, plateColor: number): void {
    if (!account.settings.announces) return;
    this.#try(this.departurePayInfo(account, plateColor));
    if (account.arrears.size > 0) this.#try(this.overDueResult(account));
  }

  #applied(bill: Bill): void {
    const { pays, delayMs, noticeAlways } = this.#city.accounts.of(bill.plateNo).settings;
    const payType = bill.carStock === 1 ? 101 : 103;
    if (bill.payment) {
      if (noticeAlways) this.#try(this.pay(bill, payType));
    } else if (pays === 'later' && !this.#waiting.has(bill.billID)) {
      const cancel = this.#after(delayMs, () => this.#try(this.pay(bill, bill.carStock === 1 ? 101 : 103)));
      this.#waiting.set(bill.billID, cancel);
    }
  }

  #try(sending: Promise<unknown>): void {
    sending.catch((error: unknown) => this.failures.push(error));
  }
}
