import { Worker } from 'node:worker_threads';
import { errorText } from '../../runtime/errors.ts';
import type { Log } from '../../runtime/ports.ts';
import { workerUrl } from '../../runtime/worker-url.ts';
import { type SealJob, type SealStart, sealedSchema } from './seal-protocol.ts';
import type { Form, Sealing } from './sealing.ts';

/** Requests handed over at once: a message between threads costs about as much as a signature saves. */
const AT_ONCE = 8;

/** Makes the body of a request out of its plain text. */
export interface Sealer {
  form(plain: string, file?: string): Promise<Form>;
  /** Harmless when repeated. */
  close(): Promise<void>;
}

/** Right here: for a request now and then. */
export const sealHere = (sealing: Sealing): Sealer => ({
  form: async (plain, file) => sealing.form(plain, file),
  close: async () => undefined,
});

interface Pending {
  readonly job: SealJob;
  readonly resolve: (form: Form) => void;
  readonly reject: (error: Error) => void;
}

/**
 * On a thread of its own, started with the first request. Until it is ready, and when it ended for whatever reason, requests are sealed
 * here: slower for the lanes, and never lost.
 */
export class SealThread implements Sealer {
  readonly #here: Sealing;
  readonly #start: SealStart;
  readonly #log: Log;
  readonly #pending = new Map<number, Pending>();
  #waiting: SealJob[] = [];
  #worker: Worker | undefined;
  #state: 'new' | 'starting' | 'ready' | 'ended' = 'new';
  #last = 0;

  constructor(here: Sealing, start: SealStart, log: Log) {
    this.#here = here;
    this.#start = start;
    this.#log = log;
  }

  form(plain: string, file?: string): Promise<Form> {
    if (this.#state === 'new') this.#open();
    if (this.#state !== 'ready') return sealHere(this.#here).form(plain, file);
    this.#last += 1;
    const job = { id: this.#last, plain, ...(file === undefined ? {} : { file }) };
    return new Promise((resolve, reject) => {
      this.#pending.set(job.id, { job, resolve, reject });
      this.#waiting.push(job);
      if (this.#waiting.length >= AT_ONCE) this.#handOver();
      else if (this.#waiting.length === 1) setImmediate(() => this.#handOver());
    });
  }

  async close(): Promise<void> {
    this.#state = 'ended';
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
    this.#rest();
  }

  #open(): void {
    this.#state = 'starting';
    try {
      const worker = new Worker(workerUrl('seal-worker', import.meta.url), { workerData: this.#start });
      worker.unref();
      worker.on('message', (message: unknown) => this.#sealed(message));
      worker.once('error', (error) => this.#ended(error));
      worker.once('exit', () => this.#ended(new Error('it ended by itself')));
      this.#worker = worker;
    } catch (error) {
      this.#ended(error);
    }
  }

  #handOver(): void {
    const jobs = this.#waiting;
    if (jobs.length === 0) return;
    this.#waiting = [];
    this.#worker?.postMessage(jobs);
  }

  #sealed(message: unknown): void {
    if (this.#state === 'starting') this.#state = 'ready';
    for (const each of sealedSchema.parse(message)) {
      const pending = this.#pending.get(each.id);
      this.#pending.delete(each.id);
      if ('fault' in each) pending?.reject(new Error(each.fault));
      else pending?.resolve(each);
    }
  }

  #ended(error: unknown): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#worker = undefined;
    this.#log.warn('the sealing thread ended; requests are signed beside the lanes', { error: errorText(error) });
    this.#rest();
  }

  /** What the thread did not get done. */
  #rest(): void {
    this.#waiting = [];
    const left = [...this.#pending.values()];
    this.#pending.clear();
    for (const { job, resolve, reject } of left) sealHere(this.#here).form(job.plain, job.file).then(resolve, reject);
  }
}
