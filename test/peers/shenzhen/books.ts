import { type Charges, credited } from './charges.ts';
import type { State } from './state.ts';

/** Money that the cloud cannot know of, by recordCode: cash at the booth, QR codes of others. */
export type Otherwise = Readonly<Record<string, number>> | ((recordCode: string) => number);

interface Totals {
  readonly exits: number;
  readonly shouldPay: number;
  readonly actualPay: number;
  readonly agioMoney: number;
  /** What the cloud charged and did not give back. */
  readonly charged: number;
}

const amount = (text: string | undefined): number => Number(text ?? 0);

/** What the cloud charged, laid beside what the exits tell. */
export class Books {
  readonly #state: State;
  readonly #charges: Charges;

  constructor(state: State, charges: Charges) {
    this.#state = state;
    this.#charges = charges;
  }

  /**
   * What does not agree to the fen: for each exit actualPay is what the cloud charged and told, and what was paid otherwise;
   * shouldPay, actualPay and agioMoney add up; each charge was acknowledged, and its record has left. `stillInside` keeps
   * records that have not left out of it.
   */
  differences({
    otherwise = {},
    stillInside = false,
  }: {
    otherwise?: Otherwise;
    stillInside?: boolean;
  } = {}): string[] {
    const other = (code: string): number =>
      typeof otherwise === 'function' ? otherwise(code) : (otherwise[code] ?? 0);
    const found: string[] = [];
    for (const { recordCode, exit } of this.#state.records.values()) {
      if (!exit || exit['actualPay'] === undefined) continue;
      const [should, actual, agio] = ['shouldPay', 'actualPay', 'agioMoney'].map((name) => amount(exit[name]));
      const charged = this.#charges.of(recordCode).filter(credited);
      const paid = charged.reduce((sum, { fen }) => sum + fen, 0) + other(recordCode);
      if (actual !== paid) found.push(`${recordCode}: the exit tells ${actual} fen, ${paid} were paid`);
      if (should !== (actual ?? 0) + (agio ?? 0)) found.push(`${recordCode}: ${should} is not ${actual} + ${agio}`);
    }
    for (const charge of this.#charges.all) {
      const { recordCode, orderNum, fen, refunded } = charge;
      if (refunded) continue;
      const said = `${orderNum} of ${recordCode} (${fen} fen)`;
      if (!credited(charge)) found.push(`${said} was never acknowledged`);
      else if (!this.#state.records.get(recordCode)?.exit && !stillInside) found.push(`${said} has no exit`);
    }
    return found;
  }

  totals(): Totals {
    const exits = [...this.#state.records.values()].map(({ exit }) => exit).filter((exit) => exit !== null);
    const sum = (name: string): number => exits.reduce((total, exit) => total + amount(exit[name]), 0);
    const charged = this.#charges.all.filter(({ refunded }) => !refunded).reduce((total, { fen }) => total + fen, 0);
    return {
      ...{ exits: exits.length, shouldPay: sum('shouldPay'), actualPay: sum('actualPay') },
      ...{ agioMoney: sum('agioMoney'), charged },
    };
  }
}
