import type { Charge, Charges } from './charges.ts';
import type { Customers } from './customers.ts';
import type { JsonObject } from './json.ts';
import { type Told, taken } from './sends.ts';
import { Stays } from './stays.ts';
import { usualStyle } from './style.ts';
import { type CarWill, type FeeWill, Wills } from './wills.ts';

/** How fast the car park may say and ask things again. */
export interface Pace {
  /** Between an unanswered report and the same again, at least. */
  repeatMs: number;
  /** The same, at most; longer is doubted. */
  longestMs: number;
  toleranceMs: number;
  /** No person asks the same again within so long. */
  personMs: number;
  /** Between two reports of free places. */
  spacesMs: number;
}

/** What the customer's phone is shown as a code. */
export interface QrOffer {
  readonly qrcode: string;
  readonly orderNo: string;
  readonly platformOrder: string;
  readonly amount: number;
  readonly plate: string;
  readonly card: string;
  readonly at: number;
}

/** A black-listed plate as 下行4.8 made it. */
export interface BlackEntry {
  readonly blackId: number;
  plate: string;
  remark: string;
  deleted: boolean;
}

/** An up request that is of this car park and can be read. */
export interface Request {
  readonly fields: JsonObject;
  readonly at: number;
  readonly ms: number;
}

/** Of these the newest supersedes all older ones. */
const DAILY: readonly string[] = ['PostParkingInfo', 'PostAreaInfo', 'PostFreeParkingSpace'];

/** Everything that the third party knows. */
export class State {
  readonly now: () => number;
  readonly monotonic: () => number;
  readonly pace: Pace = { repeatMs: 5_000, longestMs: 300_000, toleranceMs: 500, personMs: 1_500, spacesMs: 1_000 };
  readonly style = usualStyle();
  readonly wills = new Wills();
  readonly stays = new Stays();
  /** Plates that signed during a stay of which nobody had told; until it is over. */
  readonly signed = new Set<string>();
  /** By interface and key. */
  readonly told = new Map<string, Told>();
  /** Names of the interfaces whose reports come in the order in which they happened. */
  readonly ordered: ReadonlySet<string>;
  readonly offers = new Map<string, QrOffer>();
  readonly blacks = new Map<number, BlackEntry>();
  /** By deviceCode: PostParkingDevice, and the newest PostDeviceState. */
  readonly devices = new Map<string, JsonObject>();
  readonly deviceStates = new Map<string, JsonObject>();
  /** By cardId. */
  readonly cards = new Map<string, JsonObject>();
  readonly blackEntries: JsonObject[] = [];
  readonly freeSpaces: { readonly at: number; readonly fields: JsonObject }[] = [];
  parking: JsonObject | null = null;
  areas: JsonObject | null = null;
  /** Moments at which a test started the car park's program. */
  readonly starts: number[] = [];
  /** Whether something may have been said that the third party could not see. */
  missed = false;
  /** Asked for a fee; without it each minute that began costs {@link fenPerMinute}. */
  fee: ((fields: JsonObject, nth: number) => FeeWill | undefined) | undefined;
  feesAsked = 0;
  fenPerMinute = 5;
  /** Where phones find the third party. */
  baseUrl: () => string = () => '';
  readonly charges: Charges;
  readonly customers: Customers;
  /** Tells the car park of money that was taken, after so long. */
  tell: (charge: Charge, afterMs: number) => void = () => undefined;
  #serial = 0;

  constructor(known: Pick<State, 'now' | 'monotonic' | 'charges' | 'customers' | 'ordered'>) {
    this.now = known.now;
    this.monotonic = known.monotonic;
    this.charges = known.charges;
    this.customers = known.customers;
    this.ordered = known.ordered;
  }

  /** A number that was never given before. */
  next(): number {
    this.#serial += 1;
    return this.#serial;
  }

  /** The car park died: it may know nothing of answers of the last moments, and says at once what it still has to say. */
  carParkDied(withinMs: number): void {
    const since = this.monotonic() - withinMs;
    for (const { sends } of this.told.values()) {
      for (const send of sends) if (send.result === 'heard' && (send.endedMs ?? 0) >= since) send.result = 'unclear';
      const last = sends.at(-1);
      if (last) last.forgotten = true;
    }
    for (const { deductions } of this.stays.all.values())
      for (const deduction of deductions)
        if (deduction.outcome === 'taken' && deduction.at >= this.now() - withinMs) deduction.outcome = 'uncertain';
    this.starts.push(this.now());
  }

  /** Reports that are not answered 0: all of those that come in order, the newest of others. */
  waiting(): string[] {
    const newest = new Map([...this.told.values()].map((told) => [told.interface, told]));
    return [...this.told.values()]
      .filter(({ interface: name }) => name.startsWith('Post') && name !== 'PostCarOutInfo')
      .filter((told) => (DAILY.includes(told.interface) ? newest.get(told.interface) === told : true))
      .filter(({ interface: name, sends }) => {
        const last = sends.at(-1);
        return this.ordered.has(name) ? !sends.some(taken) : !(last && taken(last));
      })
      .map(({ interface: name, key }) => `${name} ${key}`);
  }

  will(plate: string, card: string): CarWill {
    return this.wills.of(plate === '' ? card : plate);
  }
}
