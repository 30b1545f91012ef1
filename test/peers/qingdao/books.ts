import { isDeepStrictEqual } from 'node:util';
import type { Book, BookName, Table } from './field.ts';
import { type Finding, finding } from './finding.ts';
import type { WireObject } from './lossless-json.ts';
import { dayOf } from './record-time.ts';

/** A record that was accepted. */
export interface Entered {
  /** Epoch ms of its arrival. */
  readonly at: number;
  readonly uid: string;
  readonly id: string;
  readonly record: WireObject;
  /** The photo's bytes, for `photos`. */
  readonly jpeg?: Buffer;
  /** It was never sent: the platform made it up. */
  readonly planted?: true;
}

const BOOKS: readonly BookName[] = ['entries', 'exits', 'payments', 'photos'];
/** The record ids by their usual names. */
const IDS: Readonly<Record<BookName, string>> = {
  entries: 'arriveID',
  exits: 'endID',
  payments: 'billID',
  photos: 'photoID',
};

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

/** Names of the fields that two records do not share, `uploadTime` aside. */
export function differences(a: WireObject, b: WireObject): readonly string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => name !== 'uploadTime' && !isDeepStrictEqual(a[name], b[name]));
}

/** The four books: entry and exit once per uid, payments and photos by their own ids. */
export class Books {
  readonly entries = new Map<string, Entered>();
  readonly exits = new Map<string, Entered>();
  readonly payments = new Map<string, Entered>();
  readonly photos = new Map<string, Entered>();
  /** Days whose records are taken and not kept, until {@link findDay}. */
  readonly #lostDays = new Set<string>();
  /** Every uid that ever had an entry, also when it was lost since: losing it is not the car park's fault. */
  readonly #known = new Set<string>();
  readonly #left = new Set<string>();
  readonly #deleted = new Set<string>();

  #key = (book: Book, uid: string, id: string): string => (book.name === 'entries' || book.name === 'exits' ? uid : id);

  /** The repeat that this record is, if it is one. */
  repeatOf(definition: Table, record: WireObject, at: number): Repeat | undefined {
    const { book } = definition;
    if (!book) return undefined;
    const uid = String(record.uid);
    const id = String(record[book.id]);
    const known = this[book.name].get(this.#key(book, uid, id));
    if (known?.uid !== uid || known.id !== id) return undefined;
    return { at, interface: definition.name, uid, id, changed: differences(known.record, record) };
  }

  /** What the books themselves have against the record: order of a stay's messages, a second entry, an id used twice. */
  objections(definition: Table, record: WireObject): Finding[] {
    const { book } = definition;
    if (!book) return [];
    const uid = String(record.uid);
    const id = String(record[book.id]);
    if (this.#deleted.has(uid)) return [finding('order', `${definition.name} came after ${uid} was deleted`, 'uid')];
    if (book.name !== 'entries' && !this.knows(uid))
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

  enter(definition: Table, record: WireObject, at: number, file: string | undefined): void {
    const { book } = definition;
    if (!book) return;
    const uid = String(record.uid);
    const id = String(record[book.id]);
    this.#remember(book.name, uid);
    if (this.#lostDays.has(dayOf(book.name, record))) return;
    const jpeg = file === undefined ? {} : { jpeg: Buffer.from(file, 'base64') };
    this[book.name].set(this.#key(book, uid, id), { at, uid, id, record, ...jpeg });
  }

  #remember(name: BookName, uid: string): void {
    if (name === 'entries') this.#known.add(uid);
    if (name === 'exits') this.#left.add(uid);
  }

  /** The entry of a stay is from now on this one (uploadModifyCarInData 0). */
  correct(uid: string, record: WireObject): void {
    const known = this.entries.get(uid);
    if (known) this.entries.set(uid, { ...known, record });
  }

  /** Drops records as if they had been lost: nobody is told. Returns what is gone. */
  forget(name: BookName, which: (entered: Entered) => boolean = () => true): Entered[] {
    const gone = [...this[name]].filter(([, entered]) => which(entered));
    for (const [key] of gone) this[name].delete(key);
    return gone.map(([, entered]) => entered);
  }

  /** Loses everything of a day, and takes its records without keeping them until {@link findDay}. */
  loseDay(day: string): Entered[] {
    this.#lostDays.add(day);
    return BOOKS.flatMap((name) => this.forget(name, ({ record }) => dayOf(name, record) === day));
  }

  /** From now on records of that day are kept again; what was lost stays lost. */
  findDay(day: string): void {
    this.#lostDays.delete(day);
  }

  /** A record that only the platform has. `uid` and the record's own id must be in it. */
  plant(name: BookName, record: WireObject, at: number): Entered {
    const uid = String(record.uid);
    const id = String(record[IDS[name]]);
    const entered: Entered = { at, uid, id, record, planted: true };
    this.#remember(name, uid);
    this[name].set(this.#key({ name, id: IDS[name] }, uid, id), entered);
    return entered;
  }

  /** Takes a whole stay out, or its entry alone (uploadModifyCarInData 1). Nothing more is taken for it. */
  remove(uid: string, whole: boolean): Entered[] {
    this.#deleted.add(uid);
    const names: readonly BookName[] = whole ? BOOKS : ['entries'];
    return names.flatMap((name) => this.forget(name, (entered) => entered.uid === uid));
  }

  /** Whether the uid ever had an entry, or an exit, lost ones included. */
  knows(uid: string): boolean {
    return this.#known.has(uid) && !this.#deleted.has(uid);
  }

  hasLeft(uid: string): boolean {
    return this.#left.has(uid);
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
    for (const name of BOOKS) this[name].clear();
    this.#known.clear();
    this.#left.clear();
    this.#deleted.clear();
  }
}
