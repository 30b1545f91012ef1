import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SHENZHEN, type ShenzhenContext, type ShenzhenReply } from './context.ts';
import { type JsonMember, signedText } from './json-text.ts';

type Needed = Pick<ShenzhenContext, 'clock' | 'commands'>;

const HOUR_MS = 3_600_000;
/** Answers to questions that changed nothing: nobody asks twice after a restart. */
const MOST_QUESTIONS = 256;
const LONGEST_ANSWER = 16_384;

const replyCodes = [0, 1, 400, 401, 404, 405, 408, 500] as const;
const keptSchema = z.object({
  digest: z.string(),
  until: z.int(),
  code: z.literal(replyCodes),
  msg: z.string(),
  data: z.record(z.string(), z.unknown()),
});
type Kept = z.infer<typeof keptSchema>;

/** By a signature: under which number it was answered. */
const pointerSchema = z.object({ requestId: z.string(), digest: z.string(), until: z.int() });
type Pointer = z.infer<typeof pointerSchema>;

/** By what a request is known again: its number, or the signature that it bears for the second time. */
export interface Asked {
  readonly requestId: string;
  /** {@link digestOfRequest} */
  readonly digest: string;
  /** The interface and the signature, which covers the time: nobody but the city makes another. */
  readonly signed: string;
}

/** What is asked, in whatever order and whenever it is said: key, time and signature are made anew each time that a request is sent. */
export function digestOfRequest(method: string, data: readonly JsonMember[], signatureField: string): string {
  const ofTheSending = ['accessKey', 'timestamp', signatureField];
  const told = data
    .filter(({ name, kind }) => kind !== 'null' && !ofTheSending.includes(name))
    .map((member) => [member.name, signedText(member)])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0));
  return createHash('sha256')
    .update(JSON.stringify([method, told]))
    .digest('hex');
}

/**
 * What was answered, by the number of the request and by its signature: either of them again gets the same answer and nothing is done
 * again. The number is not signed, so that it alone would let whoever overheard a request have it done once more. What changed something
 * is kept on disk and is forgotten by itself; answers to mere questions are kept in memory, the last few.
 */
export class Answered {
  readonly #context: Needed;
  readonly #keptMs: number;
  readonly #questions = new Map<string, Kept>();
  readonly #pointers = new Map<string, Pointer>();

  constructor(context: Needed, rememberHours: number) {
    this.#context = context;
    this.#keptMs = rememberHours * HOUR_MS;
  }

  /** The answer to this request; `other`: under its number something else was asked. Undefined: it is new. */
  find(asked: Asked): ShenzhenReply | 'other' | undefined {
    const { requestId, digest, signed } = asked;
    const pointer = this.#pointer(signed);
    const same = pointer && this.#known(pointer.requestId);
    // Its number may belong to something else by now, once the answer to a question is forgotten.
    if (same && same.digest === pointer.digest) return replyOf(same);
    const kept = this.#known(requestId);
    if (kept === undefined) return undefined;
    return kept.digest === digest ? replyOf(kept) : 'other';
  }

  /** The same number came with another signature; that one is known from now on, too. @throws where the disk does not take it */
  also({ requestId, digest, signed }: Asked): void {
    const kept = this.#known(requestId);
    if (kept?.digest !== digest || this.#pointer(signed)) return;
    const pointer: Pointer = { requestId, digest, until: kept.until };
    if (this.#questions.has(requestId)) remember(this.#pointers, signed, pointer);
    else this.#context.commands.remember(SHENZHEN.name, signedKey(signed), JSON.stringify(pointer));
  }

  /** @throws where the disk does not take it */
  keep({ requestId, digest, signed }: Asked, reply: ShenzhenReply, changes: boolean): void {
    const { clock, commands } = this.#context;
    const until = clock.now() + this.#keptMs;
    const kept: Kept = { digest, until, ...reply };
    const pointer: Pointer = { requestId, digest, until };
    if (changes) {
      commands.rememberAll(SHENZHEN.name, {
        [requestKey(requestId)]: JSON.stringify(kept),
        [signedKey(signed)]: JSON.stringify(pointer),
      });
      return;
    }
    if (JSON.stringify(kept).length > LONGEST_ANSWER) return;
    remember(this.#questions, requestId, kept);
    remember(this.#pointers, signed, pointer);
  }

  #pointer(signed: string): Pointer | undefined {
    const pointer = this.#pointers.get(signed) ?? this.#stored(signedKey(signed), pointerSchema);
    return pointer && pointer.until > this.#context.clock.now() ? pointer : undefined;
  }

  #known(requestId: string): Kept | undefined {
    const kept = this.#questions.get(requestId) ?? this.#stored(requestKey(requestId), keptSchema);
    return kept !== undefined && kept.until > this.#context.clock.now() ? kept : undefined;
  }

  #stored<S extends z.ZodType>(key: string, schema: S): z.output<S> | undefined {
    const text = this.#context.commands.recall(SHENZHEN.name, key);
    return text === undefined ? undefined : schema.safeParse(JSON.parse(text)).data;
  }
}

const replyOf = ({ code, msg, data }: Kept): ShenzhenReply => ({ code, msg, data });
const requestKey = (requestId: string): string => `request:${requestId}`;
const signedKey = (signed: string): string => `signed:${signed}`;

/** The newest ones only. */
function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST_QUESTIONS && oldest !== undefined) map.delete(oldest);
}
