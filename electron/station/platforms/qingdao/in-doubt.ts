import { parseShanghaiDateTime } from '../../../../shared/domain/time.ts';
import type { Delivery, OutboundMessage } from '../platform.ts';
import type { QingdaoContext } from './context.ts';
import { HeldList } from './held-list.ts';
import { downloadUID } from './messages/downloadUID.ts';
import { type Book, type BookRecord, bookOf, dayOf } from './records.ts';
import type { Reply } from './reply.ts';

const DAY_MS = 86_400_000;

/** An answer serves everything that is in doubt of its day and kind for so long: a day of thousands is one question. */
const SERVES_MS = 60_000;

/** A question whose answer got lost is put again; a platform that does not answer so many in a row is done without. */
const UNANSWERED_AT_MOST = 3;

/** What to do with a message: it is settled, or to be sent, with or without the benefit of the doubt. */
export type Fate =
  | { readonly kind: 'settled'; readonly delivery: Delivery }
  | { readonly kind: 'send'; readonly maybeDelivered: boolean };

interface Asked {
  readonly at: number;
  readonly reply: Promise<Reply<HeldList>>;
}

/**
 * An earlier attempt ended without an answer, so the platform may hold the record. A uid that is there must not be uploaded again
 * (D49): it is asked which it has before anything is sent.
 */
export class InDoubt {
  readonly #context: QingdaoContext;
  readonly #asked = new Map<string, Asked>();
  /** Questions in a row that were not answered, of each day and kind. */
  readonly #inVain = new Map<string, number>();

  constructor(context: QingdaoContext) {
    this.#context = context;
  }

  async fateOf({ message, body, maybeDelivered }: OutboundMessage, signal: AbortSignal): Promise<Fate> {
    const found = maybeDelivered ? this.#recordOf(message, body) : undefined;
    if (found === undefined || this.#context.settings.outbox.whenInDoubt === 'send')
      return { kind: 'send', maybeDelivered };
    const { book, record } = found;
    const reply = await this.#ask(book, dayOf(record), signal);
    if (reply.kind === 'failed' && !reply.maybeArrived)
      return {
        kind: 'settled',
        delivery: { kind: 'retry', scope: 'link', reason: reply.reason, answered: true },
      };
    // The question went the way of the record before it: that is no reason to send this blindly.
    if (reply.kind === 'failed' && (this.#inVain.get(keyOf(book, dayOf(record))) ?? 0) < UNANSWERED_AT_MOST)
      return {
        kind: 'settled',
        delivery: { kind: 'retry', scope: 'message', reason: reply.reason, answered: true },
      };
    // It does not tell: then a refusal of the repeat says most likely that the record is there.
    if (reply.kind === 'failed' || reply.kind === 'refused') return { kind: 'send', maybeDelivered };
    const held = reply.kind === 'answered' ? reply.answer.find(record.uid, record.id) : undefined;
    // Of a day that is not over it may list nothing yet, or not everything.
    if (held === undefined) return { kind: 'send', maybeDelivered: !this.#isListed(dayOf(record)) };
    const trace = {
      request: downloadUID.name,
      plain: JSON.stringify(this.#question(book, dayOf(record))),
      answer: { status: downloadUID.title, text: JSON.stringify(held) },
    };
    return { kind: 'settled', delivery: { kind: 'delivered', trace } };
  }

  /** An attempt ended without an answer: what was asked before it says nothing about it. */
  unanswered(message: string, body: unknown): void {
    const found = this.#recordOf(message, body);
    if (found) this.#asked.delete(keyOf(found.book, dayOf(found.record)));
  }

  #recordOf(message: string, body: unknown): { readonly book: Book; readonly record: BookRecord } | undefined {
    const book = bookOf(message);
    const record = book?.schema.safeParse(body).data;
    return book && record && { book, record };
  }

  /** A platform that lists finished days only has done so by the time at which they are compared. */
  #isListed(day: string): boolean {
    const { clock, settings } = this.#context;
    const midnight = parseShanghaiDateTime(`${day} 00:00:00`) ?? 0;
    return clock.now() >= midnight + DAY_MS + settings.check.atMinute * 60_000;
  }

  #question(book: Book, day: string) {
    return { parkingCode: this.#context.settings.parkingCode, accountDate: day, type: book.type };
  }

  async #ask(book: Book, day: string, signal: AbortSignal): Promise<Reply<HeldList>> {
    const { clock } = this.#context;
    const now = clock.monotonic();
    for (const [key, { at }] of this.#asked) if (now - at >= SERVES_MS) this.#asked.delete(key);
    const key = keyOf(book, day);
    const known = this.#asked.get(key);
    if (known) return await known.reply;
    const asked: Asked = { at: now, reply: this.#list(book, day, signal) };
    this.#asked.set(key, asked);
    const reply = await asked.reply;
    if (reply.kind === 'failed' && this.#asked.get(key) === asked) this.#asked.delete(key);
    return reply;
  }

  async #list(book: Book, day: string, signal: AbortSignal): Promise<Reply<HeldList>> {
    const reply = await this.#context.ask(downloadUID, this.#question(book, day), signal);
    const key = keyOf(book, day);
    if (reply.kind !== 'failed') this.#inVain.delete(key);
    else if (reply.maybeArrived) this.#inVain.set(key, (this.#inVain.get(key) ?? 0) + 1);
    return reply.kind === 'answered' ? { ...reply, answer: new HeldList(reply.answer) } : reply;
  }
}

const keyOf = (book: Book, day: string): string => `${book.type} ${day}`;
