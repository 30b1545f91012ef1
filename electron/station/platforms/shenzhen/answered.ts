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

/** Made anew each time that a request is sent. */
const OF_THE_SENDING: ReadonlySet<string> = new Set(['accessKey', 'timestamp', 'signature']);

/** What is asked, in whatever order and whenever it is said. */
export function digestOfRequest(method: string, data: readonly JsonMember[]): string {
  const told = data
    .filter(({ name, kind }) => kind !== 'null' && !OF_THE_SENDING.has(name))
    .map((member) => [member.name, signedText(member)])
    .sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0));
  return createHash('sha256')
    .update(JSON.stringify([method, told]))
    .digest('hex');
}

/**
 * What was answered, by the number of the request: the same number again gets the same answer and nothing is done again. What changed
 * something is kept on disk and is forgotten by itself; answers to mere questions are kept in memory, the last few.
 */
export class Answered {
  readonly #context: Needed;
  readonly #keptMs: number;
  readonly #questions = new Map<string, Kept>();

  constructor(context: Needed, rememberHours: number) {
    this.#context = context;
    this.#keptMs = rememberHours * HOUR_MS;
  }

  /** The answer to this request; `other`: under its number something else was asked. Undefined: the number is new. */
  find(requestId: string, digest: string): ShenzhenReply | 'other' | undefined {
    const kept = this.#questions.get(requestId) ?? this.#stored(requestId);
    if (kept === undefined || kept.until <= this.#context.clock.now()) return undefined;
    const { code, msg, data } = kept;
    return kept.digest === digest ? { code, msg, data } : 'other';
  }

  /** @throws where the disk does not take it */
  keep(requestId: string, digest: string, reply: ShenzhenReply, changes: boolean): void {
    const { clock, commands } = this.#context;
    const kept: Kept = { digest, until: clock.now() + this.#keptMs, ...reply };
    if (changes) {
      commands.remember(SHENZHEN.name, keyOf(requestId), JSON.stringify(kept));
      return;
    }
    if (JSON.stringify(kept).length > LONGEST_ANSWER) return;
    this.#questions.delete(requestId);
    this.#questions.set(requestId, kept);
    const [oldest] = this.#questions.keys();
    if (this.#questions.size > MOST_QUESTIONS && oldest !== undefined) this.#questions.delete(oldest);
  }

  #stored(requestId: string): Kept | undefined {
    const text = this.#context.commands.recall(SHENZHEN.name, keyOf(requestId));
    return text === undefined ? undefined : keptSchema.safeParse(JSON.parse(text)).data;
  }
}

const keyOf = (requestId: string): string => `request:${requestId}`;
