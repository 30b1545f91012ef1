import type { Book, UplinkInterface } from './field.ts';
import type { WireObject } from './lossless-json.ts';
import { type Finding, finding } from './validate.ts';

/** A record that was accepted. */
export interface Entered {
  /** Epoch ms of its arrival. */
  readonly at: number;
  readonly uid: string;
  readonly id: string;
  readonly record: WireObject;
  /** The photo's bytes, for `photos`. */
  readonly jpeg?: Buffer;
}

/** The same uid and record id once more. */
export interface Repeat {
  readonly at: number;
  readonly interface: string;
  readonly uid: string;
  readonly id: string;
  /** Fields whose value is not that of the first time, `uploadTime` aside. A mere resend has none. */
  readonly changed: readonly string[];
}

/** Everything the platform holds of one stay. */
export interface StayFile {
  readonly entry: WireObject | undefined;
  readonly exit: WireObject | undefined;
  readonly payments: readonly WireObject[];
  readonly photos: readonly Entered[];
}

export interface StayMoney {
  /** Number of payments. */
  readonly payments: number;
  /** Sums over the payments, fen. */
  readonly chargeFee: number;
  readonly shouldPay: number;
  readonly actualPay: number;
  /** shouldPay of the exit record, `null` without one. */
  readonly exitShouldPay: number | null;
}

/** The four books: entry and exit once per uid, payments and photos by their own ids. */
export class Books {
  readonly entries = new Map<string, Entered>();
  readonly exits = new Map<string, Entered>();
  readonly payments = new Map<string, Entered>();
  readonly photos = new Map<string, Entered>();

  #key = (book: Book, uid: string, id: string): string => (book.name === 'entries' || book.name === 'exits' ? uid : id);

  /** The repeat that this record is, if it is one. */
  repeatOf(definition: UplinkInterface, record: WireObject, at: number): Repeat | undefined {
    const { book } = definition;
    if (!book) return undefined;
    const uid = String(record.uid);
    const id = String(record[book.id]);
    const known = this[book.name].get(this.#key(book, uid, id));
    if (known?.uid !== uid || known.id !== id) return undefined;
    const names = new Set([...Object.keys(known.record), ...Object.keys(record)]);
    const changed = [...names].filter((name) => name !== 'uploadTime' && known.record[name] !== record[name]);
    return { at, interface: definition.name, uid, id, changed };
  }

  /** What the books themselves have against the record: order of a stay's messages, a second entry, an id used twice. */
  objections(definition: UplinkInterface, record: WireObject): Finding[] {
    const { book } = definition;
    if (!book) return [];
    const uid = String(record.uid);
    const id = String(record[book.id]);
    if (book.name !== 'entries' && !this.entries.has(uid))
      return [finding('order', `${definition.name} came before the entry of ${uid}`, 'uid')];
    const known = this[book.name].get(this.#key(book, uid, id));
    if (!known) return [];
    return [
      finding(
        'second-record',
        `${definition.name}: ${book.id} ${id} of ${uid}, but ${known.id} of ${known.uid} is known`,
        book.id,
      ),
    ];
  }

  enter(definition: UplinkInterface, record: WireObject, at: number, file: string | undefined): void {
    const { book } = definition;
    if (!book) return;
    const uid = String(record.uid);
    const id = String(record[book.id]);
    const jpeg = file === undefined ? {} : { jpeg: Buffer.from(file, 'base64') };
    this[book.name].set(this.#key(book, uid, id), { at, uid, id, record, ...jpeg });
  }

  stay(uid: string): StayFile {
    const of = (book: ReadonlyMap<string, Entered>): Entered[] =>
      [...book.values()].filter((entered) => entered.uid === uid);
    return {
      entry: this.entries.get(uid)?.record,
      exit: this.exits.get(uid)?.record,
      payments: of(this.payments).map((entered) => entered.record),
      photos: of(this.photos),
    };
  }

  money(uid: string): StayMoney {
    const { payments, exit } = this.stay(uid);
    const sum = (name: string): number => payments.reduce((total, payment) => total + Number(payment[name]), 0);
    return {
      payments: payments.length,
      chargeFee: sum('chargeFee'),
      shouldPay: sum('shouldPay'),
      actualPay: sum('actualPay'),
      exitShouldPay: exit ? Number(exit.shouldPay) : null,
    };
  }

  clear(): void {
    for (const book of [this.entries, this.exits, this.payments, this.photos]) book.clear();
  }
}
