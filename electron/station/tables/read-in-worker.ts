import { Worker } from 'node:worker_threads';
import { ConflictError } from '../runtime/errors.ts';
import type { RawBatch } from './cell.ts';
import { refusal } from './limits.ts';
import { fromWorkerSchema, type WorkerRequest } from './protocol.ts';

/** Heap of the worker, MB: twice what the largest permitted file was seen to need. */
const HEAP_MB = 512;

/** From source the worker is a .ts file beside this one; in the bundle it is an entry beside the bundle's. */
const workerUrl = (): URL =>
  import.meta.url.endsWith('.ts')
    ? new URL('./worker.ts', import.meta.url)
    : new URL(import.meta.url.includes('/chunks/') ? '../table-worker.js' : './table-worker.js', import.meta.url);

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Step = { readonly batch: RawBatch } | { readonly ended: true };

/**
 * The rows of a table file, read on another thread. The next batch is asked for in a later turn of the event loop than the one in which
 * the last was dealt with, so timers and sockets come in between. Leaving the loop, or the signal, ends the worker.
 * Throws ConflictError when the file is refused or the reading was cancelled.
 */
export async function* readInWorker(request: WorkerRequest, signal?: AbortSignal): AsyncGenerator<RawBatch> {
  const cancelled = (): ConflictError => refusal('table-cancelled', '已取消读取');
  if (signal?.aborted) throw cancelled();
  const worker = new Worker(workerUrl(), { workerData: request, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
  let pending = Promise.withResolvers<Step>();
  // Whatever goes wrong while nobody waits is found at the next step.
  pending.promise.catch(() => undefined);
  const onAbort = (): void => pending.reject(cancelled());
  signal?.addEventListener('abort', onAbort, { once: true });
  worker.on('error', (error: unknown) => pending.reject(understood(error)));
  worker.on('exit', () => pending.reject(new Error('the table worker ended without an answer')));
  worker.on('message', (message: unknown) => {
    const parsed = fromWorkerSchema.parse(message);
    if (parsed.type === 'refused') pending.reject(new ConflictError(parsed.reason, parsed.message));
    else pending.resolve(parsed.type === 'end' ? { ended: true } : { batch: parsed });
  });
  try {
    for (;;) {
      const step = await pending.promise;
      if ('ended' in step) return;
      pending = Promise.withResolvers<Step>();
      pending.promise.catch(() => undefined);
      yield step.batch;
      await nextTurn();
      if (signal?.aborted) throw cancelled();
      worker.postMessage('next');
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}

function understood(error: unknown): Error {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return refusal('table-too-large', '文件内容过多，超出可用内存');
  return error instanceof Error ? error : new Error(String(error));
}
