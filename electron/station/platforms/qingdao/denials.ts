import type { OutboundMessage } from '../platform.ts';

/** So many refusals in a row of something that may be there are believed; a single one may have any reason. */
const BELIEVED = 3;
/** More messages in doubt than this are not told apart: the oldest begins anew. */
const MOST = 1_000;

type Which = Pick<OutboundMessage, 'message' | 'body'>;

/**
 * The platform refuses, with the code that says anything (204), what an attempt without an answer may have brought there. Taken at its
 * first word, a record that never arrived would count as delivered. In memory: after a restart it is asked a few times more.
 */
export class Denials {
  readonly #heard = new Map<string, number>();

  /** @returns whether it said so often enough to be believed: the record is there */
  believed(which: Which): boolean {
    const key = keyOf(which);
    const heard = (this.#heard.get(key) ?? 0) + 1;
    this.#heard.delete(key);
    if (heard >= BELIEVED) return true;
    this.#heard.set(key, heard);
    const [oldest] = this.#heard.keys();
    if (this.#heard.size > MOST && oldest !== undefined) this.#heard.delete(oldest);
    return false;
  }

  /** It said something else. */
  forget(which: Which): void {
    if (this.#heard.size > 0) this.#heard.delete(keyOf(which));
  }
}

const keyOf = ({ message, body }: Which): string => `${message} ${JSON.stringify(body)}`;
