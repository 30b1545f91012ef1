import { isRtuFrame, MBAP_BYTES, MBAP_LONGEST } from './frame.ts';
import type { Question } from './messages.ts';

/** What came for the question that is open: its answer, or an exception in its place. Without envelope. */
export type Answer =
  | { readonly kind: 'answer'; readonly pdu: Uint8Array }
  | { readonly kind: 'exception'; readonly code: number };

/** What is waited for. */
export interface Awaited {
  readonly unit: number;
  readonly question: Question;
  /** Modbus TCP only. */
  readonly transaction: number;
}

/** Listens for the answer to one question after the other; whatever else comes is passed over. */
export interface Ear {
  /** A question leaves: what came before is no answer to it. */
  ask(awaited: Awaited): void;
  /** Bytes as they came. @returns the answer, or null as long as it is not whole */
  take(bytes: Uint8Array): Answer | null;
  /** Nothing is waited for any more. `bytes` of a frame that began may still come. */
  forget(): void;
  /** The connection is another one: a frame that began does not go on. */
  clear(): void;
}

const EXCEPTION_BIT = 0x80;
/** Noise that no frame began in is dropped beyond this. */
const KEPT_BYTES = 512;

const startsWith = (bytes: Uint8Array, start: Uint8Array): boolean =>
  bytes.length >= start.length && start.every((byte, at) => bytes[at] === byte);

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/**
 * RTU has no marks between frames, so the answer is looked for at every byte: unit, function and whatever of the answer is known before it
 * comes, its length, and its CRC. Noise before and after it costs nothing.
 */
export class RtuEar implements Ear {
  #awaited: Awaited | null = null;
  #bytes: Uint8Array = new Uint8Array();
  /** Whether the line gives back what is sent on it: then the first copy of a write is no echo. */
  #ownCopies = 0;
  #hearsItself = false;

  /** A two-wire adapter that hears what it sends: seen by a read, which no board answers with itself. */
  get hearsItself(): boolean {
    return this.#hearsItself;
  }

  ask(awaited: Awaited): void {
    this.#awaited = awaited;
    this.#bytes = new Uint8Array();
    this.#ownCopies = this.#hearsItself && this.#isEchoed(awaited) ? 1 : 0;
  }

  take(bytes: Uint8Array): Answer | null {
    const awaited = this.#awaited;
    if (!awaited) return null;
    this.#bytes = join(this.#bytes, bytes).slice(-KEPT_BYTES);
    if (!this.#isEchoed(awaited)) this.#noticeItself(awaited);
    for (let at = 0; at + 4 < this.#bytes.length; at += 1) {
      if (this.#bytes[at] !== awaited.unit) continue;
      const found = this.#at(at, awaited);
      if (!found) continue;
      if (found.kind === 'answer' && this.#ownCopies > 0) {
        this.#ownCopies -= 1;
        this.#bytes = this.#bytes.slice(at + found.pdu.length + 3);
        at = -1;
        continue;
      }
      this.forget();
      return found;
    }
    return null;
  }

  forget(): void {
    this.#awaited = null;
    this.#bytes = new Uint8Array();
  }

  clear(): void {
    this.forget();
    this.#hearsItself = false;
  }

  #isEchoed({ question }: Awaited): boolean {
    return question.answerStarts.length === question.pdu.length;
  }

  #noticeItself({ unit, question }: Awaited): void {
    const own = question.pdu.length;
    for (let at = 0; at + own + 3 <= this.#bytes.length; at += 1) {
      const frame = this.#bytes.subarray(at, at + own + 3);
      if (frame[0] === unit && startsWith(frame.subarray(1), question.pdu) && isRtuFrame(frame)) {
        this.#hearsItself = true;
        return;
      }
    }
  }

  #at(at: number, { question }: Awaited): Answer | null {
    const { answerStarts, answerBytes } = question;
    const answer = this.#bytes.subarray(at, at + answerBytes + 3);
    if (answer.length === answerBytes + 3 && startsWith(answer.subarray(1), answerStarts) && isRtuFrame(answer))
      return { kind: 'answer', pdu: answer.slice(1, -2) };
    const exception = this.#bytes.subarray(at, at + 5);
    const refused = exception[1] === ((question.pdu[0] ?? 0) | EXCEPTION_BIT);
    const code = exception[2] ?? 0;
    return refused && code > 0 && code <= 11 && exception.length === 5 && isRtuFrame(exception)
      ? { kind: 'exception', code }
      : null;
  }
}

/** Modbus TCP: frames tell their length, and whose answer they are. What cannot be a frame makes it deaf until the connection is another. */
export class TcpEar implements Ear {
  readonly #broken: () => void;
  #awaited: Awaited | null = null;
  #bytes: Uint8Array = new Uint8Array();
  #deaf = false;

  /** `broken` is called once a connection, for bytes that are no Modbus TCP: it will not come back into step. */
  constructor(broken: () => void) {
    this.#broken = broken;
  }

  ask(awaited: Awaited): void {
    this.#awaited = awaited;
  }

  take(bytes: Uint8Array): Answer | null {
    if (this.#deaf) return null;
    this.#bytes = join(this.#bytes, bytes);
    let found: Answer | null = null;
    while (this.#bytes.length >= MBAP_BYTES) {
      const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset);
      const length = view.getUint16(4);
      if (view.getUint16(2) !== 0 || length < 2 || length > MBAP_LONGEST) {
        this.#deaf = true;
        this.#bytes = new Uint8Array();
        this.#broken();
        return found;
      }
      if (this.#bytes.length < length + 6) return found;
      found ??= this.#read(view.getUint16(0), this.#bytes.subarray(6, length + 6));
      this.#bytes = this.#bytes.slice(length + 6);
    }
    return found;
  }

  forget(): void {
    this.#awaited = null;
  }

  clear(): void {
    this.#awaited = null;
    this.#bytes = new Uint8Array();
    this.#deaf = false;
  }

  #read(transaction: number, body: Uint8Array): Answer | null {
    const awaited = this.#awaited;
    if (!awaited || transaction !== awaited.transaction || body[0] !== awaited.unit) return null;
    const { pdu: asked, answerStarts, answerBytes } = awaited.question;
    const pdu = body.slice(1);
    if (pdu.length === answerBytes && startsWith(pdu, answerStarts)) {
      this.#awaited = null;
      return { kind: 'answer', pdu };
    }
    if (pdu.length !== 2 || pdu[0] !== ((asked[0] ?? 0) | EXCEPTION_BIT)) return null;
    this.#awaited = null;
    return { kind: 'exception', code: pdu[1] ?? 0 };
  }
}
