import { Button } from 'antd';
import { useState } from 'react';
import type { TariffDraftView } from '../../../shared/contract/tariff-views.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { useAct } from '../../office/use-act.ts';
import { Leads, State, When } from '../../office/Values.tsx';

/** Drafts, the one changed last in front. */
export function DraftRows({ drafts, onChanged }: { drafts: readonly TariffDraftView[]; onChanged: () => void }) {
  const { t } = useWords();
  const [removed, setRemoved] = useState<TariffDraftView | null>(null);
  const act = useAct();
  const origin = ({ origin: { kind, ref } }: TariffDraftView): string =>
    t(`tariffs.origin.${kind}`, { ref: ref ?? '' });
  return (
    <div className="tf-scroll">
      <table className="tf-table tf-wide">
        <thead>
          <tr>
            <th>{t('tariffs.field.name')}</th>
            <th>{t('tariffs.list.origin')}</th>
            <th>{t('tariffs.list.state')}</th>
            <th>{t('tariffs.list.changed')}</th>
            <th>{t('tariffs.list.acts')}</th>
          </tr>
        </thead>
        <tbody>
          {drafts.map((draft) => (
            <tr key={draft.id}>
              <td>
                <Leads to="tariffs" place={{ id: draft.id }}>
                  {draft.tariff.name}
                </Leads>
                {draft.remark !== '' && <small>{draft.remark}</small>}
              </td>
              <td>{origin(draft)}</td>
              <td>
                {draft.open.length > 0 ? (
                  <State tone="call">{t('tariffs.undecidedN', { n: draft.open.length })}</State>
                ) : (
                  <State tone="plain">{t('tariffs.list.draft')}</State>
                )}
              </td>
              <td>
                {draft.updatedBy} · <When at={draft.updatedAt} />
              </td>
              <td>
                <Button
                  size="small"
                  aria-label={t('tariffs.list.removeNamed', { name: draft.tariff.name })}
                  onClick={() => setRemoved(draft)}
                >
                  {t('tariffs.list.removeDraft')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {removed && (
        <ReasonDialog
          title={t('tariffs.list.removeTitle', { name: removed.tariff.name })}
          consequence={t('tariffs.list.removeText')}
          verb={t('tariffs.list.removeDraft')}
          reason="none"
          danger
          act={act}
          onClose={() => setRemoved(null)}
          onConfirm={() =>
            void act
              .run((client) => client.tariffs.drafts.remove({ draftId: removed.id }))
              .then((done) => {
                if (done === undefined) return;
                setRemoved(null);
                onChanged();
              })
          }
        />
      )}
    </div>
  );
}
