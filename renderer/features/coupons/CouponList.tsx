import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { CouponView, MerchantView } from '../../../shared/contract/coupons.ts';
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
import type { Asked } from '../../office/use-ask.ts';
import { useRows } from '../../office/use-rows.ts';
import { CouponDrawer } from './CouponDrawer.tsx';
import { GiveDialog } from './GiveDialog.tsx';
import { useCouponColumns } from './use-columns.tsx';
import { worthOf } from './worth.ts';

const states = ['given', 'used', 'cancelled'] as const;

export function CouponList({ tabs, merchants }: { tabs: ReactNode; merchants: Asked<readonly MerchantView[]> }) {
  const { t } = useWords();
  const edits = useSession((state) => may(state.user, 'coupon.edit'));
  const [query, setQuery] = useQuery();
  const plate = query['plate'] ?? '';
  const state = states.find((each) => each === query['state']);
  const merchantId = query['merchant'];
  const [giving, setGiving] = useState(false);
  const [open, setOpen] = useState<CouponView | null>(null);
  const [leaving, setLeaving] = useState<CouponView | null>(null);
  const act = useAct();
  const rows = useRows(
    (client, page, signal) => client.coupons.list({ ...page, plate, state, merchantId }, { signal }),
    [plate, state, merchantId],
  );
  const all = merchants.data ?? [];
  const columns = useCouponColumns(all);
  const give = (
    <Button type="primary" onClick={() => setGiving(true)}>
      {t('coupons.give')}
    </Button>
  );
  const done = (): void => {
    setGiving(false);
    setLeaving(null);
    rows.again();
    merchants.again();
  };
  return (
    <Page
      title={t('nav.coupons')}
      note={tabs}
      fill
      actions={
        <>
          <TableFiles what="coupons" filter={{ plate, state, merchantId }} />
          {edits && give}
        </>
      }
      filters={
        <>
          <Filter label={t('coupons.merchant')} htmlFor="coupons-merchant">
            <FilterChoice<string>
              id="coupons-merchant"
              width={200}
              value={merchantId}
              all={t('coupons.allMerchants')}
              onChange={(value) => setQuery({ merchant: value })}
              options={all.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Filter>
          <Filter label={t('registry.state')} htmlFor="coupons-state">
            <FilterChoice<CouponView['state']>
              id="coupons-state"
              value={state}
              all={t('kit.all')}
              onChange={(value) => setQuery({ state: value })}
              options={states.map((value) => ({ value, label: t(`coupons.state.${value}`) }))}
            />
          </Filter>
          <Filter label={t('kit.plate')} htmlFor="coupons-plate">
            <PlateSearch id="coupons-plate" value={plate} onChange={(part) => setQuery({ plate: part })} />
          </Filter>
        </>
      }
    >
      <DataTable
        name="coupons"
        label={t('coupons.gridLabel')}
        columns={columns}
        rows={rows}
        rowId={(coupon) => coupon.id}
        onOpen={setOpen}
        empty={
          plate !== '' || state !== undefined || merchantId !== undefined
            ? { title: t('coupons.noneFound'), text: t('coupons.noneFoundText') }
            : { title: t('coupons.empty'), ...(edits ? { text: t('coupons.emptyText'), action: give } : {}) }
        }
      />
      {open && (
        <CouponDrawer
          coupon={open}
          merchants={all}
          onClose={() => setOpen(null)}
          onCancel={() => {
            setLeaving(open);
            setOpen(null);
          }}
        />
      )}
      {giving && <GiveDialog merchants={all} onClose={() => setGiving(false)} onDone={done} />}
      {leaving && (
        <ReasonDialog
          title={t('coupons.cancelTitle', { plate: leaving.plate, worth: worthOf(leaving, t) })}
          consequence={t('coupons.cancelText')}
          verb={t('coupons.cancel')}
          danger
          act={act}
          onClose={() => setLeaving(null)}
          onConfirm={async (reason) => {
            const { id } = leaving;
            if (await act.run((client) => client.coupons.cancel({ id, reason }), { done: t('coupons.cancelled') }))
              done();
          }}
        />
      )}
    </Page>
  );
}
