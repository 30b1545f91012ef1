import type { About, Call, CallOptions, Charge, Fault, Order, ParkingCloud } from '../peers/shenzhen/index.ts';
import type { CitySpellings } from './shenzhen-spellings.ts';
import { until } from './until.ts';

/** How likely each is, for a request of the station. */
const WEATHER: readonly (readonly [chance: number, fault: Fault])[] = [
  [0.02, { kind: 'request-lost' }],
  [0.02, { kind: 'answer-lost' }],
  [0.02, { kind: 'cut' }],
  [0.005, { kind: 'silence', processed: true }],
  [0.02, { kind: 'http-status', status: 503 }],
  [0.01, { kind: 'http-status', status: 502, processed: true }],
  [0.01, { kind: 'http-status', status: 302 }],
  [0.01, { kind: 'html', processed: true }],
  [0.02, { kind: 'duplicate', msg: '记录已存在，重复上传' }],
  [0.02, { kind: 'answer', shape: 'code-missing' }],
  [0.03, { kind: 'answer', shape: 'code-text' }],
  [0.03, { kind: 'answer', shape: 'table35' }],
  [0.03, { kind: 'answer', shape: 'data-list' }],
  [0.03, { kind: 'answer', shape: 'text-html' }],
  [0.05, { kind: 'delay', ms: 60 }],
];
/** An exit that was refused waits for a person, so that there is none of these. */
const REFUSED: Fault = { kind: 'refused', msg: '系统繁忙' };
const REFUSED_CHANCE = 0.02;
/** How often the line breaks in the middle of a request or of its answer. */
const CUT_CHANCE = 0.08;
const LONG_MS = 30_000;

interface Parts {
  readonly cloud: ParkingCloud;
  readonly say: CitySpellings;
  /** Resolves when the station is there, if it just died. */
  readonly alive: () => Promise<unknown>;
  /** What its requests are numbered by. */
  readonly prefix: string;
}

/** Whoever works at the cloud: asks in every spelling over a line that breaks, until there is an answer. */
export class CityClerk {
  /** Lines that broke in the middle of a frame. */
  cuts = 0;
  readonly #parts: Parts;
  #isStormy = false;
  #asked = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  storm(): void {
    const { cloud, say } = this.#parts;
    this.#isStormy = true;
    for (const [of, fault] of WEATHER) cloud.fault(fault, { direction: 'up', chance: () => say.chance(of) });
    const only = ({ interface: name }: About): boolean => name !== 'parkRecordExit';
    cloud.fault(REFUSED, { direction: 'up', only, chance: () => say.chance(REFUSED_CHANCE) });
  }

  clear(): void {
    this.#isStormy = false;
    this.#parts.cloud.clearFaults();
  }

  async online(): Promise<void> {
    await this.#parts.alive();
    await this.#parts.cloud.whenOnline(LONG_MS);
  }

  /** Asks under one number and in one spelling: what was done and not heard is not done again. */
  insists(what: string, ask: (options: CallOptions) => Promise<Call>): Promise<Call> {
    const { say, prefix } = this.#parts;
    this.#asked += 1;
    const options = { ...say.legal(), requestId: `${prefix}-${this.#asked}` };
    return until(
      what,
      async () => {
        await this.online();
        const call = await ask({ ...options, ...this.#way() });
        if (call.outcome === 'answered' && !call.ok)
          throw new Error(`${what}: ${call.code} ${call.answer?.msg} ${JSON.stringify(call.data)}`);
        return call.ok ? call : undefined;
      },
      LONG_MS,
    );
  }

  /** The car park learns of a payment in some order, until it says that it did; then perhaps once more. */
  async tells(charge: Charge, repeat = 0): Promise<void> {
    const { cloud, say } = this.#parts;
    const order = say.one<Order>(['online-first', 'order-first', 'both-at-once', 'order-only', 'online-first']);
    for (let time = 0; time <= repeat; time += 1)
      await until(
        `${charge.orderNum} is taken note of`,
        async () => {
          await this.online();
          const how = { ...say.legal(), ...this.#way() };
          const calls = await cloud.app.tell(charge, order, how, { payType: say.one([1, 2, 3]) });
          const refused = calls.find(({ outcome, ok }) => outcome === 'answered' && !ok);
          if (refused) throw new Error(`${refused.interface}: ${refused.code} ${refused.answer?.msg}`);
          return calls.every(({ ok }) => ok);
        },
        LONG_MS,
      );
  }

  /** Where the line breaks, if it does. */
  #way(): CallOptions {
    const { say } = this.#parts;
    if (!this.#isStormy || !say.chance(CUT_CHANCE)) return {};
    this.cuts += 1;
    return say.one([{ cutAfter: 1 + say.whole(200) }, { cutAnswer: true }]);
  }
}
