import { z } from 'zod';
import type { OutboxDraft, PlatformOnly, Tally } from '../outbound.ts';
import type { HeldList } from './held-list.ts';
import { uploadModifyCarInData } from './messages/uploadModifyCarInData.ts';
import { BOOKS, type Book, type BookRecord, bookOf, dayOf, ENTRIES, EXITS } from './records.ts';

interface Ours extends BookRecord {
  readonly draftId: string;
}

/** The newest word about an entry after it was uploaded. */
interface Correction {
  readonly draftId: string;
  readonly deleted: boolean;
}

export interface Compared {
  /** Drafts to be sent once more, in the order in which they have to arrive. */
  readonly missing: readonly string[];
  readonly extra: readonly PlatformOnly[];
}

const correctionSchema = z.object({
  uid: z.string(),
  arriveID: z.string(),
  arriveTime: z.string(),
  operateType: z.int(),
});

/**
 * What the platform ought to have in its four books of one day, gathered from what was to be sent. An entry counts on the day of
 * its corrected time, and not at all once it is deleted.
 */
export class DayBooks {
  readonly #day: string;
  readonly #gone: (uid: string) => boolean;
  readonly #books = new Map<Book, Map<string, Ours>>(BOOKS.map((book) => [book, new Map()]));
  readonly #corrections = new Map<string, Correction>();

  /** `gone`: whether the entry of this stay was deleted, also long after the day and what is told of it here. */
  constructor(day: string, gone: (uid: string) => boolean = () => false) {
    this.#day = day;
    this.#gone = gone;
  }

  add(draft: OutboxDraft): void {
    if (draft.message === uploadModifyCarInData.name) this.#correct(draft);
    const book = bookOf(draft.message);
    const record = book?.schema.safeParse(draft.body).data;
    if (!book || !record || dayOf(record) !== this.#day) return;
    // A correction is never older than its entry, yet an entry that is made good may come behind it.
    if (book === ENTRIES && this.#corrections.has(record.uid)) return;
    this.#of(book).set(keyOf(record), { ...record, draftId: draft.id });
  }

  tally(book: Book): Tally {
    const records = [...this.#of(book).values()];
    const amounts = records.flatMap(({ amountFen }) => (amountFen === null ? [] : [amountFen]));
    const amountFen = amounts.reduce((sum, each) => sum + each, 0);
    return { count: records.length, amountFen: book.money ? amountFen : null };
  }

  compare(book: Book, held: HeldList): Compared {
    const uids = new Set([...this.#of(book).values()].map(({ uid }) => uid));
    return { missing: this.#missing(book, held, uids), extra: this.#extra(book, held, uids) };
  }

  #of(book: Book): Map<string, Ours> {
    return this.#books.get(book) ?? new Map<string, Ours>();
  }

  #correct({ id: draftId, body }: OutboxDraft): void {
    const told = correctionSchema.safeParse(body).data;
    if (!told) return;
    const deleted = told.operateType === 1;
    const entry: BookRecord = { uid: told.uid, id: told.arriveID, time: told.arriveTime, amountFen: null };
    this.#corrections.set(told.uid, { draftId, deleted });
    const entries = this.#of(ENTRIES);
    const known = entries.get(keyOf(entry));
    if (deleted || dayOf(entry) !== this.#day) entries.delete(keyOf(entry));
    else entries.set(keyOf(entry), { ...entry, draftId: known?.draftId ?? uploadOf(entry) });
  }

  #missing(book: Book, held: HeldList, uids: ReadonlySet<string>): string[] {
    const missing: string[] = [];
    for (const record of this.#of(book).values()) {
      if (held.find(record.uid, record.id) || !this.#wanted(book, record.uid, held)) continue;
      missing.push(record.draftId);
      const correction = book === ENTRIES ? this.#corrections.get(record.uid) : undefined;
      if (correction) missing.push(correction.draftId);
    }
    if (book !== ENTRIES) return missing;
    // Listed on this day by the platform alone: what moved the entry elsewhere, or deleted it, did not get there.
    for (const { uid } of held.records) {
      const correction = this.#corrections.get(uid);
      if (correction && !uids.has(uid) && !missing.includes(correction.draftId)) missing.push(correction.draftId);
    }
    return missing;
  }

  /** Whether the platform has to have every record of this stay in this book. */
  #wanted(book: Book, uid: string, held: HeldList): boolean {
    if (book === ENTRIES) return !this.#gone(uid);
    // Deleting an order may take along what hangs on it, or not: the specification does not say.
    if (this.#corrections.get(uid)?.deleted) return false;
    // An exit that was withdrawn is told twice, and the platform keeps one of the two or both.
    return !(book === EXITS && held.hasUid(uid));
  }

  #extra(book: Book, held: HeldList, uids: ReadonlySet<string>): PlatformOnly[] {
    const ours = this.#of(book);
    return held.records.flatMap(({ uid, ids }) => {
      const known = ids.length === 0 ? uids.has(uid) : ids.some((id) => ours.has(keyOf({ uid, id })));
      const correction = this.#corrections.get(uid);
      // An entry that was corrected away is in the missing corrections.
      const explained = correction !== undefined && (book === ENTRIES || correction.deleted);
      return known || explained ? [] : [{ message: book.message, key: uid, recordId: ids[0] ?? '' }];
    });
  }
}

const keyOf = ({ uid, id }: Pick<BookRecord, 'uid' | 'id'>): string => `${uid}\n${id}`;

/** The draft of an entry that was uploaded on an earlier day and moved into this one. */
const uploadOf = ({ uid, id }: BookRecord): string => `${ENTRIES.message}:${uid}:${id}`;
