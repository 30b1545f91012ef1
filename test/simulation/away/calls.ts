import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';

const askedSchema = z.object({ id: z.int(), call: z.string(), given: z.unknown() });
const answeredSchema = z.union([
  z.object({ id: z.int(), answer: z.unknown() }),
  z.object({ id: z.int(), failed: z.string() }),
  z.object({ told: z.string() }),
]);

type Answers = Readonly<Record<string, (given: unknown) => unknown>>;

/** In a program that was forked: answers the calls of whoever forked it, and ends with it. */
export function answerCalls(answers: Answers): void {
  process.on('message', (message) => {
    const { id, call, given } = askedSchema.parse(message);
    const answer = async (): Promise<unknown> => {
      const found = answers[call];
      if (!found) throw new Error(`no call ${call}`);
      return await found(given);
    };
    answer().then(
      (value) => process.send?.({ id, answer: value }),
      (error: unknown) => process.send?.({ id, failed: error instanceof Error ? (error.stack ?? '') : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit(0));
}

/** Says something without having been asked. */
export const tell = (told: string): void => {
  process.send?.({ told });
};

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A program in a process of its own that is called like an object. */
export class Called {
  readonly told: string[] = [];
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #waiting = new Map<number, Waiting>();
  #count = 0;

  constructor(program: string, args: readonly string[]) {
    this.#child = fork(program, args, {
      // Vitest's own settings are none of the program's business.
      ...{ execArgv: [], env: { ...process.env, NODE_OPTIONS: '' }, serialization: 'advanced' },
    });
    this.#ended = once(this.#child, 'exit');
    this.#child.on('message', (message) => this.#heard(message));
    this.#child.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`${program} has ended`));
      this.#waiting.clear();
    });
  }

  async call<S extends z.ZodType>(schema: S, call: string, given?: unknown): Promise<z.output<S>> {
    const id = this.#count++;
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#child.send({ id, call, given });
    return schema.parse(await answer);
  }

  /** The end without warning. */
  async kill(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #heard(message: unknown): void {
    const heard = answeredSchema.parse(message);
    if ('told' in heard) {
      this.told.push(heard.told);
      return;
    }
    const waiting = this.#waiting.get(heard.id);
    this.#waiting.delete(heard.id);
    if ('failed' in heard) waiting?.reject(new Error(heard.failed));
    else waiting?.resolve(heard.answer);
  }
}
