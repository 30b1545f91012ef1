import { useMemo } from 'react';
import type { ImportView } from '../../../shared/contract/imports.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { type Column, DataTable } from '../../office/DataTable.tsx';
import { useRows } from '../../office/use-rows.ts';
import { State, type Tone, When } from '../../office/Values.tsx';
import { sizeText } from './kinds.ts';

export const importTones: Readonly<Record<ImportView['state'], Tone>> = {
  receiving: 'info',
  reading: 'info',
  staging: 'info',
  checking: 'info',
  ready: 'call',
  faulty: 'stop',
  applying: 'info',
  done: 'go',
  failed: 'stop',
  cancelled: 'plain',
};

/** All imports, the newest in front. */
export function PastImports() {
  const { t } = useWords();
  const rows = useRows((client, page, signal) => client.imports.list(page, { signal }), []);
  const columns = useMemo<readonly Column<ImportView>[]>(
    () => [
      { key: 'at', title: t('imports.at'), width: 190, render: (job) => <When at={job.createdAt} /> },
      { key: 'what', title: t('imports.what'), width: 120, render: (job) => t(`imports.kind.${job.what}`) },
      { key: 'file', title: t('imports.file'), width: 180, grow: true, render: (job) => job.fileName },
      {
        key: 'state',
        title: t('registry.state'),
        width: 110,
        render: (job) => <State tone={importTones[job.state]}>{t(`imports.state.${job.state}`)}</State>,
      },
      ...(['rows', 'added', 'updated', 'unchanged'] as const).map(
        (key): Column<ImportView> => ({
          key,
          title: t(`imports.${key}`),
          width: 90,
          align: 'end',
          render: (job) => job[key].toLocaleString('en-US'),
        }),
      ),
      {
        key: 'faults',
        title: t('imports.faults'),
        width: 90,
        align: 'end',
        render: (job) => job.faultCount.toLocaleString('en-US'),
      },
      {
        key: 'size',
        title: t('imports.size'),
        width: 100,
        align: 'end',
        optional: true,
        render: (job) => sizeText(job.bytes),
      },
    ],
    [t],
  );
  return (
    <section className="import-past" aria-label={t('imports.past')}>
      <DataTable
        name="imports"
        label={t('imports.gridLabel')}
        columns={columns}
        rows={rows}
        rowId={(job) => job.id}
        onOpen={(job) => go('imports', { id: job.id })}
        empty={{ title: t('imports.none'), text: t('imports.noneText') }}
      />
    </section>
  );
}
