import { Button } from 'antd';
import { useMemo } from 'react';
import type { ImportFault, ImportView } from '../../../shared/contract/imports.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { type Column, DataTable } from '../../office/DataTable.tsx';
import { saveFile } from '../../office/files.ts';
import { useAct } from '../../office/use-act.ts';
import { useRows } from '../../office/use-rows.ts';
import { faultFile } from './fault-file.ts';

/** What is wrong, row by row as the spreadsheet numbers them, and the same as a file beside the spreadsheet. */
export function FaultTable({ job }: { job: ImportView }) {
  const { t } = useWords();
  const act = useAct();
  const { id } = job;
  const rows = useRows((client, page, signal) => client.imports.faults({ id, ...page }, { signal }), [id, job.state]);
  const columns = useMemo<readonly Column<ImportFault>[]>(
    () => [
      {
        key: 'row',
        title: t('imports.faultRow'),
        width: 90,
        align: 'end',
        render: (fault) => (fault.rowNumber === 0 ? t('imports.faultHeader') : fault.rowNumber),
      },
      { key: 'column', title: t('imports.faultColumn'), width: 140, render: (fault) => fault.column },
      {
        key: 'value',
        title: t('imports.faultValue'),
        width: 200,
        render: (fault) =>
          fault.value === '' ? <span className="value-none">{t('imports.faultEmpty')}</span> : fault.value,
      },
      {
        key: 'reason',
        title: t('imports.faultReason'),
        width: 300,
        grow: true,
        render: (fault) => <span title={fault.reason}>{fault.reason}</span>,
      },
    ],
    [t],
  );
  const download = async (): Promise<void> => {
    const titles = [t('imports.faultRow'), t('imports.faultColumn'), t('imports.faultValue'), t('imports.faultReason')];
    const name = `${job.fileName.replace(/\.[^.]*$/, '')}-${t('imports.faultFileName')}.csv`;
    const file = await act.run((client) => faultFile(client, { id, total: job.faultCount, titles, name }));
    if (file) saveFile(file);
  };
  return (
    <DataTable
      name="import-faults"
      label={t('imports.faultGrid')}
      columns={columns}
      rows={rows}
      rowId={(fault) => `${fault.rowNumber}.${fault.column}`}
      empty={{ title: t('imports.faultNone') }}
      extra={
        <>
          {act.problem !== null && <span role="alert">{act.problem}</span>}
          <Button size="small" loading={act.busy} onClick={() => void download()}>
            {t('imports.faultFile')}
          </Button>
        </>
      }
    />
  );
}
