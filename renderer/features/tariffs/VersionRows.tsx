import { Button } from 'antd';
import type { TariffVersionView } from '../../../shared/contract/tariff-views.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { State, type Tone, When } from '../../office/Values.tsx';
import { publisherOf } from './version-words.ts';

export const stateTone: Readonly<Record<TariffVersionView['state'], Tone>> = {
  'in-force': 'go',
  scheduled: 'info',
  superseded: 'plain',
  withdrawn: 'plain',
};

/** Published versions, those in force first. */
export function VersionRows(props: {
  versions: readonly TariffVersionView[];
  onOpen: (key: string) => void;
  onBegin: (tariffId: string, version: number) => void;
}) {
  const { t } = useWords();
  const order = ['in-force', 'scheduled', 'superseded', 'withdrawn'];
  const sorted = props.versions.toReversed().toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return (
    <div className="tf-scroll">
      <table className="tf-table tf-wide">
        <thead>
          <tr>
            <th>{t('tariffs.list.state')}</th>
            <th>{t('tariffs.field.name')}</th>
            <th>{t('tariffs.list.version')}</th>
            <th>{t('tariffs.list.from')}</th>
            <th>{t('tariffs.list.by')}</th>
            <th>{t('tariffs.list.acts')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((one) => {
            const { tariff, state } = one;
            const version = tariff.version ?? 1;
            return (
              <tr key={`${tariff.id}@${version}`}>
                <td>
                  <State tone={stateTone[state]}>{t(`tariffs.state.${state}`)}</State>
                </td>
                <td>
                  {tariff.name}
                  {tariff.onlyNamed && <small>{t('tariffs.list.onlyNamed')}</small>}
                </td>
                <td title={tariff.id}>{t('tariffs.list.versionNth', { n: version })}</td>
                <td>
                  {tariff.effectiveFrom === undefined ? t('tariffs.list.always') : <When at={tariff.effectiveFrom} />}
                </td>
                <td>{publisherOf(one, t)}</td>
                <td>
                  <span className="tf-acts">
                    <Button
                      size="small"
                      aria-label={t('tariffs.list.lookNamed', { name: `${tariff.name} ${version}` })}
                      onClick={() => props.onOpen(`${tariff.id}@${version}`)}
                    >
                      {t('tariffs.list.look')}
                    </Button>
                    <Button
                      size="small"
                      aria-label={t('tariffs.list.reviseNamed', { name: `${tariff.name} ${version}` })}
                      onClick={() => props.onBegin(tariff.id, version)}
                    >
                      {t('tariffs.list.revise')}
                    </Button>
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
