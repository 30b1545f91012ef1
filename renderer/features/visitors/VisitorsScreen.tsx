import { Button } from 'antd';
import { useState } from 'react';
import type { VisitorView } from '../../../shared/contract/visitors.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { useQuery } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { FilterChoice } from '../../office/choices.tsx';
import { DataTable } from '../../office/DataTable.tsx';
import { PlateSearch } from '../../office/inputs.tsx';
import { Filter, Page } from '../../office/Page.tsx';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { TableFiles } from '../../office/Registry.tsx';
import { useAct } from '../../office/use-act.ts';
import { useRows } from '../../office/use-rows.ts';
import { useVisitorColumns } from './use-columns.tsx';
import { VisitorDialog } from './VisitorDialog.tsx';

const spans = ['false', 'true'] as const;
type Over = (typeof spans)[number];

/** 访客: who is expected, and may come free for a while or so many times. */
export function VisitorsScreen() {
  const { t } = useWords();
  const edits = useSession((state) => may(state.user, 'visitor.edit'));
  const [query, setQuery] = useQuery();
  const plate = query['plate'] ?? '';
  const over = spans.find((each) => each === query['over']);
  const [form, setForm] = useState<{ readonly visitor: VisitorView | null } | null>(null);
  const [leaving, setLeaving] = useState<VisitorView | null>(null);
  const act = useAct();
  const rows = useRows(
    (client, page, signal) => client.visitors.list({ ...page, plate, over }, { signal }),
    [plate, over],
  );
  const columns = useVisitorColumns();
  const done = (): void => {
    setForm(null);
    setLeaving(null);
    rows.again();
  };
  const add = (
    <Button type="primary" onClick={() => setForm({ visitor: null })}>
      {t('visitors.add')}
    </Button>
  );
  return (
    <Page
      title={t('nav.visitors')}
      note={edits ? undefined : t('registry.readOnly')}
      fill
      actions={
        <>
          <TableFiles what="visitors" filter={{ plate }} />
          {edits && add}
        </>
      }
      filters={
        <>
          <Filter label={t('visitors.overLabel')} htmlFor="visitors-over">
            <FilterChoice<Over>
              id="visitors-over"
              value={over}
              all={t('visitors.over.all')}
              onChange={(value) => setQuery({ over: value })}
              options={spans.map((value) => ({ value, label: t(`visitors.over.${value}`) }))}
            />
          </Filter>
          <Filter label={t('kit.plate')} htmlFor="visitors-plate">
            <PlateSearch id="visitors-plate" value={plate} onChange={(part) => setQuery({ plate: part })} />
          </Filter>
        </>
      }
    >
      <DataTable
        name="visitors"
        label={t('visitors.gridLabel')}
        columns={columns}
        rows={rows}
        rowId={(visitor) => visitor.id}
        {...(edits
          ? { onOpen: (visitor: VisitorView) => (visitor.state === 'active' ? setForm({ visitor }) : undefined) }
          : {})}
        empty={
          plate !== '' || over !== undefined
            ? { title: t('visitors.noneFound'), text: t('visitors.noneFoundText') }
            : { title: t('visitors.empty'), ...(edits ? { text: t('visitors.emptyText'), action: add } : {}) }
        }
      />
      {form && (
        <VisitorDialog
          visitor={form.visitor}
          onClose={() => setForm(null)}
          onCancel={(visitor) => {
            setForm(null);
            setLeaving(visitor);
          }}
          onDone={done}
        />
      )}
      {leaving && (
        <ReasonDialog
          title={t('visitors.cancelTitle', { plate: leaving.plate })}
          consequence={t('visitors.cancelText')}
          verb={t('visitors.cancel')}
          danger
          act={act}
          onClose={() => setLeaving(null)}
          onConfirm={async (reason) => {
            const { id } = leaving;
            if (await act.run((client) => client.visitors.cancel({ id, reason }), { done: t('visitors.cancelled') }))
              done();
          }}
        />
      )}
    </Page>
  );
}
