import type { CallOptions } from '../peers/shenzhen/index.ts';

/** How a city may write the same request, and how nobody may: thrown for each call anew. */
export class CitySpellings {
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  one<T>(of: readonly [T, ...(readonly T[])]): T {
    return of[Math.floor(this.#random() * of.length)] ?? of[0];
  }

  chance(of: number): boolean {
    return this.#random() < of;
  }

  whole(below: number): number {
    return Math.floor(this.#random() * below);
  }

  /** Right, in pieces or in one. Optional fields stay, for what they say matters. */
  legal(): CallOptions {
    return {
      ...{ lowerCase: this.chance(0.4), seconds: this.chance(0.3), nulls: this.chance(0.3), extra: this.chance(0.2) },
      ...{ reversed: this.chance(0.3), blanks: this.chance(0.3), escapes: this.chance(0.3) },
      headExtra: this.chance(0.2),
      ...(this.chance(0.3) ? { numbers: 'string' as const } : {}),
      ...(this.chance(0.3) ? { strings: 'number' as const } : {}),
      ...(this.chance(0.5) ? { colours: this.one(['short', 'long', 'english'] as const) } : {}),
      ...(this.chance(0.3) ? { plate: this.one(['dotted', 'spaced'] as const) } : {}),
      ...(this.chance(0.2) ? { fragment: this.one([7, 64]), pauseMs: this.whole(2) } : {}),
    };
  }

  /** What no car park may act on, and the line stays. */
  wrong(): CallOptions {
    return this.one<CallOptions>([
      { accessKey: 'ffffffffffffffff' },
      { signature: 'absent' },
      { signature: 'F'.repeat(40) },
      { tampered: { recordCode: '1' } },
      { clockOffsetMs: this.one([-400_000, 400_000]) },
      { parkCode: '80019999' },
      { method: 'openTheGate' },
      { data: this.one<unknown>([[], 'x', null, 7]) },
      { requestId: 'r'.repeat(37) },
      { requestId: '' },
    ]);
  }
}
