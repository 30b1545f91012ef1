import type { Contract } from './accounts.ts';
import type { City } from './city.ts';
import type { Confirm } from './confirms.ts';
import type { Conversations } from './conversations.ts';
import type { Downlink, SpecialCar } from './downlink.ts';
import type { Notice, PublishOptions } from './notices.ts';

/** Body of a fee query; only the plate is sure to be there (D34). */
export interface FeeQuery {
  readonly plateNo: string;
  readonly parkingCode?: string;
  readonly plateColor?: number;
  readonly uid?: string;
  readonly parkingName?: string;
}

/** Body of payResult. */
export interface PayResult {
  readonly plateNo: string;
  readonly billID: string;
  readonly billTime: string;
  readonly shouldPay: number;
  readonly payStatus: 0 | 1;
  readonly discountAmount: number;
  readonly actualPay?: number;
  readonly dealTime?: string;
  readonly orderCode?: string;
  readonly paidType?: number;
  readonly payType?: number;
}

export interface OverDue {
  readonly plateNo: string;
  readonly overDueCount: number;
  readonly unPay: number;
  readonly prevent: 0 | 1;
}

/** The five notices of the downlink, by hand. */
export abstract class Publishing {
  readonly #city: City;
  readonly #downlink: Downlink;
  readonly #conversations: Conversations;

  constructor(city: City, downlink: Downlink, conversations: Conversations) {
    this.#city = city;
    this.#downlink = downlink;
    this.#conversations = conversations;
  }

  /** An owner asks what a car owes. */
  publishFee(query: FeeQuery, options: PublishOptions = {}): Promise<Notice> {
    const parkingCode = options.parkingCode ?? this.#city.parkingCode;
    return this.#downlink.publish('fee', { parkingCode, ...query }, options);
  }

  /** Any result, whether the platform holds it for true or not. {@link Owner.pay} is the honest way. */
  publishPayResult(result: PayResult, options: PublishOptions = {}): Promise<Notice> {
    return this.#downlink.publish('payResult', { ...result }, options);
  }

  /** The contract of a plate, as given or as it stands in its account. */
  publishDeparturePayInfo(
    { plateNo, plateColor = 1, ...contract }: { plateNo: string; plateColor?: number } & Partial<Contract>,
    options: PublishOptions = {},
  ): Promise<Notice> {
    const account = this.#city.accounts.of(plateNo);
    account.set({ contract: { ...account.contract, ...contract } });
    return this.#conversations.departurePayInfo(account, plateColor, options);
  }

  /** Arrears of a plate, as given or as they stand in its account. */
  publishOverDueResult(
    { plateNo, ...figures }: { plateNo: string } & Partial<OverDue>,
    options: PublishOptions = {},
  ): Promise<Notice> {
    const body = { ...this.#city.accounts.of(plateNo).overDue(), ...figures };
    return this.#downlink.publish('overDueResult', body, options);
  }

  publishSpecialCar(car: SpecialCar, options: PublishOptions = {}): Promise<Notice> {
    return this.#downlink.specialCar(car, options);
  }

  abstract waitFor<T>(probe: () => T | undefined | null | false, what: string, timeoutMs?: number): Promise<T>;

  /** The confirmation with exactly these digits, be it here already or still to come. */
  waitForConfirm(requestId: string | bigint | number, timeoutMs = 5_000): Promise<Confirm> {
    const find = (): Confirm | undefined =>
      this.#downlink.confirms.find((confirm) => confirm.requestId === String(requestId));
    return this.waitFor(find, `a confirmation of ${requestId}`, timeoutMs);
  }

  /** Notices that left and that this car park must confirm, but has not. */
  unconfirmed(): Notice[] {
    return this.#downlink.unconfirmed();
  }

  /** Confirmations that came later than 5 s (specialCar: 20 s) after their notice had left. */
  late(): Confirm[] {
    return this.#downlink.late();
  }
}
