import { Button } from 'antd';
import { useMemo, useState } from 'react';
import type { AgreementView } from '../../../shared/contract/agreements.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { platformName } from '../../lib/platform-name.ts';
import { useQuery } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { type Column, DataTable } from '../../office/DataTable.tsx';
import { PlateSearch } from '../../office/inputs.tsx';
import { Filter, Page } from '../../office/Page.tsx';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { PlateText, SpanTag, TableFiles, Validity } from '../../office/Registry.tsx';
import { useAct } from '../../office/use-act.ts';
import { useRows } from '../../office/use-rows.ts';
import { Leads, Money, When } from '../../office/Values.tsx';
import { AgreementDialog } from './AgreementDialog.tsx';

/** 签约: plates that a platform pays for. */
export function AgreementsScreen() {
  const { t } = useWords();
  const edits = useSession((state) => may(state.user, 'agreement.edit'));
  const [query, setQuery] = useQuery();
  const plate = query['plate'] ?? '';
  const [form, setForm] = useState<{ readonly agreement: AgreementView | null } | null>(null);
  const [leaving, setLeaving] = useState<AgreementView | null>(null);
  const act = useAct();
  const rows = useRows((client, page, signal) => client.agreements.list({ ...page, plate }, { signal }), [plate]);
  const columns = useColumns();
  const done = (): void => {
    setForm(null);
    setLeaving(null);
    rows.again();
  };
  const add = (
    <Button type="primary" onClick={() => setForm({ agreement: null })}>
      {t('agreements.add')}
    </Button>
  );
  return (
    <Page
      title={t('nav.agreements')}
      note={t(edits ? 'agreements.about' : 'registry.readOnly')}
      fill
      actions={
        <>
          <TableFiles what="agreements" filter={{ plate }} />
          {edits && add}
        </>
      }
      filters={
        <Filter label={t('kit.plate')} htmlFor="agreements-plate">
          <PlateSearch id="agreements-plate" value={plate} onChange={(part) => setQuery({ plate: part })} />
        </Filter>
      }
    >
      <DataTable
        name="agreements"
        label={t('agreements.gridLabel')}
        columns={columns}
        rows={rows}
        rowId={(agreement) => agreement.id}
        {...(edits ? { onOpen: (agreement: AgreementView) => setForm({ agreement }) } : {})}
        empty={
          plate !== ''
            ? { title: t('agreements.noneFound'), text: t('agreements.noneFoundText') }
            : { title: t('agreements.empty'), text: t('agreements.emptyText'), ...(edits ? { action: add } : {}) }
        }
      />
      {form && (
        <AgreementDialog
          agreement={form.agreement}
          onClose={() => setForm(null)}
          onTake={(agreement) => {
            setForm(null);
            setLeaving(agreement);
          }}
          onDone={done}
        />
      )}
      {leaving && (
        <ReasonDialog
          title={t('agreements.takeTitle', { plate: leaving.plate })}
          consequence={t('agreements.takeText', { platform: platformName(leaving.platform, t) })}
          verb={t('agreements.take')}
          danger
          act={act}
          onClose={() => setLeaving(null)}
          onConfirm={async (reason) => {
            const { id } = leaving;
            if (await act.run((client) => client.agreements.remove({ id, reason }), { done: t('agreements.taken') }))
              done();
          }}
        />
      )}
    </Page>
  );
}

function useColumns(): readonly Column<AgreementView>[] {
  const { t } = useWords();
  return useMemo(
    () => [
      { key: 'plate', title: t('kit.plate'), width: 130, render: (each) => <PlateText plate={each.plate} /> },
      {
        key: 'platform',
        title: t('agreements.platform'),
        width: 110,
        render: (each) => platformName(each.platform, t),
      },
      {
        key: 'kind',
        title: t('agreements.kindLabel'),
        width: 150,
        grow: true,
        render: (each) => t(`agreements.kind.${each.kind}`),
      },
      {
        key: 'limit',
        title: t('agreements.limit'),
        width: 120,
        align: 'end',
        render: (each) => (each.limitFen === null ? t('registry.noLimit') : <Money fen={each.limitFen} />),
      },
      {
        key: 'uid',
        title: t('agreements.uid'),
        width: 250,
        render: (each) =>
          each.uid === null ? (
            t('agreements.every')
          ) : (
            <Leads to="stays" place={{ id: each.uid }}>
              {each.uid}
            </Leads>
          ),
      },
      {
        key: 'validity',
        title: t('registry.validity'),
        width: 260,
        render: (each) => <Validity from={each.validFrom} to={each.validTo} />,
      },
      {
        key: 'state',
        title: t('registry.state'),
        width: 110,
        render: (each) => <SpanTag from={each.validFrom} to={each.validTo} />,
      },
      {
        key: 'updated',
        title: t('registry.updatedAt'),
        width: 190,
        optional: true,
        render: (each) => <When at={each.updatedAt} />,
      },
    ],
    [t],
  );
}
