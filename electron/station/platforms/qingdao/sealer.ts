import { Worker } from 'node:worker_threads';
import { errorText } from '../../runtime/errors.ts';
import type { Cancel, Clock, Log } from '../../runtime/ports.ts';
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

/** With work before it and without a word for so long, it hangs. */
const SILENT_MS = 15_000;
/** Until it is started again; doubles with each end. */
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 600_000;
/** So many ends without as long a calm between them are told to people. */
const MANY_ENDS = 3;
const CALM_MS = 600_000;

interface SealThreadDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** It ends again and again, or does no longer. */
  readonly failing: (failing: boolean) => void;
  readonly open?: (start: SealStart) => Worker;
}

/**
 * On a thread of its own, started with the first request. Until it is ready, and after it ended or hung for whatever reason, requests are
 * sealed here: slower for the lanes, and never lost. It is started again after a pause.
 */
export class SealThread implements Sealer {
  readonly #here: Sealing;
  readonly #start: SealStart;
  readonly #deps: SealThreadDeps;
  readonly #pending = new Map<number, Pending>();
  #waiting: SealJob[] = [];
  #worker: Worker | undefined;
  #state: 'resting' | 'starting' | 'ready' | 'closed' = 'resting';
  #last = 0;
  #ends = 0;
  #failing = false;
  /** On the monotonic clock: not started before, and ready since. */
  #restUntil = 0;
  #readySince = 0;
  #limit: Cancel = () => undefined;

  constructor(here: Sealing, start: SealStart, deps: SealThreadDeps) {
    this.#here = here;
    this.#start = start;
    this.#deps = deps;
  }

  form(plain: string, file?: string): Promise<Form> {
    if (this.#state === 'resting' && this.#deps.clock.monotonic() >= this.#restUntil) this.#open();
    if (this.#state !== 'ready') return sealHere(this.#here).form(plain, file);
    this.#last += 1;
    const job = { id: this.#last, plain, ...(file === undefined ? {} : { file }) };
    return new Promise((resolve, reject) => {
      if (this.#pending.size === 0) this.#watch();
      this.#pending.set(job.id, { job, resolve, reject });
      this.#waiting.push(job);
      if (this.#waiting.length >= AT_ONCE) this.#handOver();
      else if (this.#waiting.length === 1) setImmediate(() => this.#handOver());
    });
  }

  async close(): Promise<void> {
    this.#state = 'closed';
    this.#limit();
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
    this.#rest();
  }

  #open(): void {
    this.#state = 'starting';
    this.#watch();
    try {
      const worker = (this.#deps.open ?? sealWorker)(this.#start);
      worker.unref();
      // What an earlier one still has to say concerns nobody.
      const ended = (error: unknown) => (worker === this.#worker ? this.#ended(error) : undefined);
      worker.on('message', (message: unknown) => (worker === this.#worker ? this.#sealed(message) : undefined));
      worker.on('messageerror', ended);
      worker.once('error', ended);
      worker.once('exit', () => ended(new Error('it ended by itself')));
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

  #watch(): void {
    this.#limit();
    this.#limit = this.#deps.clock.after(SILENT_MS, () => this.#ended(new Error('it does not answer')));
  }

  #sealed(message: unknown): void {
    const sealed = sealedSchema.safeParse(message);
    if (!sealed.success) {
      this.#ended(new Error('it said something that nobody understands'));
      return;
    }
    const now = this.#deps.clock.monotonic();
    if (this.#state === 'starting') {
      this.#state = 'ready';
      this.#readySince = now;
    } else if (this.#ends > 0 && now - this.#readySince >= CALM_MS) this.#calm();
    for (const each of sealed.data) {
      const pending = this.#pending.get(each.id);
      this.#pending.delete(each.id);
      if (pending && 'fault' in each) this.#sealHere(pending);
      else if (!('fault' in each)) pending?.resolve(each);
    }
    if (this.#pending.size > 0) this.#watch();
    else this.#limit();
  }

  #calm(): void {
    this.#ends = 0;
    if (this.#failing) this.#deps.failing(false);
    this.#failing = false;
  }

  #ended(error: unknown): void {
    if (this.#state === 'closed' || this.#state === 'resting') return;
    const { clock, log, failing } = this.#deps;
    if (this.#state === 'ready' && clock.monotonic() - this.#readySince >= CALM_MS) this.#calm();
    this.#state = 'resting';
    this.#limit();
    const worker = this.#worker;
    this.#worker = undefined;
    // Whatever it says to that, it is not asked again.
    worker?.terminate().catch(() => undefined);
    this.#ends += 1;
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#ends - 1));
    this.#restUntil = clock.monotonic() + pauseMs;
    log.warn('the sealing thread ended; requests are signed beside the lanes', { error: errorText(error), pauseMs });
    if (this.#ends >= MANY_ENDS && !this.#failing) {
      this.#failing = true;
      failing(true);
    }
    this.#rest();
  }

  /** What the thread did not get done. */
  #rest(): void {
    this.#waiting = [];
    const left = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of left) this.#sealHere(pending);
  }

  #sealHere({ job, resolve, reject }: Pending): void {
    sealHere(this.#here).form(job.plain, job.file).then(resolve, reject);
  }
}

const sealWorker = (start: SealStart): Worker =>
  new Worker(workerUrl('seal-worker', import.meta.url), { workerData: start });
