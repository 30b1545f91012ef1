/** One part: its headers by names in lower case, and its bytes. */
export interface Part {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** Finds the end of a body that comes without its length. Asked again as it grows; null: not whole yet. */
export type FindEnd = (body: Buffer) => number | null;

export interface MultipartOptions {
  readonly part: (part: Part) => void;
  /**
   * How parts with such headers show their own end, where they do: else one without a length ends only where the next begins, which in an
   * endless answer may be seconds later.
   */
  readonly endOf?: (headers: ReadonlyMap<string, string>) => FindEnd | undefined;
  readonly mostBytes?: number;
}

const MOST_BYTES = 4 * 1024 * 1024;
/** A text that is longer is no message of a device. */
const MOST_TEXT = 512 * 1024;
const MOST_HEADER = 8 * 1024;
const MOST_LINE = 256;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

interface Body {
  readonly headers: ReadonlyMap<string, string>;
  readonly length: number | null;
  readonly findEnd: FindEnd | undefined;
  readonly mostBytes: number;
  /** Up to here no delimiter begins. */
  searched: number;
}

/**
 * Reads multipart of any kind as it comes in: `multipart/form-data` of a push, and the endless `mixed` and `x-mixed-replace`. The delimiter is
 * taken from the first line that begins with two dashes, because devices name another in their headers. Parts end after their
 * `Content-Length`, at their own end or at the next delimiter, whichever comes first, so that one wrong length costs one part.
 * However the bytes are split, the parts are the same.
 */
export class MultipartReader {
  readonly #options: MultipartOptions;
  readonly #mostBytes: number;
  /** Holds `#held` from `#from` on, and grows by doubling: a copy at every piece would take the square of the length. */
  #room = Buffer.alloc(0);
  #from = 0;
  #held = Buffer.alloc(0);
  /** Whether `#held` begins where a line begins. */
  #atLineStart = true;
  #delimiter: Buffer | null = null;
  /** No line of `#held` that ends before this is empty; the next one begins here. */
  #notBlank = 0;
  #state: 'between' | 'headers' | 'body' = 'between';
  #body: Body | null = null;

  constructor(options: MultipartOptions) {
    this.#options = options;
    this.#mostBytes = options.mostBytes ?? MOST_BYTES;
  }

