import { parentPort, workerData } from 'node:worker_threads';
import { errorText } from '../runtime/errors.ts';
import { copyDatabase, copyPhotos } from './backup-copy.ts';
import { backupTaskSchema } from './backup-task.ts';

/** The thread behind `backupOnThread`: one task, one answer. */
const task = backupTaskSchema.parse(workerData);

try {
  parentPort?.postMessage(
    task.kind === 'database'
      ? copyDatabase(task.file, task.target)
      : { photos: copyPhotos(task.file, task.from, task.target) },
  );
} catch (error) {
  parentPort?.postMessage({ error: errorText(error) });
}
