import type { Imports } from '../../electron/station/registry/imports/imports.ts';
import type { ImportJob, ImportKind } from '../../shared/domain/import-job.ts';
import { CLERK } from './registry.ts';
import { until } from './until.ts';

/** Sends a file in pieces and waits until it was compared. */
export async function upload(
  imports: Imports,
  what: ImportKind,
  text: string | Uint8Array,
  options: { readonly fileName?: string; readonly sharePlates?: boolean; readonly piece?: number } = {},
): Promise<ImportJob> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : Buffer.from(text);
  const { fileName = 'a.csv', sharePlates = false, piece = 500_000 } = options;
  const begun = imports.begin({ what, fileName, bytes: bytes.length, sharePlates }, CLERK);
  if (!('upload' in begun)) throw new Error('no upload');
  const { id } = begun.upload;
  for (let at = 0; at < bytes.length; at += piece) imports.add(id, at, bytes.subarray(at, at + piece));
  const job = await jobWhen(imports, id, (each) => each.state !== 'staging' && each.state !== 'checking');
  if (job.state === 'failed') throw new Error(job.detail);
  return job;
}

export const jobWhen = (imports: Imports, id: string, wanted: (job: ImportJob) => boolean): Promise<ImportJob> =>
  until(
    `import ${id}`,
    async () => {
      const progress = imports.get(id);
      return 'job' in progress && wanted(progress.job) ? progress.job : undefined;
    },
    60_000,
  );

/** Applies and waits for the end. */
export async function applied(imports: Imports, id: string): Promise<ImportJob> {
  imports.apply(id, CLERK);
  return jobWhen(imports, id, (job) => job.state === 'done' || job.state === 'faulty' || job.state === 'failed');
}

export const CARD_COLUMNS = '卡号,类型,车牌,车主,有效期起,有效期止,车位数,余额（元）';

/** A file of so many cards, as CSV. */
export const manyCards = (count: number): string =>
  [
    CARD_COLUMNS,
    ...Array.from(
      { length: count },
      (_, i) => `C${i},月租卡,鲁B${String(i).padStart(5, '0')},车主${i},2026-01-01,2026-12-31,1,`,
    ),
  ].join('\n');
