import { readFile, stat } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { ConflictError } from '../runtime/errors.ts';
import { limits, refusal } from './limits.ts';
import { type FromWorker, workerRequestSchema } from './protocol.ts';
import { readRaw } from './raw-read.ts';

/**
 * Reads a table file on a thread of its own. Rows leave in small batches, each of which waits for the other side's word: a port
 * hands out all that has arrived in one go, and a hundred thousand rows in one go would hold up a lane.
 */
const BATCH_ROWS = 100;
const BATCH_CELLS = 1000;

const { source, fileName, sheetName } = workerRequestSchema.parse(workerData);

/** The size is asked before the file is opened: nobody wants 4 GB of film in memory. */
async function content(file: string): Promise<Uint8Array> {
  const { size } = await stat(file);
  if (size > limits.fileBytes) throw refusal('table-too-large', `文件超过 ${limits.fileBytes / 1024 / 1024} MB`);
  return readFile(file);
}

/** Resolves when the other side asks for more. */
const hand = (message: FromWorker): Promise<void> =>
  new Promise((resolve) => {
    parentPort?.once('message', () => resolve());
    parentPort?.postMessage(message);
  });

try {
  const bytes = typeof source === 'string' ? await content(source) : source;
  for await (const { rows, fraction } of readRaw(bytes, fileName, sheetName)) {
    const widest = Math.max(1, ...rows.map((row) => row.cells.length));
    const step = Math.max(1, Math.min(BATCH_ROWS, Math.floor(BATCH_CELLS / widest)));
    for (let at = 0; at < rows.length; at += step)
      await hand({ type: 'rows', rows: rows.slice(at, at + step), fraction });
  }
  parentPort?.postMessage({ type: 'end' } satisfies FromWorker);
} catch (error) {
  if (!(error instanceof ConflictError)) throw error;
  parentPort?.postMessage({ type: 'refused', reason: error.reason, message: error.message } satisfies FromWorker);
}
