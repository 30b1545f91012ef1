import type { ImportJob } from '../../../../shared/domain/import-job.ts';
import type { Clock } from '../../runtime/ports.ts';
import type { StagedFault } from '../../store/import-store.ts';
import type { Store } from '../../store/store.ts';
import type { ImportContext, ReadFile, TableKind } from './kind.ts';
import { inSlices } from './slices.ts';

/** The steps of an import, each in short slices and each repeatable after a crash. */

interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Faults that are kept to be shown; all are counted. */
const MAX_FAULTS = 10_000;

export const contextOf = (job: ImportJob): ImportContext => ({
  present: new Set(job.present),
  sharePlates: job.sharePlates,
  actor: job.actor,
});

/** Puts rows and faults of a file aside. */
export async function stage({ store, clock, signal }: Deps, jobId: string, file: ReadFile): Promise<void> {
  const { rows } = file;
  let at = 0;
  await inSlices(clock, signal, (more) => {
    store.write((tx) => {
      for (let row = rows[at]; row && more(); row = rows[++at]) tx.imports.addRow(jobId, at, row.rowNumber, row.value);
    });
    return at < rows.length;
  });
  const heads = file.headerFaults.map(({ title, reason }) => ({ rowNumber: 0, column: title, value: '', reason }));
  await putFaults({ store, clock, signal }, jobId, [...heads, ...file.faults]);
}

export async function putFaults(
  { store, clock, signal }: Deps,
  jobId: string,
  faults: readonly StagedFault[],
): Promise<void> {
  let at = 0;
  await inSlices(clock, signal, (more) => {
    store.write((tx) => {
      for (let fault = faults[at]; fault && more(); fault = faults[++at]) tx.imports.addFault(jobId, at, fault);
    });
    return at < faults.length;
  });
}

export interface Compared {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly faults: readonly StagedFault[];
  readonly faultCount: number;
}

/** What applying the rows would do as things stand; writes nothing. */
export async function compare(
  { store, clock, signal }: Deps,
  kind: TableKind,
  job: ImportJob,
  onProgress: (position: number) => void,
): Promise<Compared> {
  const context = contextOf(job);
  const counts = { added: 0, updated: 0, unchanged: 0 };
  const faults: StagedFault[] = [];
  let faultCount = 0;
  let position = 0;
  await inSlices(clock, signal, (more) => {
    const rows = store.read.imports.rows(job.id, position, ROWS_AT_ONCE);
    for (const row of rows) {
      if (!more()) break;
      const outcome = kind.check(store.read, row.value, context);
      if (typeof outcome === 'string') counts[outcome]++;
      else if (faultCount++ < MAX_FAULTS) faults.push({ rowNumber: row.rowNumber, value: '', ...outcome });
      position = row.position + 1;
    }
    onProgress(position);
    return rows.length > 0;
  });
  return { ...counts, faults, faultCount };
}

const ROWS_AT_ONCE = 100;

/**
 * Applies the rows from where the job stands. Each transaction holds some rows and the job's new place, so that whatever
 * happens a row is applied once; the last one also tells that the import is finished.
 */
export async function apply(
  { store, clock, signal }: Deps,
  kind: TableKind,
  jobId: string,
  onProgress: (job: ImportJob) => void,
): Promise<void> {
  await inSlices(clock, signal, (more) =>
    store.write((tx) => {
      const job = tx.imports.get(jobId);
      if (!job) return false;
      const context = contextOf(job);
      const counts = { added: job.added, updated: job.updated, unchanged: job.unchanged };
      let { position } = job;
      const rows = tx.imports.rows(jobId, position, ROWS_AT_ONCE);
      for (const row of rows) {
        if (!more()) break;
        counts[kind.apply(tx, row.value, context)]++;
        position = row.position + 1;
      }
      const changed: ImportJob = { ...job, ...counts, position, updatedAt: clock.now() };
      if (rows.length > 0) {
        tx.imports.put(changed);
        onProgress(changed);
        return true;
      }
      const done: ImportJob = { ...changed, state: 'done' };
      tx.imports.put(done);
      tx.record({
        kind: 'import-finished',
        key: jobId,
        laneId: null,
        passageId: null,
        actor: job.actor,
        body: {
          what: job.what,
          fileName: job.fileName,
          sha256: job.sha256,
          rows: job.rows,
          added: done.added,
          updated: done.updated,
        },
      });
      onProgress(done);
      return false;
    }),
  );
}

/** Removes what a job that is over leaves behind. */
export async function dropStaged({ store, clock, signal }: Deps, jobId: string): Promise<void> {
  await inSlices(clock, signal, () => store.write((tx) => tx.imports.dropStaged(jobId, DROP_AT_ONCE)) > 0);
}

/** Removes the faults of an earlier comparison. */
export async function dropFaults({ store, clock, signal }: Deps, jobId: string): Promise<void> {
  await inSlices(clock, signal, () => store.write((tx) => tx.imports.dropFaults(jobId, DROP_AT_ONCE)) > 0);
}

const DROP_AT_ONCE = 500;
