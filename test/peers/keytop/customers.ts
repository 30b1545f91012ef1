import type { WalletKind } from './codes.ts';
import type { Customer } from './wills.ts';

const PREFIX: Readonly<Record<WalletKind, string>> = { wechat: '13', alipay: '28' };

/** People with wallets, and the codes that their phones show. */
export class Customers {
  readonly #byName = new Map<string, Customer>();
  readonly #codes = new Map<string, Customer>();

  /** Known ones as they are; a new one has plenty of money and lets everything happen. */
  of(name: string): Customer {
    const known = this.#byName.get(name);
    if (known) return known;
    const customer: Customer = { name, wallet: 'wechat', balanceFen: 1_000_000, scan: { kind: 'pay' } };
    this.#byName.set(name, customer);
    return customer;
  }

  /** A payment code of 18 digits, good for one payment. */
  authCode(name: string): string {
    const customer = this.of(name);
    const code = `${PREFIX[customer.wallet]}${String(4_500_000_000_000_000 + this.#codes.size)}`;
    this.#codes.set(code, customer);
    return code;
  }

  byCode(code: string): Customer | undefined {
    return this.#codes.get(code);
  }

  /** Whether there was enough. */
  pay(customer: Customer, fen: number): boolean {
    if (customer.balanceFen < fen) return false;
    customer.balanceFen -= fen;
    return true;
  }

  refund(name: string, fen: number): void {
    const customer = this.#byName.get(name);
    if (customer) customer.balanceFen += fen;
  }
}
