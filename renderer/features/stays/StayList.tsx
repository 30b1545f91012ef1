import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import type { StayView } from '../../../shared/contract/stays.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { go } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { DataTable } from '../../office/DataTable.tsx';
import { saveFile } from '../../office/files.ts';
import { Page } from '../../office/Page.tsx';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';
import type { Rows } from '../../office/use-rows.ts';
import { RegisterDialog } from './RegisterDialog.tsx';
import { StayFilters } from './StayFilters.tsx';
import { stayColumns } from './stay-columns.tsx';
import type { StayFilter } from './stay-filter.ts';

export function StayList(props: {
  rows: Rows<StayView>;
  filter: StayFilter;
  onOpen: (stay: StayView, index: number) => void;
}) {
  const { t, language } = useWords();
  const user = useSession((state) => state.user);
  const [registering, setRegistering] = useState(false);
  const act = useAct();
  const { rows } = props;
  const exportAll = async (): Promise<void> => {
    const file = await act.run((client) => client.sessions.export({ ...props.filter, format: 'xlsx' }), {
      done: t('stays.exported'),
    });
    if (file) saveFile(file);
  };
  return (
    <Page
      title={t('nav.stays')}
      fill
      filters={<StayFilters />}
      actions={
        <>
          {may(user, 'stay.enter') && <Button onClick={() => setRegistering(true)}>{t('stays.register')}</Button>}
          {may(user, 'export.file') && (
            <Tooltip title={t('stays.exportNote')}>
              <Button loading={act.busy} onClick={() => void exportAll()}>
                {t('kit.exportXlsx')}
              </Button>
            </Tooltip>
          )}
        </>
      }
    >
      <Problem text={act.problem} />
      <DataTable
        name="stays"
        label={t('nav.stays')}
        columns={stayColumns(t, language)}
        rows={rows}
        rowId={(stay) => stay.uid}
        onOpen={props.onOpen}
        tone={(stay) => (stay.owedFen > 0 ? 'stop' : stay.status === 'abnormal' ? 'call' : undefined)}
        empty={{ title: t('stays.empty'), text: t('stays.emptyText') }}
      />
      {registering && (
        <RegisterDialog
          onClose={() => setRegistering(false)}
          onDone={(stay) => {
            setRegistering(false);
            rows.again();
            go('stays', { id: stay.uid });
          }}
        />
      )}
    </Page>
  );
}
