import { NotTold } from '../../runtime/errors.ts';
import type { DayCheck, OutboxDraft, PlatformAccount, PlatformFigure, PlatformOnly } from '../outbound.ts';
import type { QingdaoContext } from './context.ts';
import { checkDailyBills } from './daily-bills.ts';
import { DayBooks } from './day-books.ts';
import { HeldList } from './held-list.ts';
import { downloadUID } from './messages/downloadUID.ts';
import { uploadCheckRecord } from './messages/uploadCheckRecord.ts';
import { BILLS, BOOKS, type Book, ENTRIES, EXITS, PHOTOS } from './records.ts';

interface Found {
  readonly figure: PlatformFigure;
  readonly missing: readonly string[];
  readonly extra: readonly PlatformOnly[];
  readonly note: string;
}

/**
 * A day laid beside the platform's books (四(二)1, 2): the five figures first, then for each kind that differs the list of what it
 * has, and beside them the bills of cars that left first (四(五)5).
 */
export class QingdaoDayCheck implements DayCheck {
  readonly #context: QingdaoContext;
  readonly #day: string;
  readonly #books: DayBooks;

  constructor(context: QingdaoContext, day: string) {
    this.#context = context;
    this.#day = day;
    const { settings, station } = context;
    this.#books = new DayBooks(day, (uid) => {
      const stay = station().read.stays.get(uid);
      return stay?.status === 'abnormal' && stay.paidFen === 0 && settings.corrections.closedStays === 'delete';
    });
  }

  add(draft: OutboxDraft): void {
    this.#books.add(draft);
  }

  async ask(signal: AbortSignal): Promise<PlatformAccount> {
    const differs = await this.#figures(signal);
    const found: Found[] = [];
    for (const book of BOOKS) found.push(differs(book) ? await this.#compare(book, signal) : this.#agreed(book));
    const bills = await checkDailyBills(this.#context, this.#day, signal);
    const notes = [...found.map(({ note }) => note), ...bills.notes].filter((note) => note !== '');
    return {
      figures: [...found.map(({ figure }) => figure), ...bills.figures],
      missing: found.flatMap(({ missing }) => missing),
      extra: [...found.flatMap(({ extra }) => extra), ...bills.extra],
      note: notes.join('；'),
    };
  }

  /** Tells the five figures, and learns which kinds the platform counts otherwise. */
  async #figures(signal: AbortSignal): Promise<(book: Book) => boolean> {
    const bills = this.#books.tally(BILLS);
    const reply = await this.#context.ask(
      uploadCheckRecord,
      {
        parkingCode: this.#context.settings.parkingCode,
        checkDate: this.#day,
        arriveNum: this.#books.tally(ENTRIES).count,
        leaveNum: this.#books.tally(EXITS).count,
        photoNum: this.#books.tally(PHOTOS).count,
        payNum: bills.count,
        payTotal: bills.amountFen ?? 0,
      },
      signal,
    );
    // Repeated until it succeeds, whatever the reason.
    if (reply.kind === 'failed') throw new Error(`${uploadCheckRecord.name}: ${reply.reason}`);
    if (reply.kind !== 'answered') throw new NotTold(`${uploadCheckRecord.name}: ${reply.reason}`);
    const { accountMark, photoMark } = reply.answer;
    return ({ mark }) => (mark === null ? photoMark !== 0 : (accountMark & mark) !== 0);
  }

  #agreed(book: Book): Found {
    const ours = this.#books.tally(book);
    return { figure: { message: book.message, ours, theirs: ours, agrees: true }, missing: [], extra: [], note: '' };
  }

  async #compare(book: Book, signal: AbortSignal): Promise<Found> {
    const { message, word } = book;
    const ours = this.#books.tally(book);
    const { parkingCode } = this.#context.settings;
    const asked = { parkingCode, accountDate: this.#day, type: book.type };
    const reply = await this.#context.ask(downloadUID, asked, signal);
    if (reply.kind === 'failed') throw new Error(`${downloadUID.name}: ${reply.reason}`);
    if (reply.kind === 'refused') {
      const figure: PlatformFigure = { message, ours, theirs: null, agrees: false };
      return { figure, missing: [], extra: [], note: `${word}：平台未给出清单（${reply.reason}）` };
    }
    const held = new HeldList(reply.kind === 'answered' ? reply.answer : []);
    const { missing, extra } = this.#books.compare(book, held);
    const theirs = { count: held.records.length, amountFen: null };
    const listed = missing.length === 0 && extra.length === 0;
    // The list is what the platform really has; only of the money it says nothing.
    const otherSum = listed && book.money && ours.count === theirs.count;
    const note = otherSum
      ? `${word}：笔数一致，金额与平台不同`
      : listed
        ? `${word}：清单与平台一致，平台统计数不同`
        : '';
    return { figure: { message, ours, theirs, agrees: listed && !otherSum }, missing, extra, note };
  }
}
