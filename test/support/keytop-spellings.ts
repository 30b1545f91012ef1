import type { CallOptions, CallStyle } from '../peers/keytop/index.ts';

/** Interfaces that never had a legacy path, and those of the sample of 2016. */
const WITHOUT_LEGACY: ReadonlySet<string> = new Set([
  ...['GateControl', 'ShowLedMsg', 'RecordDensityPay', 'GetPhoto', 'ParkingFree'],
  ...['CarCardNoManage', 'BlackListControl', 'GetBlackInfo'],
]);
const OF_2016: ReadonlySet<string> = new Set(['GetParkingPaymentInfo', 'PayParkingFee']);

const SPELLINGS = ['table', 'example', 'camel', 'pascal', 'lower', 'upper', 'alias', 'blank'] as const;

/** How clients out there write the same thing: everything that is legal, thrown for each call anew. */
export class Spellings {
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

  /** For calls of these interfaces, which share one address family. */
  any(...names: readonly string[]): CallOptions {
    const paths = [
      ...(names.some((name) => WITHOUT_LEGACY.has(name)) ? [] : (['legacy'] as const)),
      ...(names.every((name) => OF_2016.has(name)) ? (['2016'] as const) : []),
    ];
    return {
      ...{ path: this.one(['current', ...paths]), spelling: this.one(SPELLINGS) },
      ...{ numbers: this.one(['number', 'string']), texts: this.one(['string', 'string', 'number']) },
      ...{ dates: this.one(['-', '/', 'unpadded']), packed: this.one(['string', 'array', 'texts']) },
      ...{ nulls: this.chance(0.3), empties: this.chance(0.3), form: this.chance(0.25), lines: this.chance(0.2) },
      ...{ expect100: this.chance(0.15), gb18030: this.chance(0.2), escapes: this.chance(0.15) },
      ...(this.chance(0.2) ? { extra: { 备注: '测试', sign: 'x' } } : {}),
    };
  }

  /** What no car park may act on. */
  wrong(): CallStyle {
    return this.one<CallStyle>([
      { access: { key: '000000000000000000000000' } },
      { access: { user: 'somebody' } },
      { access: { pwd: 'guessed' } },
      { without: ['user'] },
      { parkCode: '999' },
      { day: '20190225' },
      { sealed: 'cut' },
      { sealed: 'clear' },
      { sealed: 'not-base64' },
      { shape: 'broken' },
      { shape: 'array' },
      { shape: 'null' },
      { method: 'GET' },
      { rawPath: '/api/ParkingPay/NoSuchThing' },
      { body: 'nothing at all' },
    ]);
  }
}
