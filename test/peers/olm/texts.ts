import { readGbk } from '../gbk.ts';

/** One line as it was sent. */
export interface SentLine {
  /** Place on the screen, 0 the first. */
  readonly line: number;
  readonly text: string;
  /** R G B A, hex. */
  readonly colour: string;
  /** DM: 00 instant, 01 right to left, 15 continuous left … */
  readonly effect: number;
  /** FINDEX: 03 = 16 px, 04 = 24, 05 = 32. */
  readonly font: number;
  /** Seconds that it stands, each time. */
  readonly seconds: number;
  /** How often; 0: again and again. */
  readonly times: number;
}

/** What a frame with texts says. */
export interface SentTexts {
  readonly lines: readonly SentLine[];
  readonly speech: string | null;
  /** SF: into flash, as the text that stands when nothing else does. */
  readonly stored: boolean;
  /** GST: seconds until the screen falls back; 0: as each line says. */
  readonly seconds: number;
  /** What a strict board would stumble over. */
  readonly complaints: readonly string[];
}

const LINE_LIMIT = 32;
const SPEECH_LIMIT = 64;

/** Reads bytes one after the other; `null` results of the readers below mean that they did not fit the layout. */
class Reader {
  readonly complaints: string[] = [];
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    return this.take(1)[0] ?? 0;
  }

  take(count: number): Buffer {
    if (count > this.left) throw new RangeError('too short');
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  text(length: number, limit: number, what: string): string {
    const bytes = this.take(length);
    const { text, faults } = readGbk(bytes);
    if (length > limit) this.complaints.push(`${what} of ${length} bytes, more than ${limit}: ${text}`);
    for (const fault of faults) this.complaints.push(`${what}: ${fault}`);
    return text;
  }
}

/** 6F of v2.0, or 6E of older boards, which has no GST, FINDEX and FLAGS. `null`: the data do not fit. */
export function readLines(data: Buffer, command: 0x6e | 0x6f): SentTexts | null {
  return attempt(data, (reader) => {
    const stored = reader.byte() === 1;
    const seconds = command === 0x6f ? reader.byte() : 0;
    const count = reader.byte();
    if (count === 0 || count > 4) return null;
    const lines: SentLine[] = [];
    for (let left = count; left > 0; left -= 1) {
      lines.push(readLine(reader, command));
      if (reader.byte() !== (left > 1 ? 0x0d : 0x00)) return null;
    }
    const speech = readSpeech(reader);
    return speech === undefined ? null : { lines, stored, seconds, speech, complaints: reader.complaints };
  });
}

/** 62: one temporary line. `null`: the data do not fit. */
export function readTemporary(data: Buffer): SentTexts | null {
  return attempt(data, (reader) => {
    const [line, effect] = [reader.byte(), reader.byte()];
    reader.byte(); // ETS
    const [screen, seconds] = [reader.byte(), reader.byte()];
    reader.take(2);
    const [font, times] = [reader.byte(), reader.byte()];
    const colour = reader.take(4).toString('hex').toUpperCase();
    reader.take(4);
    const length = reader.byte();
    if (reader.byte() !== 0 || reader.left !== length) return null;
    const text = reader.text(length, LINE_LIMIT, 'a line');
    const lines = [{ line, text, colour, effect, font, seconds, times }];
    return { lines, stored: false, seconds: screen, speech: null, complaints: reader.complaints };
  });
}

/** 30: what to say, and how it stands to what is being said. `null`: the data do not fit. */
export function readSpeak(data: Buffer): (Pick<SentTexts, 'complaints'> & { option: number; text: string }) | null {
  return attempt(data, (reader) => {
    const option = reader.byte();
    if (option > 2 || reader.left === 0) return null;
    const text = reader.text(reader.left, 254, 'speech');
    return { option, text, complaints: reader.complaints };
  });
}

function readLine(reader: Reader, command: 0x6e | 0x6f): SentLine {
  const [line, effect] = [reader.byte(), reader.byte()];
  reader.byte(); // DS
  const [seconds, times] = [reader.byte(), reader.byte()];
  const font = command === 0x6f ? reader.byte() : 0x03;
  if (command === 0x6f) reader.byte(); // FLAGS
  const colour = reader.take(4).toString('hex').toUpperCase();
  const text = reader.text(reader.byte(), LINE_LIMIT, 'a line');
  return { line, text, colour, effect, font, seconds, times };
}

/** `0A VTL VOICE 00`, or nothing but zeros. `undefined`: neither. */
function readSpeech(reader: Reader): string | null | undefined {
  if (reader.left === 0) return null;
  const mark = reader.byte();
  if (mark === 0) return reader.take(reader.left).every((byte) => byte === 0) ? null : undefined;
  if (mark !== 0x0a) return undefined;
  const text = reader.text(reader.byte(), SPEECH_LIMIT, 'speech');
  return reader.byte() === 0 && reader.left === 0 ? text : undefined;
}

function attempt<T>(data: Buffer, read: (reader: Reader) => T | null): T | null {
  try {
    return read(new Reader(data));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
