import { Button, Drawer } from 'antd';
import { useState } from 'react';
import type { TariffVersionView } from '../../../shared/contract/tariff-views.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { ReasonDialog } from '../../office/ReasonDialog.tsx';
import { useAct } from '../../office/use-act.ts';
import { Facts, State, When } from '../../office/Values.tsx';
import { conventionsOf } from './conventions.ts';
import { DifferenceList } from './DifferenceList.tsx';
import { PriceTablePane } from './PriceTablePane.tsx';
import { stateTone } from './VersionRows.tsx';
import { publisherOf } from './version-words.ts';

/** A published version: its price table, its conventions, what it changed; one that is still to come can be withdrawn. */
export function VersionDrawer(props: {
  version: TariffVersionView | null;
  others: readonly TariffVersionView[];
  onClose: () => void;
  onChanged: () => void;
  onBegin: (tariffId: string, version: number) => void;
}) {
  const { t } = useWords();
  const { version } = props;
  const [withdrawing, setWithdrawing] = useState(false);
  const act = useAct();
  const id = version?.tariff.id ?? '';
  const number = version?.tariff.version ?? 1;
  const before = props.others.findLast(
    ({ tariff, withdrawn }) => tariff.id === id && (tariff.version ?? 1) < number && withdrawn === null,
  );
  return (
    <Drawer
      open={version !== null}
      size={860}
      title={version ? `${version.tariff.name} · ${t('tariffs.list.versionNth', { n: number })}` : ''}
      onClose={props.onClose}
      destroyOnHidden
      extra={
        version && (
          <span className="tf-inline">
            {version.state === 'scheduled' && (
              <Button danger onClick={() => setWithdrawing(true)}>
                {t('tariffs.withdraw.verb')}
              </Button>
            )}
            <Button type="primary" onClick={() => props.onBegin(id, number)}>
              {t('tariffs.list.revise')}
            </Button>
          </span>
        )
      }
    >
      {version && (
        <div className="tf-stack">
          <Facts
            of={[
              [
                t('tariffs.list.state'),
                <State key="state" tone={stateTone[version.state]}>
                  {t(`tariffs.state.${version.state}`)}
                </State>,
              ],
              [
                t('tariffs.list.from'),
                version.tariff.effectiveFrom === undefined ? (
                  t('tariffs.list.always')
                ) : (
                  <When key="from" at={version.tariff.effectiveFrom} />
                ),
              ],
              [t('tariffs.list.by'), publisherOf(version, t)],
              [t('tariffs.list.published'), <When key="published" at={version.publishedAt} />],
              [t('tariffs.list.passed'), String(version.casesPassed)],
              [t('tariffs.withdraw.done'), version.withdrawn && `${version.withdrawn.by}：${version.withdrawn.reason}`],
            ]}
          />
          <h4>{t('tariffs.pane.table')}</h4>
          <PriceTablePane
            tariff={version.tariff}
            ask={(client, signal) => client.tariffs.priceTable({ id, version: number }, { signal })}
            on={[id, number]}
            file={(client) => client.tariffs.priceTableFile({ id, version: number, format: 'xlsx' })}
          />
          <h4>{t('tariffs.table.conventions')}</h4>
          <ul className="tf-lines">
            {conventionsOf(version.tariff, t).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {before && (
            <>
              <h4>{t('tariffs.diff.since', { n: before.tariff.version ?? 1 })}</h4>
              <DifferenceList before={before.tariff} after={version.tariff} />
            </>
          )}
        </div>
      )}
      {withdrawing && (
        <ReasonDialog
          title={t('tariffs.withdraw.title', { name: version?.tariff.name ?? '' })}
          consequence={t('tariffs.withdraw.text')}
          verb={t('tariffs.withdraw.verb')}
          danger
          act={act}
          onClose={() => setWithdrawing(false)}
          onConfirm={(reason) =>
            void act
              .run((client) => client.tariffs.withdraw({ id, version: number, reason }), {
                done: t('tariffs.withdraw.said'),
              })
              .then((done) => {
                if (!done) return;
                setWithdrawing(false);
                props.onChanged();
              })
          }
        />
      )}
    </Drawer>
  );
}
