/** `allow`: "0" · `refuse`: always "1" · `{ refuse: n }`: n times "1", then "0" · `never`: no answer at all. */
export type Decision = 'allow' | 'refuse' | 'never' | { readonly refuse: number };

export interface Will {
  readonly decision: Decision;
  /** The answer waits so long, by the cloud's timers. */
  readonly delayMs: number;
}

export interface Verdict {
  readonly code: '0' | '1';
  readonly silent: boolean;
  readonly delayMs: number;
}

/** What the cloud will have with a plate. */
export class PlateWill {
  readonly plate: string;
  #will: Partial<Will> = {};

  constructor(plate: string) {
    this.plate = plate;
  }

  get will(): Partial<Will> {
    return this.#will;
  }

  /** Changes what is named; the rest stays. */
  set(will: Partial<Will>): this {
    this.#will = { ...this.#will, ...will };
    return this;
  }

  /** As everybody else again. */
  clear(): this {
    this.#will = {};
    return this;
  }
}

export class Wills {
  /** For plates that nothing was said of. */
  usual: Will = { decision: 'allow', delayMs: 0 };
  readonly #plates = new Map<string, PlateWill>();

  of(plate: string): PlateWill {
    const known = this.#plates.get(plate) ?? new PlateWill(plate);
    this.#plates.set(plate, known);
    return known;
  }

  /** What is said to the nth send that is decided; `asked` is the test's own answer for plates without a will. */
  verdict(plate: string, nth: number, asked: () => 'allow' | 'refuse' | undefined): Verdict {
    const own = this.#plates.get(plate)?.will;
    const { decision: usual, delayMs } = { ...this.usual, ...own };
    const decision = own?.decision ?? asked() ?? usual;
    const refuses = typeof decision === 'object' ? nth <= decision.refuse : decision === 'refuse';
    return { code: refuses ? '1' : '0', silent: decision === 'never', delayMs };
  }
}