  push(bytes: Uint8Array): void {
    this.#hold(bytes);
    while (this.#step());
  }

  #hold(bytes: Uint8Array): void {
    const [before, length] = [this.#held, this.#held.length + bytes.byteLength];
    if (before.length === 0 || this.#from + length > this.#room.length) {
      this.#room = Buffer.allocUnsafe(before.length === 0 ? length : length * 2);
      this.#from = 0;
      before.copy(this.#room);
    }
    this.#room.set(bytes, this.#from + before.length);
    this.#held = this.#room.subarray(this.#from, this.#from + length);
  }

  #step(): boolean {
    if (this.#state === 'between') return this.#between();
    if (this.#state === 'headers') return this.#readHeaders();
    return this.#body !== null && this.#readBody(this.#body);
  }

  /** Passes over lines until a delimiter. */
  #between(): boolean {
    const end = this.#held.indexOf(LINE_FEED);
    if (end < 0) {
      // Nothing that long is a delimiter; its first bytes were looked at when the line began.
      if (this.#held.length > MOST_LINE) this.#drop(this.#held.length, false);
      return false;
    }
    const line = this.#held.subarray(0, end);
    const isDelimiter = this.#atLineStart && line.length <= MOST_LINE && this.#isDelimiter(line);
    this.#drop(end + 1, true);
    if (isDelimiter) this.#state = 'headers';
    return true;
  }

  #isDelimiter(line: Buffer): boolean {
    const text = line.toString('latin1').trimEnd();
    if (this.#delimiter) return text === this.#delimiter.toString('latin1');
    if (!/^--[^\s]/.test(text)) return false;
    this.#delimiter = Buffer.from(text, 'latin1');
    return true;
  }

  #readHeaders(): boolean {
    const blank = this.#blankLine();
    if (!blank) {
      if (this.#held.length <= MOST_HEADER) return false;
      this.#state = 'between';
      return true;
    }
    const headers = headersOf(this.#held.toString('latin1', 0, blank.start));
    const length = /^\d{1,9}$/.exec(headers.get('content-length') ?? '');
    // The line feed before a body may be the one before the next delimiter: it stays.
    this.#drop(blank.feed, true);
    this.#notBlank = 0;
    this.#body = {
      ...{ headers, length: length && Number(length[0]), searched: 0 },
      findEnd: length ? undefined : this.#options.endOf?.(headers),
      mostBytes: isText(headers) ? Math.min(this.#mostBytes, MOST_TEXT) : this.#mostBytes,
    };
    this.#state = 'body';
    return true;
  }

  /** The first empty line of `#held`, within what headers may take. What was looked through is not looked through again. */
  #blankLine(): { readonly start: number; readonly feed: number } | null {
    const there = this.#held.subarray(0, MOST_HEADER);
    let start = this.#notBlank;
    for (let feed = there.indexOf(LINE_FEED, start); feed >= 0; feed = there.indexOf(LINE_FEED, start)) {
      if (feed === start || (feed === start + 1 && there[start] === CARRIAGE_RETURN)) return { start, feed };
      start = feed + 1;
      this.#notBlank = start;
    }
    return null;
  }

  /** `#held` begins with the line feed before the body. */
  #readBody(body: Body): boolean {
    const { length, mostBytes } = body;
    const most = length ?? mostBytes;
    if (most > mostBytes) return this.#giveUp();
    const there = this.#held.subarray(1);
    const next = this.#nextDelimiter(body, Math.min(this.#held.length, most + 1));
    const own = ownEnd(body, there.subarray(0, most));
    if (next !== null && (own === null || next <= own))
      this.#finish(body, withoutLineEnd(this.#held.subarray(1, Math.max(1, next))), next);
    else if (own !== null) this.#finish(body, there.subarray(0, own), own + 1);
    else if (there.length < most) return false;
    else if (length === null) return this.#giveUp();
    else this.#finish(body, there.subarray(0, length), length + 1);
    return true;
  }

  /** Too long: nothing until the next delimiter counts. */
  #giveUp(): boolean {
    this.#state = 'between';
    return true;
  }

  /** Where the line feed before a whole delimiter stands, within the first `end` bytes. */
  #nextDelimiter(body: Body, end: number): number | null {
    if (!this.#delimiter) return null;
    const wanted = Buffer.concat([Buffer.from([LINE_FEED]), this.#delimiter]);
    for (let at = body.searched; ; at += 1) {
      at = this.#held.subarray(0, end).indexOf(wanted, at);
      if (at < 0) break;
      const after = this.#held.subarray(0, end)[at + wanted.length];
      if (after === undefined) break;
      // `-`: the last one.
      if (after === LINE_FEED || after === 13 || after === 45 || after === 32) return at;
    }
    body.searched = Math.max(body.searched, end - wanted.length);
    return null;
  }

  #finish({ headers }: Body, bytes: Buffer, upTo: number): void {
    this.#state = 'between';
    this.#body = null;
    // Some devices put the next delimiter right behind the last byte.
    this.#drop(upTo, true);
    this.#options.part({ headers, body: new Uint8Array(bytes) });
  }

  #drop(bytes: number, atLineStart: boolean): void {
    this.#held = this.#held.subarray(bytes);
    this.#from += bytes;
    this.#atLineStart = atLineStart;
    this.#notBlank = atLineStart ? Math.max(0, this.#notBlank - bytes) : 0;
  }
}

function ownEnd(body: Body, there: Buffer): number | null {
  try {
    return body.findEnd?.(there) ?? null;
  } catch {
    // Not what its headers say: it ends where the next part begins.
    return null;
  }
}

const isText = (headers: ReadonlyMap<string, string>): boolean =>
  /^text\/|xml|json/i.test(headers.get('content-type') ?? '');

const withoutLineEnd = (body: Buffer): Buffer => (body.at(-1) === 13 ? body.subarray(0, -1) : body);

function headersOf(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

/** The parts of a whole body, as a push brings it; what is cut off at its end is none. */
export function readMultipart(body: Uint8Array, mostBytes = 10 * 1024 * 1024): readonly Part[] {
  const parts: Part[] = [];
  const reader = new MultipartReader({ part: (part) => parts.push(part), mostBytes });
  reader.push(body);
  return parts;
}
