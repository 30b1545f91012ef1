/** 签约信息: what the platform knows of a car's contract. */
export interface Contract {
  /** 0 none · 1 contracted without arrears · 2 contracted with arrears. */
  readonly noSense: 0 | 1 | 2;
  /** fen. */
  readonly moneyLimit: number;
  /** 0 deduct first · 1 leave first · 2 and 3 P+R. */
  readonly departurePay: 0 | 1 | 2 | 3;
}

/** An unpaid bill of earlier days. */
export interface Arrears {
  readonly billID: string;
  /** fen. */
  readonly amount: number;
}

export interface AccountOptions {
  readonly contract?: Contract;
  readonly arrears?: readonly Arrears[];
  /** 1: stop the car while it has arrears. */
  readonly prevent?: 0 | 1;
  /** What becomes of a bill that is applied for: nothing, paid in the answer, or paid after `delayMs` and told by payResult. */
  readonly pays?: 'never' | 'at-once' | 'later';
  readonly delayMs?: number;
  /** 4 (the platform's own account) without it. */
  readonly paidType?: number;
  /** The platform's discount on each bill, fen. */
  readonly discount?: number;
  /** Pushes departurePayInfo, and overDueResult if there are arrears, when the car enters. */
  readonly announces?: boolean;
  /** Pushes payResult also for what was paid in the answer already. */
  readonly noticeAlways?: boolean;
}

const NO_CONTRACT: Contract = { noSense: 0, moneyLimit: 0, departurePay: 0 };

/** What the platform holds of one plate. */
export class Account {
  readonly plateNo: string;
  readonly arrears = new Map<string, Arrears>();
  /** Arrears that the car park wrote off by cancelOverDueBill. */
  readonly writtenOff: Arrears[] = [];
  /** Every contract that the car park was told: it may have acted on an earlier one. */
  readonly toldContracts: Contract[] = [];
  settings: Required<Omit<AccountOptions, 'contract' | 'arrears'>> = {
    ...{ prevent: 0, pays: 'never', delayMs: 0, paidType: 4, discount: 0, announces: false, noticeAlways: false },
  };
  #contract: Contract | undefined;

  constructor(plateNo: string) {
    this.plateNo = plateNo;
  }

  set({ contract, arrears, ...settings }: AccountOptions): void {
    if (contract) this.#contract = contract;
    if (arrears) {
      this.arrears.clear();
      for (const one of arrears) this.arrears.set(one.billID, one);
    }
    this.settings = { ...this.settings, ...settings };
  }

  get contract(): Contract {
    return this.#contract ?? NO_CONTRACT;
  }

  get hasContract(): boolean {
    return this.#contract !== undefined;
  }

  /** Total of the arrears, fen. */
  get unPay(): number {
    return [...this.arrears.values()].reduce((total, one) => total + one.amount, 0);
  }

  /** Whether a car may be charged after it has left, by any contract that the car park may have acted on (六). */
  mayLeaveFirst(shouldPay: number): boolean {
    return [...this.toldContracts, this.contract].some(
      ({ noSense, moneyLimit, departurePay }) => noSense === 1 && departurePay === 1 && shouldPay <= moneyLimit,
    );
  }

  /** The body of overDueResult, and of the answer to getOverDueResult. */
  overDue(): { plateNo: string; overDueCount: number; unPay: number; prevent: 0 | 1 } {
    const { plateNo, arrears, unPay, settings } = this;
    return { plateNo, overDueCount: arrears.size, unPay, prevent: arrears.size > 0 ? settings.prevent : 0 };
  }
}

/** The accounts by plate; every plate has one, empty until told otherwise. */
export class Accounts {
  readonly #all = new Map<string, Account>();

  of(plateNo: string): Account {
    const account = this.#all.get(plateNo) ?? new Account(plateNo);
    this.#all.set(plateNo, account);
    return account;
  }
}
